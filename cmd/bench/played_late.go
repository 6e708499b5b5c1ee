package main

import (
	"math"
	"slices"
	"time"

	"frontdoor/record"
	"frontdoor/report/planned"
)

// itemsOf counts what bench wrote for the trials of a run. How late is that of what came
// into force during a trial: of 100 writes one was later.
func itemsOf(trials []record.Trial) (items planned.Items) {
	var late []float64 // seconds
	for _, t := range trials {
		for _, e := range t.Events {
			switch {
			case e.What == record.ItemFailed:
				items.Failed++
			case e.What == record.ItemWritten:
				if items.Written++; e.AtS >= 0 {
					late = append(late, e.Write.LateS)
				}
			}
		}
	}
	if items.During = len(late); items.During > 0 {
		slices.Sort(late)
		rank := int(math.Ceil(0.99*float64(len(late)))) - 1 // nearest
		items.Late = time.Duration(late[rank] * float64(time.Second))
	}
	return items
}
