package pricing

import "math/big"

// USD is an exact amount of US dollars. The zero value is $0; values are never
// modified by a method, so they can be copied freely. Compare with Equal or
// Cmp: the == operator compares identities.
type USD struct{ n number }

// ParseUSD reads a plain decimal such as "0.0000166667".
func ParseUSD(s string) (USD, error) {
	n, err := parseDecimal(s)
	return USD{n}, err
}

// Add returns u + v.
func (u USD) Add(v USD) USD { return USD{u.n.add(v.n)} }

// Sub returns u - v.
func (u USD) Sub(v USD) USD { return USD{u.n.sub(v.n)} }

// Mul returns u x q: a unit price times a quantity.
func (u USD) Mul(q Quantity) USD { return USD{u.n.mul(q.n)} }

// Div returns u / q: the cost of one unit. It panics when q is zero.
func (u USD) Div(q Quantity) USD { return USD{u.n.div(q.n)} }

// Cmp is -1, 0 or 1 when u is less than, equal to or more than v.
func (u USD) Cmp(v USD) int { return u.n.cmp(v.n) }

// Equal reports whether both are the same amount.
func (u USD) Equal(v USD) bool { return u.Cmp(v) == 0 }

// Sign is -1, 0 or 1.
func (u USD) Sign() int { return u.n.sign() }

// Round rounds to decimals places, a half away from zero.
func (u USD) Round(decimals int) USD { return USD{roundHalfUp(u.n, decimals)} }

// Rat returns the exact value; changing it does not change u.
func (u USD) Rat() *big.Rat { return new(big.Rat).Set(u.n.rat()) }

// Float is a float64 within 2 units in the last place, for sweeps, simulations
// and charts.
func (u USD) Float() float64 { return u.n.float() }

// String is the amount with all its decimals, or with 10 when they never end.
func (u USD) String() string { return format(u.n) }

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
