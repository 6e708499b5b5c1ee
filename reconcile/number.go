package reconcile

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// mostExponent bounds exponents: the smallest double is 5e-324, and no line of a
// bill is near it.
const mostExponent = 60

// decimal reads a number exactly. AWS's columns of cost are doubles, which CSV
// prints as 1.0E-7 where they are small; the digits are the value, nothing passes
// through a float.
func decimal[T any](text string, parse func(string) (T, error)) (T, error) {
	plain, err := withoutExponent(text)
	if err != nil {
		var none T
		return none, err
	}
	return parse(plain)
}

// withoutExponent writes 1.25E-3 as 0.00125.
func withoutExponent(text string) (string, error) {
	mantissa, exponent, scientific := strings.Cut(strings.ToLower(text), "e")
	if !scientific {
		return text, nil
	}
	shift, err := strconv.Atoi(strings.TrimPrefix(exponent, "+"))
	if err != nil || shift > mostExponent || shift < -mostExponent {
		return "", fmt.Errorf("%q is not a decimal number", text)
	}
	sign, digits := "", mantissa
	if rest, negative := strings.CutPrefix(mantissa, "-"); negative {
		sign, digits = "-", rest
	}
	whole, part, _ := strings.Cut(digits, ".")
	if whole+part == "" || strings.Trim(whole+part, "0123456789") != "" {
		return "", fmt.Errorf("%q is not a decimal number", text)
	}
	point := len(whole) + shift
	all := whole + part
	switch {
	case point <= 0:
		return sign + "0." + strings.Repeat("0", -point) + all, nil
	case point >= len(all):
		return sign + all + strings.Repeat("0", point-len(all)), nil
	}
	return sign + all[:point] + "." + all[point:], nil
}

// parseTime reads the times of exports, all UTC: RFC 3339, with a fraction or not,
// and those of FOCUS 1.0 with a space in place of T and without a zone.
func parseTime(text string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02 15:04:05 UTC", "2006-01-02 15:04:05Z07:00", time.DateOnly} {
		if at, err := time.Parse(layout, text); err == nil {
			return at.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is no time", text)
}
