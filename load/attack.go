package load

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"slices"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
	vegeta "github.com/tsenart/vegeta/v12/lib"

	"frontdoor/record"
)

// maxWorkers bounds the goroutines of an attack. It is far above what a server
// that answers at all can hold up; when it binds, the wait of the hits behind it
// is still counted, since latency runs from the due time.
const maxWorkers = 20_000

// Progress is what a live display needs of a trial under way.
type Progress struct {
	Done, Planned int
	Errors        int
	P50, P99      time.Duration // of successful measured hits so far, from the due time
}

// Result is what a trial measured.
type Result struct {
	Started, Ended time.Time
	Hits           []record.Hit
	Load           record.Load
	Invalid        []string // why the trial must not be believed
	Disturbed      []string // what weakens it
	Cut            bool     // the context or the plan's limit ended it before its schedule
	CutOff         int      // requests in flight at the cut, in no count
	Stopped        string   // why the plan's limit lets nothing more be sent; "" while it does
}

// Attack runs the plan until its schedule is through or ctx is done, and calls
// watch (when not nil) at most four times a second from one goroutine.
func Attack(ctx context.Context, plan Plan, watch func(Progress)) (*Result, error) {
	if err := plan.check(); err != nil {
		return nil, err
	}
	arrivals, err := plan.schedule()
	if err != nil {
		return nil, err
	}
	sleeper, err := newSleeper()
	if err != nil {
		return nil, err
	}
	defer sleeper.close()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	base := time.Now().Add(5 * time.Millisecond) // the goroutines below stand before the first is due
	if plan.Begun != nil {
		plan.Begun(base)
	}
	c := newClient(ctx, base, &plan, arrivals)
	defer c.close()

	attacker := vegeta.NewAttacker(
		vegeta.Client(&http.Client{Transport: c, CheckRedirect: keepRedirect}),
		vegeta.Workers(uint64(min(plan.Connections, maxWorkers))),
		vegeta.MaxWorkers(maxWorkers),
		vegeta.MaxBody(0),
	)
	defer context.AfterFunc(ctx, func() { attacker.Stop() })()
	starved, heldBack := watchCPU(ctx), throttled()
	// vegeta's results carry only the number of the slot that is now complete.
	results := attacker.Attack(vegeta.NewStaticTargeter(plan.Requests[0].target()), &pacer{ctx, base, arrivals, sleeper, plan.Limit}, 0, "")
	c.drain(results, watch)
	ended := time.Now()
	stopped := plan.Limit.Stopped()
	cut := ctx.Err() != nil || stopped != "" && c.unsent()
	cancel()
	result := c.result(base, ended, cut)
	result.Stopped = stopped
	result.Load.Starved = starved()
	result.Load.Throttled = (throttled() - heldBack).Seconds() / ended.Sub(base).Seconds()
	result.Invalid, result.Disturbed = judge(result.Load, c.scheduled(), cut)
	return result, nil
}

func keepRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// drain receives every result, as vegeta's workers leak otherwise, and feeds
// the live display from a histogram of three digits.
func (c *client) drain(results <-chan *vegeta.Result, watch func(Progress)) {
	histogram := hdrhistogram.New(1, int64(10*time.Minute/time.Microsecond), 3)
	p := Progress{Planned: len(c.arrivals)}
	var shown time.Time
	for r := range results {
		hit := &c.hits[r.Seq]
		p.Done++
		if hit.Error != "" {
			p.Errors++
		} else if !hit.Warmup {
			// A latency above the histogram's ten minutes cannot be: timeouts end it before.
			_ = histogram.RecordValue((hit.Done - hit.Due) / 1000)
		}
		if watch != nil && time.Since(shown) >= 250*time.Millisecond {
			shown = time.Now()
			p.P50 = time.Duration(histogram.ValueAtQuantile(50)) * time.Microsecond
			p.P99 = time.Duration(histogram.ValueAtQuantile(99)) * time.Microsecond
			watch(p)
		}
	}
}

// result keeps the hits that were launched and answered or failed.
func (c *client) result(base, ended time.Time, cut bool) *Result {
	res := &Result{Started: base, Ended: ended, Cut: cut}
	var late []int64
	for _, h := range c.hits {
		if h.Launched < 0 {
			continue
		}
		if h.Done < 0 {
			res.CutOff++
			continue
		}
		res.Hits = append(res.Hits, h)
		if !h.Warmup {
			late = append(late, h.Launched-h.Due)
		}
	}
	slices.Sort(late)
	res.Load = record.Load{
		Planned: len(c.arrivals), Sent: len(res.Hits) + res.CutOff, Warmup: len(res.Hits) - len(late),
		AskedRate: c.plan.MeasuredRate(), AchievedRate: c.achieved(res.Hits),
		LateP50: quantile(late, 0.50), LateP99: quantile(late, 0.99), LateMax: quantile(late, 1),
		Connections: int(c.dialer.dials.Load()),
	}
	return res
}

// unsent reports whether the schedule holds requests that were not launched.
func (c *client) unsent() bool {
	return slices.ContainsFunc(c.hits, func(h record.Hit) bool { return h.Launched < 0 })
}

// achieved is the rate at which measured hits were launched inside the measured
// window. A generator that falls behind launches its last hits after the window.
func (c *client) achieved(hits []record.Hit) float64 {
	from, until := c.plan.Warmup, c.plan.Duration()
	n := 0
	for _, h := range hits {
		if !h.Warmup && h.Launched >= int64(from) && h.Launched < int64(until+lateSpoils) {
			n++
		}
	}
	return float64(n) / (until - from).Seconds()
}

// scheduled is the rate that the drawn schedule has: a Poisson schedule of a
// short trial is not exactly at the rate asked for.
func (c *client) scheduled() float64 {
	n := 0
	for _, a := range c.arrivals {
		if !a.warmup {
			n++
		}
	}
	return float64(n) / (c.plan.Duration() - c.plan.Warmup).Seconds()
}

// quantile is the nearest-rank quantile of sorted values; 0 when there are none.
func quantile(sorted []int64, q float64) int64 {
	if len(sorted) == 0 {
		return 0
	}
	rank := int(math.Ceil(q * float64(len(sorted))))
	return sorted[min(max(rank, 1), len(sorted))-1]
}

// The limits of a trial; docs/adr/0005 has the measurements behind them. Above
// the first of each pair the trial is disturbed: it counts, with a warning that
// travels with its figures. Above the second it is invalid and does not count.
const (
	lateDisturbs    = 2 * time.Millisecond // p99 of launched - due
	lateSpoils      = 10 * time.Millisecond
	starvedDisturbs = 0.02 // share of the trial without CPU
	starvedSpoils   = 0.10
	throttledSpoils = 0.01 // share of the trial in which a CPU quota held the process back
	rateSpoils      = 0.98 // launched in time / scheduled
)

// judge says why a trial must not be believed, or else what disturbed it.
func judge(l record.Load, scheduled float64, cut bool) (invalid, disturbed []string) {
	late := fmt.Sprintf("the generator was late: 1 in 100 requests left %.1f ms or more after its due time", float64(l.LateP99)/1e6)
	switch {
	case l.LateP99 > int64(lateSpoils):
		invalid = append(invalid, late)
	case l.LateP99 > int64(lateDisturbs):
		disturbed = append(disturbed, late)
	}
	starved := fmt.Sprintf("the generator was refused CPU for %.0f %% of the trial", 100*l.Starved)
	switch {
	case l.Starved > starvedSpoils:
		invalid = append(invalid, starved)
	case l.Starved > starvedDisturbs:
		disturbed = append(disturbed, starved)
	}
	if l.Throttled > throttledSpoils {
		invalid = append(invalid, fmt.Sprintf("a CPU quota held the generator back for %.0f %% of the trial", 100*l.Throttled))
	}
	if !cut && l.AchievedRate < rateSpoils*scheduled {
		invalid = append(invalid, fmt.Sprintf("the generator missed its rate: %.1f/s launched in time of %.1f/s scheduled", l.AchievedRate, scheduled))
	}
	return invalid, disturbed
}
