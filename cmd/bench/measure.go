package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"time"

	"frontdoor/lab"
	"frontdoor/load"
	"frontdoor/record"
	"frontdoor/scenarios"
	"frontdoor/tables"
	"frontdoor/telemetry"
)

// measurement is a run under way.
type measurement struct {
	env      *env
	scenario *loaded
	lab      *lab.Lab // nil when every front is deployed
	writer   *record.Writer
	logs     *telemetry.Reports
	progress *progress
	guarded  *guarded
	reading  readingOptions
	reader   *telemetry.Reader       // of what deployed fronts leave on AWS
	told     telemetry.Told          // by their answers
	tables   *tables.Writer          // of items that change by themselves in the lab
	tried    []record.Event          // of tables, until a trial has them
	settles  bool                    // its tables are not on this machine
	before   map[int][]record.Report // by trial: what an earlier reading found
}

// measure runs the scenario and returns the folder of the run, which is ""
// when nothing was begun. A cancelled context keeps what was measured.
func measure(ctx context.Context, env *env, s *loaded, o runOptions) (dir string, err error) {
	seed := o.seed
	started := env.now().UTC()
	run := record.Run{
		ID: started.Format("20060102T150405Z") + "-" + s.Name, Scenario: s.Name, Tool: env.version, Source: source(s),
		Seed: seed, Rounds: s.Rounds, Host: host(), Started: started, Trials: plan(s.Scenario, seed, o.aa), AA: o.aa,
		Distance: simulated(s.Distance), Speed: clockSpeed(s.Scenario),
	}
	if !o.aa {
		run.Floor = floorFor(o.out, run, s.yaml, s.targets.sum())
	}
	m := &measurement{env: env, scenario: s, guarded: o.guarded, reading: o.reading,
		reader: telemetry.NewReader(telemetry.Config{Deadline: o.reading.wait, Bins: o.reading.bins(), Learn: env.known.Add}),
		tables: tables.NewWriter(env.known.Add)}
	if err := m.tryReading(ctx); err != nil {
		return "", err
	}
	if err := m.tryTables(ctx); err != nil {
		return "", err
	}
	w, err := record.Create(o.out, run, s.yaml)
	if err != nil {
		return "", err
	}
	if o.guarded != nil && o.guarded.plan != nil {
		if err := w.WritePlan(o.guarded.plan); err != nil {
			return w.Dir(), err
		}
	}
	m.writer, m.progress = w, newProgress(env, len(run.Trials))
	stopped, err := m.conduct(ctx, seed)
	return w.Dir(), errors.Join(err, o.guarded.made(w), w.Close(env.now().UTC(), env.known.Redact(stopped)))
}

// conduct brings the fronts up, visits them, and reads their metrics. stopped
// says why the run ended before its plan, and is "" when it did not.
func (m *measurement) conduct(ctx context.Context, seed uint64) (stopped string, err error) {
	if err := m.writeTargets(); err != nil {
		return err.Error(), err
	}
	if err := m.open(); err != nil {
		return "the fronts could not be started", err
	}
	defer func() { err = errors.Join(err, m.close()) }()
	for i := 0; i < len(m.writer.Run().Trials) && ctx.Err() == nil && m.halted() == ""; i++ {
		if err := m.trial(ctx, i, seed); err != nil {
			return err.Error(), err
		}
	}
	m.progress.end()
	if err := m.collect(ctx); err != nil {
		return withoutHint(err), err
	}
	if ctx.Err() != nil {
		return "interrupt", ctx.Err()
	}
	return m.halted(), nil
}

// halted says why the guard lets nothing more be sent; "" while it does.
func (m *measurement) halted() string { return m.guarded.limits().Stopped() }

// withoutHint is what an error says, for the record; its hint is for who sees it happen.
func withoutHint(err error) string {
	text, _, _ := strings.Cut(err.Error(), "\nhint: ")
	return text
}

func chooseSeed(s *scenarios.Scenario, o runOptions) uint64 {
	switch {
	case o.seeded:
		return o.seed
	case s.Seed != nil:
		return *s.Seed
	}
	return rand.Uint64() >> 11 // fits a JSON number exactly
}

// plan lists every trial in the order in which it is visited: each round visits
// every front once, in a fresh random order, since a fixed one can fall into
// step with a periodic disturbance. An A/A run visits it twice.
func plan(s *scenarios.Scenario, seed uint64, aa bool) []record.Trial {
	rng := rand.New(rand.NewPCG(seed, 1))
	n := len(s.Fronts)
	arms := 1
	if aa {
		arms = 2
	}
	var trials []record.Trial
	for round := 1; round <= s.Rounds; round++ {
		for _, i := range rng.Perm(n * arms) {
			trials = append(trials, record.Trial{Round: round, Attempt: 1, Arm: i / n, Front: s.Fronts[i%n].ID, State: record.Planned})
		}
	}
	return trials
}

// open starts the lab and records where the fronts are.
func (m *measurement) open() error {
	served, deployed := labFronts(m.scenario.Scenario)
	at := map[string]record.Front{}
	if len(served) > 0 {
		self, err := m.env.self()
		if err != nil {
			return fmt.Errorf("find this program, which the lab starts as the functions' bootstrap: %w", err)
		}
		if m.lab, err = lab.Start(labConfig(m.scenario, self, m.writer.LogDir(), m.env.now())); err != nil {
			return fmt.Errorf("start the lab: %w", err)
		}
		m.logs = telemetry.ReadReports(m.writer.LogDir())
		for _, f := range m.lab.Fronts() {
			served := servedFront(f)
			sf, _ := m.scenario.Front(f.ID)
			served.DNS = recordDNS(sf.Domain)
			at[f.ID] = served
		}
	}
	for _, f := range deployed {
		at[f.ID] = deployedFront(f)
	}
	var fronts []record.Front
	for _, f := range m.scenario.Fronts {
		fronts = append(fronts, at[f.ID])
	}
	return m.writer.SetFronts(fronts)
}

func (m *measurement) close() error {
	if m.lab == nil {
		return nil
	}
	return m.lab.Close()
}

// trial loads one front in one round and writes what it gave.
func (m *measurement) trial(ctx context.Context, i int, seed uint64) error {
	run := m.writer.Run()
	t := run.Trials[i]
	front, _ := run.Front(t.Front)
	if err := m.writer.Begin(i, m.env.now().UTC()); err != nil {
		return err
	}
	m.progress.begin(i, t)
	sends := loadPlan(m.scenario, front, seed, t)
	playing, err := m.seed(ctx, &sends)
	if err != nil {
		return m.unseeded(ctx, i, t, playing, sends, err)
	}
	end := m.begin(t.Front)
	sends.Limit, sends.Target = m.guarded.limits(), "front "+t.Front
	result, err := load.Attack(ctx, sends, m.progress.show)
	t.Events = end()
	playing.stop()
	m.scenario.credentials.tell(m.env)
	if err != nil {
		return fmt.Errorf("round %d of front %q: %w", t.Round, t.Front, err)
	}
	t.State, t.Started, t.Ended, t.Load = record.Done, result.Started.UTC(), result.Ended.UTC(), &result.Load
	t.Invalid, t.Disturbed = result.Invalid, result.Disturbed
	if result.Cut {
		t.State = record.Interrupted
	}
	playing.into(&t, m.env.known.Redact)
	m.scenario.credentials.clean(result.Hits)
	if err := m.keep(ctx, i, t, front, result.Hits); err != nil {
		return err
	}
	m.progress.finish(t, result)
	return m.again(run.Trials, i, t)
}

// keep writes a trial: with its reports, or, of a deployed front, what its answers told
// of them, for they come at the end of the run.
func (m *measurement) keep(ctx context.Context, i int, t record.Trial, front record.Front, hits []record.Hit) error {
	if m.later(t.Front) {
		m.told.Add(i, hits)
		return m.writer.Keep(i, t, hits)
	}
	reports, err := m.reports(ctx, front)
	if err != nil {
		return err
	}
	return m.writer.Finish(i, t, hits, reports)
}

// attempts is how often a trial is tried that the generator spoils, and
// furtherShare bounds all further attempts to a share of the plan, so that a busy
// machine does not make a run endless. Whether a trial is tried again depends on the
// generator's own lateness and never on what the front answered, so it does not
// choose results.
const (
	attempts     = 3
	furtherShare = 4
)

// furtherOf is how many further attempts a plan of that many trials may get.
func furtherOf(planned int) int { return (planned + furtherShare - 1) / furtherShare }

// again puts a further attempt of an invalid trial at the end of its round, so
// that it still is compared with what ran near it.
func (m *measurement) again(trials []record.Trial, i int, t record.Trial) error {
	planned := 0
	for _, t := range trials {
		if t.Attempt == 1 {
			planned++
		}
	}
	further := len(trials) - planned
	if len(t.Invalid) == 0 || t.State != record.Done || t.Attempt == attempts || further >= furtherOf(planned) {
		return nil
	}
	end := i + 1
	for end < len(trials) && trials[end].Round == t.Round {
		end++
	}
	m.progress.trials++
	return m.writer.Add(end, record.Trial{Round: t.Round, Attempt: t.Attempt + 1, Arm: t.Arm, Front: t.Front, State: record.Planned})
}

// settleLimit bounds the wait for functions that still work after an interrupt.
const settleLimit = 250 * time.Millisecond

// reports reads the REPORT lines of the trial that just ended: those of the
// function of its front, and of no other.
func (m *measurement) reports(ctx context.Context, f record.Front) ([]record.Report, error) {
	if sf, _ := m.scenario.Front(f.ID); !sf.Lab() {
		return nil, nil
	}
	settled := make(chan struct{})
	go func() { m.lab.Settle(); close(settled) }()
	select {
	case <-settled:
	case <-ctx.Done():
		select {
		case <-settled:
		case <-time.After(settleLimit):
		}
	}
	return m.read(f)
}

// count records what the lab metered beside CloudWatch.
func (m *measurement) count() error {
	if m.lab == nil {
		return nil
	}
	return m.writer.WriteCounters(counters(m.lab.Counters()))
}

// host describes this machine.
func host() record.Host {
	h := record.Host{OS: runtime.GOOS, Arch: runtime.GOARCH, CPUs: runtime.NumCPU(), Go: runtime.Version()}
	if data, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(data)) {
			if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				h.CPUModel = strings.TrimSpace(value)
				break
			}
		}
	}
	return h
}
