package dynamodb

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"
)

// DynamoDB's numbers have up to 38 significant digits and magnitudes from 1E-130
// to below 1E+126
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number).
const (
	maxDigits = 38
	maxPlaces = 126  // digits before the point
	minPlaces = -129 // of 1E-130: 0.1E-129
)

// number is a decimal: 0.DIGITS times ten to the places. Digits have no zero at
// either end, and there are none in zero. float64 was not taken: it holds 17 digits,
// and a like counter or an id above 2^53 would change on its way.
type number struct {
	negative bool
	digits   string
	places   int
}

var decimal = regexp.MustCompile(`^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,9}))?$`)

// parseNumber reads a number as DynamoDB's clients send it.
func parseNumber(text string) (number, error) {
	m := decimal.FindStringSubmatch(text)
	if m == nil || m[2]+m[3] == "" {
		return number{}, validation("The parameter cannot be converted to a numeric value: %s", text)
	}
	exponent, _ := strconv.Atoi(m[4]) // absent is 0, and nine digits fit
	return newNumber(m[1] == "-", m[2]+m[3], len(m[2])+exponent)
}

// newNumber trims zeros and checks the bounds. The texts are those that DynamoDB
// answers, as recorded in the tests of github.com/architect/dynalite.
func newNumber(negative bool, digits string, places int) (number, error) {
	trimmed := strings.TrimLeft(digits, "0")
	places -= len(digits) - len(trimmed)
	trimmed = strings.TrimRight(trimmed, "0")
	switch {
	case trimmed == "":
		return number{}, nil
	case len(trimmed) > maxDigits:
		return number{}, validation("Attempting to store more than 38 significant digits in a Number")
	case places > maxPlaces:
		return number{}, validation("Number overflow. Attempting to store a number with magnitude larger than supported range")
	case places < minPlaces:
		return number{}, validation("Number underflow. Attempting to store a number with magnitude smaller than supported range")
	}
	return number{negative, trimmed, places}, nil
}

// String is the number as DynamoDB answers it: plain, without an exponent.
func (n number) String() string {
	sign := ""
	if n.negative {
		sign = "-"
	}
	switch {
	case n.digits == "":
		return "0"
	case n.places <= 0:
		return sign + "0." + strings.Repeat("0", -n.places) + n.digits
	case n.places >= len(n.digits):
		return sign + n.digits + strings.Repeat("0", n.places-len(n.digits))
	}
	return sign + n.digits[:n.places] + "." + n.digits[n.places:]
}

// size is one byte for two digits and one more, by the published rule. AWS calls it
// an approximation.
func (n number) size() int { return (len(n.digits)+1)/2 + 1 }

// add is n+m, and an error where the sum has more digits than DynamoDB keeps
// (unconfirmed: it may round).
func (n number) add(m number) (number, error) {
	scale := min(n.places-len(n.digits), m.places-len(m.digits))
	sum := new(big.Int).Add(n.scaled(scale), m.scaled(scale))
	digits := new(big.Int).Abs(sum).String()
	return newNumber(sum.Sign() < 0, digits, len(digits)+scale)
}

func (n number) negate() number {
	n.negative = !n.negative && n.digits != ""
	return n
}

func (n number) compare(m number) int {
	scale := min(n.places-len(n.digits), m.places-len(m.digits))
	return n.scaled(scale).Cmp(m.scaled(scale))
}

// scaled is the number over ten to the scale, a whole one.
func (n number) scaled(scale int) *big.Int {
	i := new(big.Int)
	if n.digits == "" {
		return i
	}
	i.SetString(n.digits+strings.Repeat("0", n.places-len(n.digits)-scale), 10)
	if n.negative {
		i.Neg(i)
	}
	return i
}
