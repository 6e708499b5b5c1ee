// Package words is how figures are written for people. Rounding happens here and
// nowhere else, so that every format says the same.
package words

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"frontdoor/gate"
	"frontdoor/pricing"
	"frontdoor/stats"
)

// People get four significant digits of a figure at most, but for the quantities
// of a bill, from which its lines can be computed again; CSV and JSON carry the
// full value.

// Figure is x with three significant digits, whole from 100 on, and no exponent.
func Figure(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return "-"
	}
	if x == 0 {
		return "0"
	}
	if x < 0 {
		return "-" + Figure(-x)
	}
	decimals := max(0, 2-magnitude(x, 3))
	if decimals == 0 {
		return Thousands(strconv.FormatFloat(math.Round(x), 'f', 0, 64))
	}
	return strconv.FormatFloat(x, 'f', decimals, 64)
}

// magnitude is the power of ten of x once it is rounded to so many digits:
// 9.999 has that of 10.0.
func magnitude(x float64, digits int) int {
	_, exponent, _ := strings.Cut(strconv.FormatFloat(x, 'e', digits-1, 64), "e")
	n, _ := strconv.Atoi(exponent) // FormatFloat wrote it
	return n
}

// Group is a whole number with commas.
func Group(n int64) string {
	if n < 0 {
		return "-" + Thousands(strconv.FormatInt(n, 10)[1:])
	}
	return Thousands(strconv.FormatInt(n, 10))
}

// Thousands puts commas into a string of digits.
func Thousands(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// Interval is "41.2 [40.1, 42.6]": point and interval in one cell.
func Interval(e stats.Estimate) string {
	switch {
	case e.N == 0:
		return "-"
	case e.Refused != "":
		return "too few"
	case !e.HasInterval():
		return Figure(e.Point)
	}
	return fmt.Sprintf("%s [%s, %s]", Figure(e.Point), Figure(e.Lo), Figure(e.Hi))
}

// Dollars is an amount with four significant digits, and two decimals at least.
func Dollars(u pricing.USD) string {
	x, _ := u.Rat().Float64() // only to find the magnitude
	decimals := 2
	if x != 0 {
		decimals = max(2, 3-magnitude(x, 4))
	}
	text, sign := u.Rat().FloatString(decimals), ""
	if u.Sign() < 0 {
		text, sign = text[1:], "-"
	}
	whole, part, _ := strings.Cut(text, ".")
	return sign + "$" + Thousands(whole) + "." + part
}

// Quantity is a quantity of a bill, to four decimals, or to four significant
// digits when that is more. What is exact in fewer has no zeros at the end, what
// was rounded keeps them: 9.5370 is not exactly 9.537.
func Quantity(q pricing.Quantity) string {
	r := q.Rat()
	x, _ := r.Float64() // only to find the magnitude
	decimals := max(4, 3-magnitude(x, 4))
	if exact, ends := r.FloatPrec(); ends && exact < decimals {
		decimals = exact
	}
	text, sign := r.FloatString(decimals), ""
	if q.Sign() < 0 {
		text, sign = text[1:], "-"
	}
	whole, part, pointed := strings.Cut(text, ".")
	if !pointed {
		return sign + Thousands(whole)
	}
	return sign + Thousands(whole) + "." + part
}

// Money is an amount of a bill: in cents when its lines were rounded to them.
func Money(u pricing.USD, r pricing.Rounding) string {
	if r != pricing.RoundAWSPage {
		return Dollars(u)
	}
	whole, cents, _ := strings.Cut(u.Rat().FloatString(2), ".")
	return "$" + Thousands(whole) + "." + cents
}

// PerRequest is a mean of billed milliseconds.
func PerRequest(total int64, n int) string {
	if n == 0 {
		return "-"
	}
	return Figure(float64(total) / float64(n))
}

// Count is a number of requests a month: 15M, 7.5M, 300k.
func Count(n int64) string {
	for _, unit := range []struct {
		size int64
		name string
	}{{1e9, "B"}, {1e6, "M"}, {1e3, "k"}} {
		if n >= unit.size && n < 1000*unit.size && n%(unit.size/100) == 0 {
			return strconv.FormatFloat(float64(n)/float64(unit.size), 'f', -1, 64) + unit.name
		}
	}
	return Group(n)
}

func Plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return Group(int64(n)) + " " + what + "s"
}

// Optional is a figure that may not be known.
func Optional(v *float64) string {
	if v == nil {
		return "-"
	}
	return Figure(*v)
}

// Percent is a share: "12.3 %".
func Percent(share float64) string {
	if math.IsNaN(share) {
		return "-"
	}
	return Figure(share*100) + " %"
}

// Change is a ratio as a difference: "18.0 % lower", "3.20 % higher", "the same".
func Change(ratio float64) string {
	switch {
	case math.IsNaN(ratio):
		return "-"
	case ratio < 1:
		return Percent(1-ratio) + " lower"
	case ratio > 1:
		return Percent(ratio-1) + " higher"
	}
	return "the same"
}

// P is a p-value: three digits, and never 0.
func P(p float64) string {
	switch {
	case math.IsNaN(p):
		return "-"
	case p < 0.0001:
		return "< 0.0001"
	}
	return strconv.FormatFloat(p, 'f', 4, 64)
}

// USD is Dollars for an amount in float64, as a simulation gives it.
func USD(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return "-"
	}
	if x < 0 {
		return "-" + USD(-x)
	}
	decimals := 2
	if x != 0 {
		decimals = max(2, 3-magnitude(x, 4))
	}
	whole, part, _ := strings.Cut(strconv.FormatFloat(x, 'f', decimals, 64), ".")
	return "$" + Thousands(whole) + "." + part
}

// Range is " [$1.10, $1.40]", to follow an amount; "" when both ends read alike.
// Three digits: the ends of a few thousand draws are not known better.
func Range(of [2]float64) string {
	low, high := "$"+Figure(of[0]), "$"+Figure(of[1])
	if low == high {
		return ""
	}
	return " [" + low + ", " + high + "]"
}

// MoreRounds is "about 16 more rounds": two digits, rounded up, since nobody knows
// it better.
func MoreRounds(n int) string {
	step := 1
	for n/step >= 100 {
		step *= 10
	}
	return "about " + Plural((n+step-1)/step*step, "more round")
}

// And is "a, b and c".
func And(list []string) string { return enumerated(list, "and") }

// Or is "a, b or c".
func Or(list []string) string { return enumerated(list, "or") }

func enumerated(list []string, last string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " " + last + " " + list[len(list)-1]
}

// Quantile is the name of a quantile: "p50", "p99.9".
func Quantile(q float64) string {
	return "p" + strconv.FormatFloat(math.Round(q*1e6)/1e4, 'f', -1, 64)
}

// Value is a figure of a gate, from base units: seconds as ms.
func Value(x float64, d gate.Dimension) string {
	switch d {
	case gate.Time:
		return Figure(x*1000) + " ms"
	case gate.Share:
		return Percent(x)
	case gate.Money:
		return USD(x)
	}
	return Figure(x)
}

// Measured is a figure of a gate with its interval.
func Measured(e stats.Estimate, d gate.Dimension) string {
	text := Value(e.Point, d)
	if low, high := Value(e.Lo, d), Value(e.Hi, d); e.HasInterval() && (low != text || high != text) {
		text += " [" + low + ", " + high + "]"
	}
	return text
}
