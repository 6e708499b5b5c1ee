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

// minutes gathers a load balancer's usage by the minute.
type minutes struct {
	mu     sync.Mutex
	open   int
	byTime map[time.Time]*minute
}

// minute is the usage of one minute.
type minute struct {
	start      time.Time
	opened     int
	active     int // most connections open at once
	bytesMoved int
}

func newMinutes() *minutes { return &minutes{byTime: map[time.Time]*minute{}} }

// at must be called with the lock held.
func (m *minutes) at(t time.Time) *minute {
	start := t.Truncate(time.Minute)
	if m.byTime[start] == nil {
		m.byTime[start] = &minute{start: start, active: m.open}
	}
	return m.byTime[start]
}

func (m *minutes) opened(t time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.open++
	u := m.at(t)
	u.opened++
	u.active = max(u.active, m.open)
}

func (m *minutes) closed() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.open--
}

func (m *minutes) bytes(t time.Time, n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.at(t).bytesMoved += n
}

// before takes out the minutes that ended before now, oldest first.
func (m *minutes) before(now time.Time) []minute {
	m.mu.Lock()
	defer m.mu.Unlock()
	var over []minute
	for start, u := range m.byTime {
		if !start.Add(time.Minute).After(now) {
			over = append(over, *u)
			delete(m.byTime, start)
		}
	}
	slices.SortFunc(over, func(a, b minute) int { return a.start.Compare(b.start) })
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
