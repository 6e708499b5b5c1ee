package offers

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"frontdoor/pricing"
)

// freeTerm is the offer term code of free tiers that stand beside the on-demand
// term of the same product, at $0: our free quantities are a table of their own
// (CloudFront's lines of the FOCUS 1.0 sample bill of September 2024).
const freeTerm = "A429C66SYZ"

// add keeps a price of a product that may matter, once its fields parse.
func (c *collector) add(sku string, p price) error {
	if _, ok := c.candidates[sku]; !ok || p.term == freeTerm {
		return nil
	}
	wrong := func(field string, err error) error { return fmt.Errorf("%s: %s: %w", p.at, p.columns(field), err) }
	var err error
	if p.fromDate, err = effective(p.from); err != nil {
		return wrong("effectiveDate", err)
	}
	begins, err := pricing.ParseQuantity(p.begins)
	if err == nil && begins.Sign() < 0 {
		err = fmt.Errorf("%s is negative", begins)
	}
	if err != nil {
		return wrong("beginRange", err)
	}
	p.beginsQuantity = &begins
	if p.ends != "Inf" {
		ends, err := pricing.ParseQuantity(p.ends)
		if err != nil {
			return wrong("endRange", fmt.Errorf("%w, nor Inf", err))
		}
		p.untilQuantity = &ends
	}
	if p.amount, err = pricing.ParseUSD(p.usd); err == nil && p.amount.Sign() < 0 {
		err = fmt.Errorf("%s is negative", p.amount)
	}
	if err != nil {
		return wrong("pricePerUnit", err)
	}
	c.prices[sku] = append(c.prices[sku], p)
	return nil
}

// effective reads the day of "2019-04-01T00:00:00Z" or of "2019-04-01".
func effective(text string) (pricing.Date, error) {
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return pricing.DateOf(at), nil
	}
	return pricing.ParseDate(text)
}

// rates are the bands of a product, lowest first, with no gap between them.
func (c *collector) rates(of choice) ([]pricing.Rate, error) {
	published := pricing.DateOf(c.published)
	var rates []pricing.Rate
	for _, p := range c.prices[of.product.sku] {
		seen := pricing.Span{From: p.fromDate, Until: published}
		if published.Before(p.fromDate) {
			seen.Until = p.fromDate // announced ahead of its day
		}
		rates = append(rates, pricing.Rate{
			Meter: of.meter, Region: of.region, InForce: pricing.Span{From: p.fromDate}, Seen: seen,
			Tier: pricing.Tier{From: *p.beginsQuantity, Until: p.untilQuantity}, Unit: of.selector.unit, USD: p.amount,
			RateCode: p.code, Mark: pricing.FromPriceData,
			Source: pricing.PriceList + c.code + " " + c.version,
		})
	}
	slices.SortStableFunc(rates, func(x, y pricing.Rate) int {
		if c := strings.Compare(x.InForce.From.String(), y.InForce.From.String()); c != 0 {
			return c
		}
		return x.Tier.From.Cmp(y.Tier.From)
	})
	endAtNext(rates)
	if of.selector.freeBand {
		rates = withoutFreeBands(rates)
	}
	book, err := pricing.NewBook(rates)
	if err != nil {
		return nil, err
	}
	return book.All(), nil
}

// endAtNext ends the terms of a product on the day before the next one begins.
func endAtNext(rates []pricing.Rate) {
	for i := range rates {
		for _, later := range rates[i+1:] {
			if from := later.InForce.From; rates[i].InForce.From.Before(from) {
				rates[i].InForce.Until = from.Previous()
				break
			}
		}
	}
}

// withoutFreeBands drops a first band at $0 and lets the next one begin at 0.
// The free quantity is in our table of free tiers, which grants it as a band
// where AWS does, so that later bands begin where they began.
func withoutFreeBands(rates []pricing.Rate) []pricing.Rate {
	var paid []pricing.Rate
	for i, r := range rates {
		first := r.Tier.From.Sign() == 0
		next := i+1 < len(rates) && rates[i+1].InForce == r.InForce
		if first && next && r.USD.Sign() == 0 && r.Tier.Until != nil && r.Tier.Until.Equal(rates[i+1].Tier.From) {
			rates[i+1].Tier.From = pricing.Quantity{}
			continue
		}
		paid = append(paid, rates[i])
	}
	return paid
}
