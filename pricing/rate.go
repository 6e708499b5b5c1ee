package pricing

import (
	"fmt"
	"io"
)

// Rate is one band of one meter in one Region over a span of days.
type Rate struct {
	Meter    Meter
	Region   string
	InForce  Span
	Seen     Span // within it the sources confirm the rate
	Tier     Tier
	Unit     string
	USD      USD  // per unit; zero when Contract
	Contract bool // the price is agreed in a contract, and no book shipped with the program knows it
	RateCode string
	Mark     Mark
	Source   string

	service string // under whose heading bills show the meter
}

// Tier is a band of monthly quantity: From included, Until excluded. A nil
// Until is no end.
type Tier struct {
	From  Quantity  `json:"from"`
	Until *Quantity `json:"until,omitempty"`
}

// Confidence says how far AWS's own word covers the rate on the day.
func (r Rate) Confidence(day Date) Confidence {
	switch {
	case !r.Mark.Confirmed():
		return Unconfirmed
	case !r.Seen.Has(day):
		return Carried
	}
	return Confirmed
}

// Parse reads a table of rates. Errors name the file, the line and the field.
// The book it returns has rates only: no billing rules, free tiers or fronts.
func Parse(name string, r io.Reader) (*Book, error) {
	rates, err := parseRates(name, r, nil)
	if err != nil {
		return nil, err
	}
	book, err := newBook(rates)
	if err != nil {
		return nil, fmt.Errorf("read price book %q: %w", name, err)
	}
	return book, nil
}

func parseRates(name string, r io.Reader, check func(*row, Rate)) ([]Rate, error) {
	rows, err := readTable(name, r, rateColumns())
	if err != nil {
		return nil, err
	}
	rates := make([]Rate, 0, len(rows))
	for _, row := range rows {
		rate := rateOf(row)
		if check != nil {
			check(row, rate)
		}
		if row.err != nil {
			return nil, row.err
		}
		rates = append(rates, rate)
	}
	return rates, nil
}

func rateOf(r *row) Rate {
	rate := Rate{
		Meter:    Meter(r.text("meter")),
		Region:   r.text("region"),
		InForce:  r.span("from", "until"),
		Seen:     r.span("seen_from", "seen_until"),
		Tier:     Tier{From: r.quantity("tier_from")},
		Unit:     r.text("unit"),
		Contract: r.fields["usd"] == contractPrice,
		RateCode: r.fields["rate_code"],
		Mark:     one(r, "confidence", parseMark),
		Source:   r.text("source"),
	}
	if !rate.Contract {
		rate.USD = one(r, "usd", parsePrice)
	}
	if _, err := serviceOf(rate.Meter); err != nil {
		r.fail("meter", err)
	}
	if r.fields["tier_until"] != "Inf" {
		until := r.quantity("tier_until")
		rate.Tier.Until = &until
	}
	if r.fields["seen_until"] == "" {
		r.fail("seen_until", fmt.Errorf("is empty: a rate is confirmed up to a day"))
	}
	if rate.Contract {
		checkContract(r, rate)
	}
	return rate
}

// contractPrice stands in the column usd of a meter without a public price.
const contractPrice = "contract"

// parsePrice reads a price that is not negative.
func parsePrice(s string) (USD, error) {
	price, err := ParseUSD(s)
	if err != nil {
		return USD{}, fmt.Errorf("%w: want a price or the word %s", err, contractPrice)
	}
	if price.Sign() < 0 {
		return USD{}, fmt.Errorf("%s is negative", price)
	}
	return price, nil
}

// checkContract refuses what a contract row cannot know: a code of AWS's price
// list, or bands.
func checkContract(r *row, rate Rate) {
	if rate.RateCode != "" {
		r.fail("rate_code", fmt.Errorf("%q stands beside a contract price: want it empty", rate.RateCode))
	}
	if rate.Tier.From.Sign() != 0 {
		r.fail("tier_from", fmt.Errorf("a contract price has one band: want 0, not %s", rate.Tier.From))
	}
	if rate.Tier.Until != nil {
		r.fail("tier_until", fmt.Errorf("a contract price has one band: want Inf, not %s", rate.Tier.Until))
	}
}
