package offers

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"frontdoor/pricing"
)

// product is one product of an offer. The names of attributes are in lower
// case without spaces: JSON and CSV write them differently.
type product struct {
	sku        string
	attributes map[string]string
}

func (p product) get(name string) string { return p.attributes[name] }

// price is one price dimension as the file has it.
type price struct {
	at                            string // where it stands, for errors
	term, code, from              string
	begins, ends, usd             string
	columns                       func(field string) string // what the file calls a field
	fromDate                      pricing.Date
	beginsQuantity, untilQuantity *pricing.Quantity
	amount                        pricing.USD
}

// collector gathers one offer over the two passes.
type collector struct {
	selectors     []selector
	code, version string
	published     time.Time
	products      map[string]bool // every SKU seen
	candidates    map[string]product
	prices        map[string][]price // by SKU
}

func newCollector() *collector {
	return &collector{selectors: selectors(), products: make(map[string]bool), candidates: make(map[string]product), prices: make(map[string][]price)}
}

// head takes what a file, or an element of one, says of itself. The latest
// version counts; two offers in one file are refused.
func (c *collector) head(code, version, published string) error {
	if code == "" {
		return nil
	}
	if c.code != "" && c.code != code {
		return fmt.Errorf("it holds products of %q and of %q: want one offer", c.code, code)
	}
	c.code = code
	at, err := time.Parse(time.RFC3339, published)
	if err != nil {
		return fmt.Errorf("publication date %q: want a time like 2026-09-19T00:23:59Z", published)
	}
	if version == "" || strings.ContainsAny(version, " \r\n") {
		return fmt.Errorf("version %q: want one like 20260919002359", version)
	}
	if at.After(c.published) {
		c.version, c.published = version, at.UTC()
	}
	return nil
}

// product keeps a product that some selector may want; which offer this is may
// be said after the products.
func (c *collector) product(p product) {
	c.products[p.sku] = true
	if c.mayMatter(p) {
		c.candidates[p.sku] = p
	}
}

// choice is a product that one of our meters is priced by.
type choice struct {
	product  product
	selector selector
	meter    pricing.Meter
	region   string
	rates    []pricing.Rate
}

func (c *collector) offer() (Offer, error) {
	o := Offer{Code: c.code, Version: c.version, Published: c.published, Products: len(c.products)}
	chosen := make(map[string][]choice)                          // by meter and Region
	for _, sku := range slices.Sorted(maps.Keys(c.candidates)) { // in order, so that the first error is always the same
		p := c.candidates[sku]
		s, meter, region, ok := c.selectorOf(p)
		if !ok || len(c.prices[sku]) == 0 {
			continue
		}
		if region == "" {
			return Offer{}, fmt.Errorf("product %q (%s): location %q is of no Region that is known", sku, p.get("usagetype"), p.get("location"))
		}
		one := choice{product: p, selector: s, meter: meter, region: region}
		var err error
		if one.rates, err = c.rates(one); err != nil {
			return Offer{}, fmt.Errorf("product %q (%s): %w", sku, p.get("usagetype"), err)
		}
		key := string(meter) + " in " + region
		chosen[key] = append(chosen[key], one)
	}
	taken := 0
	for key, choices := range chosen {
		rates, n, why := settle(choices)
		if why != "" {
			o.LeftOut = append(o.LeftOut, key+": "+why)
			continue
		}
		taken += n
		o.Rates = append(o.Rates, rates...)
	}
	o.Ignored = o.Products - taken
	slices.Sort(o.LeftOut)
	book, err := pricing.NewBook(o.Rates)
	if err != nil {
		return Offer{}, err
	}
	o.Rates = book.All()
	return o, nil
}

// settle takes one of the products that price the same meter. Those with equal
// prices are one to us: that with the first SKU is taken, so that the same file
// always gives the same rate codes.
func settle(choices []choice) (rates []pricing.Rate, taken int, why string) {
	slices.SortFunc(choices, func(x, y choice) int { return strings.Compare(x.product.sku, y.product.sku) })
	first := choices[0]
	for _, other := range choices[1:] {
		if !samePrices(first.rates, other.rates) {
			return nil, 0, fmt.Sprintf("products %q and %q both match and differ in price", first.product.sku, other.product.sku)
		}
	}
	if low := first.rates[0]; low.Tier.Until != nil && low.USD.Sign() == 0 {
		return nil, 0, fmt.Sprintf("product %q is free in its first band, which no free tier of ours models", first.product.sku)
	}
	return first.rates, len(choices), ""
}

func samePrices(x, y []pricing.Rate) bool {
	return slices.EqualFunc(x, y, func(a, b pricing.Rate) bool {
		return a.USD.Equal(b.USD) && a.Tier.From.Equal(b.Tier.From) && a.InForce == b.InForce
	})
}
