package gate

import (
	"math/big"
	"strconv"
	"strings"
)

// notation is how numbers of a dimension may be written: as so many of ten to the
// power of exponent base units.
type notation struct {
	mark     string // "ms", "%", "$"; "" is a bare number
	exponent int
}

// notations lists how numbers of d are read, and first of all how they are
// written, from large to small.
func (d Dimension) notations() (written, readToo []notation) {
	switch d {
	case Time: // a bare time is in milliseconds, as in k6
		return []notation{{"s", 0}, {"ms", -3}, {"us", -6}}, []notation{{"", -3}}
	case Share:
		return []notation{{"%", -2}}, []notation{{"", 0}}
	case Count:
		return []notation{{"", 0}}, nil
	case Money:
		return []notation{{"$", 0}}, []notation{{"", 0}}
	}
	return nil, nil
}

// maxQuantity is above any limit that means something, and small enough for every
// quantity to be written with the digits that the grammar allows.
const maxQuantity = 1e12

// read is the number of digits with mark in base units, rounded once: 500us is the
// float64 nearest to 0.0005. It reports whether d is written with that mark.
func (d Dimension) read(digits, mark string) (float64, bool) {
	written, readToo := d.notations()
	for _, n := range append(written, readToo...) {
		if n.mark == mark {
			q, err := strconv.ParseFloat(digits+"e"+strconv.Itoa(n.exponent), 64)
			return q, err == nil
		}
	}
	return 0, false
}

// write is q, of 0 or more, so that read gives the same float64 again: in the
// largest unit of which it is at least one, unless that took more decimals than
// the grammar has.
func (d Dimension) write(q float64) string {
	written, _ := d.notations()
	text := ""
	for _, n := range written {
		r := shifted(q, -n.exponent)
		places, _ := r.FloatPrec()
		text = r.FloatString(places) + n.mark
		if n.mark == "$" {
			text = "$" + r.FloatString(max(places, 2))
		}
		if r.Cmp(big.NewRat(1, 1)) >= 0 && places <= maxDecimals {
			break
		}
	}
	if q == 0 {
		return "0"
	}
	return text
}

// shifted is the shortest decimal that stands for q, times ten to the power of by.
func shifted(q float64, by int) *big.Rat {
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(q, 'e', -1, 64), "e")
	e, _ := strconv.Atoi(exponent) // FormatFloat wrote it
	r, ok := new(big.Rat).SetString(mantissa + "e" + strconv.Itoa(e+by))
	if !ok {
		return new(big.Rat) // q is not finite, which no gate that was read has
	}
	return r
}
