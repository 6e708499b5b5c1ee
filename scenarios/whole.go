package scenarios

import (
	"errors"
	"math/big"
)

// Whole is a whole number of requests or invocations, written like a Decimal:
// "15M", 1e6, 250000.
type Whole int64

func (w *Whole) set(l literal) error {
	var d Decimal
	if err := d.set(l); err != nil {
		return err
	}
	r := d.Rat()
	switch {
	case !r.IsInt():
		return errors.New("is not a whole number")
	case !r.Num().IsInt64():
		return errors.New("is too large")
	}
	*w = Whole(r.Num().Int64())
	return nil
}

func (w *Whole) want() string { return "a whole number such as 15M, 1e6 or 250000" }

func (w *Whole) schema() *schema { return numberSchema(decimalPattern, "") }

// Rat is the number as an exact rational.
func (w Whole) Rat() *big.Rat { return new(big.Rat).SetInt64(int64(w)) }
