package offload

import (
	"testing"
	"time"
)

// F26: an account has 50 purges a second behind a burst of 100, and 429 for the rest. Ten
// a second are all accepted, a hundred a second every other one.
func TestThrottledPurges(t *testing.T) {
	for _, c := range []struct {
		every             time.Duration
		purges, throttled int64
	}{
		{100 * time.Millisecond, 600, 0},
		{10 * time.Millisecond, 6000, 6000 - 100 - 60*50},
	} {
		p := Defaults()
		p.Schedule.Every, p.Changes.At = c.every, 0
		r := newRun(&p, 1, A, newHistory(&p, 1))
		r.begin = epoch
		r.run(epoch.Add(time.Minute))
		if r.out.Purges != c.purges || r.out.Throttled < c.throttled || r.out.Throttled > c.throttled+1 || r.out.PurgesFailed != r.out.Throttled {
			t.Errorf("every %v: %d of %d purges throttled, want %d of %d", c.every, r.out.Throttled, r.out.Purges, c.throttled, c.purges)
		}
	}
}
