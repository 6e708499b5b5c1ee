package estimate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"frontdoor/pricing"
	"frontdoor/pricing/breakeven"
)

// Variable is an input of some fronts, perhaps known as a range: one month in
// ten lies below Low, one in ten above High. Fronts of one Variable have the
// same value in every world, so that what they share cancels.
type Variable struct {
	Name                string
	Fronts              []string // ids
	Low, Expected, High pricing.Quantity
	Share               bool // between 0 and 1
	Set                 func(w *pricing.Workload, v pricing.Quantity) error
}

// Uncertainty is what the ranges do to the choice.
type Uncertainty struct {
	Draws    int
	Seed     uint64
	Material float64
	Fronts   []string
	Outcome  breakeven.Outcome
	Bounded  bool // durations known within bounds were drawn evenly between them
}

// Sensitivity is what flips the choice: one input at a time, the others at
// their expected values. An input that is certain has a range of no width and
// flip points all the same.
type Sensitivity struct {
	Fronts    []string
	Incumbent int // the cheapest at the expected values
	Effects   []breakeven.Effect
}

// worlds is the number of draws: P(cheapest) is then good to half a percent.
const worlds = 10_000

// How far from its expected value a flip of the choice is looked for, as a
// factor: a thousand for what nobody can forecast, a hundred for the rest.
const (
	farRequests = 1000
	farOthers   = 100
)

// variable is one input with its distribution.
type variable struct {
	name                string
	draw                breakeven.Variable
	low, expected, high float64
	search              [2]float64 // where a flip is looked for
	set                 func(world []pricing.Workload, v float64) error
}

func (v variable) certain() bool { return v.low == v.high }

func (e *Estimate) uncertainty(in Input, candidates []candidate) error {
	variables, bounded, err := variablesOf(in, candidates)
	if err != nil {
		return err
	}
	w := world{in: in, base: candidatesOf(candidates)}
	if w.rules, err = in.Book.Rules(in.Options.AsOf, in.Options.Init); err != nil {
		return err
	}
	var fronts []string
	for _, c := range candidates {
		fronts = append(fronts, c.Workload.Front)
	}
	s := &Sensitivity{Fronts: fronts}
	if s.Incumbent, s.Effects, err = w.sensitivity(variables); err != nil {
		return err
	}
	e.Sensitivity = s
	uncertain := slices.DeleteFunc(slices.Clone(variables), variable.certain)
	if len(uncertain) == 0 {
		return nil
	}
	u := &Uncertainty{Draws: worlds, Seed: in.Seed, Material: in.Material, Bounded: bounded, Fronts: fronts}
	if u.Outcome, err = w.simulate(u, uncertain); err != nil {
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
		if why, err := cannot(load, usage.BilledMS); err != nil {
			return nil, 0, err
		} else if why != "" {
			curves[i] = never()
			continue
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

// sensitivity moves one input at a time, the others at their expected values.
func (w world) sensitivity(variables []variable) (int, []breakeven.Effect, error) {
	costs := func(set func([]pricing.Workload) error) ([]float64, error) {
		curves, x, err := w.curves(func(loads []pricing.Workload) error {
			for _, v := range variables {
				if err := v.set(loads, v.expected); err != nil {
					return err
				}
			}
			return set(loads)
		})
		if err != nil {
			return nil, err
		}
		out := make([]float64, len(curves))
		for i, c := range curves {
			out[i] = c.At(x)
		}
		return out, nil
	}
	base, err := costs(func([]pricing.Workload) error { return nil })
	if err != nil {
		return 0, nil, err
	}
	var inputs []breakeven.Input
	for _, v := range variables {
		inputs = append(inputs, breakeven.Input{Name: v.name, Base: v.expected, Low: v.low, High: v.high, Search: v.search,
			Costs: func(x float64) ([]float64, error) {
				return costs(func(loads []pricing.Workload) error { return v.set(loads, x) })
			}})
	}
	return breakeven.Sensitivity(base, inputs)
}

// variablesOf collects the inputs: the requests, those that the caller names,
// and durations known within bounds.
func variablesOf(in Input, candidates []candidate) (variables []variable, bounded bool, err error) {
	first := candidates[0]
	requests := pricing.Count(first.Workload.Traffic.RequestsPerMonth)
	v, err := Variable{Name: "requests_per_month", Low: pricing.Count(first.Low), Expected: requests, High: pricing.Count(first.High)}.variable()
	if err != nil {
		return nil, false, err
	}
	v.search = [2]float64{max(1, v.expected/farRequests), v.expected * farRequests}
	v.set = func(loads []pricing.Workload, x float64) error {
		for i := range loads {
			loads[i].Traffic.RequestsPerMonth = max(1, int64(math.Round(x)))
		}
		return nil
	}
	variables = append(variables, v)
	for _, named := range in.Variables {
		v, err := named.variable()
		if err != nil {
			return nil, false, err
		}
		if named.Share || v.expected > 0 { // nothing is a multiple of nothing
			variables = append(variables, v)
		}
	}
	between, bounded, err := boundedDurations(candidates)
	if err != nil || !bounded {
		return variables, false, err
	}
	return append(variables, between), true, nil
}

// variable gives the input its distribution.
func (u Variable) variable() (variable, error) {
	v := variable{name: u.Name, low: u.Low.Float(), expected: u.Expected.Float(), high: u.High.Float()}
	v.search = [2]float64{v.expected / farOthers, v.expected * farOthers}
	spread := breakeven.Spread{Low: v.low, Expected: v.expected, High: v.high}
	fit := spread.Positive
	if u.Share { // none and all are the ends of a share's scale, and never reached on it
		inside := func(x float64) float64 { return min(max(x, 1e-6), 1-1e-6) }
		spread = breakeven.Spread{Low: inside(v.low), Expected: inside(v.expected), High: inside(v.high)}
		fit = spread.Share
		v.search = [2]float64{0, 1}
	}
	v.set = func(loads []pricing.Workload, x float64) error {
		q := sixDigits(x)
		for i := range loads {
			if !slices.Contains(u.Fronts, loads[i].Front) {
				continue
			}
			if err := u.Set(&loads[i], q); err != nil {
				return err
			}
		}
		return nil
	}
	if v.certain() {
		return v, nil
	}
	var err error
	if v.draw, err = fit(); err != nil {
		return variable{}, fmt.Errorf("%s: %w", u.Name, err)
	}
	return v, nil
}

// boundedDurations is one input for all fronts whose billed duration is known
// within bounds: where between its bounds each of them lies.
func boundedDurations(candidates []candidate) (variable, bool, error) {
	bounds := make([]*pricing.Bounds, len(candidates))
	bounded := false
	for i, c := range candidates {
		if !c.usage.BilledMS.Exact() {
			bounds[i], bounded = &c.usage.BilledMS, true
		}
	}
	draw, err := breakeven.Uniform(0, 1)
	v := variable{name: "billed duration between its bounds", draw: draw, low: 0, expected: 0.5, high: 1}
	v.set = func(loads []pricing.Workload, x float64) error {
		for i, b := range bounds {
			if b != nil {
				loads[i].Duration = pricing.Billed(b.Low.Add(b.High.Sub(b.Low).Mul(sixDigits(x))))
			}
		}
		return nil
	}
	return v, bounded, err
}

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
