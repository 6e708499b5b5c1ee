package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"frontdoor/gate"
	"frontdoor/record"
	"frontdoor/report"
)

func newGate(env *env) *cobra.Command {
	var view viewOptions
	var open openOptions
	var selfTest bool
	var runs string
	cmd := &cobra.Command{
		Use:   "gate [RUN]",
		Short: "Judge a recorded run by its gates, for the exit code",
		Long: `gate judges the gates of a run's scenario, and those of --gate, and ends with 0
when all hold, 3 when one fails, 4 when one cannot be told from what was measured,
and 5 when a figure that one needs was not measured. Without RUN it takes the
newest run.

A gate compares a metric with a limit or with another metric: p(95), avg, med,
min, max (response time, warm environments), overhead_p(95) (what the front adds:
from the send over a connection that stands, less the function's own duration),
rate (failed), count (requests), usd_per_million, usd_per_month. A plain number is
of milliseconds, of a share (0.01 is 1 %), of requests or of dollars; 1.5s and 1%
do too. A metric may name its front in square brackets; else the gate is judged for
each front. It passes when its whole interval holds: 95 % over rounds, for money
80 % of the months that the forecast allows.

--self-test changes the record itself (slower, more failures, fewer requests,
other prices) until each gate fails, and says how much that took. A gate that
nothing makes fail guards nothing: it ends with 3.`,
		Example: `  bench gate --gate 'p(95)<200' --gate 'rate<0.01'
  bench gate runs/20261122T153000Z-quickstart --gate 'p(95)[alb] <= p(95)[http-api] + 5ms'
  bench gate --self-test --gate 'usd_per_million<1.50'`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := open.check(); err != nil {
				return err
			}
			rec, err := view.open(env, cmd.Flags(), args, runs)
			if err != nil {
				return err
			}
			if selfTest {
				return proveGates(env, rec, view)
			}
			r, err := compose(env, rec, view)
			if err != nil {
				return err
			}
			if len(r.Gates) == 0 {
				return usage(fmt.Errorf("there is no gate to judge: the scenario of run %q has none\nhint: --gate 'p(95)<200'", rec.ID))
			}
			if err := env.style(view.color).Gates(env.stdout, r); err != nil {
				return err
			}
			if err := validity(r); err != nil {
				return err
			}
			return open.gated(env, r)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&runs, "runs", "runs", "folder in which the newest run is looked for when RUN is not given")
	flags.BoolVar(&selfTest, "self-test", false, "show by changes of this record that each gate can fail")
	open.register(flags)
	view.registerPricing(flags)
	return cmd
}

// proveGates shows that each gate can fail.
func proveGates(env *env, rec *record.Recording, view viewOptions) error {
	in, err := compound(env, rec, view)
	if err != nil {
		return err
	}
	gates := in.Gates
	if len(gates) == 0 {
		return usage(fmt.Errorf("there is no gate to test: the scenario of run %q has none\nhint: --gate 'p(95)<200'", rec.ID))
	}
	p, err := report.NewProving(in)
	if err != nil {
		return err
	}
	cannot := 0
	for _, g := range gates {
		proof, err := gate.CanFail(g, func(s gate.Step) ([]gate.Result, error) { return p.Judge(g, s) })
		if err != nil {
			return err
		}
		if !proof.Fails {
			cannot++
		}
		fmt.Fprintf(env.stdout, "%s: %s\n", g.Text, proof.Sentence)
	}
	if cannot > 0 {
		return &exitError{exitGate, fmt.Errorf("%d of %d gates cannot fail on this record: they guard nothing", cannot, len(gates))}
	}
	return nil
}
