package lab

import (
	"errors"
	"math/rand/v2"
	"net"
	"path/filepath"
	"time"

	"frontdoor/front"
	"frontdoor/lab/function"
	"frontdoor/lab/route53"
	"frontdoor/world"
)

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
