package lab

import (
	"context"
	"slices"
	"sync"
	"time"

	"frontdoor/lab/route53"
)

// Begin begins a trial of a front. Its resolver forgets, its health checks are new,
// and its outages take their course on the simulated clock from now on. end stops all
// of it, mends what is still broken, and tells what happened. Trials of one front do
// not overlap.
func (l *Lab) Begin(id string) (end func() []Event) {
	ctx, cancel := context.WithCancel(context.Background())
	t := &trial{lab: l, clock: route53.Clock{Start: time.Now(), Speed: l.speed}}
	var all sync.WaitGroup
	if i := slices.IndexFunc(l.domains, func(d *domain) bool { return d.served.ID == id }); i >= 0 {
		t.domain = l.domains[i]
		t.domain.reset(t.clock)
		for record := range t.domain.monitors {
			all.Go(func() { t.domain.watch(ctx, record) })
		}
	}
	i := slices.IndexFunc(l.served, func(s Served) bool { return s.ID == id })
	for _, o := range l.served[i].Outages {
		all.Go(func() { t.outage(ctx, id, o) })
	}
	return func() []Event {
		cancel()
		all.Wait()
		return t.told()
	}
}

// trial is a trial under way.
type trial struct {
	lab    *Lab
	domain *domain // nil: the front is none
	clock  route53.Clock

	mu     sync.Mutex
	events []Event // of outages
}

// outage brings an outage about and ends it, at its time or with the trial.
func (t *trial) outage(ctx context.Context, id string, o Outage) {
	if !pause(ctx, t.real(o.From)) {
		return
	}
	t.suffer(id, o, true)
	defer t.suffer(id, o, false)
	if o.Until == 0 {
		<-ctx.Done()
		return
	}
	pause(ctx, t.real(o.Until))
}

// real is how long it is, in real time, until a simulated time of the trial.
func (t *trial) real(at time.Duration) time.Duration {
	return time.Until(t.clock.Real(t.clock.Start.Add(at)))
}

func (t *trial) suffer(id string, o Outage, begins bool) {
	what := OutageEnds
	if begins {
		what = OutageBegins
	}
	t.mu.Lock()
	t.events = append(t.events, Event{t.clock.At(time.Now()).Sub(t.clock.Start), what, o.Region})
	t.mu.Unlock()
	for _, d := range t.lab.doors {
		if d.served.Region != o.Region {
			continue
		}
		switch d.served.ID {
		case id:
			d.condition.suffer(o, begins, false)
		case id + healthSuffix:
			d.condition.suffer(o, begins, true)
		}
	}
	if begins && !o.Health && t.domain != nil {
		t.domain.cut(o.Region)
	}
}

// told is every event of the trial, in order.
func (t *trial) told() []Event {
	all := slices.Clone(t.events)
	if t.domain != nil {
		t.domain.mu.Lock()
		all = append(all, t.domain.events...)
		t.domain.mu.Unlock()
	}
	slices.SortStableFunc(all, func(a, b Event) int { return int(a.At - b.At) })
	return all
}
