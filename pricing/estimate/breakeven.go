package estimate

import (
	"fmt"

	"frontdoor/pricing"
	"frontdoor/pricing/breakeven"
)

// The ranges over which the choice is followed unless a sweep names another.
const (
	mostRequests = 10_000_000_000
	mostBilledMS = 900_000 // Lambda's longest timeout; doors may wait less
)

// BreakEven is the cheapest front over a range of one input, and where any two
// fronts change places, exactly.
type BreakEven struct {
	Axis     pricing.Axis
	From, To pricing.Quantity
	Fronts   []string // of the indexes below
	Curves   []pricing.Curve
	Envelope breakeven.Envelope
	Never    []string // the fronts that are nowhere the cheapest in the range
	Changes  []Change // of every pair, by pair and X
}

// Change is where a front becomes cheaper than another: First up to X, Then
// from there on. When durations are known within bounds only, X is that at the
// lower ones, and lies between Low and High; Never says that at some of the
// bounds the two do not change places.
type Change struct {
	First, Then  int
	X, Low, High pricing.Quantity
	Never        bool
}

// breakEvens follows the choice along requests and along the billed duration.
func (e *Estimate) breakEvens(in Input, candidates []candidate, timed bool) error {
	from, to := pricing.Count(1), pricing.Count(max(mostRequests, 100*min(candidates[0].High, mostRequests*1000)))
	if s, ok := sweepOf(in.Sweeps, SweepRequests); ok {
		from, to = s.From, s.To
	}
	if timed {
		var err error
		if e.Requests, err = newBreakEven(in, candidates, pricing.AlongRequests, from, to); err != nil {
			return err
		}
	}
	most, err := longest(candidates)
	if err != nil {
		return err
	}
	from, to = pricing.Count(0), pricing.Count(most)
	if s, ok := sweepOf(in.Sweeps, SweepDuration); ok {
		from = s.From.Div(pricing.Count(1000))
		if end := s.To.Div(pricing.Count(1000)); end.Cmp(to) < 0 {
			to = end
		}
		if from.Cmp(to) >= 0 {
			return nil // no door waits that long
		}
	}
	e.Duration, err = newBreakEven(in, candidates, pricing.AlongBilledMS, from, to)
	return err
}

func newBreakEven(in Input, candidates []candidate, along pricing.Axis, from, to pricing.Quantity) (*BreakEven, error) {
	b := &BreakEven{Axis: along, From: from, To: to}
	var uppers []pricing.Curve
	var billed []pricing.Bounds
	for _, c := range candidates {
		u := c.usage
		if along == pricing.AlongBilledMS {
			u = c.perMS
		}
		low, high, err := curves(in, u, along)
		if err != nil {
			return nil, err
		}
		b.Fronts = append(b.Fronts, c.Workload.Front)
		billed = append(billed, u.BilledMS)
		b.Curves, uppers = append(b.Curves, low), append(uppers, high)
	}
	var err error
	if b.Envelope, err = breakeven.Lower(b.Curves, from, to); err != nil {
		return nil, err
	}
	seen := map[int]bool{}
	for _, s := range b.Envelope.Segments {
		seen[s.Curve] = true
	}
	for _, tie := range b.Envelope.Ties {
		seen[tie.With] = true
	}
	for i, id := range b.Fronts {
		if !seen[i] {
			b.Never = append(b.Never, id)
		}
	}
	for i := range b.Fronts {
		for j := i + 1; j < len(b.Fronts); j++ {
			if err := b.change(i, j, uppers, billed[i].Same(billed[j])); err != nil {
				return nil, err
			}
		}
	}
	return b, nil
}

// change adds where the fronts i and j change places in the range.
func (b *BreakEven) change(i, j int, uppers []pricing.Curve, together bool) error {
	versus, err := breakeven.Pair(b.Curves[i], b.Curves[j])
	if err != nil {
		return err
	}
	first := -1
	for _, s := range versus.Stretches {
		cheaper, dearer := i, j
		switch s.Cheaper {
		case breakeven.Neither:
			continue
		case breakeven.B:
			cheaper, dearer = j, i
		}
		if first == dearer && b.From.Cmp(s.From) < 0 && s.From.Cmp(b.To) < 0 {
			c := Change{First: dearer, Then: cheaper, X: s.From}
			if err := c.between(b.Curves, uppers, together); err != nil {
				return err
			}
			b.Changes = append(b.Changes, c)
		}
		first = cheaper
	}
	return nil
}

// curves are a usage's cost at the lower and at the upper bound of its duration.
func curves(in Input, u pricing.Usage, along pricing.Axis) (low, high pricing.Curve, err error) {
	if low, err = in.Book.Curve(u, along, in.Options); err != nil || u.Upper == nil {
		return low, low, err
	}
	u.Items, u.Upper = u.Upper, nil
	high, err = in.Book.Curve(u, along, in.Options)
	return low, high, err
}

// between moves both fronts of a change between their bounds: the ends of where
// it can lie are at the corners, since each cost only rises with its bound.
// Fronts with the same bounds run the same function, and move together.
func (c *Change) between(lows, highs []pricing.Curve, together bool) error {
	c.Low, c.High = c.X, c.X
	for i, a := range []pricing.Curve{lows[c.First], highs[c.First]} {
		for j, b := range []pricing.Curve{lows[c.Then], highs[c.Then]} {
			if together && i != j {
				continue
			}
			versus, err := breakeven.Pair(a, b)
			if err != nil {
				return fmt.Errorf("crossing of %q and %q: %w", a.Front, b.Front, err)
			}
			x, ok := nearest(versus.Wins(breakeven.B), c.X)
			switch {
			case !ok:
				c.Never = true
			case x.Cmp(c.Low) < 0:
				c.Low = x
			case x.Cmp(c.High) > 0:
				c.High = x
			}
		}
	}
	return nil
}

// nearest is the crossing that the one at x moved to.
func nearest(wins []pricing.Quantity, x pricing.Quantity) (pricing.Quantity, bool) {
	if len(wins) == 0 {
		return pricing.Quantity{}, false
	}
	distance := func(q pricing.Quantity) pricing.Quantity {
		d := q.Sub(x)
		if d.Sign() < 0 {
			return pricing.Quantity{}.Sub(d)
		}
		return d
	}
	best := wins[0]
	for _, w := range wins[1:] {
		if distance(w).Cmp(distance(best)) < 0 {
			best = w
		}
	}
	return best, true
}
