package pricing

import (
	"errors"
	"fmt"
	"slices"
)

// priced is the rates of an item, or why it has no price although it was to be
// had: a contract agrees on it, or the book knows it in other Regions only.
func (b *Book) priced(item Item, day Date) (rates []Rate, gap string, err error) {
	rates, err = b.Rates(item.Meter, item.Region, day)
	var early *NotYetError
	var unknown *UnknownRateError
	switch {
	case errors.As(err, &early) && item.Counted && !b.pricedSomewhere(item.Meter, day):
		return nil, early.Error() + ": what was in its place is not on the bill", nil
	case errors.As(err, &early) && b.pricedSomewhere(item.Meter, day):
		return nil, fmt.Sprintf("no price of %s in %s is known before %s", item.Meter, item.Region, early.Begins), nil
	case errors.As(err, &unknown) && len(unknown.Regions) > 0 && b.knows(item.Region):
		return nil, fmt.Sprintf("no price of %s in %s is known", item.Meter, item.Region), nil
	case err != nil:
		return nil, "", err
	case rates[0].Contract:
		return nil, fmt.Sprintf("its price is agreed in a contract: %s %s are not priced; a rate in a book of your own prices them", item.Quantity, rates[0].Unit), nil
	}
	return rates, "", nil
}

// knows reports whether the book has any rate in a Region: one that it has never
// heard of is a mistake, and not a gap.
func (b *Book) knows(region string) bool {
	for key := range b.rates {
		if key.region == region {
			return true
		}
	}
	return false
}

// pricedSomewhere reports whether some Region has a rate of the meter on a day:
// the meter then existed.
func (b *Book) pricedSomewhere(m Meter, day Date) bool {
	return slices.ContainsFunc(b.Regions(m), func(region string) bool {
		_, err := b.Rates(m, region, day)
		return err == nil
	})
}
