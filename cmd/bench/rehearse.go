package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"time"

	"frontdoor/lab"
	"frontdoor/load"
	"frontdoor/pricing/spend"
	"frontdoor/record"
	"frontdoor/scenarios"
	"frontdoor/telemetry"
)

// rehearsed is what a few requests of each kind to each front of a scenario cause.
type rehearsed struct {
	samples []spend.Sample
	before  map[sampled][]record.Counter // of the warm-up of each sample, which found caches empty
	reading *record.Reading              // of their metrics; nil where nothing was run
}

// sampled is what a sample is of: a kind of request to a front.
type sampled struct {
	front   string
	request int
}

// The requests of a rehearsal, of each kind to each front: one after the other, so that
// one warm environment answers them all.
const (
	rehearsalWarmup = 3
	rehearsalLength = 20
)

// rehearse runs the scenario's handlers in the lab, on loopback, behind those of its
// fronts that are named. What fronts cause whose handlers are not here is assumed: of
// those that have an address in the scenario itself, and of all where the lab cannot run
// them, for lack of node, say. The error is the end of ctx.
func (p *planner) rehearse(ctx context.Context) (rehearsed, error) {
	var here, away []scenarios.Front
	for _, f := range p.home.Fronts {
		switch {
		case !slices.Contains(ids(p.at.Scenario), f.ID):
		case f.Lab():
			here = append(here, f)
		default:
			away = append(away, f)
		}
	}
	const noHandler = "bench has no handler of it to rehearse"
	out := rehearsed{samples: assumed(p.home.Scenario, away, noHandler)}
	if len(here) == 0 {
		return out, nil
	}
	run, err := p.rehearseHere(ctx, here)
	switch {
	case ctx.Err() != nil:
		return out, ctx.Err()
	case err != nil:
		out.samples = append(out.samples, assumed(p.home.Scenario, here, "it could not be rehearsed: "+err.Error())...)
		return out, nil
	}
	out.samples, out.before, out.reading = append(out.samples, run.samples...), run.before, run.reading
	return out, nil
}

// rehearseHere starts a lab of some of the scenario's fronts and rehearses in it.
func (p *planner) rehearseHere(ctx context.Context, fronts []scenarios.Front) (out rehearsed, err error) {
	own := *p.home.Scenario
	own.Fronts, own.Distance, own.Speed = fronts, nil, 1
	dir, err := os.MkdirTemp("", "bench-rehearsal-")
	if err != nil {
		return out, err
	}
	defer os.RemoveAll(dir)
	self, err := p.env.self()
	if err != nil {
		return out, err
	}
	l := *p.home
	l.Scenario = &own
	m := &measurement{env: p.env, scenario: &l, logs: telemetry.ReadReports(dir), reading: p.read}
	if m.lab, err = lab.Start(labConfig(&l, self, dir, p.env.now())); err != nil {
		return out, err
	}
	defer m.lab.Close()
	err = m.rehearse(ctx, p.lasts, &out)
	return out, err
}

// rehearse sends the requests of each kind to each front of the lab, and reads their
// metrics as those of the run will be read, over as long a time: how many are asked for
// depends on the minutes that it touches.
func (m *measurement) rehearse(ctx context.Context, lasts time.Duration, out *rehearsed) error {
	run := record.Run{ID: "rehearsal", Started: m.env.now().UTC()}
	out.before = map[sampled][]record.Counter{}
	for _, served := range m.lab.Fronts() {
		f := servedFront(served)
		run.Fronts = append(run.Fronts, f)
		for kind := range m.scenario.Requests {
			sample, before, err := m.sample(ctx, f, kind)
			if err != nil {
				return fmt.Errorf("rehearse requests[%d] behind front %q: %w", kind, f.ID, err)
			}
			out.samples, out.before[sampled{f.ID, kind}] = append(out.samples, sample), before
			run.Trials = append(run.Trials, record.Trial{Front: f.ID, State: record.Done, Load: &record.Load{Sent: rehearsalWarmup + rehearsalLength},
				Started: run.Started, Ended: run.Started.Add(lasts)})
		}
	}
	m.lab.Flush()
	meters, err := telemetry.Collect(ctx, telemetry.Config{Endpoint: m.lab.MetricsURL(), Bins: m.reading.bins()}, &run)
	if err != nil {
		return fmt.Errorf("rehearse the reading of metrics: %w", err)
	}
	out.reading = meters.Reading
	return nil
}

// sample sends requests of one kind, those of a warm-up first; before is what the lab
// counted of these.
func (m *measurement) sample(ctx context.Context, f record.Front, kind int) (of spend.Sample, before []record.Counter, err error) {
	if _, _, before, err = m.few(ctx, f, kind, rehearsalWarmup); err != nil {
		return of, nil, err
	}
	hits, reports, counters, err := m.few(ctx, f, kind, rehearsalLength)
	note := fmt.Sprintf("sizes, durations and log bytes are those of %d requests of each kind to a warm environment in the LAB (loopback)", rehearsalLength)
	if n := failures(hits); n > 0 {
		note = fmt.Sprintf("front %s: %d of the %d requests that rehearsed requests[%d] failed: %s", f.ID, n, len(hits), kind, hits[0].Error)
	}
	return spend.Sample{Front: f.ID, Request: kind, Hits: hits, Reports: reports, Counters: counters, Note: note}, before, err
}

// failures counts the hits that were not as expected.
func failures(hits []record.Hit) int {
	n := 0
	for _, h := range hits {
		if h.Error != "" {
			n++
		}
	}
	return n
}

// few sends n requests of one kind one after the other, and gathers what they caused.
func (m *measurement) few(ctx context.Context, f record.Front, kind, n int) ([]record.Hit, []record.Report, []record.Counter, error) {
	before := m.lab.Counters()
	result, err := load.Attack(ctx, rehearsalPlan(loadPlan(m.scenario, f, 1, record.Trial{Round: 1, Attempt: 1, Front: f.ID}), kind, n), nil)
	if err != nil {
		return nil, nil, nil, err
	}
	if ctx.Err() != nil {
		return nil, nil, nil, ctx.Err()
	}
	m.lab.Settle()
	reports, err := m.read(f)
	return result.Hits, reports, counters(grown(before, m.lab.Counters())), err
}

// rehearsalPlan is the plan of a trial cut down to n requests of one kind. A session
// that polls keeps its number of polls, not the time between them.
func rehearsalPlan(p load.Plan, kind, n int) load.Plan {
	const rate = 1000 // they wait for the one connection
	p.Requests, p.Warmup, p.Poisson, p.Connections = p.Requests[kind:kind+1], 0, false, 1
	p.Timeout *= time.Duration(n)
	if p.Polling.Times > 0 {
		p.Polling.Every = time.Second / rate
		n = max(n, 2*p.Polling.Times)
	}
	p.Stages = []load.Stage{{From: rate, To: rate, Duration: time.Duration(n) * time.Second / rate}}
	return p
}

// grown is what counters grew by.
func grown(before, after []lab.Counter) []lab.Counter {
	values := map[lab.Counter]float64{}
	for _, c := range before {
		name := c
		name.Value = 0
		values[name] = c.Value
	}
	var list []lab.Counter
	for _, c := range after {
		name := c
		name.Value = 0
		c.Value -= values[name]
		list = append(list, c)
	}
	return list
}
