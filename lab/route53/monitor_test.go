package route53

import (
	"math/rand/v2"
	"testing"
	"time"

	"frontdoor/world"
)

var epoch = time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)

// run has every checker take its turns until a time; passes says what it finds then.
func run(m *Monitor, until time.Time, passes func(at time.Time) bool) (changes []time.Time) {
	for {
		i := 0
		for other := range m.checkers {
			if m.Turn(other).Before(m.Turn(i)) {
				i = other
			}
		}
		at := m.Turn(i)
		if !at.Before(until) {
			return changes
		}
		if m.Observe(i, passes(at), at) {
			changes = append(changes, at)
		}
	}
}

// The law of detection: an endpoint that fails at a time is found out after at least
// threshold-1 intervals and at most threshold; with the TTL on top that is within the
// rule of thumb. It comes back in the same way.
func TestDetection(t *testing.T) {
	for _, check := range []Check{{30 * time.Second, 2, 16, ""}, {10 * time.Second, 3, 16, ""}, {30 * time.Second, 1, 16, ""}, {10 * time.Second, 10, 1, ""}} {
		bounds := world.Check{Interval: check.Interval, Threshold: check.Threshold}
		var sum time.Duration
		const draws = 200
		for seed := range uint64(draws) {
			m := NewMonitor(check, epoch, rand.New(rand.NewPCG(seed, 53)))
			down, up := epoch.Add(7*time.Minute), epoch.Add(20*time.Minute)
			changes := run(m, epoch.Add(40*time.Minute), func(at time.Time) bool { return at.Before(down) || !at.Before(up) })
			if len(changes) != 2 {
				t.Fatalf("%v changed its mind at %v", check, changes)
			}
			for i, began := range []time.Time{down, up} {
				took := changes[i].Sub(began)
				if took < bounds.Earliest() || took > bounds.Failover(0).Best {
					t.Errorf("%v took %v, want %v to %v", check, took, bounds.Earliest(), bounds.Failover(0).Best)
				}
			}
			sum += changes[0].Sub(down)
		}
		// 14 of 16 checkers have to see it: later than the middle of the last interval.
		if mean := sum / draws; check.Checkers == 16 && mean < bounds.Earliest()+check.Interval/2 {
			t.Errorf("%v takes %v on average", check, mean)
		}
	}
}

// More than 18 % of the checkers must find the endpoint healthy: 3 of 16 do, 2 do not.
func TestShareOfCheckers(t *testing.T) {
	for healthy, want := range map[int]bool{0: false, 2: false, 3: true, 15: true} {
		m := NewMonitor(Check{30 * time.Second, 1, 16, ""}, epoch, rand.New(rand.NewPCG(1, 1)))
		for i := range 16 {
			m.Observe(i, i < healthy, epoch)
		}
		if got, _ := m.Healthy(); got != want {
			t.Errorf("%d of 16: %v", healthy, got)
		}
	}
}

// A check is healthy until it has data, and one failure among successes is forgotten.
func TestNewCheckIsHealthy(t *testing.T) {
	m := NewMonitor(Check{10 * time.Second, 2, 1, ""}, epoch, rand.New(rand.NewPCG(1, 1)))
	for _, passed := range []bool{false, true, false, true, true} {
		if healthy, since := m.Healthy(); !healthy || since != epoch {
			t.Fatalf("unhealthy before %v", passed)
		}
		m.Observe(0, passed, epoch)
	}
	m.Observe(0, false, epoch)
	if !m.Observe(0, false, epoch.Add(time.Second)) {
		t.Error("two failures in a row change nothing")
	}
	if healthy, since := m.Healthy(); healthy || since != epoch.Add(time.Second) {
		t.Error(healthy, since)
	}
}

// Each checker has its turn once in an interval.
func TestTurns(t *testing.T) {
	m := NewMonitor(Check{30 * time.Second, 2, 16, ""}, epoch, rand.New(rand.NewPCG(1, 1)))
	turns := 0
	run(m, epoch.Add(10*time.Minute), func(time.Time) bool { turns++; return true })
	if turns != 16*20 {
		t.Errorf("%d turns in 10 minutes, want 320", turns)
	}
}
