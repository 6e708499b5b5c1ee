package pricing

import (
	"fmt"
	"math/big"
)

// Durations is what is known of how long a function's invocations take. An
// invocation takes more than 0.
type Durations interface {
	// BilledMS bounds the mean billed milliseconds of an invocation: each one is
	// rounded up by itself under rule before anything is averaged. A granularity
	// of 0, the zero Billing, bills nothing.
	BilledMS(rule Billing) (Bounds, error)
	// Later is the same with us microseconds more in each invocation, as INIT
	// adds them; us is not negative.
	Later(us int64) Durations
}

var (
	_ Durations = Recorded{}
	_ Durations = Constant(0)
	_ Durations = Uniform{}
	_ Durations = Distribution{}
	_ Durations = Buckets{}
	_ Durations = Summary{}
	_ Durations = Mixture{}
	_ Durations = WithCold{}
)

// Bounds is a quantity that is known to lie between two; Low equals High when
// it is known exactly.
type Bounds struct {
	Low  Quantity `json:"low"`
	High Quantity `json:"high"`
}

// Exactly bounds q from both sides with itself.
func Exactly(q Quantity) Bounds { return Bounds{q, q} }

// Same reports whether both bounds are the same.
func (b Bounds) Same(o Bounds) bool { return b.Low.Equal(o.Low) && b.High.Equal(o.High) }

// Exact reports whether there is nothing between the bounds.
func (b Bounds) Exact() bool { return b.Low.Equal(b.High) }

// plusShare is b with a share, not negative, of another quantity on top.
func (b Bounds) plusShare(share Quantity, of Bounds) Bounds {
	return Bounds{b.Low.Add(share.Mul(of.Low)), b.High.Add(share.Mul(of.High))}
}

// inMS converts bounds in microseconds.
func (b Bounds) inMS() Bounds {
	return Bounds{b.Low.Div(Count(1000)), b.High.Div(Count(1000))}
}

// stepUS is the granularity in microseconds; 0 when nothing is billed.
func stepUS(rule Billing) int64 { return max(rule.Granularity.Value, 0) * 1000 }

// roundDownTo is the greatest multiple of step that is not above q.
func roundDownTo(step, q Quantity) Quantity {
	r := q.Div(step).Rat()
	// Euclidean division rounds down, since the denominator of a Rat is positive.
	whole := new(big.Int).Div(r.Num(), r.Denom())
	if whole.IsInt64() {
		return Count(whole.Int64()).Mul(step)
	}
	steps, _ := ParseQuantity(whole.String()) // digits always parse
	return steps.Mul(step)
}

// roundUpTo is the least multiple of step that is not below q.
func roundUpTo(step, q Quantity) Quantity {
	down := roundDownTo(step, q)
	if down.Equal(q) {
		return q
	}
	return down.Add(step)
}

func checkLater(us int64) error {
	if us < 0 {
		return fmt.Errorf("an invocation cannot be later by %d us: give 0 or more", us)
	}
	return nil
}
