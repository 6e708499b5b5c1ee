package pricing

import "slices"

// segment is a share of the invocations that take from low to high
// microseconds, both included.
type segment struct {
	share     Quantity
	low, high Quantity
	open      bool // low itself is left out
	endless   bool // there is no high
}

// least is what the segment's shortest invocation is billed.
func (s segment) least(step Quantity) Quantity {
	if s.open {
		return s.above(step)
	}
	return roundUpTo(step, s.low)
}

// above is what a duration just above low is billed.
func (s segment) above(step Quantity) Quantity { return roundDownTo(step, s.low).Add(step) }

// extremes bounds the mean billed duration when nothing is known but the
// segments, none of them endless.
func extremes(step Quantity, segments []segment) Bounds {
	var sum Bounds
	for _, s := range segments {
		sum = sum.plusShare(s.share, Bounds{s.least(step), roundUpTo(step, s.high)})
	}
	return sum
}

// piece is a straight part of an envelope: per microsecond that the mean
// duration rises, the mean billed duration rises by slope, for room microseconds.
type piece struct{ slope, room Quantity }

// filled bounds the mean billed duration when the mean duration is known too:
// excess microseconds above everything at its low end.
//
// It is a linear programme: masses in each segment, whose mean is given. What a
// segment can be billed at most, as a function of its own mean, is the concave
// envelope of the staircase, and at least the convex one; both are straight
// pieces. Their weighted sum under one total is best filled piece by piece in
// the order of slopes, which is exact and needs no solver.
func filled(step Quantity, segments []segment, excess Quantity) Bounds {
	var start Bounds
	var rising, falling []piece
	for _, s := range segments {
		low, high := s.least(step), s.highStart(step)
		if excess.Sign() == 0 { // everything is at its low end, not just above it
			high = low
		}
		start = start.plusShare(s.share, Bounds{low, high})
		rising = append(rising, s.convex(step, excess)...)
		falling = append(falling, s.concave(step, excess)...)
	}
	slices.SortStableFunc(rising, func(a, b piece) int { return a.slope.Cmp(b.slope) })
	slices.SortStableFunc(falling, func(a, b piece) int { return b.slope.Cmp(a.slope) })
	return Bounds{start.Low.Add(fill(rising, excess)), start.High.Add(fill(falling, excess))}
}

// fill is the rise over amount microseconds, through the pieces in their order.
func fill(pieces []piece, amount Quantity) Quantity {
	var rise Quantity
	for _, p := range pieces {
		part := p.room
		if amount.Cmp(part) < 0 {
			part = amount
		}
		rise, amount = rise.Add(p.slope.Mul(part)), amount.Sub(part)
	}
	return rise
}

// convex is the lower envelope of the staircase over the segment: level up to
// the first multiple of step, from multiple to multiple, then steeply to high.
// An endless segment has room for all of amount.
func (s segment) convex(step, amount Quantity) []piece {
	first := s.least(step)
	if s.endless {
		return []piece{s.piece(Count(0), first.Sub(s.low)), {Count(1), amount}}
	}
	if s.high.Cmp(first) <= 0 {
		return []piece{s.piece(Count(0), s.high.Sub(s.low))}
	}
	last := roundDownTo(step, s.high)
	pieces := []piece{s.piece(Count(0), first.Sub(s.low)), s.piece(Count(1), last.Sub(first))}
	if rest := s.high.Sub(last); rest.Sign() > 0 {
		pieces = append(pieces, s.piece(step.Div(rest), rest))
	}
	return pieces
}

// highStart is the upper envelope at low: what is just above low is billed, or
// all of the segment when no multiple of step is inside it.
func (s segment) highStart(step Quantity) Quantity {
	if above := s.above(step); s.endless || s.high.Cmp(above) > 0 {
		return above
	}
	return roundUpTo(step, s.high)
}

// concave is the upper envelope: steeply to just above the first multiple of
// step inside the segment, from multiple to multiple, then level to high.
func (s segment) concave(step, amount Quantity) []piece {
	first := s.above(step)
	if !s.endless && s.high.Cmp(first) <= 0 {
		return []piece{s.piece(Count(0), s.high.Sub(s.low))}
	}
	run := first.Sub(s.low)
	steep := s.piece(step.Div(run), run)
	if s.endless {
		return []piece{steep, {Count(1), amount}}
	}
	last := roundUpTo(step, s.high).Sub(step)
	return []piece{steep, s.piece(Count(1), last.Sub(first)), s.piece(Count(0), s.high.Sub(last))}
}

func (s segment) piece(slope, length Quantity) piece { return piece{slope, s.share.Mul(length)} }
