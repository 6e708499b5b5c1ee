package lab

import (
	"slices"
	"sync"
	"time"
)

// What one LCU holds, with a Lambda function as target:
// https://aws.amazon.com/elasticloadbalancing/pricing/ (25 new connections per
// second, 3,000 active connections, 0.4 GB of processed bytes per hour, 1,000
// rule evaluations per second).
const (
	lcuNewConnections = 25.0
	lcuActive         = 3000.0
	lcuBytesPerHour   = 0.4e9
)

// minutes gathers a load balancer's usage by the minute, one minute after
// another from the first connection on: AWS always reports ConsumedLCUs.
type minutes struct {
	mu    sync.Mutex
	open  int
	begin time.Time // start of list[0], or of the minute that will be
	list  []minute  // not taken yet, without gaps
}

// minute is the usage of one minute.
type minute struct {
	start      time.Time
	opened     int
	active     int // most connections open at once
	bytesMoved int
}

// at returns the minute of t, and makes those up to it with the connections
// that are open now: whatever changes that number calls at first. A minute is
// taken once only, so what comes too late for its own counts in the next. It
// must be called with the lock held.
func (m *minutes) at(t time.Time) *minute {
	start := t.Truncate(time.Minute)
	if m.begin.IsZero() {
		m.begin = start
	}
	n := max(int(start.Sub(m.begin)/time.Minute), 0)
	for i := len(m.list); i <= n; i++ {
		m.list = append(m.list, minute{start: m.begin.Add(time.Duration(i) * time.Minute), active: m.open})
	}
	return &m.list[n]
}

func (m *minutes) opened(t time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	u := m.at(t)
	m.open++
	u.opened++
	u.active = max(u.active, m.open)
}

func (m *minutes) closed(t time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.at(t)
	m.open--
}

func (m *minutes) bytes(t time.Time, n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.at(t).bytesMoved += n
}

// before takes out the minutes that ended by now, oldest first.
func (m *minutes) before(now time.Time) []minute {
	m.mu.Lock()
	defer m.mu.Unlock()
	last := now.Truncate(time.Minute).Add(-time.Minute)
	if m.begin.IsZero() || last.Before(m.begin) {
		return nil
	}
	m.at(last)
	n := int(last.Sub(m.begin)/time.Minute) + 1
	over := slices.Clone(m.list[:n])
	m.list = slices.Delete(m.list, 0, n)
	m.begin = last.Add(time.Minute)
	return over
}

// lcus is the largest of the dimensions, each at the minute's rate.
func (u minute) lcus() float64 {
	return max(
		float64(u.opened)/60/lcuNewConnections,
		float64(u.active)/lcuActive,
		float64(u.bytesMoved)*60/lcuBytesPerHour,
	)
}
