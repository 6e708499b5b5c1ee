package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"frontdoor/record"
	"frontdoor/report"
	"frontdoor/scenarios"
	"frontdoor/telemetry"
)

// readingOptions say how a run's deployed fronts are read back.
type readingOptions struct {
	reports   string
	coverage  float64 // percent
	wait      time.Duration
	waitGiven bool
}

// How long what is late is waited for after something last came, unless the user says:
// AWS names no bound, and where a lab stands for it values show at once.
const (
	waitAway = 3 * time.Minute
	waitHere = 5 * time.Second
)

// leastCoverage is the share of requests, in percent, whose invocations have to be known
// unless the user says otherwise. A published benchmark that joined logs to requests got
// 90 to 95 % (https://github.com/spcl/serverless-benchmarks/issues/234): what it lacked
// was as large as the differences that fronts are chosen by.
const leastCoverage = 95

func (o *readingOptions) register(flags *pflag.FlagSet) {
	flags.StringVar(&o.reports, "reports", record.ReportsFilter, "how REPORT lines of deployed fronts are read: "+strings.Join(waysToRead(), ", ")+"; filter is free and slow, insights is billed by the byte scanned, with none durations are bounds of CloudWatch's metrics")
	flags.DurationVar(&o.wait, "wait", waitAway, fmt.Sprintf("how long metrics and REPORT lines of deployed fronts that are late are waited for, after something last came; unless given, %s where CloudWatch's endpoints are on this machine", waitHere))
	flags.Float64Var(&o.coverage, "min-coverage", leastCoverage, "percent of a deployed front's requests that have to be joined to their REPORT lines, or the run is invalid (exit 5)")
}

// checkedBins is how many steps of each granularity are asked for beside REPORT lines,
// which have every duration: enough to see that both agree, at a price that the plan of
// a run knows beforehand. Without REPORT lines there are as many as the longest needs.
const checkedBins = 10

func (o *readingOptions) bins() int {
	if o.reports == record.ReportsNone {
		return 0
	}
	return checkedBins
}

func waysToRead() []string {
	return []string{record.ReportsFilter, record.ReportsInsights, record.ReportsNone}
}

func (o *readingOptions) check() error {
	if !slices.Contains(waysToRead(), o.reports) {
		return usage(fmt.Errorf("--reports: %q is no way to read REPORT lines: want one of %s", o.reports, strings.Join(waysToRead(), ", ")))
	}
	if !(o.coverage >= 0 && o.coverage <= 100) {
		return usage(fmt.Errorf("--min-coverage: %v is no percentage: want 0 to 100", o.coverage))
	}
	if o.wait < 0 {
		return usage(fmt.Errorf("--wait: %s is no time to wait: want 0s or more", o.wait))
	}
	return nil
}

// settle shortens the wait where nothing can be late, unless the user said how long.
func (o *readingOptions) settle(ctx context.Context) {
	if !o.waitGiven && (telemetry.Config{}).Here(ctx) {
		o.wait = waitHere
	}
}

// collect reads CloudWatch: the lab's for the fronts that it serves, AWS's for those that
// are deployed. After an interrupt only the lab is asked, and briefly.
func (m *measurement) collect(ctx context.Context) error {
	run := m.writer.Run()
	fronts := withMetrics(m.scenario.Scenario, run.Fronts)
	if len(fronts) == 0 {
		return nil
	}
	if err := m.count(); err != nil {
		return err
	}
	served, deployed := m.parted(fronts)
	meters, err := m.collectLab(ctx, run, served)
	if err == nil && len(deployed) > 0 && ctx.Err() == nil {
		var remote record.Meters
		remote, err = m.collectDeployed(ctx, run, deployed)
		meters.Fronts, meters.Reading = append(meters.Fronts, remote.Fronts...), remote.Reading
		if err != nil {
			err = &unreadError{err}
		}
	}
	if err != nil && ctx.Err() == nil {
		return err
	}
	if len(meters.Fronts) < len(fronts) {
		return nil // the record says that CloudWatch was not read
	}
	place := func(id string) int {
		return slices.IndexFunc(fronts, func(f record.Front) bool { return f.ID == id })
	}
	slices.SortFunc(meters.Fronts, func(a, b record.FrontMeters) int { return place(a.Front) - place(b.Front) })
	m.scenario.credentials.cleanMeters(&meters)
	return m.writer.WriteMeters(meters)
}

// tryReading refuses a run whose deployed fronts could not be read back: it would cost
// money and leave half a record. It is asked before there is a folder.
func (m *measurement) tryReading(ctx context.Context) error {
	_, deployed := labFronts(m.scenario.Scenario)
	var fronts []record.Front
	for _, f := range deployed {
		fronts = append(fronts, deployedFront(f))
	}
	if err := m.reader.Try(ctx, withMetrics(m.scenario.Scenario, fronts)); err != nil {
		return unreadable(ctx, m.env, err)
	}
	return nil
}

// parted divides fronts into those of the lab and those that are deployed.
func (m *measurement) parted(fronts []record.Front) (served, deployed []record.Front) {
	for _, f := range fronts {
		if sf, _ := m.scenario.Front(f.ID); sf.Lab() {
			served = append(served, f)
		} else {
			deployed = append(deployed, f)
		}
	}
	return served, deployed
}

func (m *measurement) collectLab(ctx context.Context, run record.Run, fronts []record.Front) (record.Meters, error) {
	if len(fronts) == 0 {
		return record.Meters{}, nil
	}
	m.lab.Flush()
	run.Fronts = fronts
	c := telemetry.Config{Endpoint: m.lab.MetricsURL(), Deadline: time.Second, Poll: 50 * time.Millisecond}
	if ctx.Err() != nil {
		brief, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleLimit)
		defer cancel()
		ctx, c.Deadline = brief, 0
	}
	meters, err := telemetry.Collect(ctx, c, &run)
	meters.Reading = nil // nobody is billed for asking the lab
	if err != nil {
		err = fmt.Errorf("read metrics: %w", err)
	}
	return meters, err
}

// collectDeployed reads metrics and then REPORT lines, which have come by then.
func (m *measurement) collectDeployed(ctx context.Context, run record.Run, fronts []record.Front) (record.Meters, error) {
	fmt.Fprintf(m.env.stderr, "reading %d deployed fronts back from CloudWatch: what is late is waited for until nothing new has come for %s\n", len(fronts), m.reading.wait)
	run.Fronts = fronts
	r := m.reader
	meters, found, err := r.Collect(ctx, &run, &m.told)
	if err != nil {
		return meters, fmt.Errorf("read metrics: %w", err)
	}
	if err := m.setFound(found); err != nil {
		return meters, err
	}
	if m.reading.reports != record.ReportsNone {
		err = m.addReports(ctx, r, run, found, meters.Fronts)
	}
	reading := r.Reading()
	meters.Reading = &reading
	for i := range meters.Fronts {
		meters.Fronts[i].Reports = m.reading.reports
	}
	return meters, err
}

// setFound records in which Regions functions at the edge were found.
func (m *measurement) setFound(found []record.Front) error {
	fronts := slices.Clone(m.writer.Run().Fronts)
	for i, f := range fronts {
		if k := slices.IndexFunc(found, func(o record.Front) bool { return o.ID == f.ID }); k >= 0 {
			fronts[i] = found[k]
		}
	}
	return m.writer.SetFronts(fronts)
}

// addReports reads the REPORT lines of every trial that waits for them.
func (m *measurement) addReports(ctx context.Context, r *telemetry.Reader, run record.Run, fronts []record.Front, meters []record.FrontMeters) error {
	got, err := r.Invocations(ctx, m.reading.reports, &run, fronts, &m.told)
	if err != nil {
		return fmt.Errorf("read REPORT lines: %w", err)
	}
	for i := range meters {
		meters[i].Problems = append(meters[i].Problems, got.Problems[meters[i].Front]...)
	}
	for i, t := range m.writer.Run().Trials {
		if t.HitsSum == "" || !m.later(t.Front) {
			continue
		}
		if err := m.writer.AddReports(i, united(got.ByTrial[i], m.before[i])); err != nil {
			return err
		}
	}
	return nil
}

// united is reports with what an earlier reading knows better: those that are not among
// them, for a log group forgets, and those whose other lines were read too.
func united(reports, before []record.Report) []record.Report {
	at := map[string]int{}
	for i, r := range reports {
		at[r.RequestID] = i
	}
	for _, r := range before {
		i, found := at[r.RequestID]
		switch {
		case !found:
			reports = append(reports, r)
		case reports[i].LogBytes == record.NotKnown:
			reports[i] = r
		}
	}
	return reports
}

// later reports whether a front's REPORT lines come at the end of the run: it is
// deployed, and CloudWatch is asked about it.
func (m *measurement) later(front string) bool {
	f, _ := m.scenario.Front(front)
	return !f.Lab() && f.Metrics != scenarios.MetricsNone
}

// covered refuses a run in which too few of a front's requests are joined to what was
// billed for them.
func covered(r *report.Report, least float64) error {
	for _, f := range r.Fronts {
		if j := f.Joined; j != nil && 100*float64(j.Known) < least*float64(j.Requests) {
			return &exitError{exitInvalid, fmt.Errorf("the run is invalid: front %q: %s, and --min-coverage wants %g %%\nhint: the record is kept; bench read asks again for lines that are late, and bench report prices it as it is", f.ID, j, least)}
		}
	}
	return nil
}
