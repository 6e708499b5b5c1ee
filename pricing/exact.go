package pricing

import (
	"fmt"
	"math/big"
	"strings"
)

// places is the number of decimals to which numbers without a finite decimal
// expansion are printed. AWS bills carry quantities and costs to 10 decimals.
const places = 10

// parseDecimal reads a plain decimal: digits, at most one point, an optional
// sign. It is narrower than big.Rat.SetString, which takes "1/3", "0x1p-2" and
// exponents long enough to exhaust memory.
func parseDecimal(s string) (number, error) {
	digits := strings.TrimPrefix(s, "-")
	whole, fraction, pointed := strings.Cut(digits, ".")
	if !isDigits(whole) || pointed && !isDigits(fraction) {
		return number{}, fmt.Errorf("%q is not a decimal number", s)
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return number{}, fmt.Errorf("%q is not a decimal number", s)
	}
	return fromRat(r), nil
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// format prints a with all its decimals when they end, else with 10.
func format(a number) string {
	r := a.rat()
	decimals, finite := r.FloatPrec()
	if !finite {
		decimals = places
	}
	return r.FloatString(decimals)
}

// roundHalfUp rounds to the given number of decimals, a half away from zero.
// That is how AWS rounds costs: half-to-even fails 5 of the 11 exact ties
// among 941 lines of a bill (FOCUS 1.0 sample, September 2024).
func roundHalfUp(a number, decimals int) number {
	// FloatString is documented to round a half away from zero.
	rounded, _ := new(big.Rat).SetString(a.rat().FloatString(decimals))
	return fromRat(rounded)
}
