package telemetry

import (
	"context"
	"fmt"

	"frontdoor/record"
)

// Collect reads the metrics of every front of a run over the run's window. It
// waits for late datapoints as c says. A metric that never came has a nil
// value; whatever weakens the numbers is in Problems. The error, which names
// Region and endpoint, is about not being able to ask.
func Collect(ctx context.Context, c Config, run *record.Run) (record.Meters, error) {
	meters, _, err := NewReader(c).Collect(ctx, run, nil)
	return meters, err
}

// Collect also returns the run's fronts with the Regions in which functions at the edge
// were found. Requests that got no answer are told by told; nil is none.
func (r *Reader) Collect(ctx context.Context, run *record.Run, told *Told) (record.Meters, []record.Front, error) {
	if run.Started.IsZero() {
		return record.Meters{}, nil, fmt.Errorf("run %q has not started: there is no window to read", run.ID)
	}
	subjects, err := subjectsOf(run, windowOf(run, r.config.now()))
	if err != nil {
		return record.Meters{}, nil, err
	}
	for _, s := range subjects {
		s.unanswered = told.unansweredBy(run, s.front.ID)
	}
	if err := await(ctx, r, subjects); err != nil {
		return record.Meters{}, nil, err
	}
	if err := r.narrow(ctx, subjects); err != nil {
		return record.Meters{}, nil, err
	}
	tables, err := readTables(ctx, r, subjects)
	if err != nil {
		return record.Meters{}, nil, err
	}
	steps, err := readSteps(ctx, r, subjects, tables)
	if err != nil {
		return record.Meters{}, nil, err
	}
	reading := r.Reading()
	meters := record.Meters{Reading: &reading}
	var fronts []record.Front
	for i, s := range subjects {
		check(s, tables[i], steps[i], r.config.now())
		meters.Fronts = append(meters.Fronts, s.meters(tables[i], steps[i]))
		fronts = append(fronts, s.front)
	}
	return meters, fronts, nil
}

func (s *subject) meters(t table, steps []record.Steps) record.FrontMeters {
	return record.FrontMeters{
		Front: s.front.ID, From: s.window.from, Until: s.window.until,
		Coverage: record.Coverage{Sent: s.sent, Warmup: s.warmup, Invocations: t.invocations(), WaitedS: s.waited.Seconds()},
		Metrics:  t, Steps: steps, Problems: s.problems,
	}
}
