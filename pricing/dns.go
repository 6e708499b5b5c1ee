package pricing

import "frontdoor/front"

// The meters of a name in Route 53 that usage of a front is built from.
const (
	Route53AliasQueries Meter = "route53.queries.alias"
	Route53Checks       Meter = "route53.health_checks.aws"
	Route53Options      Meter = "route53.health_check_options.aws"
)

// DNS is what a front that is a name in Route 53 is billed for beside itself: its
// zone, its queries, its health checks, and what those cause.
type DNS struct {
	Queries    Meter     // of its records' policy
	PerRequest *Quantity // queries; nil: not known

	Also     []string  // further Regions with a copy of the front
	Checked  []string  // Region of each health check's endpoint
	Options  int64     // of each check: HTTPS, string matching, fast interval
	Checkers int64     // of each check
	Interval Quantity  // seconds between the requests of a checker
	LogBytes *Quantity // of an invocation by a checker; nil: not known
	BilledMS *Quantity // of an invocation by a checker, rounded up to 1 ms each; nil: not known
}

// regions are those that have a copy of the front, its own first.
func (b *usageBuilder) regions() []string {
	regions := []string{b.w.Region}
	if b.w.DNS != nil {
		regions = append(regions, b.w.DNS.Also...)
	}
	return regions
}

// dns adds what the front's name is billed. The endpoints of its checks are in AWS.
// Checkers are callers like others: their requests are the API's and the function's.
// What their answers weigh is left out: whether checkers are inside AWS to its
// data transfer, AWS does not say.
func (b *usageBuilder) dns() error {
	d := b.w.DNS
	if d == nil {
		return nil
	}
	b.fixed(Route53Zones, Global, Count(1))
	if d.PerRequest == nil {
		b.missing(d.Queries, "no query was counted")
	} else {
		b.add(d.Queries, Global, *d.PerRequest)
		b.note("queries of %s: as many for each request as in the run, where one resolver asked for all viewers", b.w.Front)
	}
	if len(d.Also) > 0 {
		b.note("requests of %s are priced as those of %s, whichever of its Regions answered", b.w.Front, b.w.Region)
	}
	checks := int64(len(d.Checked))
	if checks == 0 {
		return nil
	}
	b.fixed(Route53Checks, Global, Count(checks))
	if d.Options > 0 {
		b.fixed(Route53Options, Global, Count(checks*d.Options))
	}
	asked := b.f.hours().Mul(Count(3600 * d.Checkers)).Div(d.Interval)
	for _, region := range d.Checked {
		b.checked(d, region, asked)
	}
	return nil
}

// checked adds a month of requests by health checkers to the copy in a Region.
func (b *usageBuilder) checked(d *DNS, region string, requests Quantity) {
	switch {
	case b.w.Kind.REST():
		b.fixed(RESTRequests, region, requests)
	case b.w.Kind == front.APIGatewayHTTP:
		b.fixed(HTTPRequests, region, requests)
	case b.w.Kind == front.ALB:
		b.missing(ALBLCUHours, "what health checkers add to the load balancer of %s is not known", region)
	}
	b.fixed(LambdaRequests, region, requests)
	if d.LogBytes == nil {
		b.missing(LogsIngestedGB, "what invocations by health checkers log is not known")
	} else {
		gb := gbOf(LogsIngestedGB)
		b.fixed(LogsIngestedGB, region, gb.of(requests.Mul(*d.LogBytes)))
		b.usage.Items[len(b.usage.Items)-1].Counting = gb.counting()
	}
	meter := b.w.durationMeter()
	switch granularity := b.billing.Granularity.Value; {
	case d.BilledMS == nil:
		b.missing(meter, "no invocation by a health checker was billed")
	case granularity != 1:
		b.missing(meter, "invocations by health checkers were counted in steps of 1 ms, and %d ms are billed", granularity)
	case b.w.MemoryMB > 0:
		b.fixed(meter, region, requests.Mul(*d.BilledMS).Mul(GBSeconds(b.w.MemoryMB)))
	}
}
