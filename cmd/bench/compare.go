package main

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"frontdoor/gate"
	"frontdoor/record"
	"frontdoor/report"
	"frontdoor/scenarios"
)

// unjudged are options of reports that say nothing to a comparison of two runs.
var unjudged = []string{"gate", "reference", "material"}

func newCompare(env *env) *cobra.Command {
	var view viewOptions
	var open openOptions
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "compare OLD NEW",
		Short: "Compare two runs of one scenario, front by front",
		Long: `compare judges a new run against an old one of the same scenario, with the same
statistics as a run judges its fronts: ratios with intervals over rounds, an exact
rank test adjusted for the number of comparisons, and equivalence as a verdict of
its own. Both are priced as the new run's scenario says: its month, its day, its
free tier.

It refuses runs that did not measure the same thing in the same way (handler,
fronts, requests, load, source, host) and says what differs. It ends with 3 when a
front became slower at a metric that decides, and with 4 when that cannot be told.`,
		Example: `  bench compare runs/20261121T090000Z-quickstart runs/20261122T153000Z-quickstart
  bench compare old new --delta 10% --inconclusive=warn --json`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			for _, name := range unjudged {
				if cmd.Flags().Changed(name) {
					return usage(fmt.Errorf("--%s: compare has no use for it: it judges each front against itself\nhint: bench gate NEW", name))
				}
			}
			if err := open.check(); err != nil {
				return err
			}
			if err := view.check(env); err != nil {
				return err
			}
			c, err := compareRuns(env, cmd.Flags(), args[0], args[1], view)
			if err != nil {
				return err
			}
			write := env.style(view.color).Change
			if asJSON {
				write = report.ChangeJSON
			}
			if err := write(env.stdout, c); err != nil {
				return err
			}
			outcome := c.Outcome()
			if outcome == gate.Fail {
				return &exitError{exitGate, fmt.Errorf("slower than before: %s", strings.TrimPrefix(c.Sentences()[0], "slower: "))}
			}
			return open.exit(env, outcome, "the runs do not tell whether every front is as fast as before")
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON in place of the table")
	open.register(cmd.Flags())
	view.registerPricing(cmd.Flags())
	for _, name := range unjudged {
		cmd.Flags().Lookup(name).Hidden = true
	}
	return withSchema(env, cmd, report.ChangeSchema)
}

func compareRuns(env *env, flags *pflag.FlagSet, old, young string, view viewOptions) (*report.Change, error) {
	before, err := view.either(flags, old)
	if err != nil {
		return nil, err
	}
	after, err := view.either(flags, young)
	if err != nil {
		return nil, err
	}
	differences, err := incomparable(before, after)
	if err != nil {
		return nil, usage(err)
	}
	if len(differences) > 0 {
		return nil, usage(fmt.Errorf("runs %q and %q are not comparable: %s", before.ID, after.ID, strings.Join(differences, "; ")))
	}
	in, err := compound(env, before, view)
	if err != nil {
		return nil, err
	}
	next, err := compound(env, after, view)
	if err != nil {
		return nil, err
	}
	// One month under one day's prices for both: a forecast that was changed between
	// the runs is no change of what was measured.
	in.Book, in.Traffic, in.Forecast, in.Choices, in.Init = next.Book, next.Traffic, next.Forecast, next.Choices, next.Init
	earlier, err := report.New(in)
	if err != nil {
		return nil, err
	}
	later, err := report.New(next)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(validity(earlier), validity(later)); err != nil {
		return nil, err
	}
	return report.NewChange(earlier, later)
}

// incomparable lists what keeps two runs from being compared.
func incomparable(before, after *record.Recording) ([]string, error) {
	var out []string
	differ := func(what string, a, b any) {
		if !reflect.DeepEqual(a, b) {
			out = append(out, fmt.Sprintf("%s: %v and %v", what, a, b))
		}
	}
	if before.Dir == after.Dir || before.Sum == after.Sum {
		out = append(out, "they are the same run")
	}
	for _, r := range []*record.Recording{before, after} {
		if r.Stopped != "" || r.Ended.IsZero() {
			out = append(out, fmt.Sprintf("run %q did not get to its end", r.ID))
		}
	}
	differ("scenario", before.Scenario, after.Scenario)
	differ("source", before.Source, after.Source)
	differ("host", before.Host, after.Host)
	differ("A/A run", before.AA, after.AA)
	a, err := asRun(before)
	if err != nil {
		return nil, err
	}
	b, err := asRun(after)
	if err != nil {
		return nil, err
	}
	differ("handler", a.Handler, b.Handler)
	differ("command", a.Command, b.Command)
	if !reflect.DeepEqual(a.Requests, b.Requests) {
		out = append(out, "the requests differ")
	}
	if !reflect.DeepEqual(a.Load, b.Load) {
		out = append(out, "the load differs")
	}
	return append(out, differentFronts(a.Fronts, b.Fronts)...), nil
}

func differentFronts(a, b []scenarios.Front) []string {
	ids := func(list []scenarios.Front) (out []string) {
		for _, f := range list {
			out = append(out, f.ID)
		}
		return out
	}
	if !reflect.DeepEqual(ids(a), ids(b)) {
		return []string{fmt.Sprintf("fronts: %s and %s", strings.Join(ids(a), ", "), strings.Join(ids(b), ", "))}
	}
	var out []string
	for i := range a {
		if !reflect.DeepEqual(withoutAddress(a[i]), withoutAddress(b[i])) {
			out = append(out, fmt.Sprintf("front %q is set up differently", a[i].ID))
		}
	}
	return out
}

// withoutAddress is a front of no address: another deployment of it is what a change is
// looked for in.
func withoutAddress(f scenarios.Front) scenarios.Front {
	if !f.Lab() {
		f.Deployed = scenarios.Deployed{URL: "deployed", Metrics: f.Metrics, Auth: f.Auth}
	}
	return f
}
