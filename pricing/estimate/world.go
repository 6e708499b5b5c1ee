package estimate

import (
	"fmt"
	"math/rand/v2"

	"frontdoor/pricing"
	"frontdoor/pricing/breakeven"
)

// world makes the costs of all fronts when some inputs are set.
type world struct {
	in    Input
	rules pricing.Rules
	base  []pricing.Workload
	// absent is the curve of a front that cannot carry the workload: none where
	// worlds are drawn, never() where costs must be finite.
	absent pricing.FloatCurve
}

// curves are the costs along requests after set changed the workloads.
func (w world) curves(set func([]pricing.Workload) error) ([]pricing.FloatCurve, float64, error) {
	workloads := append([]pricing.Workload(nil), w.base...)
	if err := set(workloads); err != nil {
		return nil, 0, err
	}
	curves := make([]pricing.FloatCurve, len(workloads))
	for i, load := range workloads {
		usage, err := pricing.UsageOf(load, w.rules)
		if err != nil {
			return nil, 0, err
		}
		if why, err := cannot(load, usage); err != nil {
			return nil, 0, err
		} else if why != "" {
			curves[i] = w.absent
			continue
		}
		if curves[i], err = w.in.Book.FloatCurve(usage, pricing.AlongRequests, w.in.Options); err != nil {
			return nil, 0, err
		}
	}
	return curves, float64(workloads[0].Traffic.RequestsPerMonth), nil
}

func (w world) simulate(u *Uncertainty, variables []variable) (breakeven.Outcome, error) {
	s := breakeven.Simulation{Draws: u.Draws, Seed: u.Seed, Material: u.Material, Pairs: u.pairs}
	if len(variables) == 1 && variables[0].name == traffic {
		return w.simulateTraffic(s, variables[0])
	}
	return breakeven.Simulate(s, func(rng *rand.Rand, _ int) ([]pricing.FloatCurve, float64, error) {
		return w.curves(func(loads []pricing.Workload) error {
			for _, v := range variables {
				if err := v.set(loads, v.draw.Draw(rng)); err != nil {
					return fmt.Errorf("%s: %w", v.name, err)
				}
			}
			return nil
		})
	})
}

// simulateTraffic is simulate where nothing but the requests differs between
// worlds: costs along requests are then the same in all, and so are the places
// where fronts overtake each other, for which the fewest worlds will do.
func (w world) simulateTraffic(s breakeven.Simulation, requests variable) (breakeven.Outcome, error) {
	curves, _, err := w.curves(func([]pricing.Workload) error { return nil })
	if err != nil {
		return breakeven.Outcome{}, err
	}
	draw := func(rng *rand.Rand, _ int) ([]pricing.FloatCurve, float64, error) {
		return curves, wholeRequests(requests.draw.Draw(rng)), nil
	}
	one := s
	one.Draws = 10
	crossings, err := breakeven.Simulate(one, draw)
	if err != nil {
		return breakeven.Outcome{}, err
	}
	s.Pairs = nil
	outcome, err := breakeven.Simulate(s, draw)
	outcome.Pairs = crossings.Pairs
	return outcome, err
}

// sensitivity moves one input at a time, the others at their expected values.
func (w world) sensitivity(variables []variable) (int, []breakeven.Effect, error) {
	base, err := w.costs(variables, -1, 0)
	if err != nil {
		return 0, nil, err
	}
	var inputs []breakeven.Input
	for i, v := range variables {
		inputs = append(inputs, breakeven.Input{Name: v.name, Base: v.expected, Low: v.low, High: v.high, Search: v.search,
			Costs: func(x float64) ([]float64, error) { return w.costs(variables, i, x) }})
	}
	return breakeven.Sensitivity(base, inputs)
}

// costs are those of all fronts with one variable at x, the others at their
// expected values. They are set in their order, since later ones build on
// earlier ones.
func (w world) costs(variables []variable, moved int, x float64) ([]float64, error) {
	curves, requests, err := w.curves(func(loads []pricing.Workload) error {
		for i, v := range variables {
			value := v.expected
			if i == moved {
				value = x
			}
			if err := v.set(loads, value); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	out := make([]float64, len(curves))
	for i, c := range curves {
		out[i] = c.At(requests)
	}
	return out, nil
}
