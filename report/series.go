package report

import (
	"time"

	"frontdoor/record"
	"frontdoor/stats"
)

// Round is what one round said of a front: warm, successful requests. Latencies
// in milliseconds, NaN when there was none.
type Round struct {
	Round    int
	AtS      float64 // begin of its first trial, seconds since the run's
	Requests int
	P50, P99 float64
}

// Bin is a span of the run at one front, which was visited in it. Latencies in
// milliseconds; lateness is the generator's own, and no part of the front's.
type Bin struct {
	AtS      float64 // middle, seconds since the run's begin
	Requests int
	P50, Max float64 // response time, successful requests; NaN when there was none
	LateP99  float64 // how late requests were sent
}

// Settling is the check of the measured requests for a warm-up that was too
// short: in how many rounds MSER-5 on log latency would cut requests off.
type Settling struct {
	Checked   int // rounds long enough to be checked
	Unsettled int // of those, rounds that had not settled when measuring began
	Cut       int // requests that the check would cut off in the worst of them
}

// bins is how many spans a run is cut into for the chart over time.
const bins = 60

// series follows the front through the run.
func (f *Front) series(rec *record.Recording, trials []record.Measured) {
	f.rounds(rec, trials)
	span := rec.Ended.Sub(rec.Started)
	if rec.Ended.IsZero() || span <= 0 {
		span = lastOf(rec).Sub(rec.Started)
	}
	f.Timeline = timeline(rec.Started, span, trials)
}

// lastOf is when the last trial ended, for runs that did not get to their end.
func lastOf(rec *record.Recording) time.Time {
	last := rec.Started
	for _, t := range rec.Trials {
		if t.Ended.After(last) {
			last = t.Ended
		}
	}
	return last
}

func (f *Front) rounds(rec *record.Recording, trials []record.Measured) {
	began := map[int]time.Time{}
	for _, t := range trials {
		if at, ok := began[t.Round]; !ok || t.Started.Before(at) {
			began[t.Round] = t.Started
		}
	}
	for i, values := range f.samples.warm {
		if at, ok := began[i+1]; ok {
			sorted := stats.Sorted(values)
			f.ByRound = append(f.ByRound, Round{i + 1, at.Sub(rec.Started).Seconds(), len(values), stats.Quantile(sorted, 0.5), stats.Quantile(sorted, 0.99)})
		}
	}
}

// timeline puts every measured request into the bin in which it was due.
func timeline(start time.Time, span time.Duration, trials []record.Measured) []Bin {
	if span <= 0 {
		return nil
	}
	response, late, width := make([][]float64, bins), make([][]float64, bins), span.Seconds()/bins
	for _, t := range trials {
		for _, h := range t.Hits {
			if h.Warmup {
				continue
			}
			at := t.Started.Sub(start).Seconds() + float64(h.Due)/1e9
			i := min(max(int(at/width), 0), bins-1)
			late[i] = append(late[i], float64(h.Launched-h.Due)/1e6)
			if h.Error == "" {
				response[i] = append(response[i], float64(h.Done-h.Due)/1e6)
			}
		}
	}
	var out []Bin
	for i := range bins {
		if len(late[i]) == 0 {
			continue
		}
		sorted := stats.Sorted(response[i])
		out = append(out, Bin{(float64(i) + 0.5) * width, len(late[i]), stats.Quantile(sorted, 0.5), stats.Quantile(sorted, 1), stats.Quantile(stats.Sorted(late[i]), 0.99)})
	}
	return out
}
