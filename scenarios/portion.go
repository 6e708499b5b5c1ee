package scenarios

import (
	"math/big"
	"strings"
)

// Portion is an exact part of a whole, from 0 to 1: 0.2, or "20%". Share is the same
// for what is measured or simulated and never becomes money. The zero value is 0.
type Portion struct{ r *big.Rat }

func (p *Portion) set(l literal) error {
	text, scale := l.text, big.NewRat(1, 1)
	switch {
	case shareForm.MatchString(text):
		text, scale = strings.TrimSuffix(text, "%"), big.NewRat(1, 100)
	case !decimalForm.MatchString(text), l.tag == "!!str":
		return errNotShare
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok || r.Mul(r, scale).Cmp(big.NewRat(1, 1)) > 0 {
		return errNotShare
	}
	p.r = r
	return nil
}

func (p *Portion) want() string { return new(Share).want() }

func (p *Portion) schema() *schema { return numberSchema(sharePattern, "1") }

func (p *Portion) magnitude() *big.Rat { return p.Rat() }

// Rat returns the exact value; changing it does not change p.
func (p Portion) Rat() *big.Rat { return Decimal(p).Rat() }

// String is the part as a decimal: "0.2".
func (p Portion) String() string { return decimalText(p.Rat()) }

// MarshalText makes JSON a decimal string, as String.
func (p Portion) MarshalText() ([]byte, error) { return []byte(p.String()), nil }
