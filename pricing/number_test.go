package pricing

import (
	"math"
	"math/big"
	"testing"
)

// The law: whatever the path, small or big, results are those of big.Rat, in
// lowest terms.
func FuzzNumber(f *testing.F) {
	for _, s := range [][4]int64{
		{0, 1, 0, 1}, {1, 3, -1, 3}, {1, 2, 1, 3}, {-7, 12, 5, 18}, {166667, 10_000_000_000, 99375, 1},
		{math.MaxInt64, 1, 1, 1}, {math.MinInt64, 1, -1, 1}, {math.MaxInt64, 2, math.MaxInt64, 3},
		{1, math.MaxInt64, 1, math.MaxInt64 - 1}, {math.MinInt64, math.MinInt64, 1, 7}, {1 << 62, 3, 1 << 62, 3},
		{3_037_000_500, 7, 3_037_000_500, 11}, {-1 << 62, 1, -1 << 62, 1}, {1 << 62, 1, -1 << 62, 1},
	} {
		f.Add(s[0], s[1], s[2], s[3])
	}
	f.Fuzz(func(t *testing.T, an, ad, bn, bd int64) {
		if ad == 0 || bd == 0 {
			t.Skip()
		}
		a, b := fromRat(big.NewRat(an, ad)), fromRat(big.NewRat(bn, bd))
		ra, rb := big.NewRat(an, ad), big.NewRat(bn, bd)
		same := func(op string, got number, want *big.Rat) {
			t.Helper()
			if got.rat().Cmp(want) != 0 {
				t.Errorf("%s %s %s is %s, want %s", ra, op, rb, got.rat(), want)
			}
			if got.big == nil && got.denominator() != want.Denom().Int64() {
				t.Errorf("%s %s %s has denominator %d, want %s", ra, op, rb, got.denominator(), want.Denom())
			}
			if got.big != nil && want.Num().IsInt64() && want.Denom().IsInt64() && want.Num().Int64() != math.MinInt64 {
				t.Errorf("%s %s %s is kept as a big.Rat", ra, op, rb)
			}
		}
		same("+", a.add(b), new(big.Rat).Add(ra, rb))
		same("-", a.sub(b), new(big.Rat).Sub(ra, rb))
		same("*", a.mul(b), new(big.Rat).Mul(ra, rb))
		same("of", Ratio(an, ad).n, ra)
		if rb.Sign() != 0 {
			same("/", a.div(b), new(big.Rat).Quo(ra, rb))
		}
		if got, want := a.cmp(b), ra.Cmp(rb); got != want {
			t.Errorf("%s compared with %s is %d, want %d", ra, rb, got, want)
		}
		if got, want := a.sign(), ra.Sign(); got != want {
			t.Errorf("the sign of %s is %d", ra, got)
		}
		want, _ := ra.Float64()
		if got := a.float(); math.Abs(got-want) > math.Abs(want)*1e-15 {
			t.Errorf("%s as a float is %g, want %g", ra, got, want)
		}
	})
}
