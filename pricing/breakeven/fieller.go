package breakeven

import (
	"fmt"
	"math"
)

// Measured is a figure with the standard deviation of its error.
type Measured struct{ Value, SD float64 }

// Interval is where a crossing lies, in units of x. High = +Inf reads "above
// Low or never", and Low = +Inf "never".
type Interval struct{ Low, High float64 }

// Never reports whether there is no crossing.
func (i Interval) Never() bool { return math.IsInf(i.Low, 1) }

// CrossingInterval encloses fixed/gap, the x at which a front that costs fixed
// dollars more a month and gap dollars less for each unit of x becomes the
// cheaper one. Both errors are normal and independent; confidence is 0.8 for
// an interval of 80 %. It is Fieller's set (Journal of the Royal Statistical
// Society B 16, 1954, 175), of which only what is positive is a crossing. It
// is not symmetric, and has no end where the gap may be zero; the delta method,
// value plus and minus a deviation, shows neither.
func CrossingInterval(fixed, gap Measured, confidence float64) (Interval, error) {
	switch {
	case !(confidence > 0 && confidence < 1):
		return Interval{}, fmt.Errorf("confidence of %g: it must lie between 0 and 1", confidence)
	case !(fixed.Value > 0) || !finite(fixed.Value) || !finite(gap.Value):
		return Interval{}, fmt.Errorf("crossing of %g dollars at %g each: the dollars must be above 0 and both finite", fixed.Value, gap.Value)
	case !(fixed.SD >= 0 && gap.SD >= 0) || !finite(fixed.SD) || !finite(gap.SD):
		return Interval{}, fmt.Errorf("standard deviations %g and %g: they must be finite and not negative", fixed.SD, gap.SD)
	}
	z := math.Sqrt2 * math.Erfinv(confidence)
	f, g, df, dg := fixed.Value, gap.Value, z*fixed.SD, z*gap.SD
	// All x with (f - x*g)^2 <= df^2 + x^2*dg^2: a*x^2 - 2*b*x + c <= 0.
	a, b, c := (g-dg)*(g+dg), f*g, (f-df)*(f+df)
	root := g*g*df*df + f*f*dg*dg - df*df*dg*dg // b^2 - a*c
	if c > 0 && (a > 0 && g < 0 || a == 0 && g <= 0) {
		return Interval{math.Inf(1), math.Inf(1)}, nil // fixed is positive for certain, and the gap is not
	}
	if root < 0 || c <= 0 && a <= 0 {
		return Interval{0, math.Inf(1)}, nil
	}
	root = math.Sqrt(root)
	low := 0.0
	switch {
	case c > 0 && b > 0:
		low = c / (b + root)
	case c > 0:
		low = (b - root) / a // the same, without cancellation
	}
	if a > 0 {
		return Interval{low, (b + root) / a}, nil
	}
	return Interval{low, math.Inf(1)}, nil
}
