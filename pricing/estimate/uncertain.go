package estimate

import (
	"fmt"
	"math"
	"math/rand/v2"

	"frontdoor/pricing"
	"frontdoor/pricing/breakeven"
)

// Uncertain is an input of some fronts that is known as a range: one month in
// ten lies below Low, one in ten above High. Fronts of one Uncertain have the
// same value in every world, so that what they share cancels.
type Uncertain struct {
	Name                string
	Fronts              []string // ids
	Low, Expected, High pricing.Quantity
	Share               bool // between 0 and 1
	Set                 func(w *pricing.Workload, v pricing.Quantity) error
}

// Uncertainty is what the ranges do to the choice.
type Uncertainty struct {
	Draws     int
	Seed      uint64
	Material  float64
	Fronts    []string
	Outcome   breakeven.Outcome
	Incumbent int // the cheapest at the expected values
	Effects   []breakeven.Effect
	Bounded   bool // durations known within bounds were drawn evenly between them
}

// worlds is the number of draws: P(cheapest) is then good to half a percent.
const worlds = 10_000

// traffic is the name of the requests as an input.
const traffic = "requests_per_month"

// variable is one uncertain input with its distribution.
type variable struct {
	name                string
	draw                breakeven.Variable
	low, expected, high float64
	set                 func(world []pricing.Workload, v float64) error
}

func (e *Estimate) uncertainty(in Input, candidates []candidate) error {
	variables, bounded, err := variablesOf(in, candidates)
	if err != nil || len(variables) == 0 {
		return err
	}
	u := &Uncertainty{Draws: worlds, Seed: in.Seed, Material: in.Material, Bounded: bounded}
	for _, c := range candidates {
		u.Fronts = append(u.Fronts, c.Workload.Front)
	}
	w := world{in: in, base: candidatesOf(candidates)}
	if w.rules, err = in.Book.Rules(in.Options.AsOf, in.Options.Init); err != nil {
		return err
	}
	if u.Outcome, err = w.simulate(u, variables); err != nil {
		return err
	}
	if u.Incumbent, u.Effects, err = w.sensitivity(variables); err != nil {
		return err
	}
	e.Uncertainty = u
	return nil
}

// world makes the costs of all fronts when some inputs are set.
type world struct {
	in    Input
	rules pricing.Rules
	base  []pricing.Workload
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
		if curves[i], err = w.in.Book.FloatCurve(usage, pricing.AlongRequests, w.in.Options); err != nil {
			return nil, 0, err
		}
	}
	return curves, float64(workloads[0].Traffic.RequestsPerMonth), nil
}

func (w world) simulate(u *Uncertainty, variables []variable) (breakeven.Outcome, error) {
	s := breakeven.Simulation{Draws: u.Draws, Seed: u.Seed, Material: u.Material}
	for i := range w.base {
		for j := range w.base {
			if i != j {
				s.Pairs = append(s.Pairs, [2]int{i, j})
			}
		}
	}
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

// wholeRequests is the requests of a drawn month.
func wholeRequests(x float64) float64 { return max(1, math.Round(x)) }

// sensitivity moves one input at a time, the others at their expected values.
func (w world) sensitivity(variables []variable) (int, []breakeven.Effect, error) {
	base, err := w.costs(variables, -1, 0)
	if err != nil {
		return 0, nil, err
	}
	var inputs []breakeven.Input
	for i, v := range variables {
		inputs = append(inputs, breakeven.Input{Name: v.name, Base: v.expected, Low: v.low, High: v.high,
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

// variablesOf collects what is uncertain: the requests, the inputs given as a
// range, and durations known within bounds.
func variablesOf(in Input, candidates []candidate) (variables []variable, bounded bool, err error) {
	first := candidates[0]
	if first.Low != first.High {
		v, err := newVariable(traffic, false, float64(first.Low), float64(first.Workload.Traffic.RequestsPerMonth), float64(first.High))
		if err != nil {
			return nil, false, err
		}
		v.set = func(loads []pricing.Workload, x float64) error {
			for i := range loads {
				loads[i].Traffic.RequestsPerMonth = int64(wholeRequests(x))
			}
			return nil
		}
		variables = append(variables, v)
	}
	for _, u := range in.Uncertain {
		v, err := u.variable()
		if err != nil {
			return nil, false, err
		}
		variables = append(variables, v)
	}
	between, bounded, err := boundedDurations(candidates)
	if err != nil || !bounded {
		return variables, false, err
	}
	return append(variables, between), true, nil
}

func newVariable(name string, share bool, low, expected, high float64) (variable, error) {
	spread := breakeven.Spread{Low: low, Expected: expected, High: high}
	fit := spread.Positive
	if share { // none and all are the ends of a share's scale, and never reached on it
		inside := func(x float64) float64 { return min(max(x, 1e-6), 1-1e-6) }
		spread = breakeven.Spread{Low: inside(low), Expected: inside(expected), High: inside(high)}
		fit = spread.Share
	}
	draw, err := fit()
	if err != nil {
		return variable{}, fmt.Errorf("%s: %w", name, err)
	}
	return variable{name: name, draw: draw, low: low, expected: expected, high: high}, nil
}

func (u Uncertain) variable() (variable, error) {
	v, err := newVariable(u.Name, u.Share, u.Low.Float(), u.Expected.Float(), u.High.Float())
	v.set = func(loads []pricing.Workload, x float64) error {
		q := sixDigits(x)
		for i := range loads {
			for _, id := range u.Fronts {
				if loads[i].Front == id {
					if err := u.Set(&loads[i], q); err != nil {
						return err
					}
				}
			}
		}
		return nil
	}
	return v, err
}

// boundedDurations is one input for all fronts whose billed duration is known
// within bounds: where between its bounds each of them lies.
func boundedDurations(candidates []candidate) (variable, bool, error) {
	open := make([]bool, len(candidates))
	bounded := false
	for i, c := range candidates {
		if !c.usage.BilledMS.Exact() {
			open[i], bounded = true, true
		}
	}
	draw, err := breakeven.Uniform(0, 1)
	v := variable{name: "billed duration between its bounds", draw: draw, low: 0, expected: 0.5, high: 1}
	v.set = func(loads []pricing.Workload, x float64) error {
		for i := range loads {
			if open[i] {
				loads[i].Duration = between{loads[i].Duration, sixDigits(x)}
			}
		}
		return nil
	}
	return v, bounded, err
}

// between is durations known within bounds, taken at a share of the way from
// the lower to the upper one. Whatever else moves the bounds still does.
type between struct {
	of    pricing.Durations
	share pricing.Quantity
}

var _ pricing.Durations = between{}

// BilledMS is the mean at the share. The errors are those of the durations.
func (b between) BilledMS(rule pricing.Billing) (pricing.Bounds, error) {
	ends, err := b.of.BilledMS(rule)
	return pricing.Exactly(ends.Low.Add(ends.High.Sub(ends.Low).Mul(b.share))), err
}

// Later is the same share of later durations.
func (b between) Later(us int64) pricing.Durations { return between{b.of.Later(us), b.share} }

// sixDigits is x with six significant digits: exact arithmetic stays short, and
// no input of a simulation is known better.
func sixDigits(x float64) pricing.Quantity {
	if x == 0 || math.IsNaN(x) || math.IsInf(x, 0) {
		return pricing.Quantity{}
	}
	exponent := 5 - int(math.Floor(math.Log10(math.Abs(x))))
	if exponent <= 0 {
		return pricing.Count(int64(math.Round(x)))
	}
	if exponent > 15 {
		return pricing.Quantity{}
	}
	scale := math.Pow10(exponent)
	return pricing.Ratio(int64(math.Round(x*scale)), int64(scale))
}
