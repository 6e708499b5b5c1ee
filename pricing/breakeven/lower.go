package breakeven

import (
	"errors"
	"fmt"
	"math"

	"frontdoor/pricing"
)

// Envelope is the cheapest curve everywhere in a range.
type Envelope struct {
	Segments  []Segment  // from left to right, without gaps, neighbours of different curves
	Crossings []Crossing // between the segments: Crossings[i] ends Segments[i]
	Ties      []Tie      // where others cost the same as the cheapest, by From
}

// Segment is where one curve is the cheapest: From included, To not, except
// for the last one.
type Segment struct {
	Curve    int // its index in what Lower was given
	From, To pricing.Quantity
}

// Crossing is where one curve takes over from another. Slopes are those right
// of X. Both cost the same at X unless one of them jumps there.
type Crossing struct {
	X                  pricing.Quantity
	From, To           int
	SlopeFrom, SlopeTo pricing.USD
	Jump               bool
}

// Tie is a range in which the curve With costs what the cheapest, Curve, costs.
type Tie struct {
	Curve, With int
	From, To    pricing.Quantity
}

// Again lists the curves that win, lose and win again, in the order in which
// they come back.
func (e Envelope) Again() []int {
	seen := map[int]int{}
	var again []int
	for _, s := range e.Segments {
		if seen[s.Curve]++; seen[s.Curve] == 2 {
			again = append(again, s.Curve)
		}
	}
	return again
}

// Lower finds the cheapest of the curves at every x from from to to, exactly.
// At each x it is the one with the lowest cost; among equal ones that with the
// lowest slope right of x; then the first. A curve may jump at a breakpoint: it
// then has the cost of the piece that begins there.
func Lower(curves []pricing.Curve, from, to pricing.Quantity) (Envelope, error) {
	if from.Sign() < 0 || from.Cmp(to) >= 0 {
		return Envelope{}, fmt.Errorf("range of %s to %s: it must begin at 0 or more and end above its beginning", from, to)
	}
	s := sweep{wantTies: true}
	if err := s.load(curves); err != nil {
		return Envelope{}, err
	}
	return s.lower(from, to), nil
}

func (s *sweep) lower(from, to pricing.Quantity) Envelope {
	s.run(s.place(from), s.place(to))
	e := Envelope{Segments: make([]Segment, len(s.stretches))}
	for i, w := range s.stretches {
		e.Segments[i] = Segment{Curve: w.curve, From: w.from.exact, To: to}
		if i == 0 {
			continue
		}
		last := &e.Segments[i-1]
		last.To = w.from.exact
		e.Crossings = append(e.Crossings, Crossing{
			X: w.from.exact, From: last.Curve, To: w.curve, Jump: w.jump,
			SlopeFrom: s.exact[last.Curve].Pieces[w.was].Slope,
			SlopeTo:   s.exact[w.curve].Pieces[w.is].Slope,
		})
	}
	for _, t := range s.ties {
		e.Ties = append(e.Ties, Tie{t.curve, t.with, t.from.exact, t.to.exact})
	}
	return e
}

// load takes the curves over. Numbers so large or small that a float64 or a
// product of two has no full precision leave every decision to exact arithmetic.
func (s *sweep) load(curves []pricing.Curve) error {
	if len(curves) == 0 {
		return errors.New("no cost curves to compare")
	}
	lines := make([]pricing.FloatCurve, len(curves))
	for i := range curves {
		lines[i] = curves[i].Float()
	}
	s.reset(lines, curves)
	for i := range curves {
		if err := s.admit(i); err != nil {
			return fmt.Errorf("cost curve of front %q: %w", curves[i].Front, err)
		}
	}
	return nil
}

func (s *sweep) admit(i int) error {
	pieces := s.exact[i].Pieces
	if len(pieces) == 0 {
		return errors.New("it has no pieces")
	}
	if pieces[0].From.Sign() != 0 {
		return fmt.Errorf("its first piece begins at %s, not at 0", pieces[0].From)
	}
	for k := range pieces {
		p := &pieces[k]
		x := s.place(p.From)
		if k > 0 && s.order(x, s.place(pieces[k-1].From)) <= 0 {
			return fmt.Errorf("piece %d begins at %s, not above %s, where piece %d begins", k+1, p.From, pieces[k-1].From, k)
		}
		if !plain(s.lines[i].Intercept[k], p.Intercept.Sign()) || !plain(s.lines[i].Slope[k], p.Slope.Sign()) {
			s.unit = math.Inf(1)
		}
	}
	return nil
}

func (s *sweep) place(x pricing.Quantity) point {
	p := point{f: x.Float(), exact: x}
	if !plain(p.f, x.Sign()) {
		s.unit = math.Inf(1)
	}
	return p
}

// plain reports whether f and its products with other plain numbers are far
// from where float64 loses precision; sign is that of the exact number.
func plain(f float64, sign int) bool {
	if f == 0 {
		return sign == 0
	}
	return math.Abs(f) > 1e-140 && math.Abs(f) < 1e140
}
