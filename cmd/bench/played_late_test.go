package main

import (
	"testing"
	"time"

	"frontdoor/record"
	"frontdoor/report/planned"
)

// How late writes were is counted of those that had a time to keep: seeds are there
// before, and tries write nothing.
func TestItemsOfARun(t *testing.T) {
	event := func(what string, at, late float64) record.Event {
		return record.Event{What: what, AtS: at, Write: &record.Write{LateS: late}}
	}
	seed, tried := event(record.ItemWritten, -0.5, -2), event(record.TableTried, -0.5, 0)
	var during []record.Event
	for i := range 200 { // 1 to 200 ms late: the 198th is the 99th percentile by nearest rank
		during = append(during, event(record.ItemWritten, 1, float64(200-i)/1000))
	}
	for name, c := range map[string]struct {
		events []record.Event
		want   planned.Items
	}{
		"nothing":       {[]record.Event{tried, {What: record.OutageBegins}}, planned.Items{}},
		"a seed":        {[]record.Event{tried, seed}, planned.Items{Written: 1}},
		"during trials": {append(during, seed), planned.Items{Written: 201, During: 200, Late: 198 * time.Millisecond}},
		"failed":        {[]record.Event{seed, event(record.ItemFailed, -1, 0)}, planned.Items{Written: 1, Failed: 1}},
	} {
		if got := itemsOf([]record.Trial{{Events: c.events}}); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
