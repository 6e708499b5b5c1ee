package breakeven

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// Spread is what somebody expects of an input: with a chance of 10 % it lies
// below Low, of 50 % below Expected, of 10 % above High. It may be of width
// zero, and then is known.
type Spread struct{ Low, Expected, High float64 }

// Variable is an input as a function of a standard normal deviate z. Inputs
// that get the same z move together. The zero value is 0 for every z.
type Variable struct {
	back        func(float64) float64 // from the scale on which it is normal
	centre      float64
	below, over float64 // standard deviations on that scale, on either side of the median
}

// z90 is the 90 % quantile of the standard normal distribution.
const z90 = 1.2815515655446004

// Positive is the input as a positive quantity: its logarithm is normal on
// either side of the median, each side with the deviation that puts Low at
// 10 % and High at 90 %. With Low*High = Expected^2 that is the lognormal
// distribution; else the density has a step at the median, which costs less
// than a smooth fit that misses one of the three numbers.
func (s Spread) Positive() (Variable, error) {
	if s == (Spread{}) {
		return Variable{}, nil
	}
	return s.fit("positive", "above 0", func(x float64) bool { return x > 0 && finite(x) }, math.Log, math.Exp)
}

// Share is the input as a share between 0 and 1: as Positive, with the logit
// x/(1-x) for the quantity.
func (s Spread) Share() (Variable, error) {
	if s == (Spread{}) || s == (Spread{1, 1, 1}) {
		return Variable{centre: s.Expected, back: same}, nil
	}
	return s.fit("share", "between 0 and 1", func(x float64) bool { return x > 0 && x < 1 },
		func(x float64) float64 { return math.Log(x / (1 - x)) },
		func(y float64) float64 { return 1 / (1 + math.Exp(-y)) })
}

func (s Spread) fit(kind, where string, inside func(float64) bool, to, back func(float64) float64) (Variable, error) {
	for _, x := range []float64{s.Low, s.Expected, s.High} {
		if !inside(x) {
			return Variable{}, fmt.Errorf("%s spread of %g, %g, %g: %g must be %s", kind, s.Low, s.Expected, s.High, x, where)
		}
	}
	if s.Low > s.Expected || s.Expected > s.High {
		return Variable{}, fmt.Errorf("%s spread of %g, %g, %g: the three must not fall", kind, s.Low, s.Expected, s.High)
	}
	if s.Low == s.High {
		return Variable{centre: s.Expected, back: same}, nil
	}
	centre := to(s.Expected)
	return Variable{back, centre, (centre - to(s.Low)) / z90, (to(s.High) - centre) / z90}, nil
}

// Uniform is an input between two bounds, each value as likely as the others.
func Uniform(low, high float64) (Variable, error) {
	if !(low <= high && finite(low) && finite(high)) {
		return Variable{}, fmt.Errorf("uniform between %g and %g: the bounds must be finite and not fall", low, high)
	}
	return Variable{func(z float64) float64 { return low + normal(z)*(high-low) }, 0, 1, 1}, nil
}

// At is the value that belongs to the standard normal deviate z.
func (v Variable) At(z float64) float64 {
	if v.back == nil {
		return 0
	}
	deviation := v.over
	if z < 0 {
		deviation = v.below
	}
	return v.back(v.centre + z*deviation)
}

// Draw is the value at random.
func (v Variable) Draw(rng *rand.Rand) float64 { return v.At(rng.NormFloat64()) }

// Quantile is the value below which the variable lies with probability p.
func (v Variable) Quantile(p float64) float64 { return v.At(math.Sqrt2 * math.Erfinv(2*p-1)) }

// normal is the distribution function of the standard normal distribution.
func normal(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }

func same(y float64) float64 { return y }
