package akamai

import (
	"slices"
	"sync"
	"time"
)

// Clock tells the time and runs what is to happen later.
type Clock interface {
	Now() time.Time
	After(d time.Duration, do func())
}

var (
	_ Clock = Wall{}
	_ Clock = (*Manual)(nil)
)

// Wall is the time of day.
type Wall struct{}

// Now is the time.
func (Wall) Now() time.Time { return time.Now() }

// After runs do once d has passed, on a goroutine of its own.
func (Wall) After(d time.Duration, do func()) { time.AfterFunc(d, do) }

// Manual is a clock that stands still until it is advanced.
type Manual struct {
	mu   sync.Mutex
	now  time.Time
	work []job
}

type job struct {
	at time.Time
	do func()
}

// NewManual is a clock that shows now.
func NewManual(now time.Time) *Manual { return &Manual{now: now} }

// Now is the time shown.
func (m *Manual) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

// After notes what Advance is to run.
func (m *Manual) After(d time.Duration, do func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.work = append(m.work, job{m.now.Add(d), do})
}

// Advance lets d pass and runs what falls due, in the order of its time.
func (m *Manual) Advance(d time.Duration) {
	m.mu.Lock()
	end := m.now.Add(d)
	m.mu.Unlock()
	for {
		next, ok := m.due(end)
		if !ok {
			return
		}
		next.do()
	}
}

// due takes the first job up to end and shows its time, or shows end.
func (m *Manual) due(end time.Time) (job, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	slices.SortStableFunc(m.work, func(a, b job) int { return a.at.Compare(b.at) })
	if len(m.work) == 0 || m.work[0].at.After(end) {
		m.now = end
		return job{}, false
	}
	first := m.work[0]
	m.work = m.work[1:]
	m.now = first.at
	return first, true
}
