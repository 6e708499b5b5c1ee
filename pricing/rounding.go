package pricing

import (
	"fmt"
	"slices"
)

// Rounding is how the amounts of a bill are presented.
type Rounding string

// The roundings.
const (
	RoundExact   Rounding = "exact"    // not at all
	RoundAWSBill Rounding = "aws-bill" // each line to 10 decimals, as 941 of 941 lines of a real bill (FOCUS 1.0 sample)
	RoundAWSPage Rounding = "aws-page" // each line to cents, then added, as AWS's pricing pages do
)

// ParseRounding reads exact, aws-bill or aws-page.
func ParseRounding(s string) (Rounding, error) {
	switch r := Rounding(s); r {
	case RoundExact, RoundAWSBill, RoundAWSPage:
		return r, nil
	}
	return "", fmt.Errorf("unknown rounding %q: want exact, aws-bill or aws-page", s)
}

// Round rounds the amount of one line.
func (r Rounding) Round(amount USD) USD {
	switch r {
	case RoundAWSBill:
		return amount.Round(10)
	case RoundAWSPage:
		return amount.Round(2)
	}
	return amount
}

// Rounded returns the bill with the amount of each line rounded and the totals
// added from the rounded lines. That differs from rounding the total: AWS's
// response streaming example is published as 39.04 and adds to 39.045895.
// Amounts per million follow the rounded ones.
func (b Bill) Rounded(r Rounding) Bill {
	b.Rounding = r
	b.Lines, b.List = slices.Clone(b.Lines), slices.Clone(b.List)
	for _, lines := range [][]Line{b.Lines, b.List} {
		for i := range lines {
			lines[i].Amount = r.Round(lines[i].Amount)
		}
	}
	b.sum()
	return b
}
