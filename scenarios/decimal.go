package scenarios

import (
	"errors"
	"math/big"
	"regexp"
	"strings"
)

// Decimal is an exact number of 0 or more: it is read as it is written and never
// becomes a float64, so that 0.1 + 0.2 is 0.3 on a bill. The zero value is 0.
// Compare with Cmp: the == operator compares identities.
type Decimal struct{ r *big.Rat }

const decimalPattern = `^(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?([eE][+-]?[0-9]{1,2})?(K|M|G|B)?$`

var decimalForm = regexp.MustCompile(decimalPattern)

// thousands are the suffixes of a Decimal, in powers of 1000. G is what engineers
// write for 1e9, B what invoices do.
func thousands() []unit {
	return units("K", int64(1e3), "M", int64(1e6), "G", int64(1e9), "B", int64(1e9))
}

func (d *Decimal) set(l literal) error {
	if !decimalForm.MatchString(l.text) {
		if strings.HasPrefix(l.text, "-") {
			return errors.New("is below zero")
		}
		return errBadUnit
	}
	text, factor := l.text, big.NewRat(1, 1)
	for _, u := range thousands() {
		if rest, ok := strings.CutSuffix(text, u.suffix); ok {
			text, factor = rest, u.factor
		}
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return errBadUnit
	}
	d.r = r.Mul(r, factor)
	return nil
}

func (d *Decimal) want() string { return "a number such as 3M, 1.5e9, 540000 or 0.25" }

func (d *Decimal) schema() *schema { return numberSchema(decimalPattern, "") }

// numberSchema accepts a number of 0 or more, of at most most if that is given, or
// the notation of pattern.
func numberSchema(pattern, most string) *schema {
	return &schema{AnyOf: []*schema{
		{Type: "number", Minimum: bound("0"), Maximum: bound(most)},
		{Type: "string", Pattern: pattern},
	}}
}

func (d *Decimal) magnitude() *big.Rat { return d.Rat() }

// Rat returns the exact value; changing it does not change d.
func (d Decimal) Rat() *big.Rat {
	r := new(big.Rat)
	if d.r != nil {
		r.Set(d.r)
	}
	return r
}

// Cmp is -1, 0 or 1 when d is less than, equal to or more than e.
func (d Decimal) Cmp(e Decimal) int { return d.Rat().Cmp(e.Rat()) }

// Sign is 0 or 1.
func (d Decimal) Sign() int { return d.Rat().Sign() }

// String is the number with all its decimals and no exponent: "1500000", "0.25".
func (d Decimal) String() string { return decimalText(d.Rat()) }

// MarshalText makes JSON a decimal string, as String.
func (d Decimal) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// decimalText writes a number whose decimals end.
func decimalText(r *big.Rat) string {
	places, _ := r.FloatPrec()
	return r.FloatString(places)
}
