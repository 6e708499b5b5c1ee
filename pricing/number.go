package pricing

import (
	"math"
	"math/big"
	"math/bits"
)

// number is an exact rational: num/den in lowest terms while both fit 64 bits,
// which the numbers of nearly every bill do, and a big.Rat when they do not. A
// bill in big.Rat alone takes five times as long. The zero value is 0.
type number struct {
	num, den int64    // den 0 stands for 1; num is never math.MinInt64
	big      *big.Rat // not nil: the value, never changed
}

func fromInt(n int64) number {
	if n == math.MinInt64 {
		return fromRat(new(big.Rat).SetInt64(n))
	}
	return number{num: n, den: 1}
}

// fromRat takes r over: the caller must not change it.
func fromRat(r *big.Rat) number {
	if r.Num().IsInt64() && r.Denom().IsInt64() && r.Num().Int64() != math.MinInt64 {
		return number{num: r.Num().Int64(), den: r.Denom().Int64()}
	}
	return number{big: r}
}

// rat is the value; the caller must not change it.
func (a number) rat() *big.Rat {
	if a.big != nil {
		return a.big
	}
	return big.NewRat(a.num, a.denominator())
}

func (a number) denominator() int64 {
	if a.den == 0 {
		return 1
	}
	return a.den
}

func (a number) sign() int {
	switch {
	case a.big != nil:
		return a.big.Sign()
	case a.num < 0:
		return -1
	case a.num > 0:
		return 1
	}
	return 0
}

func (a number) float() float64 {
	if a.big != nil {
		f, _ := a.big.Float64()
		return f
	}
	return float64(a.num) / float64(a.denominator())
}

func (a number) neg() number {
	if a.big != nil {
		return fromRat(new(big.Rat).Neg(a.big))
	}
	return number{num: -a.num, den: a.den}
}

func (a number) add(b number) number {
	if a.big == nil && b.big == nil {
		if sum, ok := addSmall(a, b); ok {
			return sum
		}
	}
	return fromRat(new(big.Rat).Add(a.rat(), b.rat()))
}

// addSmall divides by the common part of the denominators first, so that the
// sum is in lowest terms after one more division by what is left of that part
// (Knuth, The Art of Computer Programming, 4.5.1).
func addSmall(a, b number) (number, bool) {
	da, db := a.denominator(), b.denominator()
	common := int64(1)
	if da != 1 && db != 1 {
		common = gcd(da, db)
	}
	x, ok1 := mul64(a.num, db/common)
	y, ok2 := mul64(b.num, da/common)
	if !ok1 || !ok2 {
		return number{}, false
	}
	sum := x + y
	if sum == 0 {
		return number{}, true
	}
	if (x < 0) == (y < 0) && (sum < 0) != (x < 0) || sum == math.MinInt64 {
		return number{}, false
	}
	rest := int64(1)
	if common != 1 {
		rest = gcd(sum, common)
	}
	den, ok := mul64(da/common, db/rest)
	return number{num: sum / rest, den: den}, ok
}

func (a number) sub(b number) number { return a.add(b.neg()) }

func (a number) mul(b number) number {
	if a.big == nil && b.big == nil {
		if product, ok := mulSmall(a.num, a.denominator(), b.num, b.denominator()); ok {
			return product
		}
	}
	return fromRat(new(big.Rat).Mul(a.rat(), b.rat()))
}

// div panics when b is zero.
func (a number) div(b number) number {
	if a.big == nil && b.big == nil && b.num != 0 {
		num, den := b.denominator(), b.num
		if den < 0 {
			num, den = -num, -den
		}
		if quotient, ok := mulSmall(a.num, a.denominator(), num, den); ok {
			return quotient
		}
	}
	return fromRat(new(big.Rat).Quo(a.rat(), b.rat()))
}

func mulSmall(an, ad, bn, bd int64) (number, bool) {
	if an == 0 || bn == 0 {
		return number{}, true
	}
	if g := gcd(an, bd); g != 1 {
		an, bd = an/g, bd/g
	}
	if g := gcd(bn, ad); g != 1 {
		bn, ad = bn/g, ad/g
	}
	num, ok1 := mul64(an, bn)
	den, ok2 := mul64(ad, bd)
	return number{num: num, den: den}, ok1 && ok2
}

func (a number) cmp(b number) int {
	if a.big != nil || b.big != nil {
		return a.rat().Cmp(b.rat())
	}
	if s, t := a.sign(), b.sign(); s != t {
		if s < t {
			return -1
		}
		return 1
	}
	// Both have one sign: compare |a.num|*b.den with |b.num|*a.den in 128 bits.
	hi1, lo1 := bits.Mul64(magnitude(a.num), uint64(b.denominator()))
	hi2, lo2 := bits.Mul64(magnitude(b.num), uint64(a.denominator()))
	c := 0
	switch {
	case hi1 < hi2 || hi1 == hi2 && lo1 < lo2:
		c = -1
	case hi1 > hi2 || lo1 > lo2:
		c = 1
	}
	return c * a.sign()
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return uint64(-n)
	}
	return uint64(n)
}

// mul64 multiplies when the product fits and is not math.MinInt64.
func mul64(a, b int64) (int64, bool) {
	hi, lo := bits.Mul64(magnitude(a), magnitude(b))
	if hi != 0 || lo > math.MaxInt64 {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(lo), true
	}
	return int64(lo), true
}

// gcd is the greatest common divisor of the magnitudes, by halving; b must not be 0.
func gcd(a, b int64) int64 {
	u, v := magnitude(a), magnitude(b)
	if u == 0 {
		return int64(v)
	}
	if u == 1 || v == 1 {
		return 1
	}
	shift := bits.TrailingZeros64(u | v)
	u >>= bits.TrailingZeros64(u)
	for v != 0 {
		v >>= bits.TrailingZeros64(v)
		if u > v {
			u, v = v, u
		}
		v -= u
	}
	return int64(u << shift)
}
