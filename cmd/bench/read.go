package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"frontdoor/bundle"
	"frontdoor/record"
	"frontdoor/telemetry"
)

func newRead(env *env) *cobra.Command {
	var o runOptions
	cmd := &cobra.Command{
		Use:   "read [RUN]",
		Short: "Read a run's deployed fronts back from CloudWatch again",
		Long: `read asks CloudWatch once more what the deployed fronts of a recorded run did, and
writes it into the run's folder: for lines that came late, or where reading failed.
Nothing is sent to the fronts. REPORT lines that were found before are kept, and so are
metrics of which there is less by now: AWS keeps those of a minute for 15 days, and a
log group as long as it was told to. RUN is a folder; without it the run made last is
taken.`,
		Example: `  bench read
  bench read runs/20261129T072104Z-remote --reports insights --wait 10m`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.reading.waitGiven = cmd.Flags().Changed("wait")
			return read(cmd.Context(), env, args, o)
		},
	}
	cmd.Flags().SortFlags = false // its own come first, then those of bench report
	cmd.Flags().StringVar(&o.out, "runs", "runs", "folder in which the newest run is looked for when RUN is not given")
	o.reading.register(cmd.Flags())
	o.view.register(cmd.Flags())
	return cmd
}

// read reads a run back and reports on it as run does.
func read(ctx context.Context, env *env, args []string, o runOptions) error {
	if err := o.reading.check(); err != nil {
		return err
	}
	if err := o.view.check(env); err != nil {
		return err
	}
	dir, err := choose(args, o.out)
	if err != nil {
		return err
	}
	rec, err := toRead(dir)
	if err != nil {
		return err
	}
	o.reading.settle(ctx)
	if err := readAgain(ctx, env, rec, o.reading); err != nil {
		return err
	}
	if rec, err = record.Open(dir); err != nil {
		return err
	}
	r, err := compose(env, rec, o.view)
	if err != nil {
		return err
	}
	fmt.Fprintln(env.stderr, r.Reading)
	if err := writeBeside(dir, r); err != nil {
		return err
	}
	if err := o.view.write(env, r); err != nil {
		return err
	}
	return covered(r, o.reading.coverage)
}

// toRead opens the folder of a run in which there is something to read about.
func toRead(dir string) (*record.Recording, error) {
	if bundle.Is(dir) {
		return nil, usage(fmt.Errorf("%q is a file: what is read is written into the run, and a bundle stays as it is: want the folder of the run", dir))
	}
	rec, err := record.Open(dir)
	if err != nil {
		return nil, usage(err)
	}
	if len(rec.Measured) == 0 {
		return nil, &exitError{exitInvalid, fmt.Errorf("the run is invalid: no trial of %q was measured: there is nothing to read", dir)}
	}
	return rec, nil
}

// readAgain asks for what rec's deployed fronts did and writes it beside what there is.
func readAgain(ctx context.Context, env *env, rec *record.Recording, o readingOptions) error {
	s, err := asRun(rec)
	if err != nil {
		return usage(err)
	}
	if err := o.checkHere(ctx, s); err != nil {
		return err
	}
	w, err := record.Resume(rec.Dir)
	if err != nil {
		return usage(err)
	}
	m := &measurement{env: env, scenario: &loaded{Scenario: s, credentials: &credentials{known: env.known}}, writer: w, reading: o,
		reader: telemetry.NewReader(telemetry.Config{Deadline: o.wait, Bins: o.bins(), Learn: env.known.Add}), before: map[int][]record.Report{}}
	deployed := m.deployedAgain(rec)
	if len(deployed) == 0 {
		return usage(fmt.Errorf("run %q has no deployed front with metrics: the lab's are read as they come", rec.Dir))
	}
	m.recall(rec)
	meters, err := m.collectDeployed(ctx, w.Run(), deployed)
	if err != nil {
		return err
	}
	m.scenario.credentials.cleanMeters(&meters)
	if err := w.WriteMeters(meteredAgain(rec, meters)); err != nil {
		return err
	}
	if strings.HasPrefix(rec.Stopped, unread) { // it no longer is
		return w.Close(rec.Ended, "")
	}
	return nil
}

// unread begins what a run says that could not be read back.
const unread = "read "

// deployedAgain are the fronts to read, and Regions are looked for anew.
func (m *measurement) deployedAgain(rec *record.Recording) []record.Front {
	_, deployed := m.parted(withMetrics(m.scenario.Scenario, rec.Fronts))
	for i, f := range deployed {
		if sf, _ := m.scenario.Front(f.ID); sf.Kind.Edge() && sf.FunctionRegion == "" {
			deployed[i].FunctionIn, deployed[i].AlsoIn = "", nil
		}
	}
	return deployed
}

// recall takes from the record what answers told, and what was found before.
func (m *measurement) recall(rec *record.Recording) {
	for _, trial := range rec.Measured {
		i := slices.IndexFunc(rec.Trials, func(t record.Trial) bool {
			return t.Front == trial.Front && t.Round == trial.Round && t.Arm == trial.Arm && t.Attempt == trial.Attempt
		})
		if m.later(trial.Front) {
			m.told.Add(i, trial.Hits)
			m.before[i] = trial.Reports
		}
	}
}

// meteredAgain joins what was read with what there was: of each front that of which
// CloudWatch counted more, and the calls of both.
func meteredAgain(rec *record.Recording, now record.Meters) record.Meters {
	if rec.Meters == nil {
		return now
	}
	var all record.Meters
	for _, f := range rec.Fronts {
		was, is := frontMeters(*rec.Meters, f.ID), frontMeters(now, f.ID)
		switch {
		case is == nil && was == nil:
		case is == nil || was != nil && counted(was) > counted(is):
			all.Fronts = append(all.Fronts, *was)
		default:
			all.Fronts = append(all.Fronts, *is)
		}
	}
	all.Reading = readTwice(rec.Meters.Reading, now.Reading)
	return all
}

func frontMeters(m record.Meters, id string) *record.FrontMeters {
	if i := slices.IndexFunc(m.Fronts, func(f record.FrontMeters) bool { return f.Front == id }); i >= 0 {
		return &m.Fronts[i]
	}
	return nil
}

func counted(m *record.FrontMeters) int64 {
	if m.Coverage.Invocations == nil {
		return -1
	}
	return *m.Coverage.Invocations
}

// readTwice adds up what two readings took; AWS bills for both.
func readTwice(a, b *record.Reading) *record.Reading {
	if a == nil || b == nil {
		return cmp.Or(a, b)
	}
	sum := record.Reading{WaitedS: a.WaitedS + b.WaitedS}
	for _, r := range slices.Concat(a.Regions, b.Regions) {
		i := slices.IndexFunc(sum.Regions, func(s record.RegionReading) bool { return s.Region == r.Region })
		if i < 0 {
			sum.Regions = append(sum.Regions, r)
			continue
		}
		s := &sum.Regions[i]
		s.MetricCalls, s.MetricsRequested, s.ListCalls = s.MetricCalls+r.MetricCalls, s.MetricsRequested+r.MetricsRequested, s.ListCalls+r.ListCalls
		s.LogCalls, s.LogEvents = s.LogCalls+r.LogCalls, s.LogEvents+r.LogEvents
		s.Queries, s.ScannedBytes = s.Queries+r.Queries, s.ScannedBytes+r.ScannedBytes
		s.Problems = r.Problems // those of the last time
	}
	return &sum
}
