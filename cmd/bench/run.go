package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"frontdoor/record"
	"frontdoor/report"
	"frontdoor/scenarios"
)

func newRun(env *env) *cobra.Command {
	var o runOptions
	cmd := &cobra.Command{
		Use:   "run [SCENARIO]",
		Short: "Measure a scenario, price it, and write the run",
		Long: `run visits every front of the scenario once per round, in a fresh random order,
and records every request. It reads the functions' metrics back from CloudWatch
(the lab's own, or AWS's), writes the run into a folder, and prints the verdict.
The folder also gets cost.csv and report.json. Gates of the scenario, and of
--gate, decide the exit code; bench gate --help has their notation.

With --targets the fronts are deployed ones: those that the file names, in place of
the lab's. bench deploy writes such a file, and docs/targets.md has its fields and
the ways in which requests prove who they are. The file names secrets; they are
looked up when the run begins and are never recorded. SCENARIO may be left out when
it is one that comes with bench: the file names it.

Deployed fronts are read back at the end: metrics, and the REPORT line of every
invocation. What is late is waited for (--wait), what is lacking is said, with what it
may cost, and a run that lacks too much is invalid (--min-coverage). docs/cloudwatch.md
has what is read and what AWS bills for it.

Items of a scenario's table that change by themselves do so in the lab alone. With
--targets bench writes them into the deployed table while it measures, and leaves them
there; docs/targets.md has what that needs, and what it says of a late write.

What is sent to a host that is not this machine may cost money: bench first prints
what the run will send, use and cost, by a rehearsal in the lab, and asks. Without a
terminal --yes and --max-cost are wanted. Hosts that bench did not deploy must be
named with --i-own. A run stops at the requests and bytes of its plan, and when a
front fails; docs/guard.md has the rules. --plan prints the plan and sends nothing.

Progress goes to stderr and the result to stdout. Ctrl-C stops within a second
and keeps what was measured.`,
		Example: `  bench run quickstart
  bench run quickstart --gate 'p(95)<50' -o table -o html=report.html -o adr=docs/decisions
  bench run my-scenario.yaml --aa
  bench run my-scenario.yaml --targets targets.yaml --fronts rest,http-api --reports insights
  bench run quickstart --targets targets.yaml --plan
  bench run quickstart --targets targets.yaml --yes --max-cost 0.10
  bench run my-scenario.yaml --seed 7 -o json=result.json`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.seeded, o.guard.rateGiven = cmd.Flags().Changed("seed"), cmd.Flags().Changed("max-error-rate")
			o.reading.waitGiven = cmd.Flags().Changed("wait")
			return run(cmd.Context(), env, strings.Join(args, ""), o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.out, "out", "runs", "folder in which the run's folder is made")
	flags.Uint64Var(&o.seed, "seed", 0, "order of fronts and arrivals (default: the scenario's, or a random one)")
	flags.BoolVar(&o.aa, "aa", false, "an A/A run: visit every front twice in each round, to measure how far equal things come apart; later runs of the scenario print that beside their comparisons")
	o.guard.register(flags)
	flags.StringVar(&o.targets, "targets", "", "file that says where the scenario's fronts are deployed")
	flags.StringSliceVar(&o.fronts, "fronts", nil, "ids of the deployed fronts to measure, of those that --targets names (default: all of the scenario's)")
	o.reading.register(flags)
	o.open.register(flags)
	o.view.register(flags)
	return cmd
}

type runOptions struct {
	out    string
	seed   uint64
	seeded bool
	aa     bool
	view   viewOptions
	open   openOptions

	targets string
	fronts  []string

	guard   guardOptions
	guarded *guarded // once it was agreed to
	reading readingOptions
}

// check refuses options before anything is measured.
func (o *runOptions) check(env *env, s *scenarios.Scenario) error {
	if err := o.open.check(); err != nil {
		return err
	}
	if err := o.reading.check(); err != nil {
		return err
	}
	if err := o.view.check(env); err != nil {
		return err
	}
	return o.view.rules.apply(&report.Input{}, s)
}

// run is the whole line: scenario, lab, load, record, telemetry, report.
func run(ctx context.Context, env *env, nameOrPath string, o runOptions) error {
	home, s, t, err := o.loads(env, nameOrPath)
	if err != nil {
		return err
	}
	if s.Offload != nil {
		if o.guard.planOnly || o.guard.maxCost != "" {
			return usage(fmt.Errorf("--plan and --max-cost: scenario %q has offload instead of fronts: nothing of it is sent to AWS", s.Name))
		}
		return runOffload(ctx, env, s, o)
	}
	if err := o.check(env, s.Scenario); err != nil {
		return err
	}
	s.warn(env)
	if _, deployed := labFronts(s.Scenario); len(deployed) > 0 {
		o.reading.settle(ctx)
	}
	o.seed, o.seeded = chooseSeed(s.Scenario, o), true
	if s.targets != nil {
		s.stamp = env.now().UTC().Format("20060102T150405Z")
	}
	if err := s.checkPlayed(o); err != nil {
		return err
	}
	if o.guarded, err = o.guard.agree(ctx, env, home, s, t, o); err != nil || o.guard.planOnly {
		return err
	}
	if err := o.reading.checkHere(ctx, s.Scenario); err != nil {
		return err
	}
	if err := s.prepare(ctx, env); err != nil {
		return err
	}
	dir, err := measure(ctx, env, s, o)
	if dir == "" {
		return err
	}
	fmt.Fprintf(env.stderr, "run folder: %s\n", dir)
	if err != nil && !errors.Is(err, context.Canceled) {
		return o.kept(env, dir, err)
	}
	return o.judged(ctx, env, s.Scenario, dir)
}

// loads reads what is run: the scenario as it is written, and where its fronts are by the
// targets file, if any.
func (o *runOptions) loads(env *env, nameOrPath string) (home, at *loaded, t *targets, err error) {
	if t, err = loadTargets(o.targets, o.fronts); err != nil {
		return nil, nil, nil, err
	}
	if nameOrPath == "" {
		if nameOrPath, err = t.scenario(); err != nil {
			return nil, nil, nil, err
		}
	}
	if home, err = loadScenario(env, nameOrPath, o.view.book); err != nil {
		return nil, nil, nil, err
	}
	at, err = home.on(t)
	return home, at, t, err
}

// judged shows what is in dir, of a scenario as it was run, and returns what is wrong with it.
func (o *runOptions) judged(ctx context.Context, env *env, s *scenarios.Scenario, dir string) error {
	rec, r, err := o.shown(env, dir)
	if err != nil {
		return err
	}
	if line := itemsOf(rec.Trials).String(); line != "" {
		fmt.Fprintln(env.stderr, line)
	}
	if err := o.guarded.outcome(env, rec); err != nil {
		return err
	}
	if why := o.guarded.limits().Stopped(); why != "" && ctx.Err() == nil {
		return &exitError{exitGuard, fmt.Errorf("stopped by the guard: %s; %d of %d trials were measured to their end, and they are kept and shown above", why, done(rec), len(rec.Trials))}
	}
	if ctx.Err() != nil {
		fmt.Fprintf(env.stderr, "stopped: %d of %d trials were measured to their end; they are kept and shown above\n%s", done(rec), len(rec.Trials), howToRead(s, rec))
		return ctx.Err()
	}
	if err := errors.Join(validity(r), covered(r, o.reading.coverage)); err != nil {
		return err
	}
	return o.open.gated(env, r)
}

// shown reports on the run in dir as the user wants it.
func (o *runOptions) shown(env *env, dir string) (*record.Recording, *report.Report, error) {
	rec, err := record.Open(dir)
	if err != nil {
		return nil, nil, err
	}
	r, err := compose(env, rec, o.view)
	if err != nil {
		return nil, nil, err
	}
	if r.Reading != nil {
		fmt.Fprintln(env.stderr, r.Reading)
	}
	return rec, r, errors.Join(writeBeside(dir, r), o.view.write(env, r))
}

// kept is what a run failed of that left a folder. One whose deployed fronts could not be
// read back has every request and is reported on: what it lacks the report says.
func (o *runOptions) kept(env *env, dir string, err error) error {
	var unread *unreadError
	if !errors.As(err, &unread) {
		return fmt.Errorf("%w\nhint: what was measured until then is in %s", err, dir)
	}
	_, _, showing := o.shown(env, dir)
	return errors.Join(fmt.Errorf("%w\nhint: bench read %s asks again; what was measured is kept there and shown above", err, dir), showing)
}

func done(rec *record.Recording) int {
	n := 0
	for _, t := range rec.Trials {
		if t.State == record.Done && len(t.Invalid) == 0 {
			n++
		}
	}
	return n
}

// validity refuses a run that leaves a front without a trial to believe, or
// without a request that succeeded: its prices would rest on error pages.
func validity(r *report.Report) error {
	for _, f := range r.Fronts {
		var why string
		switch {
		case f.Rounds == 0 && len(f.Invalid) > 0:
			why = fmt.Sprintf("has no trial that may be believed: round %d: %s", f.Invalid[0].Round, f.Invalid[0].Why)
		case f.Rounds == 0:
			why = "has no trial that was finished"
		case f.Requests == 0:
			why = "was sent no request: its trials are too short for their rate"
		case f.Failed == f.Requests:
			why = fmt.Sprintf("has no request that succeeded: %d of %d: %s", f.Errors[0].Count, f.Requests, f.Errors[0].What)
			if r.Run.Source == record.SourceLab {
				why += "\nhint: the functions' logs are in the run's folder, under logs"
			}
		default:
			continue
		}
		return &exitError{exitInvalid, fmt.Errorf("the run is invalid: front %q %s", f.ID, why)}
	}
	return nil
}

// writeBeside puts cost.csv and report.json into the run's folder.
func writeBeside(dir string, r *report.Report) error {
	return errors.Join(
		writeFile(filepath.Join(dir, "cost.csv"), report.CSV, r),
		writeFile(filepath.Join(dir, "report.json"), report.JSON, r),
	)
}

func writeFile(path string, write report.Writer, r *report.Report) error {
	return record.WriteWhole(path, func(w io.Writer) error { return write(w, r) })
}

// howToRead says how a run that was stopped gets what CloudWatch has of its deployed fronts,
// which takes longer than somebody waits who has pressed Ctrl-C.
func howToRead(s *scenarios.Scenario, rec *record.Recording) string {
	_, deployed := labFronts(s)
	if len(rec.Measured) == 0 || rec.Meters != nil || len(deployed) == 0 || len(withMetrics(s, rec.Fronts)) == 0 {
		return ""
	}
	return fmt.Sprintf("hint: bench read %s reads their metrics and REPORT lines\n", rec.Dir)
}

// labFronts are the fronts that the lab serves; deployed are the others.
func labFronts(s *scenarios.Scenario) (served, deployed []scenarios.Front) {
	for _, f := range s.Fronts {
		if f.Lab() {
			served = append(served, f)
		} else {
			deployed = append(deployed, f)
		}
	}
	return served, deployed
}
