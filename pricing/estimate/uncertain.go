package estimate

import (
	"slices"

	"frontdoor/pricing"
	"frontdoor/pricing/breakeven"
)

// Uncertainty is what the ranges do to the choice.
type Uncertainty struct {
	Draws    int
	Seed     uint64
	Material float64
	Fronts   []string
	Outcome  breakeven.Outcome
	Bounded  bool // durations known within bounds were drawn evenly between them

	pairs [][2]int // whose crossing is followed
}

// Sensitivity is what flips the choice: one input at a time, the others at
// their expected values. An input that is certain has a range of no width and
// flip points all the same.
type Sensitivity struct {
	Fronts    []string
	Incumbent int // the cheapest at the expected values
	Effects   []breakeven.Effect
}

// worldsFor is the number of draws: P(cheapest) is good to half a percent, and
// to a few for more fronts than anybody compares.
func worldsFor(fronts int) int { return max(1_000, min(10_000, 80_000/fronts)) }

// pairs are those that change places at the expected values, and the incumbent
// with every other front.
func (e *Estimate) pairs(incumbent, fronts int) [][2]int {
	var pairs [][2]int
	for _, c := range e.Requests.Changes {
		if pair := [2]int{c.First, c.Then}; !slices.Contains(pairs, pair) {
			pairs = append(pairs, pair)
		}
	}
	for i := range fronts {
		if pair := [2]int{incumbent, i}; i != incumbent && !slices.Contains(pairs, pair) {
			pairs = append(pairs, pair)
		}
	}
	return pairs
}

func (e *Estimate) uncertainty(in Input, candidates []candidate) error {
	variables, bounded, err := variablesOf(in, candidates)
	if err != nil {
		return err
	}
	w := world{in: in, base: candidatesOf(candidates), absent: never()}
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
	draws := in.Draws
	if draws == 0 {
		draws = worldsFor(len(fronts))
	}
	u := &Uncertainty{Draws: draws, Seed: in.Seed, Material: in.Material, Bounded: bounded, Fronts: fronts, pairs: e.pairs(s.Incumbent, len(fronts))}
	w.absent = pricing.FloatCurve{}
	if u.Outcome, err = w.simulate(u, uncertain); err != nil {
		return err
	}
	e.Uncertainty = u
	return nil
}
