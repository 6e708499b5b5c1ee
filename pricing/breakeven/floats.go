package breakeven

import (
	"errors"
	"fmt"
	"math"

	"frontdoor/pricing"
)

// FloatSegment is where one curve is the cheapest.
type FloatSegment struct {
	Curve    int // its index in what FloatLower was given
	From, To float64
}

// FloatLower is Lower in float64, for charts and simulations: costs that differ
// by less than 1e-12 of their magnitude count as equal. It panics on what
// CheckFloat refuses.
func FloatLower(curves []pricing.FloatCurve, from, to float64) []FloatSegment {
	if err := CheckFloat(curves, from, to); err != nil {
		panic(err)
	}
	var s sweep
	return s.float(nil, curves, from, to)
}

// float appends the envelope's segments.
func (s *sweep) float(segments []FloatSegment, curves []pricing.FloatCurve, from, to float64) []FloatSegment {
	s.reset(curves, nil)
	s.run(point{f: from}, point{f: to})
	for i, w := range s.stretches {
		if i > 0 {
			segments[len(segments)-1].To = w.from.f
		}
		segments = append(segments, FloatSegment{w.curve, w.from.f, to})
	}
	return segments
}

// CheckFloat says what is wrong with the curves or the range, nil if nothing:
// each curve needs a first piece at 0, finite numbers, and rising breakpoints.
func CheckFloat(curves []pricing.FloatCurve, from, to float64) error {
	if !(from >= 0 && from < to && to <= math.MaxFloat64) {
		return fmt.Errorf("range of %g to %g: it must begin at 0 or more and end above its beginning", from, to)
	}
	return checkCurves(curves)
}

func checkCurves(curves []pricing.FloatCurve) error {
	if len(curves) == 0 {
		return errors.New("no cost curves to compare")
	}
	for i := range curves {
		if err := checkCurve(&curves[i]); err != nil {
			return fmt.Errorf("cost curve %d: %w", i, err)
		}
	}
	return nil
}

func checkCurve(c *pricing.FloatCurve) error {
	n := len(c.From)
	switch {
	case n == 0:
		return errors.New("it has no pieces")
	case len(c.Intercept) != n || len(c.Slope) != n:
		return fmt.Errorf("it has %d breakpoints, %d intercepts and %d slopes, not as many of each", n, len(c.Intercept), len(c.Slope))
	case c.From[0] != 0:
		return fmt.Errorf("its first piece begins at %g, not at 0", c.From[0])
	}
	for i, from := range c.From {
		if i > 0 && !(from > c.From[i-1]) {
			return fmt.Errorf("piece %d begins at %g, not above %g, where piece %d begins", i+1, from, c.From[i-1], i)
		}
		if !finite(from) || !finite(c.Intercept[i]) || !finite(c.Slope[i]) {
			return fmt.Errorf("piece %d is %g + %g*x from %g: all must be finite", i+1, c.Intercept[i], c.Slope[i], from)
		}
	}
	return nil
}

func finite(f float64) bool { return f-f == 0 }
