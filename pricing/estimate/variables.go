package estimate

import (
	"fmt"
	"math"
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

// traffic is the name of the requests as an input.
const traffic = "requests_per_month"

// wholeRequests is the requests of a drawn month.
func wholeRequests(x float64) float64 { return max(1, math.Round(x)) }

// variablesOf collects the inputs: the requests, those that the caller names,
// and durations known within bounds.
func variablesOf(in Input, candidates []candidate) (variables []variable, bounded bool, err error) {
	first := candidates[0]
	requests := pricing.Count(first.Workload.Traffic.RequestsPerMonth)
	v, err := Variable{Name: traffic, Low: pricing.Count(first.Low), Expected: requests, High: pricing.Count(first.High)}.variable()
	if err != nil {
		return nil, false, err
	}
	v.search = [2]float64{max(1, v.expected/farRequests), v.expected * farRequests}
	v.set = func(loads []pricing.Workload, x float64) error {
		for i := range loads {
			loads[i].Traffic.RequestsPerMonth = int64(wholeRequests(x))
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
	open := make([]bool, len(candidates))
	bounded := false
	for i, c := range candidates {
		if !c.usage.BilledMS.Exact() {
			open[i], bounded = true, true
		}
	}
	draw, err := breakeven.Uniform(0, 1)
	v := variable{name: "duration, 0 at its lower bound, 1 at its upper", draw: draw, low: 0, expected: 0.5, high: 1}
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
