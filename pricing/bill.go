package pricing

import (
	"errors"
	"fmt"
	"slices"

	"frontdoor/front"
)

// BillOptions are the choices of a bill.
type BillOptions struct {
	AsOf     Date     // the day whose rates and rules apply; must be given
	FreeTier FreeTier // must be given
	Init     InitSwitch
	Account  []Item // what the rest of the account uses in the month: tiers and free quantities begin behind it
}

// Bill is the cost of a month of usage, line by line. Amounts are exact until
// Rounded; lines always add up to the totals.
type Bill struct {
	Front       string     `json:"front"`
	Kind        front.Kind `json:"kind"`
	AsOf        Date       `json:"as_of"`
	FreeTier    FreeTier   `json:"free_tier"`
	Rounding    Rounding   `json:"rounding"`
	Rules       Rules      `json:"rules"`
	Requests    Quantity   `json:"requests"`
	Lines       []Line     `json:"lines"`           // free quantities as lines of their own at $0
	List        []Line     `json:"list_lines"`      // the same usage without any free tier; the very Lines when none is granted
	Total       USD        `json:"total_usd"`       // sum of Lines
	Upper       *Bill      `json:"upper,omitempty"` // the bill at the upper bounds, where the usage is known within bounds only; this one is at the lower
	ListTotal   USD        `json:"list_total_usd"`
	PerMillion  *USD       `json:"per_million_usd,omitempty"` // Total for a million requests; nil when requests are not known
	Confidence  Confidence `json:"confidence"`                // the least of every line and rule
	LowerBound  bool       `json:"lower_bound"`               // a meter is missing: the true bill is this or more
	Missing     []Gap      `json:"missing,omitempty"`
	Excluded    []Gap      `json:"excluded,omitempty"`
	Notes       []string   `json:"notes,omitempty"`
	LCU         *LCU       `json:"lcu,omitempty"`
	Unavailable string     `json:"unavailable,omitempty"` // why there is no bill for the date; the rest is empty then
}

// Line is a quantity at one price.
type Line struct {
	Service    string     `json:"service"` // as AWS's bills name it
	Meter      Meter      `json:"meter"`
	Region     string     `json:"region"`
	Quantity   Quantity   `json:"quantity"`
	Unit       string     `json:"unit"`
	Tier       Tier       `json:"tier"`
	UnitPrice  USD        `json:"unit_price_usd"`
	Amount     USD        `json:"amount_usd"`
	PerMillion *USD       `json:"per_million_usd,omitempty"`
	RateCode   string     `json:"rate_code,omitempty"`
	Source     string     `json:"source"`
	AsOf       Date       `json:"as_of"`
	Seen       Span       `json:"seen"` // span in which the sources confirm the rate
	Mark       Mark       `json:"mark"`
	Confidence Confidence `json:"confidence"`
	Free       bool       `json:"free,omitempty"`
	FreeTier   string     `json:"free_tier,omitempty"` // which free quantity
	Counting   string     `json:"counting,omitempty"`
}

// Price is the whole way from a workload to the bill: the rules of the
// day, the usage under them, the rates of the day. A front that did not exist
// on the day gives a bill with Unavailable set and no error.
func (b *Book) Price(w Workload, o BillOptions) (Bill, error) {
	bill, _, err := b.PriceUsage(w, o)
	return bill, err
}

// PriceUsage is Price, with the usage that the bill is of; it is empty when the
// bill is Unavailable.
func (b *Book) PriceUsage(w Workload, o BillOptions) (Bill, Usage, error) {
	if err := o.check(); err != nil {
		return Bill{}, Usage{}, err
	}
	bill := Bill{Front: w.Front, Kind: w.Kind, AsOf: o.AsOf, FreeTier: o.FreeTier, Rounding: RoundExact}
	rules, err := b.Rules(o.AsOf, o.Init)
	if early := b.exists(w.Kind, o.AsOf); early != nil {
		err = early
	}
	if err != nil {
		bill, err = bill.unavailable(err)
		return bill, Usage{}, err
	}
	usage, err := UsageOf(w, rules)
	if err != nil {
		return Bill{}, Usage{}, err
	}
	if bill, err = b.Bill(usage, o); err != nil || bill.Unavailable != "" {
		return bill, Usage{}, err
	}
	return bill, usage, nil
}

// Bill prices a usage at the rates of a day. Usage whose durations were rounded
// under rules that differ from the day's is refused; usage with zero Rules was
// put together by hand and is taken as it is.
func (b *Book) Bill(u Usage, o BillOptions) (Bill, error) {
	if err := o.check(); err != nil {
		return Bill{}, err
	}
	bill := Bill{Front: u.Front, Kind: u.Kind, AsOf: o.AsOf, FreeTier: o.FreeTier, Rounding: RoundExact}
	if u.Kind != "" {
		if err := b.exists(u.Kind, o.AsOf); err != nil {
			return bill.unavailable(err)
		}
	}
	if u.Rules != (Rules{}) {
		rules, err := b.Rules(o.AsOf, o.Init)
		if err != nil {
			return bill.unavailable(err)
		}
		if rules.Of(u.Kind) != u.Rules.Of(u.Kind) {
			return Bill{}, fmt.Errorf("bill front %q: usage follows the rules of %s, the bill those of %s", u.Front, u.Rules.AsOf, rules.AsOf)
		}
	}
	bill.Rules, bill.Requests, bill.LCU = u.Rules, u.Requests, u.LCU
	bill.Missing, bill.Excluded = u.Missing, u.Excluded
	bill.Notes = append(slices.Clone(u.Notes), b.freeNotes(o)...)
	bill.LowerBound = len(u.Missing) > 0
	upper := bill
	if err := b.charge(&bill, u.Items, o); err != nil {
		return bill.unavailable(err)
	}
	if u.Upper != nil {
		if err := b.charge(&upper, u.Upper, o); err != nil {
			return bill.unavailable(err)
		}
		bill.Upper = &upper
	}
	return bill, nil
}

// charge fills a bill with the lines of items and its sums.
func (b *Book) charge(bill *Bill, items []Item, o BillOptions) error {
	items = merged(items)
	granted, err := b.grants(items, still(items), o)
	if err != nil {
		return err
	}
	bill.Lines = make([]Line, 0, len(items)+4)
	for i, item := range items {
		if item.Quantity.Sign() < 0 {
			return fmt.Errorf("meter %q has quantity %s", item.Meter, item.Quantity)
		}
		rates, gap, err := b.priced(item, o.AsOf)
		if err != nil {
			return err
		}
		if gap != "" {
			bill.Missing = append(slices.Clip(bill.Missing), Gap{item.Meter, gap})
			bill.LowerBound = true
			continue
		}
		bill.charge(item, rates, granted[i])
	}
	if o.FreeTier == FreeNone {
		bill.List = bill.Lines
	}
	bill.sum()
	return nil
}

func (o BillOptions) check() error {
	if o.AsOf.IsZero() {
		return fmt.Errorf("bill: no date is given")
	}
	_, err := ParseFreeTier(string(o.FreeTier))
	return err
}

// unavailable turns "did not exist yet" into a bill without lines and passes
// other errors on.
func (b Bill) unavailable(err error) (Bill, error) {
	var early *NotYetError
	if !errors.As(err, &early) {
		return Bill{}, fmt.Errorf("bill front %q: %w", b.Front, err)
	}
	return Bill{Front: b.Front, Kind: b.Kind, AsOf: b.AsOf, FreeTier: b.FreeTier, Rounding: b.Rounding,
		Confidence: Unconfirmed, Unavailable: early.Error()}, nil
}
