package offload

import (
	"context"
	"math/rand/v2"
	"time"

	"frontdoor/offload/cdn"
)

// run is one option under simulation.
type run struct {
	clock
	p       *Params
	seed    uint64
	option  Option
	history *history
	caches  *cdn.Network // nil: reads go to the origin
	origin  cdn.Origin   // then
	limits  *cdn.Limiter
	begin   time.Time // of the counted days
	out     Outcome

	opened  int // versions up to this one have their window closed
	publish *publisher
}

// newRun sets every event of an option.
func newRun(p *Params, seed uint64, o Option, h *history) *run {
	r := &run{p: p, seed: seed, option: o, history: h, limits: cdn.NewLimiter(cdn.FastPurge())}
	r.now, r.begin = epoch, epoch.Add(time.Duration(p.WarmUp())*24*time.Hour)
	r.out = Outcome{Option: o, Days: p.Days}
	ttl := p.TTL
	origins := func(int) cdn.Origin { return bucket{r} }
	switch o {
	case Direct:
		r.origin = bucket{r}
	case A, AManual:
		r.schedule()
	case BHead, BPublished, B:
		r.publish = newPublisher(r)
		if o == B {
			ttl = p.Publish.TTL // the others keep the property as option A left it
		}
		origins = r.publish.origin
	}
	if r.origin == nil {
		r.caches = cdn.New(cdn.Config{Edges: p.Edges, Parents: p.Parents, TTL: ttl, Origin: origins})
	}
	r.readers()
	return r
}

// counted is 1 in the counted days and 0 before them.
func (r *run) counted() int64 {
	if r.now.Before(r.begin) {
		return 0
	}
	return 1
}

// readers sets the reads of every edge. The caches of one parent begin together, at
// a time drawn from the TTL, so that expiries fall on any time of the day.
func (r *run) readers() {
	phases := rand.New(rand.NewPCG(r.seed, streamPhases))
	gap := time.Duration(float64(time.Hour) / r.p.ReadsPerHour)
	starts := make([]time.Duration, r.p.tops())
	for i := range starts {
		starts[i] = time.Duration(phases.Float64() * float64(r.p.TTL)).Truncate(gap)
	}
	for edge := range r.p.Edges {
		phase := time.Duration(phases.Float64() * float64(gap))
		next := func() time.Duration { return gap }
		if r.p.Poisson {
			rng := rand.New(rand.NewPCG(r.seed, streamReads+uint64(edge)))
			next = func() time.Duration { return time.Duration(rng.ExpFloat64() * float64(gap)) }
		}
		r.after(starts[edge%len(starts)]+phase, func() { r.read(edge, next) })
	}
}

// read is one read at an edge, and sets the next one.
func (r *run) read(edge int, next func() time.Duration) {
	r.after(next(), func() { r.read(edge, next) })
	var a cdn.Answer
	var err error
	if r.caches == nil {
		a, err = r.origin.Get(context.Background(), r.now, "object", nil)
	} else {
		a, err = r.caches.Read(context.Background(), r.now, edge, "object")
	}
	if err != nil || r.counted() == 0 {
		return // no origin of the simulation fails
	}
	stale := r.history.staleness(a.Copy.Version, r.now)
	r.out.Reads++
	r.out.BytesRead += a.Copy.Size
	r.out.staleness = append(r.out.staleness, stale.Seconds())
	if stale > 0 {
		r.out.StaleReads++
	}
}

// closed notes that every version up to v is what caches serve from now on.
func (r *run) closed(v int) {
	for ; r.opened < v; r.opened++ {
		if c := r.history.changes[r.opened]; !c.at.Before(r.begin) {
			r.out.windows = append(r.out.windows, r.now.Sub(c.at).Seconds())
		}
	}
}

// finish runs the clock out and adds up.
func (r *run) finish() Outcome {
	end := r.begin.Add(time.Duration(r.p.Days) * 24 * time.Hour)
	r.run(end)
	for i, c := range r.history.changes {
		if c.at.Before(r.begin) || !c.at.Before(end) {
			continue
		}
		r.out.Changes++
		if c.late {
			r.out.Late++
		}
		if r.publish != nil && i >= r.opened {
			r.out.Never++
		}
	}
	r.out.Staleness = spreadOf(r.out.staleness)
	if r.option != TTLOnly && r.option != Direct {
		window := spreadOf(r.out.windows)
		if len(r.out.windows) > 0 {
			r.out.Window = &window
		}
	}
	return r.out
}
