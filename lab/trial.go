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
	t := l.begin(id)
	return t.end
}

// begin begins a trial.
func (l *Lab) begin(id string) *trial {
	ctx, cancel := context.WithCancel(context.Background())
	t := &trial{lab: l, id: id, clock: route53.Clock{Start: time.Now(), Speed: l.speed}, cancel: cancel}
	if i := slices.IndexFunc(l.domains, func(d *domain) bool { return d.served.ID == id }); i >= 0 {
		t.domain = l.domains[i]
		t.domain.reset(t.clock)
		for record := range t.domain.monitors {
			t.under.Go(func() { t.domain.watch(ctx, record) })
		}
	}
	i := slices.IndexFunc(l.served, func(s Served) bool { return s.ID == id })
	for _, o := range l.served[i].Outages {
		t.under.Go(func() { t.outage(ctx, o) })
	}
	return t
}

// end ends it, and tells what happened.
func (t *trial) end() []Event {
	t.cancel()
	t.under.Wait()
	return t.told()
}

// trial is a trial under way.
type trial struct {
	lab    *Lab
	id     string  // of the front
	domain *domain // nil: the front is none
	cancel func()
	under  sync.WaitGroup // what is under way
	clock  route53.Clock

	mu     sync.Mutex
	events []Event // of outages
}

// outage brings an outage about and ends it, at its time or with the trial.
func (t *trial) outage(ctx context.Context, o Outage) {
	if !pause(ctx, t.real(o.From)) {
		return
	}
	t.suffer(o, true)
	defer t.suffer(o, false)
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

// suffer begins or ends an outage now.
func (t *trial) suffer(o Outage, begins bool) {
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
		case t.id:
			d.condition.suffer(o, begins, false)
		case t.id + healthSuffix:
			d.condition.suffer(o, begins, true)
		}
	}
	if begins && !o.Health && t.domain != nil {
		t.domain.cut(o.Region)
	}
}

// told is every event of the trial, in order.
func (t *trial) told() []Event {
	t.mu.Lock()
	all := slices.Clone(t.events)
	t.mu.Unlock()
	if t.domain != nil {
		t.domain.mu.Lock()
		all = append(all, t.domain.events...)
		t.domain.mu.Unlock()
	}
	slices.SortStableFunc(all, func(a, b Event) int { return int(a.At - b.At) })
	return all
}
