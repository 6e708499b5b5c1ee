package reconcile

import (
	"time"

	"frontdoor/pricing"
	"frontdoor/pricing/offers"
)

// Charge is one line of a bill, whichever export it stood in.
type Charge struct {
	File    string
	At      string // where in it: "line 3" of a CSV file, "row 3" of a Parquet one
	Kind    Kind
	Account string // that used it
	From    time.Time
	Until   time.Time // the first moment that is not in it
	Usage   offers.Usage

	Resource    string // id or ARN; "" where the export has none
	Description string
	Tags        map[string]string // nil where the export has none

	Quantity *pricing.Quantity // nil: the line has none
	Cost     pricing.USD       // what the bill asks for, before credits and tax
	Rate     *pricing.USD      // a unit's price on this bill; nil: the line does not say
	List     *pricing.USD      // a unit's public price; nil: the line does not say
	Discount pricing.USD       // what the line says was taken off: in Cost of FOCUS, beside it in CUR
}

// Kind is what a line of a bill is for.
type Kind string

// The kinds. Usage and Committed are held against an estimate; what is of any other
// kind stands apart.
const (
	Usage       Kind = "usage"
	Committed   Kind = "committed usage" // that a Savings Plan or a reservation covers
	Credit      Kind = "credit"
	Refund      Kind = "refund"
	Tax         Kind = "tax"
	Discount    Kind = "discount"
	Commitment  Kind = "commitment" // the price of a Savings Plan or a reservation, and what it takes back
	Fee         Kind = "fee"
	Adjustment  Kind = "adjustment"
	Correction  Kind = "correction" // of an earlier bill
	UnknownKind Kind = "other"
)

// used reports whether a line is of something that was used in its hours.
func (c Charge) used() bool { return c.Kind == Usage || c.Kind == Committed }

// Export is one file of a bill.
type Export struct {
	Name     string
	Format   string    // "CUR 2.0", "FOCUS 1.0", "FOCUS 1.2"
	Modified time.Time // of the file: AWS's clients keep that of the object
	Charges  int
	Until    time.Time // end of its last line
	Sum      string    // SHA-256
}
