package claims

import (
	"strings"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/report/words"
)

// idle is what a month costs in which nothing is requested: where a front's cost
// begins, and what else a deployment has that time is billed for.
func idle(e *Evidence) (Verdict, error) {
	var v Verdict
	free, paid, err := e.idleFronts(&v)
	if err != nil {
		return v, err
	}
	if len(free)+len(paid) == 0 {
		return unpriced(v, e.AsOf), nil
	}
	things, err := e.idleThings(&v)
	if err != nil {
		return v, err
	}
	paid = append(paid, things...)
	v.Word = either(len(free), len(free)+len(paid))
	if len(free) > 0 {
		v.Boundary = "true of " + words.And(free)
	}
	if len(paid) > 0 {
		v.Boundary = join(v.Boundary, "not of "+words.And(paid))
	}
	return v, nil
}

// idleFronts sorts the fronts that had a price on the day into those that cost
// nothing without a request, and those that do.
func (e *Evidence) idleFronts(v *Verdict) (free, paid []string, err error) {
	for _, k := range front.Kinds() {
		c, err := e.curve(month(k, "us-east-1", 1_000_000, usualMS), pricing.AlongRequests, listPrice(e.AsOf))
		if e.leaveOut(v, e.AsOf, err) {
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		at := c.At(pricing.Quantity{})
		if at.Sign() == 0 {
			free = append(free, string(k))
			continue
		}
		paid = append(paid, string(k))
		v.add(Bill, e.book(e.AsOf), "%s: %s a month of %d hours with no request", k, words.Dollars(at), monthHours)
	}
	if len(free) > 0 {
		v.add(Bill, e.book(e.AsOf), "$0.00 a month with no request: %s", words.And(free))
	}
	return free, paid, nil
}

// thing is what a deployment has beside its front and pays for by time.
type thing struct {
	name   string
	meter  pricing.Meter
	region string
}

func standing() []thing {
	return []thing{
		{"a hosted zone", pricing.Route53Zones, pricing.Global},
		{"a health check of an endpoint in AWS", "route53.health_checks.aws", pricing.Global},
		{"an alarm", pricing.StandardAlarms, "us-east-1"},
		{"a GB of kept logs", pricing.LogsStoredGBMonths, "us-east-1"},
	}
}

// idleThings prices one of each, and lists those that cost something.
func (e *Evidence) idleThings(v *Verdict) (paid []string, err error) {
	for _, thing := range standing() {
		rate, err := e.first(thing.meter, thing.region, e.AsOf)
		if e.leaveOut(v, e.AsOf, err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if rate.Sign() > 0 {
			paid = append(paid, thing.name)
		}
		v.add(Bill, e.book(e.AsOf), "%s: %s a month whatever is requested%s", thing.name, words.Dollars(rate), e.freeOf(thing.meter))
	}
	return paid, nil
}

// freeOf is how many of a meter every account gets free, in brackets; "" when none.
func (e *Evidence) freeOf(m pricing.Meter) string {
	var parts []string
	for _, q := range e.Book.FreeQuantities(m, e.AsOf) {
		if q.Plan != pricing.FreeAlways {
			continue
		}
		text := "the first " + words.Quantity(q.Quantity) + " are free"
		if shared := rest(q.Meters, string(m)); len(shared) > 0 {
			text += ", " + words.And(shared) + " included"
		}
		parts = append(parts, text)
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, "; ") + ")"
}

func rest(all []string, without string) []string {
	var others []string
	for _, s := range all {
		if s != without {
			others = append(others, s)
		}
	}
	return others
}
