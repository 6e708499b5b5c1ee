package lab

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"time"

	"frontdoor/lab/route53"
)

// Events of a domain.
const (
	OutageBegins = "outage begins"
	OutageEnds   = "outage ends"
	CheckFails   = "health check fails"
	CheckPasses  = "health check passes"
	Resolves     = "resolves" // to another Region than the connection before
)

// Event is something that happened to a front in a trial.
type Event struct {
	At     time.Duration // simulated time since the trial began
	What   string
	Region string
}

// note writes an event down; d.mu is held.
func (d *domain) note(now time.Time, what string, record int) {
	d.events = append(d.events, Event{d.clock.At(now).Sub(d.clock.Start), what, d.config.Routing.Records[record].Region})
}

// resolve is the record for a connection that a viewer opens now: the one that its
// resolver remembers, else Route 53's answer, which is metered.
func (d *domain) resolve(now time.Time) (record int, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	at := d.clock.At(now)
	record, cached := d.resolver.Cached(at)
	if !cached {
		q := route53.Query{Resolver: d.served.Viewer, Draw: d.rng.Float64()}
		if record, err = d.config.Routing.Answer(q, d.matrix, d.healthy); err != nil {
			return 0, err
		}
		d.resolver.Remember(record, at, d.remaining())
		d.counters.count(d.served.ID, d.meter(), "", 1)
	}
	if record != d.last {
		d.note(now, Resolves, record)
		d.last = record
	}
	return record, nil
}

// remaining is how long the resolver keeps an answer; d.mu is held. Others have asked it
// before the trial: what it answers first is anywhere within its TTL, so that an outage
// does not always meet the same moment of it.
func (d *domain) remaining() time.Duration {
	if d.last < 0 {
		return time.Duration(d.rng.Float64() * float64(d.config.Routing.TTL))
	}
	return d.config.Routing.TTL
}

// meter is what a query is billed as: by the policy of its record, and free to an
// alias of an AWS resource (https://aws.amazon.com/route53/pricing/).
func (d *domain) meter() string {
	switch {
	case d.config.Alias:
		return "route53.queries.alias"
	case d.config.Routing.Policy == route53.Latency:
		return "route53.queries.latency"
	}
	return "route53.queries.standard"
}

// healthy is what the check of a record says; d.mu is held.
func (d *domain) healthy(record int) bool {
	if d.monitors == nil {
		return true
	}
	healthy, _ := d.monitors[record].Healthy()
	return healthy
}

// reset begins a trial: the resolver remembers nothing and the checks are new.
func (d *domain) reset(clock route53.Clock) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.clock, d.resolver, d.last, d.events, d.monitors = clock, route53.Resolver{}, -1, nil, nil
	if d.config.Check == nil {
		return
	}
	for range d.stacks {
		d.monitors = append(d.monitors, route53.NewMonitor(d.config.Check.Check, clock.Start, rand.New(rand.NewPCG(d.rng.Uint64(), 0))))
	}
}

// watch has the checkers of a record take their turns until ctx is done.
func (d *domain) watch(ctx context.Context, record int) {
	var checkers sync.WaitGroup
	defer checkers.Wait()
	for checker := range d.config.Check.Checkers {
		checkers.Go(func() {
			for pause(ctx, d.untilTurn(record, checker)) {
				d.turn(ctx, record, checker)
			}
		})
	}
}

// untilTurn is how long it is, in real time, until a checker's turn.
func (d *domain) untilTurn(record, checker int) time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	return time.Until(d.clock.Real(d.monitors[record].Turn(checker)))
}

// turn is one request of a checker.
func (d *domain) turn(ctx context.Context, record, checker int) {
	health := d.stacks[record].health
	result := route53.Probe(ctx, health.served.URL+d.config.Check.Path)
	if ctx.Err() != nil {
		return
	}
	d.counters.count(d.served.ID, "route53.health_check_requests", health.served.Region, 1)
	d.mu.Lock()
	defer d.mu.Unlock()
	now := time.Now()
	passed := d.config.Check.Failure(result) == ""
	if d.monitors[record].Observe(checker, passed, d.clock.At(now)) {
		what := CheckPasses
		if !d.healthy(record) {
			what = CheckFails
		}
		d.note(now, what, record)
	}
}

// checkLogBytes is what the functions behind health checks have logged so far.
func (l *Lab) checkLogBytes() []Counter {
	var list []Counter
	for _, d := range l.domains {
		for _, s := range d.stacks {
			if s.health != nil {
				dir := filepath.Join(l.logDir, s.health.served.Region, LogGroup(s.health.served.Function))
				list = append(list, Counter{Front: d.served.ID, Name: "route53.health_check_log_bytes", Region: s.health.served.Region, Value: folderSize(dir)})
			}
		}
	}
	return list
}
