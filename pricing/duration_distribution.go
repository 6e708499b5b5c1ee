package pricing

import (
	"errors"
	"fmt"
	"math"
	"strconv"
)

// Distribution is durations drawn from a smooth distribution: Lognormal,
// Exponential or Normal make one. It is a model, a guess of a shape where
// nothing was measured; its mean billed duration is a sum in float64, right to
// about 12 significant digits, and is rounded to 12. The zero Distribution is
// refused.
type Distribution struct {
	above      func(us float64) float64 // the share that takes longer than us >= 0
	excess     func(us float64) float64 // E[max(D - us, 0)]: the integral of above from us on
	convexFrom float64                  // above is convex from here on: the mode
	atMostUS   int64                    // 0 is no limit
	laterUS    int64
}

// longestUS is the longest mean that is taken: a function's timeout is at most
// 900 s (docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html, 2026-11).
const longestUS = 900e6

// Lognormal is the distribution with this mean in microseconds and coefficient
// of variation (standard deviation by mean). The error is for a mean above
// 900 s and for a cv outside 0.000001 to 1000.
func Lognormal(meanUS, cv float64) (Distribution, error) {
	if err := checkMean(meanUS); err != nil {
		return Distribution{}, err
	}
	if !(cv >= 1e-6 && cv <= 1e3) {
		return Distribution{}, fmt.Errorf("coefficient of variation %g: give 0.000001 to 1000; durations that do not vary are Constant", cv)
	}
	variance := math.Log1p(cv * cv) // of the logarithm
	sigma := math.Sqrt(variance)
	mu := math.Log(meanUS) - variance/2
	z := func(us float64) float64 { return (math.Log(us) - mu) / sigma }
	return Distribution{
		above:      func(us float64) float64 { return normalAbove(z(us)) },
		excess:     func(us float64) float64 { return meanUS*normalAbove(z(us)-sigma) - us*normalAbove(z(us)) },
		convexFrom: math.Exp(mu - variance),
	}, nil
}

// Exponential is the distribution with this mean in microseconds. The error is
// for a mean above 900 s.
func Exponential(meanUS float64) (Distribution, error) {
	if err := checkMean(meanUS); err != nil {
		return Distribution{}, err
	}
	return Distribution{
		above:  func(us float64) float64 { return math.Exp(-us / meanUS) },
		excess: func(us float64) float64 { return meanUS * math.Exp(-us/meanUS) },
	}, nil
}

// Normal is the normal distribution of this mean and standard deviation in
// microseconds, of which only what is above 0 is kept: the mean of that is
// above meanUS, visibly so when sdUS is more than about a third of it. The
// error is for a mean above 900 s and for an sd outside 0.001 us to 900 s.
func Normal(meanUS, sdUS float64) (Distribution, error) {
	if err := checkMean(meanUS); err != nil {
		return Distribution{}, err
	}
	if !(sdUS >= 1e-3 && sdUS <= longestUS) {
		return Distribution{}, fmt.Errorf("standard deviation %g us: give 0.001 us to 900 s; durations that do not vary are Constant", sdUS)
	}
	kept := normalAbove(-meanUS / sdUS)
	return Distribution{
		above: func(us float64) float64 { return normalAbove((us-meanUS)/sdUS) / kept },
		excess: func(us float64) float64 {
			z := (us - meanUS) / sdUS
			return (sdUS*math.Exp(-z*z/2)/math.Sqrt(2*math.Pi) - (us-meanUS)*normalAbove(z)) / kept
		},
		convexFrom: meanUS,
	}, nil
}

func checkMean(us float64) error {
	if !(us > 0 && us <= longestUS) {
		return fmt.Errorf("mean %g us: give more than 0 and at most 900 s", us)
	}
	return nil
}

// normalAbove is the upper tail of the standard normal distribution.
func normalAbove(z float64) float64 { return math.Erfc(z/math.Sqrt2) / 2 }

// AtMost is the same function with a timeout: what would take longer is stopped
// after us microseconds, and billed for them. 0 is no timeout. What Later adds
// comes on top, since the timeout does not count INIT.
func (d Distribution) AtMost(us int64) Distribution {
	d.atMostUS = us
	return d
}

// Later moves the distribution.
func (d Distribution) Later(us int64) Durations {
	d.laterUS += us
	return d
}

// BilledMS is the model's mean, equal from both sides.
func (d Distribution) BilledMS(rule Billing) (Bounds, error) {
	if d.above == nil {
		return Bounds{}, errors.New("a distribution without a shape: make it with Lognormal, Exponential or Normal")
	}
	if d.atMostUS < 0 {
		return Bounds{}, fmt.Errorf("timeout of %d us: give 0 (none) or more", d.atMostUS)
	}
	if err := checkLater(d.laterUS); err != nil {
		return Bounds{}, err
	}
	step := stepUS(rule)
	if step == 0 {
		return Bounds{}, nil
	}
	mean, err := significant(d.billedUS(step) / 1000)
	return Exactly(mean), err
}

// significant is f with 12 significant digits.
func significant(f float64) (Quantity, error) {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(f, 'e', 11, 64), 64)
	if err != nil {
		return Quantity{}, err
	}
	return ParseQuantity(strconv.FormatFloat(rounded, 'f', -1, 64))
}
