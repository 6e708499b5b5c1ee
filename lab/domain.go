package lab

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"slices"
	"sync"
	"time"

	"frontdoor/front"
	"frontdoor/lab/route53"
	"frontdoor/world"
)

// Domain makes a front a custom domain name with a copy of the API and its function
// in each of several Regions, among which Route 53 chooses.
type Domain struct {
	Name     string // "api.myapp.com"
	Endpoint world.Endpoint
	Created  time.Time // the rules of the day apply to the names
	Routing  route53.Name
	Alias    bool         // alias records: their queries are free
	Check    *HealthCheck // nil: every record counts as healthy
}

// HealthCheck is a health check of each record, with a function of its own behind an
// API of its own, as in AWS's sample
// (https://github.com/aws-samples/blog-multi-region-serverless-service).
type HealthCheck struct {
	route53.Check
	Path        string
	Command     []string // of its function
	Dir         string
	Environment map[string]string
}

// domain serves a Domain: a listener that hands each connection on to the Region that
// a resolver had for an answer. Connections stay where they are until they are
// closed, whatever Route 53 says meanwhile.
type domain struct {
	config   Domain
	served   Served // of the first record, under the domain's address
	stacks   []*stack
	matrix   world.Matrix
	speed    float64
	counters *counters
	listener net.Listener

	mu       sync.Mutex // for all below
	clock    route53.Clock
	resolver route53.Resolver
	monitors []*route53.Monitor // by record; nil before the first trial
	rng      *rand.Rand
	last     int // the record that the last connection went to, -1 before one did
	events   []Event
	pipes    map[*pipe]struct{}
	closed   bool
}

// stack is the API of a Region and what its health check asks.
type stack struct {
	door   *door
	health *door // nil without a check
}

// pipe is a viewer's connection and the one that it was handed on to.
type pipe struct {
	record         int
	viewer, region net.Conn
}

// checkDomain refuses what no domain can be.
func (f Front) checkDomain(d *world.Distance) error {
	if f.Domain == nil {
		return nil
	}
	if f.Kind.CloudFront() || f.Kind == front.FunctionURL {
		return fmt.Errorf("kind %s has no custom domain name in several Regions", f.Kind)
	}
	if d == nil && f.Domain.Routing.Policy == route53.Latency {
		return errors.New("latency records without distance: no Region is nearer than another")
	}
	if !slices.Contains(route53.Policies(), f.Domain.Routing.Policy) {
		return fmt.Errorf("routing policy %q is not known", f.Domain.Routing.Policy)
	}
	if f.Domain.Check != nil {
		return f.Domain.Check.Validate()
	}
	return nil
}
