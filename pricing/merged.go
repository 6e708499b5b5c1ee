package pricing

import "slices"

// merged adds up items of one meter and Region: an account has one meter of
// each, whatever the services that feed it, and its tiers count them together.
func merged(items []Item) []Item {
	sums := make([]Item, 0, len(items))
	for _, item := range items {
		if at := slices.IndexFunc(sums, item.same); at >= 0 {
			sums[at] = sums[at].plus(item)
		} else {
			sums = append(sums, item)
		}
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
