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
	if run.Started.IsZero() {
		return record.Meters{}, fmt.Errorf("run %q has not started: there is no window to read", run.ID)
	}
	subjects, err := subjectsOf(run, windowOf(run, c.now()))
	if err != nil {
		return record.Meters{}, err
	}
	r := newReader(c)
	if err := await(ctx, r, subjects); err != nil {
		return record.Meters{}, err
	}
	tables, err := readTables(ctx, r, subjects)
	if err != nil {
		return record.Meters{}, err
	}
	steps, err := readSteps(ctx, r, subjects, tables)
	if err != nil {
		return record.Meters{}, err
	}
	meters := record.Meters{}
	for i, s := range subjects {
		check(s, tables[i], steps[i])
		meters.Fronts = append(meters.Fronts, s.meters(tables[i], steps[i]))
	}
	return meters, nil
}

func (s *subject) meters(t table, steps []record.Steps) record.FrontMeters {
	return record.FrontMeters{
		Front: s.front.ID, From: s.window.from, Until: s.window.until,
		Coverage: record.Coverage{Sent: s.sent, Warmup: s.warmup, Invocations: t.invocations(), WaitedS: s.waited.Seconds()},
		Metrics:  t, Steps: steps, Problems: s.problems,
	}
}
