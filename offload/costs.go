package offload

import "math/big"

// Rates are prices in US dollars, exact.
type Rates struct {
	Get, LambdaRequest, GBSecond, EgressGB *big.Rat
}

// Monthly is the closed form of the cost lines of 30 days, for one change a day.
// Sizes are GB of 10^9 bytes, quantities per change.
type Monthly struct {
	Parents    int64
	SizeGB     *big.Rat
	GBSeconds  *big.Rat // of one invocation
	Replicas   int64
	ChangeDays *big.Rat // share of days whose fetch returns a body
}

func rat(n int64) *big.Rat { return new(big.Rat).SetInt64(n) }

func times(xs ...*big.Rat) *big.Rat {
	out := rat(1)
	for _, x := range xs {
		out.Mul(out, x)
	}
	return out
}

func plus(xs ...*big.Rat) *big.Rat {
	out := new(big.Rat)
	for _, x := range xs {
		out.Add(out, x)
	}
	return out
}

// A is what AWS bills for option A: each day each topmost cache asks once, and gets
// the object when it changed.
func (m Monthly) A(r Rates) *big.Rat {
	return times(rat(30*m.Parents), plus(r.Get, times(m.ChangeDays, m.SizeGB, r.EgressGB)))
}

// B is what AWS bills for option B: an invocation, a download within the Region and
// an upload to NetStorage for each change.
func (m Monthly) B(r Rates) *big.Rat {
	return times(rat(30), m.ChangeDays, plus(r.LambdaRequest, times(m.GBSeconds, r.GBSecond), r.Get, times(m.SizeGB, r.EgressGB)))
}

// BreakEven is the price of a GB-month at NetStorage, every replica counted, up to
// which B costs no more than A. Negative: B costs more before NetStorage is paid.
func (m Monthly) BreakEven(r Rates) *big.Rat {
	return new(big.Rat).Quo(new(big.Rat).Sub(m.A(r), m.B(r)), times(m.SizeGB, rat(m.Replicas)))
}
