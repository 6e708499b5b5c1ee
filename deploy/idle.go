package deploy

import (
	"slices"
	"strings"

	"frontdoor/pricing"
)

// hoursPerMonth is a month of AWS's own calculator.
const hoursPerMonth = 730

// balancerAddresses is the public IPv4 addresses of a load balancer: one in each of
// its Availability Zones (https://aws.amazon.com/vpc/pricing/).
const balancerAddresses = 2

// Idle is what the deployment costs in a month in which nobody calls, at list prices
// without any free tier: what stands by the hour, and alarms. A price that the book does
// not have leaves a gap, and the bill is then a lower bound. The error is the book's.
func (d *Deployment) Idle(book *pricing.Book, asOf pricing.Date) (pricing.Bill, error) {
	usage := pricing.Usage{Front: d.Name}
	for _, s := range d.Stacks {
		items, err := s.idle()
		if err != nil {
			return pricing.Bill{}, err
		}
		for _, item := range items {
			if slices.Contains(book.Regions(item.Meter), item.Region) {
				usage.Items = append(usage.Items, item)
				continue
			}
			if gap := (pricing.Gap{Meter: item.Meter, Reason: "the price book has no prices for " + item.Region}); !slices.Contains(usage.Missing, gap) {
				usage.Missing = append(usage.Missing, gap)
			}
		}
	}
	usage.Excluded = []pricing.Gap{
		{Meter: pricing.S3StorageGBMonths, Reason: "packages of some MB, for 90 days, and the objects of origins"},
		{Meter: pricing.LogsStoredGBMonths, Reason: "what functions have logged is kept for some days: without calls it is nothing"},
	}
	if len(d.scenario.Tables) > 0 {
		usage.Excluded = append(usage.Excluded, pricing.Gap{Meter: pricing.DynamoDBStorageGBMonths, Reason: "the scenario's items have some KB"})
	}
	return book.Bill(usage, pricing.BillOptions{AsOf: asOf, FreeTier: pricing.FreeNone})
}

// idle is what a stack has used of what is metered when nobody has called for a month.
func (s Stack) idle() ([]pricing.Item, error) {
	body, err := s.Body()
	if err != nil {
		return nil, err
	}
	count := func(kind string) int64 { return int64(strings.Count(body, "Type: "+kind+"\n")) }
	balancers := count("AWS::ElasticLoadBalancingV2::LoadBalancer")
	var items []pricing.Item
	for _, each := range []struct {
		meter pricing.Meter
		n     int64
	}{
		{pricing.ALBHours, balancers * hoursPerMonth},
		{pricing.IPv4Hours, balancers * balancerAddresses * hoursPerMonth},
		{pricing.StandardAlarms, count("AWS::CloudWatch::Alarm")},
	} {
		if each.n > 0 {
			items = append(items, pricing.Item{Meter: each.meter, Region: s.Region, Quantity: pricing.Count(each.n)})
		}
	}
	return items, nil
}
