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
	b.Lines = r.lines(b.Lines)
	if b.FreeTier == FreeNone {
		b.List = b.Lines
	} else {
		b.List = r.lines(b.List)
	}
	b.sum()
	if b.Upper != nil {
		upper := b.Upper.Rounded(r)
		b.Upper = &upper
	}
	return b
}

// lines is lines with their amounts rounded.
func (r Rounding) lines(lines []Line) []Line {
	rounded := slices.Clone(lines)
	for i := range rounded {
		rounded[i].Amount = r.Round(rounded[i].Amount)
	}
	return rounded
}
