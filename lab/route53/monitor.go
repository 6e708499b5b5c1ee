package route53

import (
	"math/rand/v2"
	"time"
)

// Monitor is a health check at work: its checkers, each with its own turn. It is not
// safe for concurrent use.
type Monitor struct {
	check    Check
	checkers []checker
	changed  time.Time // when the check last changed its mind
	healthy  bool
}

// checker finds the endpoint healthy until it has found it failing as often in a row
// as the threshold says, and the other way round.
type checker struct {
	next    time.Time
	healthy bool
	against int // results in a row that contradict healthy
}

// NewMonitor starts a check. Checkers do not coordinate: the first turn of each is
// anywhere within the first interval. Until one has a result its endpoint counts as
// healthy: https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html
func NewMonitor(c Check, start time.Time, rng *rand.Rand) *Monitor {
	m := &Monitor{check: c, checkers: make([]checker, c.Checkers), changed: start, healthy: true}
	for i := range m.checkers {
		m.checkers[i] = checker{next: start.Add(time.Duration(rng.Int64N(int64(c.Interval)))), healthy: true}
	}
	return m
}

// Turn is when a checker's next turn begins.
func (m *Monitor) Turn(checker int) time.Time { return m.checkers[checker].next }

// Observe notes what came of a checker's turn at the time that it ended, and reports
// whether the check changed its mind for it. The interval to the checker's next turn
// counts from there, as RequestInterval does:
// https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html
func (m *Monitor) Observe(checker int, passed bool, at time.Time) (changed bool) {
	c := &m.checkers[checker]
	c.next = at.Add(m.check.Interval)
	if c.healthy == passed {
		c.against = 0
		return false
	}
	if c.against++; c.against < m.check.Threshold {
		return false
	}
	c.healthy, c.against = passed, 0
	before := m.healthy
	m.healthy = m.agree()
	if m.healthy != before {
		m.changed = at
	}
	return m.healthy != before
}

// agree reports whether enough checkers find the endpoint healthy.
func (m *Monitor) agree() bool {
	n := 0
	for _, c := range m.checkers {
		if c.healthy {
			n++
		}
	}
	return float64(n) > healthyAbove*float64(len(m.checkers))
}

// Healthy is what the check says, and since when.
func (m *Monitor) Healthy() (healthy bool, since time.Time) { return m.healthy, m.changed }
