package route53

import (
	"fmt"
	"slices"
	"time"

	"frontdoor/world"
)

// Policy is how a record is chosen.
type Policy string

// The routing policies:
// https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy.html
const (
	Latency  Policy = "latency"  // the Region nearest to the resolver
	Weighted Policy = "weighted" // by draw
	Failover Policy = "failover" // the first record as long as it is healthy
)

// Policies lists them.
func Policies() []Policy { return []Policy{Latency, Weighted, Failover} }

// Record is one of the records of a name.
type Record struct {
	Region string
	Weight int // weighted policy: relative; 0 is never drawn while another is not 0
}

// Name is a name with its records.
type Name struct {
	Policy  Policy
	Records []Record
	TTL     time.Duration
}

// Query is a question of a resolver.
type Query struct {
	Resolver string  // the Region it is near: Route 53 sees the resolver, not the viewer
	Draw     float64 // 0 <= Draw < 1, for the weighted policy
}

// Answer chooses a record: by its policy among the healthy ones, and as if all were
// healthy when none is. Of two failover records the primary answers when both are not:
// https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html,
// https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html
func (n Name) Answer(q Query, m world.Matrix, healthy func(record int) bool) (record int, err error) {
	var open []int
	for i := range n.Records {
		if healthy(i) {
			open = append(open, i)
		}
	}
	if len(open) == 0 {
		for i := range n.Records {
			open = append(open, i)
		}
	}
	if len(open) == 0 {
		return 0, fmt.Errorf("the name has no record")
	}
	switch n.Policy {
	case Latency:
		return n.nearest(q.Resolver, m, open)
	case Weighted:
		return n.drawn(q.Draw, open), nil
	case Failover:
		return open[0], nil
	}
	return 0, fmt.Errorf("policy %q is not known", n.Policy)
}

func (n Name) nearest(resolver string, m world.Matrix, open []int) (int, error) {
	var regions []string
	for _, i := range open {
		regions = append(regions, n.Records[i].Region)
	}
	region, err := m.Nearest(resolver, regions)
	if err != nil {
		return 0, err
	}
	return open[slices.Index(regions, region)], nil
}

func (n Name) drawn(draw float64, open []int) int {
	sum := 0
	for _, i := range open {
		sum += n.Records[i].Weight
	}
	at := draw * float64(sum)
	for _, i := range open {
		if at -= float64(n.Records[i].Weight); at < 0 {
			return i
		}
	}
	return open[0] // every weight is 0: they count as equal, and one will do
}

// Resolver is a viewer's resolver with what it remembers of one name. The zero value
// remembers nothing. It is not safe for concurrent use.
type Resolver struct {
	record int
	until  time.Time
}

// Cached is the record that the resolver remembers at a time.
func (r *Resolver) Cached(now time.Time) (record int, ok bool) {
	return r.record, now.Before(r.until)
}

// Remember keeps an answer for its TTL.
func (r *Resolver) Remember(record int, now time.Time, ttl time.Duration) {
	r.record, r.until = record, now.Add(ttl)
}
