package pricing

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Book is a set of dated rates with the rules that turn what happened into
// billed quantities. It is not modified after it was read.
type Book struct {
	rates  map[rateKey][]Rate // sorted by first day, then by tier
	eras   []era
	free   []allowance
	fronts []opening
}

type rateKey struct {
	meter  Meter
	region string
}

// newBook sorts the rates and refuses bands that leave a gap or overlap.
func newBook(rates []Rate) (*Book, error) {
	b := &Book{rates: make(map[rateKey][]Rate)}
	for _, r := range rates {
		service, err := serviceOf(r.Meter)
		if err != nil {
			return nil, err
		}
		r.service = service
		key := rateKey{r.Meter, r.Region}
		b.rates[key] = append(b.rates[key], r)
	}
	for key, group := range b.rates {
		slices.SortStableFunc(group, func(x, y Rate) int {
			if c := x.InForce.From.t.Compare(y.InForce.From.t); c != 0 {
				return c
			}
			return x.Tier.From.Cmp(y.Tier.From)
		})
		if err := checkRates(group); err != nil {
			return nil, fmt.Errorf("meter %q in region %q: %w", key.meter, key.region, err)
		}
	}
	return b, nil
}

// checkRates wants, for sorted rates of one meter and Region, spans that do
// not overlap and in each span bands from 0 to no end without a gap.
func checkRates(rates []Rate) error {
	for i, r := range rates {
		if r.Unit != rates[0].Unit {
			return fmt.Errorf("units %q and %q differ", rates[0].Unit, r.Unit)
		}
		first := i == 0 || rates[i-1].InForce != r.InForce
		last := i == len(rates)-1 || rates[i+1].InForce != r.InForce
		switch {
		case first && i > 0 && rates[i-1].InForce.overlaps(r.InForce):
			return fmt.Errorf("rates from %s and from %s are in force on the same day", rates[i-1].InForce.From, r.InForce.From)
		case first && r.Tier.From.Sign() != 0:
			return fmt.Errorf("tiers from %s begin at %s: want 0", r.InForce.From, r.Tier.From)
		case !first && (rates[i-1].Tier.Until == nil || !rates[i-1].Tier.Until.Equal(r.Tier.From)):
			return fmt.Errorf("tiers from %s: the one before %s does not end there", r.InForce.From, r.Tier.From)
		case last && r.Tier.Until != nil:
			return fmt.Errorf("tiers from %s end at %s: want Inf", r.InForce.From, r.Tier.Until)
		case r.Tier.Until != nil && r.Tier.Until.Cmp(r.Tier.From) <= 0:
			return fmt.Errorf("tiers from %s: tier %s ends at %s", r.InForce.From, r.Tier.From, r.Tier.Until)
		}
	}
	return nil
}

// Rates returns the bands of a meter in force on a day, lowest first. The
// error is *NotYetError when the book begins later, else *UnknownRateError.
func (b *Book) Rates(m Meter, region string, day Date) ([]Rate, error) {
	all := b.rates[rateKey{m, region}]
	if len(all) == 0 {
		return nil, b.unknown(m, region)
	}
	first, last := 0, 0 // the bands of a span lie together
	for first < len(all) && !all[first].InForce.Has(day) {
		first++
	}
	for last = first; last < len(all) && all[last].InForce.Has(day); last++ {
	}
	switch {
	case last > first:
		return all[first:last:last], nil
	case day.Before(all[0].InForce.From):
		return nil, &NotYetError{What: fmt.Sprintf("meter %s in region %s", m, region), AsOf: day, Begins: all[0].InForce.From}
	}
	return nil, &UnknownRateError{Meter: m, Region: region, AsOf: day}
}

// Meters lists the meters of the book in order.
func (b *Book) Meters() []Meter {
	set := make(map[Meter]bool)
	for key := range b.rates {
		set[key.meter] = true
	}
	return slices.Sorted(maps.Keys(set))
}

// Regions lists the Regions in which the book has the meter, in order.
func (b *Book) Regions(m Meter) []string {
	var regions []string
	for key := range b.rates {
		if key.meter == m {
			regions = append(regions, key.region)
		}
	}
	slices.Sort(regions)
	return regions
}

func (b *Book) unknown(m Meter, region string) error {
	if regions := b.Regions(m); len(regions) > 0 {
		return &UnknownRateError{Meter: m, Region: region, Regions: regions}
	}
	return &UnknownRateError{Meter: m, Region: region, Meters: nearest(m, b.Meters())}
}

// nearest sorts names by the length of the beginning that they share with m
// and keeps five.
func nearest(m Meter, names []Meter) []Meter {
	shared := func(n Meter) int {
		i := 0
		for i < len(m) && i < len(n) && m[i] == n[i] {
			i++
		}
		return i
	}
	slices.SortStableFunc(names, func(x, y Meter) int {
		if c := shared(y) - shared(x); c != 0 {
			return c
		}
		return strings.Compare(string(x), string(y))
	})
	return names[:min(5, len(names))]
}
