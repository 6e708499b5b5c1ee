package world

import (
	"testing"
	"time"
)

// The sample's check (threshold 2, 30 s, TTL 60 s) takes 60 to 150 s by the rule,
// a fast one (3, 10 s) 30 to 100 s.
func TestFailover(t *testing.T) {
	const s = time.Second
	for _, c := range []struct {
		check    Check
		want     Failover
		earliest time.Duration
	}{
		{Check{30 * s, 2}, Failover{60 * s, 105 * s, 150 * s}, 30 * s},
		{Check{10 * s, 3}, Failover{30 * s, 65 * s, 100 * s}, 20 * s},
	} {
		if got := c.check.Failover(60 * s); got != c.want || c.check.Earliest() != c.earliest {
			t.Errorf("%v: %v and %v, want %v and %v", c.check, got, c.check.Earliest(), c.want, c.earliest)
		}
	}
	if got := (Check{30 * s, 2}).Failover(60 * s).FailedRequests(0.1); got != 10.5 {
		t.Errorf("%v polls of every 10 s fail, want 10.5", got)
	}
}
