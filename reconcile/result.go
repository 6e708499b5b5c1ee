package reconcile

import (
	"time"

	"frontdoor/pricing"
)

// Result is a run held against its bill. Lines are by meter and Region, then by
// time.
type Result struct {
	Run       string
	Lab       bool // a lab's run, which no bill is of
	Hours     []time.Time
	Scope     Scope
	Tolerance pricing.Quantity // share of a line
	Exports   []Export

	Lines    []Line
	Total    Line // without meter and time; its Explained has one of each Reason
	Apart    []Apart
	Unplaced []Unplaced
	Others   Others // in the run's hours, and not the run's
	Missing  []pricing.Gap
	Warnings []string
}

// Line is what a run used of a meter in a Region, in a span that the bill has lines
// for, beside what the bill has.
type Line struct {
	Meter  pricing.Meter
	Region string
	From   time.Time
	Until  time.Time
	Unit   string // "" where no price is known

	Estimate *Side // nil: the run has no estimate
	Billed   *Side // nil: the bill has no line
	Charges  []Source
	Fronts   []string // that the estimate is of

	Difference   pricing.USD // billed less estimated
	QuantityPart pricing.USD // of it, for another quantity, at the estimate's price
	RatePart     pricing.USD // of it, for another price, of what was billed
	Explained    []Explanation
	Residual     pricing.USD // Difference less what is explained
	Over         bool        // the residual is more than the tolerance
	Why          string      // of the residual: what is not as it should be; "" without one
}

// Side is one side of a line.
type Side struct {
	Quantity pricing.Quantity
	Cost     pricing.USD  // of an estimate, at list price
	Rate     *pricing.USD // of an estimate, its list price; of a bill, cost by quantity; nil: not known
	AtLeast  bool         // the estimate is a lower bound
}

// Source is where a line of the bill stands.
type Source struct{ File, At string }

// Reason is why a line differs and is right all the same.
type Reason string

// The reasons.
const (
	FreeTier     Reason = "free tier"
	HigherTier   Reason = "tier"             // the account was in another band of the month
	Negotiated   Reason = "negotiated price" // AWS's own list price stands in the line
	Discounted   Reason = "discount"         // the line says what was taken off
	Covered      Reason = "commitment"       // a Savings Plan or a reservation paid
	Rounding     Reason = "rounding"         // the bill's lines have 10 decimals
	WholeHour    Reason = "whole hour"       // the run was there for a part of it
	OtherTraffic Reason = "other traffic"    // in lines that are not the run's alone
	LowerBound   Reason = "lower bound"      // the record does not know all that the run used
	Standing     Reason = "standing"         // there without the run too
	Neighbour    Reason = "neighbouring hour"
	AtBill       Reason = "no list price" // of the meter in the Region: the bill's own was taken
)

// Explanation is a part of a difference. USD may be 0: what it says still helps.
type Explanation struct {
	Reason Reason
	USD    pricing.USD
	Text   string
}

// Apart is what a bill has beside usage: never part of a residual.
type Apart struct {
	Kind    Kind
	Charges int
	USD     pricing.USD
}

// Unplaced is lines of the bill that count no meter of bench.
type Unplaced struct {
	Service, UsageType, Operation, Region string
	Why                                   string
	Own                                   bool // by tag or resource: its cost is a residual
	Charges                               int
	USD                                   pricing.USD
	First                                 Source
}

// Others is lines in the run's hours that are of somebody else.
type Others struct {
	Charges int
	USD     pricing.USD
}

// Over lists what is beyond the tolerance, one phrase each; none when the bill
// matches.
func (r *Result) Over() []string {
	var out []string
	for _, l := range r.Lines {
		if l.Over {
			out = append(out, l.Name()+": "+l.Why)
		}
	}
	for _, u := range r.Unplaced {
		if u.Own && u.USD.Sign() != 0 {
			out = append(out, u.Name()+": "+u.Why)
		}
	}
	if r.Total.Over && len(out) == 0 {
		out = append(out, r.Total.Why)
	}
	return out
}

// Name is the line in words: "lambda.requests in us-east-1, 2026-11-22 15:00".
func (l Line) Name() string {
	name := string(l.Meter)
	if l.Region != pricing.Global {
		name += " in " + l.Region
	}
	return name + ", " + Span(l.From, l.Until)
}

// Name is the line in words.
func (u Unplaced) Name() string {
	name := u.Service + " " + u.UsageType
	if u.Operation != "" {
		name += " (" + u.Operation + ")"
	}
	return name
}

// Span is an hour by its beginning, a day by its date, else both ends.
func Span(from, until time.Time) string {
	midnight := from.Equal(from.Truncate(24 * time.Hour))
	switch {
	case until.Sub(from) == time.Hour:
		return from.Format("2006-01-02 15:04")
	case until.Sub(from) == 24*time.Hour && midnight:
		return from.Format(time.DateOnly)
	case midnight && until.Equal(until.Truncate(24*time.Hour)):
		return from.Format(time.DateOnly) + " to " + until.Add(-24*time.Hour).Format(time.DateOnly)
	}
	return from.Format("2006-01-02 15:04") + " to " + until.Format("2006-01-02 15:04")
}
