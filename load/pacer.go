package load

import (
	"context"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

// pacer releases each arrival at its due time. It sleeps inside Pace and never
// asks vegeta to: vegeta's own sleep does not hear the context, and Go's timers
// round a sleep of less than 1 ms up to 1 ms (golang/go#53824), which would
// send a thousand requests per second in clumps.
type pacer struct {
	ctx      context.Context
	base     time.Time
	arrivals []arrival
	sleeper  *sleeper
	limit    *Limit
}

var _ vegeta.Pacer = (*pacer)(nil)

// Pace waits until the next arrival is due. An arrival that is overdue goes out
// at once: an open-loop schedule is not stretched by what came before.
func (p *pacer) Pace(_ time.Duration, hits uint64) (time.Duration, bool) {
	if hits >= uint64(len(p.arrivals)) {
		return 0, true
	}
	due := p.sleepUntil(p.base.Add(p.arrivals[hits].due))
	return 0, !due || p.limit.Stopped() != ""
}

// Rate is part of vegeta's interface and read by its printers only.
func (p *pacer) Rate(time.Duration) float64 {
	if len(p.arrivals) == 0 {
		return 0
	}
	return float64(len(p.arrivals)) / p.arrivals[len(p.arrivals)-1].due.Seconds()
}

// fine is the last stretch of a wait, slept with the precise clock.
const fine = 2 * time.Millisecond

// sleepUntil returns true at the moment at, or false as soon as ctx is done.
func (p *pacer) sleepUntil(at time.Time) bool {
	for {
		if p.ctx.Err() != nil {
			return false
		}
		wait := time.Until(at)
		if wait <= 0 {
			return true
		}
		if wait <= fine {
			p.sleeper.sleep(wait)
			continue
		}
		timer := time.NewTimer(wait - fine)
		select {
		case <-timer.C:
		case <-p.ctx.Done():
			timer.Stop()
		}
	}
}
