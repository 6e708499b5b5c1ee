package main

import (
	"fmt"
	"math"
	"slices"
	"time"

	"frontdoor/record"
	"frontdoor/report/words"
)

// writtenLine says what bench wrote for the trials of a run, and how late what came into
// force during one; "" of a run for which it wrote nothing.
func writtenLine(trials []record.Trial) string {
	written, failed := 0, 0
	var late []float64 // seconds
	for _, t := range trials {
		for _, e := range t.Events {
			switch {
			case e.What == record.ItemFailed:
				failed++
			case e.What == record.ItemWritten:
				if written++; e.AtS >= 0 {
					late = append(late, e.Write.LateS)
				}
			}
		}
	}
	if written+failed == 0 {
		return ""
	}
	text := fmt.Sprintf("items: %s written", words.Plural(written, "version"))
	if len(late) > 0 {
		slices.Sort(late)
		rank := int(math.Ceil(0.99*float64(len(late)))) - 1
		text += fmt.Sprintf(", %s of them during trials, 1 in 100 of those later than %s", words.Group(int64(len(late))), time.Duration(late[rank]*float64(time.Second)).Round(100*time.Microsecond))
	}
	if failed > 0 {
		text += fmt.Sprintf("; %d could not be written", failed)
	}
	return text
}
