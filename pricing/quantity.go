package pricing

import "math/big"

// Quantity is an exact amount of what a meter counts, or an exact share. The
// zero value is 0; values are never modified by a method. Compare with Equal
// or Cmp: the == operator compares identities.
type Quantity struct{ n number }

// Count is a whole quantity.
func Count(n int64) Quantity { return Quantity{fromInt(n)} }

// Ratio is num/den. It panics when den is zero.
func Ratio(num, den int64) Quantity { return Quantity{fromInt(num).div(fromInt(den))} }

// QuantityOf is the exact value of r, which it does not keep.
func QuantityOf(r *big.Rat) Quantity { return Quantity{fromRat(new(big.Rat).Set(r))} }

// ParseQuantity reads a plain decimal such as "0.4".
func ParseQuantity(s string) (Quantity, error) {
	n, err := parseDecimal(s)
	return Quantity{n}, err
}

// Add returns q + p.
func (q Quantity) Add(p Quantity) Quantity { return Quantity{q.n.add(p.n)} }

// Sub returns q - p.
func (q Quantity) Sub(p Quantity) Quantity { return Quantity{q.n.sub(p.n)} }

// Mul returns q x p.
func (q Quantity) Mul(p Quantity) Quantity { return Quantity{q.n.mul(p.n)} }

// Div returns q / p. It panics when p is zero.
func (q Quantity) Div(p Quantity) Quantity { return Quantity{q.n.div(p.n)} }

// Cmp is -1, 0 or 1 when q is less than, equal to or more than p.
func (q Quantity) Cmp(p Quantity) int { return q.n.cmp(p.n) }

// Equal reports whether both are the same quantity.
func (q Quantity) Equal(p Quantity) bool { return q.Cmp(p) == 0 }

// Sign is -1, 0 or 1.
func (q Quantity) Sign() int { return q.n.sign() }

// Rat returns the exact value; changing it does not change q.
func (q Quantity) Rat() *big.Rat { return new(big.Rat).Set(q.n.rat()) }

// Float is a float64 within 2 units in the last place, for sweeps, simulations
// and charts.
func (q Quantity) Float() float64 { return q.n.float() }

// String is the quantity with all its decimals, or with 10 when they never end.
func (q Quantity) String() string { return format(q.n) }

// MarshalText makes JSON a decimal string, as String.
func (q Quantity) MarshalText() ([]byte, error) { return []byte(q.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (q *Quantity) UnmarshalText(text []byte) error {
	parsed, err := ParseQuantity(string(text))
	if err != nil {
		return err
	}
	*q = parsed
	return nil
}

func least(a, b Quantity) Quantity {
	if a.Cmp(b) < 0 {
		return a
	}
	return b
}

// ceil is the least whole number that is not below q.
func ceil(q Quantity) Quantity {
	r := q.n.rat()
	whole, rest := new(big.Int).DivMod(r.Num(), r.Denom(), new(big.Int))
	if rest.Sign() > 0 {
		whole.Add(whole, big.NewInt(1))
	}
	return Quantity{fromRat(new(big.Rat).SetInt(whole))}
}
