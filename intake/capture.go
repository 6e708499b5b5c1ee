package intake

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"frontdoor/record"
)

// Capture is what one file holds of requests.
type Capture struct {
	Format  string
	Started time.Time    // of the first request; zero: the file has no date
	Hits    []record.Hit // in the order sent; their times since Started
	Lacks   []record.Lack
	Notes   []string
}

// dueNote is true of every tool whose results are read here.
const dueNote = "the file does not say when a request was due: response times count from when it was sent, so that queueing in the tool is in none of them (coordinated omission)"

// request is a hit with its times since the Unix epoch, in nanoseconds.
type request struct {
	record.Hit
	launched, sent, firstByte, done int64
}

// captureOf puts requests into the order sent and counts their times from the first.
func captureOf(format string, list []request, dated bool) Capture {
	c := Capture{Format: format}
	slices.SortStableFunc(list, func(a, b request) int { return cmp.Compare(a.launched, b.launched) })
	if len(list) == 0 {
		return c
	}
	start := list[0].launched
	if dated {
		c.Started = time.Unix(0, start).UTC()
	}
	for i, r := range list {
		h := r.Hit
		h.Seq, h.Launched, h.Due, h.Sent, h.Done = int64(i), r.launched-start, r.launched-start, r.sent-start, r.done-start
		if h.FirstByte = -1; r.firstByte != 0 {
			h.FirstByte = r.firstByte - start
		}
		c.Hits = append(c.Hits, h)
	}
	return c
}

// Warm marks the requests of the first d as warm-up.
func (c *Capture) Warm(d time.Duration) {
	for i := range c.Hits {
		c.Hits[i].Warmup = c.Hits[i].Launched < int64(d)
	}
}

// Split cuts a capture into rounds of d each, after its warm-up, which stays with the
// first. The end that is no whole round is left out; left is what it held.
func (c Capture) Split(d time.Duration) (rounds []Capture, left int) {
	if len(c.Hits) == 0 {
		return nil, 0
	}
	begin := int64(0)
	if i := slices.IndexFunc(c.Hits, func(h record.Hit) bool { return !h.Warmup }); i > 0 {
		begin = c.Hits[i].Launched
	}
	whole := int((c.Hits[len(c.Hits)-1].Launched - begin) / int64(d))
	for n := range whole {
		if part := c.between(begin+int64(n)*int64(d), begin+int64(n+1)*int64(d), n == 0); len(part.Hits) > 0 { // else the tool paused
			rounds = append(rounds, part)
		}
	}
	for _, h := range c.Hits {
		if h.Launched >= begin+int64(whole)*int64(d) {
			left++
		}
	}
	return rounds, left
}

// between is the capture from one time to another, with the warm-up if it is the first.
func (c Capture) between(from, until int64, first bool) Capture {
	part := c
	if part.Hits = nil; first {
		from = 0
	}
	if !c.Started.IsZero() {
		part.Started = c.Started.Add(time.Duration(from))
	}
	for _, h := range c.Hits {
		if h.Launched < from || h.Launched >= until {
			continue
		}
		h.Seq = int64(len(part.Hits))
		h.Due, h.Launched, h.Sent, h.Done = h.Due-from, h.Launched-from, h.Sent-from, h.Done-from
		if h.FirstByte >= 0 {
			h.FirstByte -= from
		}
		part.Hits = append(part.Hits, h)
	}
	return part
}

// Ended is when the last answer was there.
func (c Capture) Ended() time.Time {
	last := int64(0)
	for _, h := range c.Hits {
		last = max(last, h.Done)
	}
	return c.Started.Add(time.Duration(last))
}

// Load says what is known of the generator: how much it sent.
func (c Capture) Load() record.Load {
	l := record.Load{Planned: len(c.Hits), Sent: len(c.Hits)}
	var first, last int64 = math.MaxInt64, 0
	for _, h := range c.Hits {
		if h.NewConn {
			l.Connections++
		}
		if h.Warmup {
			l.Warmup++
			continue
		}
		first, last = min(first, h.Launched), max(last, h.Launched)
	}
	if n := len(c.Hits) - l.Warmup; n > 1 && last > first {
		l.AchievedRate = float64(n-1) / (float64(last-first) / 1e9)
	}
	l.AskedRate = l.AchievedRate // what was asked for is not in the file
	return l
}

// failure is the error of a hit by its status: tools take 200 to 399 for a success.
func failure(status int32) string {
	if status >= 200 && status < 400 {
		return ""
	}
	return fmt.Sprintf("status %d", status)
}
