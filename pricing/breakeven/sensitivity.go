package breakeven

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Input is one thing that the costs depend on, with what it may be.
type Input struct {
	Name            string
	Base, Low, High float64
	// Search bounds where a flip is looked for outside of Low to High; the zero
	// value looks nowhere else.
	Search [2]float64
	// Costs is what each front costs when this input is v and the others are as
	// in the base.
	Costs func(v float64) ([]float64, error)
}

// Effect is what an input does to the choice.
type Effect struct {
	Name      string
	Base      float64
	Low, High End
	Swing     float64 // dollars between the margins at both ends
	// Cancels says that the input moves no margin, although it may move costs:
	// it is the same for all fronts, or its range has no width.
	Cancels bool
	// Flips says that another front is the cheapest at Low or at High.
	Flips bool
	// FlipsBelow and FlipsAbove are where the choice changes on either side of
	// the base, nil when it does not as far as was searched. Between, the choice
	// may change and change back unseen.
	FlipsBelow, FlipsAbove *float64
}

// End is one end of an input's range.
type End struct {
	Value    float64
	Over     []float64 // cost of each front above that of the incumbent, dollars
	Margin   float64   // least of Over without the incumbent; below 0 the incumbent is not the cheapest
	Cheapest int
}

// cancelled is the difference of margins, relative to the largest cost, up to
// which it is rounding.
const cancelled = 1e-12

// Sensitivity varies one input at a time and compares every front with the
// incumbent, the cheapest of the base costs. The effects are sorted by swing,
// the largest first.
func Sensitivity(base []float64, inputs []Input) (incumbent int, effects []Effect, err error) {
	if len(base) < 2 {
		return 0, nil, fmt.Errorf("costs of %d fronts: a comparison needs 2", len(base))
	}
	for i, c := range base {
		if !finite(c) {
			return 0, nil, fmt.Errorf("base cost of front %d is %g: it must be finite", i, c)
		}
		if c < base[incumbent] {
			incumbent = i
		}
	}
	for _, in := range inputs {
		v := varied{Input: in, incumbent: incumbent, base: base}
		e, err := v.effect()
		if err != nil {
			return 0, nil, fmt.Errorf("input %q: %w", in.Name, err)
		}
		effects = append(effects, e)
	}
	slices.SortStableFunc(effects, func(a, b Effect) int { return cmp.Compare(b.Swing, a.Swing) })
	return incumbent, effects, nil
}

// varied is an input with what it is compared with.
type varied struct {
	Input
	incumbent int
	base      []float64
}

func (v varied) effect() (Effect, error) {
	if !(v.Low <= v.Base && v.Base <= v.High) || !finite(v.Low) || !finite(v.High) {
		return Effect{}, fmt.Errorf("%g, %g, %g: low, base and high must be finite and not fall", v.Low, v.Base, v.High)
	}
	if err := v.agrees(); err != nil {
		return Effect{}, err
	}
	e := Effect{Name: v.Name, Base: v.Base}
	var err error
	if e.Low, err = v.end(v.Low); err != nil {
		return Effect{}, err
	}
	if e.High, err = v.end(v.High); err != nil {
		return Effect{}, err
	}
	e.Swing = math.Abs(e.High.Margin - e.Low.Margin)
	e.Flips = e.Low.Cheapest != v.incumbent || e.High.Cheapest != v.incumbent
	e.Cancels = v.cancels(e)
	below, above := v.Low, v.High
	if v.Search != [2]float64{} {
		below, above = min(below, v.Search[0]), max(above, v.Search[1])
	}
	if e.FlipsBelow, err = v.flip(below); err != nil {
		return Effect{}, err
	}
	e.FlipsAbove, err = v.flip(above)
	return e, err
}

// agrees checks that the input's costs at its base are the base costs: a
// function of the wrong input would give a bar about nothing.
func (v varied) agrees() error {
	costs, err := v.Costs(v.Base)
	if err != nil {
		return err
	}
	if len(costs) != len(v.base) {
		return fmt.Errorf("costs of %d fronts, and the base has %d", len(costs), len(v.base))
	}
	for i, c := range costs {
		if !(math.Abs(c-v.base[i]) <= 1e-9*math.Abs(v.base[i])) {
			return fmt.Errorf("front %d costs %g at %g, and %g in the base: both must be the same", i, c, v.Base, v.base[i])
		}
	}
	return nil
}

func (v varied) end(at float64) (End, error) {
	costs, err := v.Costs(at)
	if err != nil {
		return End{}, fmt.Errorf("at %g: %w", at, err)
	}
	if len(costs) != len(v.base) {
		return End{}, fmt.Errorf("at %g: costs of %d fronts, and the base has %d", at, len(costs), len(v.base))
	}
	e := End{Value: at, Over: make([]float64, len(costs)), Margin: math.Inf(1), Cheapest: v.incumbent}
	for i, c := range costs {
		if !finite(c) {
			return End{}, fmt.Errorf("at %g: front %d costs %g, which must be finite", at, i, c)
		}
		e.Over[i] = c - costs[v.incumbent]
		if i != v.incumbent {
			e.Margin = min(e.Margin, e.Over[i])
		}
		if e.Over[i] < e.Over[e.Cheapest] {
			e.Cheapest = i
		}
	}
	return e, nil
}

func (v varied) cancels(e Effect) bool {
	largest := 0.0
	for i, c := range v.base {
		largest = max(largest, math.Abs(c))
		if math.Abs(e.High.Over[i]-e.Low.Over[i]) > cancelled*largest+cancelled*math.Abs(e.High.Over[i]) {
			return false
		}
	}
	return true
}

// steps is how finely a range is looked through for a flip. One that flips and
// flips back between two steps is not seen.
const steps = 64

// flip looks outwards from the base, to bound, for the first step at which the
// incumbent is no longer the cheapest, and halves the last step until float64
// has nothing between.
func (v varied) flip(bound float64) (*float64, error) {
	kept, lost := v.Base, v.Base
	for i := 1; lost == v.Base; i++ {
		if i > steps {
			return nil, nil
		}
		at := step(v.Base, bound, float64(i)/steps)
		e, err := v.end(at)
		switch {
		case err != nil:
			return nil, err
		case e.Cheapest == v.incumbent:
			kept = at
		case at == v.Base:
			return &at, nil
		default:
			lost = at
		}
	}
	for {
		middle := kept + (lost-kept)/2
		if middle == kept || middle == lost {
			return &lost, nil
		}
		e, err := v.end(middle)
		if err != nil {
			return nil, err
		}
		if e.Cheapest == v.incumbent {
			kept = middle
		} else {
			lost = middle
		}
	}
}

// step is a share of the way from base to bound, by factors where both are
// above 0.
func step(base, bound, share float64) float64 {
	if share == 1 || base == bound {
		return bound
	}
	if base > 0 && bound > 0 {
		return base * math.Pow(bound/base, share)
	}
	return base + (bound-base)*share
}
