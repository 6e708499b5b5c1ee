package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"frontdoor/pricing"
	"frontdoor/stats"
)

// People get four significant digits of a figure at most; CSV and JSON carry
// the full value. Rounding happens here and nowhere else.

// figure is x with three significant digits and no exponent.
func figure(x float64) string {
	if math.IsNaN(x) {
		return "-"
	}
	if x == 0 {
		return "0"
	}
	decimals := 2 - int(math.Floor(math.Log10(math.Abs(x))))
	if decimals < 0 {
		return group(int64(math.Round(x)))
	}
	return strconv.FormatFloat(x, 'f', min(decimals, 6), 64)
}

// group is a whole number with commas.
func group(n int64) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	var parts []string
	for len(s) > 3 {
		parts = append([]string{s[len(s)-3:]}, parts...)
		s = s[:len(s)-3]
	}
	return sign + strings.Join(append([]string{s}, parts...), ",")
}

// interval is "41.2 [40.1, 42.6]": point and interval in one cell.
func interval(e stats.Estimate) string {
	switch {
	case e.N == 0:
		return "-"
	case e.Refused != "":
		return "too few"
	case !e.HasInterval():
		return figure(e.Point)
	}
	return fmt.Sprintf("%s [%s, %s]", figure(e.Point), figure(e.Lo), figure(e.Hi))
}

// dollars is an amount with four significant digits, and two decimals at least.
func dollars(u pricing.USD) string {
	x, _ := u.Rat().Float64() // only to find the magnitude
	decimals := 2
	if x != 0 {
		decimals = max(2, min(10, 3-int(math.Floor(math.Log10(math.Abs(x))))))
	}
	if math.Abs(x) >= 100 {
		decimals = 2
	}
	text := u.Rat().FloatString(decimals)
	whole, part, _ := strings.Cut(text, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return "$" + text
	}
	return "$" + group(n) + "." + part
}

// perRequest is a mean of billed milliseconds.
func perRequest(total int64, n int) string {
	if n == 0 {
		return "-"
	}
	return figure(float64(total) / float64(n))
}

// count is a number of requests a month: 15M, 7.5M, 300k.
func count(n int64) string {
	for _, unit := range []struct {
		size int64
		name string
	}{{1e9, "B"}, {1e6, "M"}, {1e3, "k"}} {
		if n >= unit.size && n%(unit.size/100) == 0 {
			return strconv.FormatFloat(float64(n)/float64(unit.size), 'f', -1, 64) + unit.name
		}
	}
	return group(n)
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return group(int64(n)) + " " + what + "s"
}
