package scenarios

import (
	"errors"
	"math/big"
	"regexp"
)

// unit is one suffix of a quantity and how many base units it stands for.
type unit struct {
	suffix string
	factor *big.Rat
}

func units(pairs ...any) []unit {
	var us []unit
	for i := 0; i < len(pairs); i += 2 {
		us = append(us, unit{pairs[i].(string), big.NewRat(pairs[i+1].(int64), 1)})
	}
	return us
}

// number is the part of a quantity before its unit. Exponents are left out: they
// would only make a slip of a digit harder to see.
var number = regexp.MustCompile(`^([0-9]{1,15}(?:\.[0-9]{1,15})?)(.*)$`)

var (
	errNoUnit  = errors.New("has no unit")
	errBadUnit = errors.New("is not understood")
)

// exact reads "1.5KB" under units, exactly. The unit "" stands for a bare number.
func exact(text string, units []unit) (*big.Rat, error) {
	m := number.FindStringSubmatch(text)
	if m == nil {
		return nil, errBadUnit
	}
	for _, u := range units {
		if u.suffix == m[2] {
			n, _ := new(big.Rat).SetString(m[1])
			return n.Mul(n, u.factor), nil
		}
	}
	if m[2] == "" {
		return nil, errNoUnit
	}
	return nil, errBadUnit
}

// whole reads a quantity that must come out as a whole number of base units.
func whole(text string, units []unit, of string) (int64, error) {
	n, err := exact(text, units)
	if err != nil {
		return 0, err
	}
	if !n.IsInt() {
		return 0, errors.New("is not a whole number of " + of)
	}
	if !n.Num().IsInt64() {
		return 0, errors.New("is too large")
	}
	return n.Num().Int64(), nil
}
