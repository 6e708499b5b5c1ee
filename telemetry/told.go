package telemetry

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"frontdoor/record"
)

// Told is what the answers of a run told of its invocations, trial by trial. Its zero
// value has been told nothing.
type Told struct {
	trials map[string]int // by Lambda request id: position in Run.Trials of the trial that it was told to first
	silent map[int]int    // by trial: requests whose answer named no invocation, or that got none
	sent   map[int]int    // by trial: requests
	lost   map[int]int    // by trial: of those, the ones that got none
}

// Add takes the hits of the trial at position i of the run.
func (t *Told) Add(i int, hits []record.Hit) {
	if t.trials == nil {
		t.trials, t.silent, t.sent, t.lost = map[string]int{}, map[int]int{}, map[int]int{}, map[int]int{}
	}
	for _, h := range hits {
		ids, known := h.Invocations()
		if h.Sent >= 0 {
			t.sent[i]++
		}
		if !known && h.Sent >= 0 {
			t.silent[i]++
		}
		if h.Status == 0 && h.Sent >= 0 {
			t.lost[i]++
		}
		for _, id := range ids {
			if _, before := t.trials[id]; !before { // later answers came out of a cache
				t.trials[id] = i
			}
		}
	}
}

// unansweredBy is how many requests to a front were sent and got no answer: whether one
// of them arrived, and invoked anything, nobody knows.
func (t *Told) unansweredBy(run *record.Run, front string) int {
	n := 0
	for i, trial := range run.Trials {
		if t != nil && trial.Front == front {
			n += t.lost[i]
		}
	}
	return n
}

// reported is a report with the time of its REPORT line.
type reported struct {
	record.Report
	logged time.Time
}

// began is when the invocation did, as near as the line tells.
func (v reported) began() time.Time {
	return v.logged.Add(-time.Duration(v.DurationUS+max(v.InitUS, 0)) * time.Microsecond)
}

// slack is how far the clock of this machine may be from AWS's, and a line's stamp from
// what it tells, for an invocation to be still of a trial.
const slack = 2 * time.Second

// assign gives the invocations of one function to trials: to the one that was told its
// id, or else to the one under way when it began, as long as that has requests that told
// none, as those of a caller that gave up waiting. A mute function tells itself in no
// answer: each request may have invoked it. alone counts the others of the run's time,
// which no trial of the fronts caused.
func (t *Told) assign(run *record.Run, fronts []string, invocations []reported, mute bool) (byTrial map[int][]record.Report, alone int) {
	slices.SortFunc(invocations, func(a, b reported) int {
		return cmp.Or(a.logged.Compare(b.logged), cmp.Compare(a.RequestID, b.RequestID))
	})
	byTrial = map[int][]record.Report{}
	silent := maps.Clone(t.silent)
	if mute {
		silent = maps.Clone(t.sent)
	}
	for _, v := range invocations {
		i, ok := t.trials[v.RequestID]
		if ok && !slices.Contains(fronts, run.Trials[i].Front) {
			continue // of the origin of a distribution that handed its answer on: another front's function, and price
		}
		if !ok {
			if i, ok = underWay(run, fronts, v.began()); ok {
				ok = silent[i] > 0
				silent[i]--
			}
		}
		if !ok {
			if !v.began().Before(run.Started) && !v.began().After(lastEnd(run)) {
				alone++
			}
			continue
		}
		byTrial[i] = append(byTrial[i], v.Report)
	}
	return byTrial, alone
}

// underWay is the trial of one of the fronts at a time: the one that it lies within, or
// within slack of.
func underWay(run *record.Run, fronts []string, at time.Time) (int, bool) {
	for _, wide := range []time.Duration{0, slack} {
		for i, trial := range run.Trials {
			if slices.Contains(fronts, trial.Front) && !trial.Ended.IsZero() &&
				!at.Before(trial.Started.Add(-wide)) && !at.After(trial.Ended.Add(wide)) {
				return i, true
			}
		}
	}
	return 0, false
}

// lastEnd is when the last trial was over, or the run was.
func lastEnd(run *record.Run) time.Time {
	last := run.Ended
	for _, t := range run.Trials {
		if t.Ended.After(last) {
			last = t.Ended
		}
	}
	return last
}
