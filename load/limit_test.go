package load

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Not one request beyond the limit leaves, from however many workers and trials at
// once: the server counts them. What was measured until then is kept.
func TestLimitHoldsToTheRequest(t *testing.T) {
	var served atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		served.Add(1)
		time.Sleep(2 * time.Millisecond) // so that many are under way at once
	}))
	defer server.Close()
	limit := NewLimit(Bounds{Requests: 137})
	var trials sync.WaitGroup
	var hits atomic.Int64
	for range 3 {
		p := planOf(Stage{2000, 2000, 200 * time.Millisecond})
		p.Limit, p.Connections = limit, 64
		p.Requests[0].URL = server.URL
		trials.Go(func() {
			r, err := Attack(context.Background(), p, nil)
			if err != nil {
				t.Error(err)
				return
			}
			hits.Add(int64(len(r.Hits)))
			if !r.Cut || r.Stopped != "the limit of 137 requests was reached" || len(r.Invalid) > 0 && strings.Contains(r.Invalid[0], "missed") {
				t.Errorf("cut %v, stopped %q, invalid %q", r.Cut, r.Stopped, r.Invalid)
			}
		})
	}
	trials.Wait()
	if served.Load() != 137 || hits.Load() != 137 {
		t.Errorf("%d requests came and %d hits are kept, want 137 of both", served.Load(), hits.Load())
	}
	if n, _ := limit.Sent(); n != 137 {
		t.Errorf("%d are counted", n)
	}
}

// A request that the transport sends anew, since its connection was lost, is one more:
// the server hangs up on the second request of each connection, and sees no more of
// them than the limit counts.
func TestLimitCountsWhatIsSentAnew(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var seen atomic.Int64
	go hangUp(listener, &seen)
	defer listener.Close()
	p := planOf(Stage{400, 400, 500 * time.Millisecond})
	p.Limit, p.Connections = NewLimit(Bounds{Requests: 60}), 1
	p.Requests[0].URL = "http://" + listener.Addr().String()
	r, err := Attack(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	counted, _ := p.Limit.Sent()
	if seen.Load() > 60 || counted != 60 || len(r.Hits) > 60 {
		t.Errorf("%d requests came, %d are counted, %d hits: want 60 at most", seen.Load(), counted, len(r.Hits))
	}
	for _, h := range r.Hits {
		if !h.NewConn {
			t.Errorf("the transport did not send anew what a connection lost: %+v", h)
		}
	}
}

// hangUp answers the first request of each connection and closes it upon the second.
func hangUp(listener net.Listener, seen *atomic.Int64) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		go func() {
			defer conn.Close()
			buf := make([]byte, 4096)
			for n := range 2 {
				if _, err := conn.Read(buf); err != nil {
					return
				}
				seen.Add(1)
				if n == 0 {
					conn.Write([]byte("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
				}
			}
		}()
	}
}

// What waits for a connection when a target turns out to be broken is not sent: it is
// neither a hit nor counted. All of 200 requests wait for one connection before the
// first is answered, and the eleventh is not before ten are known to have failed. Some
// more may get the connection before each of them is told.
func TestLimitKeepsBackWhatWaits(t *testing.T) {
	var served atomic.Int64
	var launched sync.WaitGroup
	launched.Add(200)
	p := planOf(Stage{1000, 1000, 200 * time.Millisecond})
	p.Limit, p.Connections = NewLimit(Bounds{Requests: 1000, ErrorRate: 0.5, After: 10}), 1
	p.Requests[0].Sign = func(*http.Request) error { launched.Done(); return nil }
	p.Requests[0].Check = func(int, []byte) string { return "status" }
	r := attack(t, context.Background(), p, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		launched.Wait()
		if served.Add(1) > 10 {
			<-p.Limit.broken.Done()
		}
	}))
	n, _ := p.Limit.Sent()
	if got := served.Load(); got < 10 || got > n || n >= 100 || int64(len(r.Hits)) > got || int64(r.Load.Sent) != n || !r.Cut {
		t.Errorf("%d served, %d counted, %d hits, load %+v: want 10, and few more that were under way", got, n, len(r.Hits), r.Load)
	}
}

// No request goes out after the bytes ran out: those under way still come, and with
// one connection that is one.
func TestLimitOfBytes(t *testing.T) {
	p := planOf(Stage{500, 500, 200 * time.Millisecond})
	p.Limit, p.Connections = NewLimit(Bounds{Bytes: 50_000}), 1
	r := attack(t, context.Background(), p, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, 10_000)) }))
	if r.Stopped != "the limit of 50000 bytes was reached" || !r.Cut || len(r.Hits) < 5 || len(r.Hits) >= 100 {
		t.Errorf("stopped %q after %d hits", r.Stopped, len(r.Hits))
	}
}

// A target that fails is left, and only after enough requests to tell; another one's
// successes do not hide it.
func TestLimitOfFailures(t *testing.T) {
	l := NewLimit(Bounds{ErrorRate: 0.5, After: 10})
	for range 1000 {
		l.done("sound", 1, false)
	}
	for range 9 {
		l.done("broken", 1, true)
	}
	if l.Stopped() != "" || !l.take() {
		t.Errorf("stopped after 9 requests: %q", l.Stopped())
	}
	l.done("broken", 1, true)
	if got := l.Stopped(); got != "10 of 10 requests to broken failed, more than the 50 % allowed" || l.take() {
		t.Errorf("%q", got)
	}
	half := NewLimit(Bounds{ErrorRate: 0.5, After: 2})
	half.done("x", 1, true)
	half.done("x", 1, false)
	if half.Stopped() != "" {
		t.Errorf("half of them is allowed: %q", half.Stopped())
	}
}

func TestNoLimitHoldsNothingBack(t *testing.T) {
	var none *Limit
	none.done("x", 1, true)
	if !none.take() || none.Stopped() != "" || !NewLimit(Bounds{}).take() {
		t.Error("held back")
	}
}

// Count is what Attack sends, for every kind of request, before anything is sent.
func TestCountIsWhatIsSent(t *testing.T) {
	for _, poisson := range []bool{false, true} {
		p := planOf(Stage{300, 900, 300 * time.Millisecond})
		p.Poisson, p.Warmup, p.Seed = poisson, 100*time.Millisecond, 7
		p.Requests = append(p.Requests, p.Requests[0])
		p.Requests[0].Weight, p.Requests[1].Weight = 1, 3
		count, err := p.Count()
		if err != nil {
			t.Fatal(err)
		}
		r := attack(t, context.Background(), p, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
		sent := make([]int64, 2)
		for _, h := range r.Hits {
			sent[h.Request]++
		}
		if sent[0] != count.Requests[0] || sent[1] != count.Requests[1] || count.Sum() != int64(len(r.Hits)) || count.Warmup != int64(r.Load.Warmup) || count.Length != 400*time.Millisecond {
			t.Errorf("counted %+v, sent %v of which %d in the warm-up", count, sent, r.Load.Warmup)
		}
	}
	if _, err := (Plan{}).Count(); err == nil {
		t.Error("an empty plan is counted")
	}
}

// An answer that sends elsewhere is an answer: nobody agreed to pay for what is there.
func TestRedirectsAreNotFollowed(t *testing.T) {
	var elsewhere atomic.Int64
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	defer other.Close()
	p := planOf(Stage{100, 100, 100 * time.Millisecond})
	r := attack(t, context.Background(), p, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL, http.StatusFound)
	}))
	if elsewhere.Load() != 0 || len(r.Hits) == 0 || r.Hits[0].Status != http.StatusFound {
		t.Errorf("%d requests went elsewhere, hits %+v", elsewhere.Load(), r.Hits)
	}
}
