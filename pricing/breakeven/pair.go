package breakeven

import (
	"math"

	"frontdoor/pricing"
)

// Side says which of two curves is the cheaper one.
type Side int8

// The sides of a pair.
const (
	Neither Side = iota // they cost the same
	A
	B
)

// Versus is the comparison of two curves, A and B, over every x from 0 on.
type Versus struct {
	// Stretches follow each other without gaps. The first begins at 0 and the
	// last has no end; neighbours differ.
	Stretches []Stretch
}

// Stretch is where the same curve stays the cheaper one, up to the next.
type Stretch struct {
	From    pricing.Quantity
	Cheaper Side
	Jump    bool // the costs differ at From: one of the curves jumps there
}

// Never reports whether the side is nowhere the cheaper one.
func (v Versus) Never(side Side) bool { return len(v.Wins(side)) == 0 }

// FromStart reports whether the side is the cheaper one right of 0.
func (v Versus) FromStart(side Side) bool { return v.Stretches[0].Cheaper == side }

// Again reports whether the side is cheaper, stops being so, and is cheaper again.
func (v Versus) Again(side Side) bool { return len(v.Wins(side)) > 1 }

// Wins lists where the side becomes the cheaper one, 0 if it is from the start.
func (v Versus) Wins(side Side) []pricing.Quantity {
	var wins []pricing.Quantity
	for _, s := range v.Stretches {
		if s.Cheaper == side {
			wins = append(wins, s.From)
		}
	}
	return wins
}

// Pair compares two curves over every x from 0 on, exactly.
func Pair(a, b pricing.Curve) (Versus, error) {
	s := sweep{pair: true}
	if err := s.load([]pricing.Curve{a, b}); err != nil {
		return Versus{}, err
	}
	s.run(s.place(pricing.Quantity{}), point{endless: true})
	v := Versus{Stretches: make([]Stretch, len(s.stretches))}
	for i, w := range s.stretches {
		v.Stretches[i] = Stretch{From: w.from.exact, Cheaper: side(w.curve), Jump: w.jump}
	}
	return v, nil
}

func side(curve int) Side {
	return [...]Side{Neither, A, B}[curve+1]
}

// firstWin is the least x at which curve 1 of two overtakes curve 0, 0 when it is
// the cheaper one from the start and never has to, +Inf when it is never the
// cheaper one, and whether it is ahead more than once.
func (s *sweep) firstWin(a, b *pricing.FloatCurve) (x float64, again bool) {
	s.pair = true
	s.reset(append(s.lines[:0], *a, *b), nil)
	s.run(point{}, point{endless: true})
	x = math.Inf(1)
	behind, leads := false, 0 // curve 0 is ahead; how often curve 1 has been
	for _, w := range s.stretches {
		switch {
		case w.curve == 0:
			behind = true
		case w.curve == 1 && (behind || leads == 0):
			if behind && math.IsInf(x, 1) {
				x = w.from.f
			}
			behind, leads = false, leads+1
		}
	}
	if math.IsInf(x, 1) && leads > 0 {
		x = 0
	}
	return x, leads > 1
}
