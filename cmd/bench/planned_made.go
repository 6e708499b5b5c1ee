package main

import (
	"slices"

	"frontdoor/pricing/spend"
	"frontdoor/record"
)

// asMade is the plan of the trials that a run made, when it made them: those that a busy
// machine spoiled are made again, and not all of a run that was stopped. Requests are
// still those of the schedule, and what each causes that of the rehearsal; metrics are
// read as was planned.
func (p *planner) asMade(run *record.Run) (spend.Plan, error) {
	plan := spend.Plan{Name: p.at.Name, Fronts: p.fronts(), Start: run.Started, Samples: p.samples, Reading: p.reading, Calls: p.calls(), Tried: p.tried}
	perRound := len(p.trials) / p.at.Rounds // which are sent the same, all of them
	for _, t := range run.Trials {
		if !begun(t) {
			continue
		}
		one := p.trials[(t.Round-1)*perRound]
		one.Front, one.Start = t.Front, t.Started
		if t.Ended.After(t.Started) || t.State == record.Interrupted {
			one.Length = t.Ended.Sub(t.Started)
		}
		if t.State == record.Interrupted && t.Load != nil {
			one.Requests = cut(one.Requests, int64(t.Load.Sent), int64(t.Load.Planned))
		}
		var err error
		if one.Written, err = p.written(t, one.Length); err != nil {
			return plan, err
		}
		plan.Trials = append(plan.Trials, one)
	}
	return plan, nil
}

// begun reports whether something was sent in a trial.
func begun(t record.Trial) bool { return !t.Started.IsZero() }

// cut is requests of a trial of which only some were sent.
func cut(requests []int64, sent, planned int64) []int64 {
	requests = slices.Clone(requests)
	for i := range requests {
		requests[i] = requests[i] * sent / max(planned, 1)
	}
	return requests
}
