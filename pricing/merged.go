package pricing

import (
	"slices"
)

// merged adds up items of one meter and Region: an account has one meter of
// each, whatever the services that feed it, and its tiers count them together.
func merged(items []Item) []Item {
	var sums []Item
	for i, item := range items {
		at := slices.IndexFunc(items[:i], item.same)
		switch {
		case at >= 0 && sums == nil:
			sums = slices.Clone(items[:i])
			fallthrough
		case at >= 0:
			at = slices.IndexFunc(sums, item.same)
			sums[at] = sums[at].plus(item)
		case sums != nil:
			sums = append(sums, item)
		}
	}
	if sums == nil {
		return items
	}
	return sums
}

// same reports whether the items count on the same meter.
func (i Item) same(j Item) bool { return i.Meter == j.Meter && i.Region == j.Region }

func (i Item) plus(j Item) Item {
	i.Quantity = i.Quantity.Add(j.Quantity)
	i.PerRequest = i.PerRequest.Add(j.PerRequest)
	i.PerMS = i.PerMS.Add(j.PerMS)
	return i
}
