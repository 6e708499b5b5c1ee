package scenarios

import (
	"fmt"
	"slices"
	"time"

	"frontdoor/front"
	"frontdoor/world"
)

// Domain makes a front one name for copies of the API and its function in several
// Regions, among which Route 53 chooses.
type Domain struct {
	Name        string
	Created     Date
	Routing     string // RoutingLatency, RoutingWeighted or RoutingFailover
	TTL         Duration
	Alias       bool
	Records     []DNSRecord
	HealthCheck *HealthCheck // nil: every record counts as healthy
}

// How Route 53 chooses a record.
const (
	RoutingLatency  = "latency"
	RoutingWeighted = "weighted"
	RoutingFailover = "failover"
)

func (d *Domain) fields() []field {
	return []field{
		{name: "name", into: &d.Name, derived: "the front's id in myapp.com", pattern: `^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$`, want: "a domain name such as api.myapp.com",
			doc: "The custom domain name of the API, the same in every Region."},
		{name: "created", into: &d.Created, def: "today",
			doc:      "The day on which API Gateway is asked for the name, whose rules apply: before 2017-11 only edge-optimized endpoints exist, and a name of theirs is taken once in the world.",
			examples: []string{`"2016-06-29"`}},
		{name: "routing", into: &d.Routing, def: RoutingLatency, enum: []string{RoutingLatency, RoutingWeighted, RoutingFailover},
			doc: "How Route 53 chooses: the Region nearest to the viewer's resolver, which needs distance; by weight; or the first record as long as it is healthy."},
		{name: "ttl", into: &d.TTL, def: "60s", min: "1s", max: "48h",
			doc: "How long resolvers keep an answer, on the simulated clock. An alias has 60s."},
		{name: "alias", into: &d.Alias, def: "false",
			doc: "Whether the records are aliases of the API, to which queries are free, and not CNAMEs."},
		{name: "records", into: &d.Records, required: true, least: 1, most: 20,
			doc:      "A record for each Region that has a copy.",
			examples: []string{`[{"region": "us-east-1"}, {"region": "us-west-2"}]`}},
		{name: "health_check", into: &d.HealthCheck,
			doc: "A health check of each record. Left out, every record counts as healthy."},
	}
}

// DNSRecord is a record of a Domain.
type DNSRecord struct {
	Region string
	Weight int
}

func (r *DNSRecord) fields() []field {
	return []field{
		{name: "region", into: &r.Region, required: true, pattern: regionPattern, want: regionWant,
			doc: "The AWS Region of the copy."},
		{name: "weight", into: &r.Weight, def: "1", max: "255", min: "0",
			doc: "How often the record is chosen, relative to the weights of the others. Routing weighted only."},
	}
}

// checkDomain tests what domain, outages and the other fields of a front say of each
// other. What API Gateway would refuse is refused in its words.
func (f Front) checkDomain(c *checker, path string, s *Scenario) {
	f.checkOutages(c, path)
	if f.Domain == nil {
		return
	}
	at := path + ".domain"
	switch {
	case !f.Lab():
		c.fail(at, "is the lab's to serve, and url names a deployed front", "it without url only")
	case f.Kind.CloudFront() || f.Kind == front.FunctionURL:
		c.fail(at, fmt.Sprintf("kind %s has no custom domain name in several Regions", f.Kind), "it with an API of API Gateway or a load balancer")
	case c.given(path + ".region"):
		c.fail(path+".region", "a domain has Regions of its own", "the Regions in domain.records only")
	case f.Domain.Routing == RoutingLatency && s.Distance == nil:
		c.fail(at, "routes by latency, and there is no distance", "distance: {} beside fronts, or another routing")
	case f.Domain.Alias && c.given(at+".ttl"):
		c.fail(at+".ttl", "an alias has no TTL of its own", "no ttl: an alias of an API has 60s")
	}
	if f.Domain.Routing != RoutingWeighted {
		for i := range f.Domain.Records {
			if weight := fmt.Sprintf("%s.records[%d].weight", at, i); c.given(weight) {
				c.fail(weight, "routing is "+f.Domain.Routing, "it with routing: weighted only")
			}
		}
	}
	for i, other := range s.Fronts {
		if other.ID != f.ID && other.Domain != nil && other.Domain.Name == f.Domain.Name && c.given(at+".name") {
			c.fail(at+".name", fmt.Sprintf("%q is the name of fronts[%d] too", f.Domain.Name, i), "a name of its own for each domain")
		}
	}
	f.checkNames(c, at)
	if h := f.Domain.HealthCheck; h != nil {
		h.check(c, at+".health_check")
	}
}

// checkNames asks API Gateway's rules for the name in every Region.
func (f Front) checkNames(c *checker, path string) {
	var names world.Domains
	seen := map[string]bool{}
	for i, r := range f.Domain.Records {
		at := fmt.Sprintf("%s.records[%d].region", path, i)
		if seen[r.Region] {
			c.fail(at, fmt.Sprintf("%q has a record already", r.Region), "each Region once")
			return
		}
		seen[r.Region] = true
		if f.Kind == front.ALB { // answers to any name
			continue
		}
		if err := names.Create(f.Domain.Name, r.Region, f.Endpoint(), f.Domain.Created.In(time.Now())); err != nil {
			c.fail(at, err.Error(), "regional endpoints from 2017-11 on, each Region once")
			return
		}
	}
}

// Endpoint is how the front's API is reached.
func (f Front) Endpoint() world.Endpoint {
	if f.Gateway != nil && f.Gateway.Endpoint == EdgeOptimized {
		return world.EndpointEdge
	}
	return world.EndpointRegional
}

// records are the records of a domain, none of none.
func (d *Domain) records() []DNSRecord {
	if d == nil {
		return nil
	}
	return d.Records
}

// check is the health check of a domain, none of none.
func (d *Domain) check() *HealthCheck {
	if d == nil {
		return nil
	}
	return d.HealthCheck
}

// checkClock wants something to run on the simulated clock where it is given a speed.
func (s *Scenario) checkClock(c *checker) {
	timed := func(f Front) bool { return f.Domain != nil || len(f.Outages) > 0 }
	if c.given("speed") && !slices.ContainsFunc(s.Fronts, timed) {
		c.fail("speed", "nothing runs on the simulated clock", "it with a domain or outages only")
	}
}
