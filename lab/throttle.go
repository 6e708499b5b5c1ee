package lab

import (
	"math"
	"sync"
	"time"
)

// Throttle is a rate limit with AWS's two numbers: tokens come at Rate per second
// into a bucket that holds Burst, each request takes one, and where there is none
// it is refused.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
// AWS applies it as a target and lets more through at times; the lab is exact.
type Throttle struct {
	Burst int     // 1 or more
	Rate  float64 // per second, above 0
}

// bucket is a token bucket, full at first. A nil bucket never runs dry. It is safe
// for concurrent use.
type bucket struct {
	mu          sync.Mutex
	rate, burst float64 // in billionths of a token: per nanosecond a rate is itself in them
	level       float64
	last        time.Time
}

// billion makes tokens whole numbers of nanoseconds times rate, which float64 adds
// up exactly for whole rates.
const billion = 1e9

func newBucket(t *Throttle) *bucket {
	if t == nil {
		return nil
	}
	full := float64(t.Burst) * billion
	return &bucket{rate: t.Rate, burst: full, level: full}
}

// take takes one token, or says that there is none. Time does not go backwards: an
// earlier now than the last one adds nothing.
func (b *bucket) take(now time.Time) bool {
	if b == nil {
		return true
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if d := now.Sub(b.last); d > 0 {
		b.level = math.Min(b.burst, b.level+float64(d)*b.rate)
		b.last = now
	}
	if b.level < billion {
		return false
	}
	b.level -= billion
	return true
}

// Quota is how many requests a key may make in a period.
// https://docs.aws.amazon.com/apigateway/latest/api/API_QuotaSettings.html
type Quota struct {
	Limit  int
	Period string // "DAY", "WEEK" (from Sunday) or "MONTH", in UTC (the zone is unconfirmed)
}

// period counts against a quota. A nil period has none. It is safe for concurrent use.
type period struct {
	mu    sync.Mutex
	quota Quota
	start time.Time
	n     int
}

func newPeriod(q *Quota) *period {
	if q == nil {
		return nil
	}
	return &period{quota: *q}
}

// take counts a request, or says that nothing is left of the period of now.
func (p *period) take(now time.Time) bool {
	if p == nil {
		return true
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if start := periodStart(p.quota.Period, now); start.After(p.start) {
		p.start, p.n = start, 0
	}
	if p.n >= p.quota.Limit {
		return false
	}
	p.n++
	return true
}

// giveBack takes back a request that was refused for another reason.
func (p *period) giveBack() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.n = max(p.n-1, 0) // a new period may have begun meanwhile
}

// periodStart is the beginning of the period that t is in.
func periodStart(period string, t time.Time) time.Time {
	t = t.UTC()
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	switch period {
	case "WEEK":
		return day.AddDate(0, 0, -int(t.Weekday()))
	case "MONTH":
		return day.AddDate(0, 0, 1-t.Day())
	}
	return day
}
