package offload

import (
	"math"
	"math/rand/v2"
	"slices"
	"time"
)

// epoch is when a simulation begins; only differences from it mean anything.
var epoch = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// The streams of random numbers. Each use has its own, so that every option meets the
// same changes and reads.
const (
	streamChanges = iota + 1
	streamPhases
	streamPublish
	streamReplicas
	streamReads // and one further for each edge
)

// change is one version of the object in S3.
type change struct {
	at       time.Time
	modified time.Time // LastModified, in whole seconds
	late     bool      // behind the day's scheduled invalidation
	swapped  bool      // its upload lands before that of the first
	events   int       // notifications delivered
	put      bool      // made by PutObject, not by a multipart upload
}

// history is every version; version v is changes[v-1], version 0 was there before.
type history struct {
	changes []change
}

// newHistory draws the changes of every day of a run.
func newHistory(p *Params, seed uint64) *history {
	rng := rand.New(rand.NewPCG(seed, streamChanges))
	h := &history{}
	for day := range p.WarmUp() + p.Days {
		planned := epoch.Add(time.Duration(day)*24*time.Hour + p.Changes.At + p.Changes.Mean)
		missed, z := rng.Float64() < p.Changes.Miss, rng.NormFloat64()
		duplicate, multipart := rng.Float64() < p.Faults.Duplicate, rng.Float64() < p.Faults.Multipart
		double, swapped := rng.Float64() < p.Faults.Double, rng.Float64() < p.Faults.Swapped
		if missed {
			continue
		}
		c := change{at: planned.Add(time.Duration(z * float64(p.Changes.Deviation))), events: 1, put: !multipart}
		c.modified, c.late = c.at.Truncate(time.Second), c.at.After(planned.Add(p.Schedule.Margin))
		if duplicate {
			c.events = 2
		}
		h.changes = append(h.changes, c)
		if double {
			c.at, c.swapped = c.at.Add(p.Faults.Gap), swapped // c.modified stays
			h.changes = append(h.changes, c)
		}
	}
	slices.SortStableFunc(h.changes, func(a, b change) int { return a.at.Compare(b.at) })
	return h
}

// version is what S3 holds at a time.
func (h *history) version(now time.Time) int {
	n, _ := slices.BinarySearchFunc(h.changes, now, func(c change, now time.Time) int {
		if c.at.After(now) {
			return 1
		}
		return -1
	})
	return n
}

// modified is the time that S3 gives version v.
func (h *history) modified(v int) time.Time {
	if v == 0 {
		return epoch.Add(-24 * time.Hour)
	}
	return h.changes[v-1].modified
}

// staleness is how long version v had been superseded at a time, 0 if it was current.
func (h *history) staleness(v int, now time.Time) time.Duration {
	if v == len(h.changes) || h.changes[v].at.After(now) {
		return 0
	}
	return now.Sub(h.changes[v].at)
}

// draw is one value of d.
func (d Delay) draw(rng *rand.Rand) time.Duration {
	z := rng.NormFloat64()
	return time.Duration(float64(d.Median) * math.Exp(d.Sigma*z))
}
