package offload_test

import (
	"math/big"
	"testing"

	"frontdoor/offload"
)

func rat(text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		panic(text)
	}
	return r
}

// rates are us-east-1's of 2025: https://aws.amazon.com/s3/pricing/,
// https://aws.amazon.com/lambda/pricing/, https://aws.amazon.com/ec2/pricing/on-demand/
func rates() offload.Rates {
	return offload.Rates{Get: rat("0.0000004"), LambdaRequest: rat("0.0000002"), GBSecond: rat("0.0000166667"), EgressGB: rat("0.09")}
}

// An object of 1 GB that changes daily, one parent, 5 GB-s an invocation, worked by hand:
//
//	A: 30 x (0.0000004 + 0.09)                                  = 2.700012
//	B: 30 x (0.0000002 + 5 x 0.0000166667 + 0.0000004 + 0.09)   = 2.702518005
func TestMonthly(t *testing.T) {
	m := offload.Monthly{Parents: 1, SizeGB: rat("1"), GBSeconds: rat("5"), Replicas: 2, ChangeDays: rat("1")}
	r := rates()
	if a, b := m.A(r), m.B(r); a.Cmp(rat("2.700012")) != 0 || b.Cmp(rat("2.702518005")) != 0 {
		t.Errorf("A %s, B %s", a.FloatString(12), b.FloatString(12))
	}
	if e := m.BreakEven(r); e.Sign() >= 0 {
		t.Errorf("with one parent B is dearer before NetStorage: break-even %s", e.FloatString(9))
	}
}

// A and B differ by what the further parents fetch: 30 (K - 1) S e, and 30 (K - 1) GETs.
// NetStorage may cost that much for its replicas.
func TestBreakEvenGrowsWithTheParents(t *testing.T) {
	r := rates()
	one := offload.Monthly{Parents: 1, SizeGB: rat("0.5"), GBSeconds: rat("1/4"), Replicas: 2, ChangeDays: rat("1")}
	for _, k := range []int64{2, 20} {
		m := one
		m.Parents = k
		more := new(big.Rat).Mul(big.NewRat(30*(k-1), 1), new(big.Rat).Add(r.Get, new(big.Rat).Mul(m.SizeGB, r.EgressGB)))
		if got := new(big.Rat).Sub(m.A(r), one.A(r)); got.Cmp(more) != 0 || m.B(r).Cmp(one.B(r)) != 0 {
			t.Errorf("K = %d: A grows by %s, want %s", k, got, more)
		}
		price := m.BreakEven(r)
		netstorage := new(big.Rat).Mul(price, new(big.Rat).Mul(m.SizeGB, big.NewRat(m.Replicas, 1)))
		if sum := new(big.Rat).Add(m.B(r), netstorage); sum.Cmp(m.A(r)) != 0 {
			t.Errorf("K = %d: at %s a GB-month B costs %s and A %s", k, price.FloatString(6), sum, m.A(r))
		}
	}
}

// On days without a change A's fetch has no body, and B does nothing.
func TestMonthlyOfDaysWithoutAChange(t *testing.T) {
	m := offload.Monthly{Parents: 4, SizeGB: rat("1"), GBSeconds: rat("5"), Replicas: 2, ChangeDays: rat("0")}
	if a, b := m.A(rates()), m.B(rates()); a.Cmp(rat("0.000048")) != 0 || b.Sign() != 0 {
		t.Errorf("A %s, B %s", a.FloatString(9), b.FloatString(9))
	}
}
