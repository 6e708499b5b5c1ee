package main

import (
	"testing"

	"frontdoor/record"
)

// How late writes were is said of those that had a time to keep: seeds are there before.
func TestWrittenLine(t *testing.T) {
	event := func(what string, at, late float64) record.Event {
		return record.Event{What: what, AtS: at, Write: &record.Write{LateS: late}}
	}
	seed, tried := event(record.ItemWritten, -0.5, -2), event(record.TableTried, -0.5, 0)
	var during []record.Event
	for i := range 200 { // 1 to 200 ms late: the 198th is the 99th percentile by nearest rank
		during = append(during, event(record.ItemWritten, 1, float64(200-i)/1000))
	}
	for want, events := range map[string][]record.Event{
		"":                         {tried, {What: record.OutageBegins}},
		"items: 1 version written": {tried, seed},
		"items: 201 versions written, 200 of them during trials, 1 in 100 of those later than 198ms": append(during, seed),
		"items: 1 version written; 1 could not be written":                                           {seed, event(record.ItemFailed, -1, 0)},
	} {
		if got := writtenLine([]record.Trial{{Events: events}}); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
