package load

import (
	"context"
	"fmt"
	"sync"
)

// Bounds is the most that a run may send. Zero is no bound.
type Bounds struct {
	Requests  int64   // sent, warm-ups and whatever failed included
	Bytes     int64   // of requests and answers together
	ErrorRate float64 // share of the requests to one target that may fail, 0 to 1
	After     int64   // requests to a target before its share is looked at
}

// Limit holds the trials of a run to Bounds, all of them together: it is counted here,
// as requests are sent, since the bill of a run comes hours after it. It is safe for
// concurrent use; nil holds nothing back.
type Limit struct {
	bounds Bounds

	mu       sync.Mutex
	requests int64
	bytes    int64
	targets  map[string]*tried
	stopped  string

	broken context.Context // ends when bytes or failures stop the run
	brk    context.CancelFunc
}

// tried is what became of the requests to one target.
type tried struct{ done, failed int64 }

// NewLimit begins to count.
func NewLimit(b Bounds) *Limit {
	l := &Limit{bounds: b, targets: map[string]*tried{}}
	l.broken, l.brk = context.WithCancel(context.Background())
	return l
}

// Stopped says why nothing more may be sent, and is "" while something may.
func (l *Limit) Stopped() string {
	if l == nil {
		return ""
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.stopped
}

// Sent is how many requests were let through so far, and the bytes counted with them.
func (l *Limit) Sent() (requests, bytes int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.requests, l.bytes
}

// take asks to send one request. Once it said no it never says yes again.
func (l *Limit) take() bool {
	if l == nil {
		return true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if b := l.bounds.Requests; l.stopped == "" && b > 0 && l.requests >= b {
		l.stopped = fmt.Sprintf("the limit of %d requests was reached", b)
	}
	if l.stopped != "" {
		return false
	}
	l.requests++
	return true
}

// done counts a request to a target that take let through. Its answer is counted when
// it is there: those under way when the bytes run out still come.
func (l *Limit) done(target string, bytes int64, failed bool) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.bytes += bytes
	t := l.targets[target]
	if t == nil {
		t = new(tried)
		l.targets[target] = t
	}
	t.done++
	if failed {
		t.failed++
	}
	b := l.bounds
	switch {
	case l.stopped != "":
	case b.Bytes > 0 && l.bytes >= b.Bytes:
		defer l.brk()
		l.stopped = fmt.Sprintf("the limit of %d bytes was reached", b.Bytes)
	case b.ErrorRate > 0 && t.done >= b.After && float64(t.failed) > b.ErrorRate*float64(t.done):
		defer l.brk()
		l.stopped = fmt.Sprintf("%d of %d requests to %s failed, more than the %g %% allowed", t.failed, t.done, target, 100*b.ErrorRate)
	}
}

// whenBroken calls f once bytes or failures stop the run, until it is released: a
// request that then still waits for a connection is not worth its price.
func (l *Limit) whenBroken(f func()) (release func() bool) {
	if l == nil {
		return func() bool { return true }
	}
	return context.AfterFunc(l.broken, f)
}

// giveBack takes a request out of the count that was let through and did not leave; it
// reports whether a stop kept it back.
func (l *Limit) giveBack() bool {
	if l == nil || l.broken.Err() == nil {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.requests--
	return true
}
