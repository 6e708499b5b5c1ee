package main

import (
	"testing"
	"time"

	"frontdoor/record"
)

// The plan of what was made has a further attempt like the trial that it replaces, of a
// trial that was cut short what it sent, and nothing of one that was never begun.
func TestPlanAsMade(t *testing.T) {
	home, err := loadScenario(quietEnv(), "quickstart", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, aa := range []bool{false, true} {
		p := &planner{home: home, at: home, seed: 7, aa: aa}
		if p.trials, err = p.counts(); err != nil {
			t.Fatal(err)
		}
		began := time.Date(2026, 11, 29, 7, 59, 0, 0, time.UTC)
		run := record.Run{Started: began, Trials: plan(home.Scenario, 7, aa)}
		var want int64
		for i := range run.Trials {
			x := &run.Trials[i]
			x.State, x.Started, x.Ended = record.Done, began, began.Add(3*time.Second)
			want += p.trials[i].Requests[0]
		}
		again := run.Trials[len(run.Trials)-1] // of the last round
		again.Attempt++
		last := p.trials[len(p.trials)-1].Requests[0]
		half := again
		half.State, half.Load = record.Interrupted, &record.Load{Planned: int(last), Sent: 10}
		run.Trials = append(run.Trials, again, half, record.Trial{Round: 1, Front: "rest", State: record.Planned})
		made, err := p.asMade(&run)
		if err != nil {
			t.Fatal(err)
		}
		var got int64
		for _, x := range made.Trials {
			got += x.Requests[0]
		}
		if len(made.Trials) != len(p.trials)+2 || got != want+last+10 {
			t.Errorf("A/A %v: %d trials and %d requests, want %d and %d", aa, len(made.Trials), got, len(p.trials)+2, want+last+10)
		}
		if one := made.Trials[len(made.Trials)-1]; one.Length != 3*time.Second || !one.Start.Equal(began) || one.Front != half.Front {
			t.Errorf("%+v", one)
		}
	}
}
