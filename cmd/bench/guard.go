package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"frontdoor/guard"
	"frontdoor/load"
	"frontdoor/pricing"
	"frontdoor/report/planned"
	"frontdoor/scenarios"
)

// guardOptions are what a user says of the cost of a run.
type guardOptions struct {
	yes       bool
	planOnly  bool
	maxCost   string
	errorRate float64
	rateGiven bool
	own       []string
}

func (o *guardOptions) register(flags *pflag.FlagSet) {
	flags.BoolVar(&o.planOnly, "plan", false, "print what the run will send, use and cost, and send nothing to the fronts")
	flags.BoolVar(&o.yes, "yes", false, "do not ask before sending to hosts that are not this machine; needs --max-cost")
	flags.StringVar(&o.maxCost, "max-cost", "", "USD: refuse a plan whose expected cost is more; what holds a run to it is a bound on requests, as many as it pays for")
	flags.Float64Var(&o.errorRate, "max-error-rate", 0.5, "stop when a larger share of the requests to one front fails, once 50 were sent; 1 never does; hosts that are not this machine only, unless given")
	flags.StringArrayVar(&o.own, "i-own", nil, "a host that is yours although bench did not deploy it, such as api.example.com or *.example.com; repeatable")
}

// choice checks the flags.
func (o *guardOptions) choice() (c guard.Choice, owned []guard.Owned, err error) {
	c.ErrorRate = o.errorRate
	if !(o.errorRate > 0) || o.errorRate > 1 {
		return c, nil, usage(fmt.Errorf("--max-error-rate: %g is not a share: want more than 0 and at most 1, such as 0.5", o.errorRate))
	}
	if o.maxCost != "" {
		max, err := pricing.ParseUSD(o.maxCost)
		if err != nil || max.Sign() < 0 {
			return c, nil, usage(fmt.Errorf("--max-cost: %q is not an amount: want US dollars such as 0.50", o.maxCost))
		}
		c.MaxCost = &max
	}
	for _, name := range o.own {
		one, err := guard.ParseOwned(name)
		if err != nil {
			return c, nil, usage(fmt.Errorf("--i-own: %w", err))
		}
		owned = append(owned, one)
	}
	return c, owned, nil
}

// agree shows what a run costs and has it agreed to, before anything is sent. home is
// the scenario as it is written, at the same where its fronts are.
func (o *guardOptions) agree(ctx context.Context, env *env, home, at *loaded, t *targets, run runOptions) (*guarded, error) {
	choice, owned, err := o.choice()
	if err != nil {
		return nil, err
	}
	hosts := hostsOf(at.Scenario, allowed(t, owned))
	away := remote(hosts)
	if len(away) == 0 && choice.MaxCost == nil && !o.planOnly {
		return o.unplanned(), nil
	}
	if err := o.askable(env, away); err != nil {
		return nil, err
	}
	p, err := newPlanner(ctx, env, home, at, run, run.view.read)
	if err != nil {
		return nil, err
	}
	plan, err := p.plan(hosts)
	if err != nil {
		return nil, err
	}
	refused := plan.Decide(choice)
	if err := o.show(env, plan, run.view.color); err != nil {
		return nil, err
	}
	if refused != nil {
		return nil, o.refusal(refused, t)
	}
	if !o.planOnly && !o.yes && !env.confirmed(ctx, planned.Question(plan)) {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, &exitError{exitGuard, errors.New("not begun: it was not agreed to\nhint: answer y, or give --yes and --max-cost USD")}
	}
	return &guarded{plan: &plan, limit: load.NewLimit(load.Bounds(plan.Bounds)), planner: p}, nil
}

// askable refuses a run that would have to ask and cannot.
func (o *guardOptions) askable(env *env, away []string) error {
	switch {
	case o.planOnly:
	case o.yes && o.maxCost == "":
		return usage(errors.New("--yes agrees to any cost: want --max-cost USD beside it"))
	case o.yes || env.asks:
	case len(away) > 0:
		return usage(fmt.Errorf("the run sends to %s, which may cost money, and there is no terminal to ask on\nhint: give --yes and --max-cost USD, or --plan to see what it would cost", strings.Join(away, ", ")))
	default:
		return usage(errors.New("--max-cost wants an answer, and there is no terminal to ask on\nhint: give --yes beside it"))
	}
	return nil
}

// show writes the plan: as the result where that is all there will be, else beside it.
func (o *guardOptions) show(env *env, plan guard.Plan, color string) error {
	out := env.stderr
	if o.planOnly {
		out = env.stdout
	}
	return env.style(color).Document(out, planned.Document(plan))
}

// refusal says what would be accepted; t is where the fronts are.
func (o *guardOptions) refusal(err error, t *targets) error {
	hint := "fewer rounds, a lower rate or fewer fronts cost less, and a higher --max-cost allows more"
	var stranger *guard.Stranger
	if errors.As(err, &stranger) {
		hint = "if it is yours, say so with --i-own " + stranger.Host.Name
		if t.edited() {
			stranger.Edited = t.Deployment.Name
			hint = "write back the urls that bench deploy wrote, or, " + hint
		}
	}
	return &exitError{exitGuard, fmt.Errorf("%w\nhint: %s", err, hint)}
}

func ids(s *scenarios.Scenario) []string {
	var list []string
	for _, f := range s.Fronts {
		list = append(list, f.ID)
	}
	return list
}
