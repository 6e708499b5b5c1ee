package claims

import (
	"math/big"

	"frontdoor/pricing"
	"frontdoor/report/words"
)

// wholeDown is a quantity in whole units.
func wholeDown(q pricing.Quantity) string {
	r := q.Rat()
	return words.Thousands(new(big.Int).Div(r.Num(), r.Denom()).String())
}

// wholeUp is a quantity in whole units, the next one where there is a rest.
func wholeUp(q pricing.Quantity) string { return words.Thousands(up(q).String()) }

// wholeBelow is the last whole unit below a quantity.
func wholeBelow(q pricing.Quantity) string {
	whole := up(q)
	return words.Thousands(whole.Sub(whole, big.NewInt(1)).String())
}

func up(q pricing.Quantity) *big.Int {
	r := q.Rat()
	whole, rest := new(big.Int).DivMod(r.Num(), r.Denom(), new(big.Int))
	if rest.Sign() > 0 {
		whole.Add(whole, big.NewInt(1))
	}
	return whole
}
