package spend

import (
	"slices"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/record"
)

// scripts is how often the front's CloudFront Functions ran, and what they logged: as the
// lab counted, else as CloudWatch did. One of the front's own runs for each request.
func (c *count) scripts(s *Spent) []pricing.Item {
	if c.labCounted(pricing.CFFInvocations) {
		return nil
	}
	if n, ok := pricing.ScriptsOf(c.front, c.meters()); ok {
		items := []pricing.Item{{Meter: pricing.CFFInvocations, Region: pricing.Global, Quantity: pricing.Count(n.Invocations)}}
		if n.LogBytes > 0 {
			items = append(items, pricing.BytesOf(pricing.LogsIngestedGB, "us-east-1", pricing.Count(n.LogBytes)))
		}
		return items
	}
	if pricing.FurtherScripts(c.front) {
		if c.total.Sign() > 0 {
			s.gap(pricing.CFFInvocations, "front "+c.front.ID+": CloudWatch did not say how often its CloudFront Functions ran")
		}
		return nil
	}
	if c.front.Kind != front.CloudFrontFunction {
		return nil
	}
	s.note("front " + c.front.ID + ": its CloudFront Function is taken to run once for each request")
	return []pricing.Item{{Meter: pricing.CFFInvocations, Region: pricing.Global, Quantity: c.total}}
}

// labCounted reports whether the lab has a counter of the front by the name.
func (c *count) labCounted(name pricing.Meter) bool {
	return slices.ContainsFunc(c.rec.Counters, func(x record.Counter) bool { return x.Front == c.front.ID && x.Name == string(name) })
}

// meters is what CloudWatch said of the front; nil where it was not read.
func (c *count) meters() *record.FrontMeters {
	if c.rec.Meters == nil {
		return nil
	}
	for i := range c.rec.Meters.Fronts {
		if c.rec.Meters.Fronts[i].Front == c.front.ID {
			return &c.rec.Meters.Fronts[i]
		}
	}
	return nil
}

// uninvoked reports whether requests without a REPORT line are known to have invoked
// nothing: CloudWatch counted no more invocations than there are lines.
func (c *count) uninvoked() bool {
	n := pricing.Invoked(c.front, c.meters())
	return c.front.Kind.CloudFront() && n != nil && *n <= int64(c.invocations)
}
