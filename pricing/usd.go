package pricing

import "math/big"

// USD is an exact amount of US dollars. The zero value is $0; values are never
// modified by a method, so they can be copied freely. Compare with Equal or
// Cmp: the == operator compares identities.
type USD struct{ r *big.Rat }

// ParseUSD reads a plain decimal such as "0.0000166667".
func ParseUSD(s string) (USD, error) {
	r, err := parseDecimal(s)
	return USD{r}, err
}

// Add returns u + v.
func (u USD) Add(v USD) USD { return USD{new(big.Rat).Add(value(u.r), value(v.r))} }

// Sub returns u - v.
func (u USD) Sub(v USD) USD { return USD{new(big.Rat).Sub(value(u.r), value(v.r))} }

// Mul returns u x q: a unit price times a quantity.
func (u USD) Mul(q Quantity) USD { return USD{new(big.Rat).Mul(value(u.r), value(q.r))} }

// Div returns u / q: the cost of one unit. It panics when q is zero.
func (u USD) Div(q Quantity) USD { return USD{new(big.Rat).Quo(value(u.r), value(q.r))} }

// Cmp is -1, 0 or 1 when u is less than, equal to or more than v.
func (u USD) Cmp(v USD) int { return value(u.r).Cmp(value(v.r)) }

// Equal reports whether both are the same amount.
func (u USD) Equal(v USD) bool { return u.Cmp(v) == 0 }

// Sign is -1, 0 or 1.
func (u USD) Sign() int { return value(u.r).Sign() }

// Round rounds to decimals places, a half away from zero.
func (u USD) Round(decimals int) USD { return USD{roundHalfUp(u.r, decimals)} }

// Rat returns the exact value; changing it does not change u.
func (u USD) Rat() *big.Rat { return new(big.Rat).Set(value(u.r)) }

// String is the amount with all its decimals, or with 10 when they never end.
func (u USD) String() string { return format(u.r) }

// MarshalText makes JSON a decimal string, as String: a JSON number would pass
// through float64 in most readers.
func (u USD) MarshalText() ([]byte, error) { return []byte(u.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (u *USD) UnmarshalText(text []byte) error {
	parsed, err := ParseUSD(string(text))
	if err != nil {
		return err
	}
	*u = parsed
	return nil
}
