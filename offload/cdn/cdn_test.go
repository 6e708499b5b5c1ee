package cdn_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"frontdoor/offload/cdn"
)

var began = time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)

// origin has one object; it counts what it is asked.
type origin struct {
	mu              sync.Mutex
	copy            cdn.Copy
	full, unchanged int
	fails           error
	status          int           // instead of an answer; 0 is none
	wait            chan struct{} // closed: answer
}

func (o *origin) Get(_ context.Context, _ time.Time, _ string, since *cdn.Copy) (cdn.Answer, error) {
	if o.wait != nil {
		<-o.wait
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case o.fails != nil || o.status != 0:
		return cdn.Answer{Status: o.status}, o.fails
	case cdn.Unchanged(o.copy, since):
		o.unchanged++
		return cdn.Answer{Status: 304}, nil
	}
	o.full++
	return cdn.Answer{Status: 200, Copy: o.copy}, nil
}

func network(o *origin, edges, parents int, stale bool) *cdn.Network {
	return cdn.New(cdn.Config{Edges: edges, Parents: parents, TTL: time.Hour, ServeStale: stale, Origin: func(int) cdn.Origin { return o }})
}

func read(t *testing.T, n *cdn.Network, edge int, after time.Duration) cdn.Answer {
	t.Helper()
	a, err := n.Read(t.Context(), began.Add(after), edge, "/a")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func all(string) bool { return true }

// A copy is fresh until its TTL is over and not for an instant longer, counted from
// when the origin vouched for it, wherever that answer was kept meanwhile.
func TestTTL(t *testing.T) {
	o := &origin{copy: cdn.Copy{Version: 1, Modified: began}}
	n := network(o, 2, 1, false)
	read(t, n, 0, 0)
	read(t, n, 1, 50*time.Minute) // from the parent's copy, which is 50 minutes old
	o.copy = cdn.Copy{Version: 2, Modified: began.Add(time.Minute)}
	for _, c := range []struct {
		edge    int
		after   time.Duration
		version int
		age     time.Duration
	}{
		{1, time.Hour - 1, 1, time.Hour - 1},
		{1, time.Hour, 2, 0},
		{0, time.Hour + time.Minute, 2, time.Minute},
	} {
		if a := read(t, n, c.edge, c.after); a.Copy.Version != c.version || a.Age != c.age {
			t.Errorf("edge %d after %v: version %d of %v, want %d of %v", c.edge, c.after, a.Copy.Version, a.Age, c.version, c.age)
		}
	}
	if o.full != 2 || o.unchanged != 0 {
		t.Errorf("the origin was asked for %d and %d", o.full, o.unchanged)
	}
}

// An invalidated copy costs a condition, a deleted one the whole object; whole seconds
// are all that a condition knows.
func TestPurges(t *testing.T) {
	o := &origin{copy: cdn.Copy{Version: 1, Modified: began.Add(100 * time.Millisecond)}}
	n := network(o, 2, 1, false)
	read(t, n, 0, 0)
	n.Invalidate(func(key string) bool { return key == "/b" })
	if a := read(t, n, 0, time.Second); !a.Hit {
		t.Error("a purge of another key took this one")
	}
	n.Invalidate(all)
	if a := read(t, n, 0, time.Second); a.Hit || o.unchanged != 1 {
		t.Errorf("invalidated: %+v, %d times 304", a, o.unchanged)
	}
	o.copy = cdn.Copy{Version: 2, Modified: began.Add(900 * time.Millisecond)}
	n.Invalidate(all)
	if a := read(t, n, 1, 2*time.Second); a.Copy.Version != 1 {
		t.Errorf("version %d of one second with the one before", a.Copy.Version)
	}
	n.Delete(all)
	if a := read(t, n, 1, 3*time.Second); a.Copy.Version != 2 || o.full != 2 {
		t.Errorf("deleted: version %d, %d times 200", a.Copy.Version, o.full)
	}
	if cdn.Unchanged(cdn.Copy{}, &cdn.Copy{}) || cdn.Unchanged(o.copy, nil) {
		t.Error("a copy without a time is unchanged")
	}
}

// An origin that fails is covered by a stale copy where that is allowed, and its
// refusals are not kept.
func TestOriginFails(t *testing.T) {
	for _, stale := range []bool{false, true} {
		o := &origin{copy: cdn.Copy{Version: 1, Modified: began}}
		n := network(o, 1, 0, stale)
		o.status = 404
		if a := read(t, n, 0, 0); a.Status != 404 {
			t.Errorf("%+v", a)
		}
		o.status = 0
		read(t, n, 0, 0)
		for _, o.status = range []int{500, 503} {
			if a := read(t, n, 0, 2*time.Hour); stale && (a.Status != 200 || a.Copy.Version != 1) || !stale && a.Status != o.status {
				t.Errorf("stale %v, status %d: %+v", stale, o.status, a)
			}
		}
		o.status, o.fails = 0, errors.New("no route")
		_, err := n.Read(t.Context(), began.Add(2*time.Hour), 0, "/a")
		if (err == nil) != stale {
			t.Errorf("stale %v: %v", stale, err)
		}
		n.Delete(all)
		if _, err := n.Read(t.Context(), began.Add(2*time.Hour), 0, "/a"); err == nil {
			t.Error("a deleted copy was served")
		}
	}
}

// Readers who miss together wait for one request.
func TestReadersAreCollapsed(t *testing.T) {
	o := &origin{copy: cdn.Copy{Version: 1}, wait: make(chan struct{})}
	n := network(o, 8, 2, false)
	var readers sync.WaitGroup
	for i := range 64 {
		readers.Go(func() {
			if a, err := n.Read(context.Background(), began, i%8, "/a"); err != nil || a.Copy.Version != 1 {
				t.Errorf("%+v, %v", a, err)
			}
		})
	}
	close(o.wait)
	readers.Wait()
	if o.full != 2 {
		t.Errorf("two parents asked %d times", o.full)
	}
}

// A request takes all of its tokens or none; a bucket refills evenly and never overflows.
func TestLimiter(t *testing.T) {
	l := cdn.NewLimiter(cdn.Limits{Requests: cdn.Rate{Tokens: 2, PerSecond: 1}, URLs: cdn.Rate{Tokens: 10, PerSecond: 2}, CPCodes: cdn.Rate{Tokens: 1, PerSecond: 1}, Tags: cdn.Rate{Tokens: 1, PerSecond: 1}})
	for i, c := range []struct {
		after time.Duration
		by    string
		n     int
		want  bool
	}{
		{0, "url", 11, false},
		{0, "url", 10, true},
		{0, "url", 1, false},   // no URL is left; the request token stays
		{0, "cpcode", 1, true}, // and pays for this one
		{0, "tag", 1, false},   // no request is left
		{time.Second, "url", 2, true},
		{90 * time.Minute, "url", 11, false},
		{90 * time.Minute, "url", 10, true},
	} {
		if got := l.Take(began.Add(c.after), c.by, c.n); got != c.want {
			t.Errorf("%d: %d by %s: %v", i, c.n, c.by, got)
		}
	}
	requests, objects := l.Levels(began.Add(90*time.Minute), "url")
	if requests.Level(began.Add(90*time.Minute)) != 1 || objects.Full(began.Add(90*time.Minute)) != 5*time.Second {
		t.Errorf("%+v, %+v", requests, objects)
	}
}
