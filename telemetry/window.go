package telemetry

import (
	"time"

	"frontdoor/record"
)

// window is a span of whole minutes, its end exclusive.
type window struct{ from, until time.Time }

// windowOf is the whole minutes that the run touched. A run that did not get
// to its end lasted until its last trial did, or else until now.
func windowOf(run *record.Run, now time.Time) window {
	from, until := run.Started, lastEnd(run)
	if until.IsZero() {
		until = now
	}
	w := window{from.UTC().Truncate(time.Minute), until.UTC().Truncate(time.Minute)}
	if w.until.Before(until) || !w.until.After(w.from) {
		w.until = w.until.Add(time.Minute)
	}
	return w
}

// cover returns the shortest span that holds w, is a whole number of minutes
// long and begins at a multiple of its own length since 1970, so that one
// period of that length covers it however CloudWatch aligns periods.
func (w window) cover() window {
	for length := w.until.Sub(w.from); ; length += time.Minute {
		step := int64(length / time.Second)
		from := time.Unix(w.from.Unix()/step*step, 0).UTC()
		if until := from.Add(length); !until.Before(w.until) {
			return window{from, until}
		}
	}
}

// seconds is the window's length.
func (w window) seconds() int { return int(w.until.Sub(w.from) / time.Second) }
