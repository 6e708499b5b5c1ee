package claims

import (
	"fmt"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/report/words"
)

// idle is what a month costs in which nothing is requested: where a front's cost
// begins, and what else a deployment has that time is billed for.
func idle(e *Evidence) (Verdict, error) {
	var v Verdict
	var free, paid []string
	for _, k := range front.Kinds() {
		c, err := e.curve(month(k, "us-east-1", 1_000_000, usualMS), pricing.AlongRequests, listPrice(e.AsOf))
		if err != nil {
			return v, err
		}
		at := c.At(pricing.Quantity{})
		if at.Sign() == 0 {
			free = append(free, string(k))
			continue
		}
		paid = append(paid, string(k))
		v.add(Bill, e.book(e.AsOf), "%s: %s a month of %d hours with no request", k, words.Dollars(at), 730)
	}
	v.add(Bill, e.book(e.AsOf), "$0.00 a month with no request: %s", words.And(free))
	for _, thing := range standing() {
		bill, err := e.Book.Bill(pricing.Usage{Front: "idle", Items: []pricing.Item{{Meter: thing.meter, Region: thing.region, Quantity: pricing.Count(1)}}},
			pricing.BillOptions{AsOf: e.AsOf, FreeTier: pricing.FreeNone})
		if err != nil {
			return v, err
		}
		if bill.Total.Sign() > 0 {
			paid = append(paid, thing.name)
		}
		v.add(Bill, e.book(e.AsOf), "%s: %s a month whatever is requested%s", thing.name, words.Dollars(bill.Total), thing.note)
	}
	v.Word = either(len(free), len(free)+len(paid))
	v.Boundary = fmt.Sprintf("true of %s; not of %s", words.And(free), words.And(paid))
	return v, nil
}

// thing is what a deployment has beside its front and pays for by time.
type thing struct {
	name   string
	meter  pricing.Meter
	region string
	note   string
}

func standing() []thing {
	return []thing{
		{"a hosted zone", pricing.Route53Zones, pricing.Global, ""},
		{"a health check", "route53.health_checks.aws", pricing.Global, " (the first 50 of endpoints in AWS are free)"},
		{"an alarm", pricing.StandardAlarms, "us-east-1", " (the first 10 are free)"},
		{"a GB of kept logs", pricing.LogsStoredGBMonths, "us-east-1", " (5 GB are free)"},
	}
}
