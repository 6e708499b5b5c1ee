package pricing

import "fmt"

// Uniform is durations that are equally likely anywhere from LowUS to HighUS
// microseconds. It is a model; what it bills is exact.
type Uniform struct{ LowUS, HighUS int64 }

// BilledMS is the integral of the rounded duration over the range, divided by
// the range. The error is for a negative LowUS and for a HighUS not above it.
func (u Uniform) BilledMS(rule Billing) (Bounds, error) {
	if u.LowUS < 0 || u.HighUS <= u.LowUS {
		return Bounds{}, fmt.Errorf("uniform from %d to %d us: low is 0 or more, and high is more than low", u.LowUS, u.HighUS)
	}
	step := Count(stepUS(rule))
	if step.Sign() == 0 {
		return Bounds{}, nil
	}
	low, high := Count(u.LowUS), Count(u.HighUS)
	mean := billedUpTo(step, high).Sub(billedUpTo(step, low)).Div(high.Sub(low))
	return Exactly(mean).inMS(), nil
}

// billedUpTo is the integral of the duration rounded up to step, from 0 to x:
// the whole stairs below x and the part of the stair that x stands on.
func billedUpTo(step, x Quantity) Quantity {
	down := roundDownTo(step, x)
	up := down.Add(step)
	return down.Mul(up).Div(Count(2)).Add(x.Sub(down).Mul(up))
}

// Later moves both ends.
func (u Uniform) Later(us int64) Durations { return Uniform{u.LowUS + us, u.HighUS + us} }
