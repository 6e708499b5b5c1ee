package lab

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"frontdoor/front"
	"frontdoor/lab/function"
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

// healthSuffix sets the API that health checks ask apart from the front itself.
const healthSuffix = "-health"

// deploy brings a front up: one door, or those of a domain.
func (l *Lab) deploy(f Front, c Config) error {
	if err := f.checkDomain(c.Distance); err != nil {
		return err
	}
	if f.Domain == nil {
		d, err := l.open(f, c)
		if err != nil {
			return err
		}
		l.doors = append(l.doors, d)
		l.served = append(l.served, d.served)
		return nil
	}
	d := &domain{config: *f.Domain, speed: l.speed, counters: l.counters, last: -1, pipes: map[*pipe]struct{}{}, matrix: world.Recent(),
		rng: rand.New(rand.NewPCG(53, 0))} // phases of checkers and weighted draws; the same in every run
	if c.Distance != nil {
		d.matrix = c.Distance.Matrix
	}
	for _, r := range f.Domain.Routing.Records {
		if f.Kind != front.ALB { // which answers to any name
			if err := l.names.Create(f.Domain.Name, r.Region, f.Domain.Endpoint, f.Domain.Created); err != nil {
				return err
			}
		}
		if err := l.stack(d, f, r.Region, c); err != nil {
			return err
		}
	}
	if len(d.stacks) == 0 {
		return errors.New("its domain has no record")
	}
	return l.publish(d)
}

// stack deploys a copy of the front in a Region.
func (l *Lab) stack(d *domain, f Front, region string, c Config) error {
	f.Region, f.Domain = region, nil
	c.LogDir = filepath.Join(c.LogDir, region)
	api, err := l.open(f, c)
	if err != nil {
		return err
	}
	api.identity.DomainName = d.config.Name
	l.doors = append(l.doors, api)
	d.stacks = append(d.stacks, &stack{door: api})
	check := d.config.Check
	if check == nil {
		return nil
	}
	f.ID += healthSuffix
	f.Command, f.Dir, f.Environment, f.Concurrency = check.Command, check.Dir, check.Environment, check.Checkers
	c.Distance, c.Observe = nil, nil // checkers are in data centers everywhere, and no viewers
	health, err := l.open(f, c)
	if err != nil {
		return err
	}
	health.meter.tell = func(i function.Invocation) {
		l.counters.count(d.stacks[0].door.served.ID, "route53.health_check_billed_ms", region, float64(i.Billed))
	}
	l.doors = append(l.doors, health)
	d.stacks[len(d.stacks)-1].health = health
	return nil
}

// publish opens the domain to viewers.
func (l *Lab) publish(d *domain) (err error) {
	if d.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return err
	}
	d.served = d.stacks[0].door.served
	d.served.URL = "http://" + d.listener.Addr().String()
	for _, s := range d.stacks[1:] {
		d.served.Also = append(d.served.Also, s.door.served.Region)
	}
	d.clock = route53.Clock{Start: time.Now(), Speed: d.speed}
	l.domains = append(l.domains, d)
	l.served = append(l.served, d.served)
	go d.accept()
	return nil
}

func (d *domain) accept() {
	for {
		viewer, err := d.listener.Accept()
		if err != nil {
			return // closed
		}
		go d.connect(viewer)
	}
}

// connect hands a connection on to the Region that the name resolves to.
func (d *domain) connect(viewer net.Conn) {
	record, err := d.resolve(time.Now())
	if err != nil || d.stacks[record].door.condition.down.Load() {
		reset(viewer)
		return
	}
	region, err := net.Dial("tcp", d.stacks[record].door.listener.Addr().String())
	if err != nil {
		reset(viewer)
		return
	}
	p := &pipe{record, viewer, region}
	d.mu.Lock()
	if d.closed || d.stacks[record].door.condition.down.Load() { // meanwhile
		d.mu.Unlock()
		p.close()
		return
	}
	d.pipes[p] = struct{}{}
	d.mu.Unlock()
	p.run()
	d.mu.Lock()
	delete(d.pipes, p)
	d.mu.Unlock()
}

// cut closes the connections to a Region.
func (d *domain) cut(region string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for p := range d.pipes {
		if d.config.Routing.Records[p.record].Region == region {
			p.close()
		}
	}
}

func (d *domain) close() error {
	d.mu.Lock()
	d.closed = true
	for p := range d.pipes {
		p.close()
	}
	d.mu.Unlock()
	return d.listener.Close()
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
