package akamai_test

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"frontdoor/akamai"
	lab "frontdoor/lab/akamai"
)

// upload stores the report as NetStorage would without a time from the client.
func (c *customer) upload(body string) {
	c.t.Helper()
	if err := c.store.Upload(c.t.Context(), "/832468/report.csv", []byte(body), time.Time{}); err != nil {
		c.t.Fatal(err)
	}
}

// purged sends a purge and lets its five seconds pass.
func (c *customer) purged(p akamai.Purge) {
	c.t.Helper()
	c.accepted(p)
	c.clock.Advance(5 * time.Second)
}

func (c *customer) accepted(p akamai.Purge) {
	c.t.Helper()
	if _, err := c.purge.Do(c.t.Context(), p); err != nil {
		c.t.Fatal(err)
	}
}

// Both edges are served from the parent's copy: the origin is asked once, and again
// when the TTL is over, with a condition.
func TestEdgeAsksOnceThroughItsParent(t *testing.T) {
	c := wall(t, nil)
	c.upload("one")
	for i, want := range []string{"TCP_MISS", "TCP_MISS"} {
		if _, body, cache := c.read(c.EdgeURL(i), "/report.csv"); body != "one" || cache != want {
			t.Errorf("edge %d: %q %s", i, body, cache)
		}
	}
	c.clock.Advance(48*time.Hour - time.Second)
	if _, _, cache := c.read(c.EdgeURL(0), "/report.csv"); cache != "TCP_HIT" {
		t.Errorf("a second before the TTL is over: %s", cache)
	}
	c.clock.Advance(time.Second)
	c.sees(0, "one")
	want := lab.EdgeMeters{Requests: 4, Hits: 1, Bytes: 12, Origin200: 1, Origin304: 1, OriginBytes: 3}
	if m := c.Production.Meters(); m != want {
		t.Errorf("%+v, want %+v", m, want)
	}
	if m := c.Storage.Meters(); m.Delivered200 != 1 || m.Delivered304 != 1 || m.SentBytes != 3 {
		t.Errorf("%+v", m)
	}
	if status, _, _ := c.read(c.EdgeURL(0), "/nothing"); status != 404 {
		t.Errorf("what is not there: %d", status)
	}
}

// Invalidate asks whether the copy changed; delete fetches it anew in any case.
func TestInvalidateAndDelete(t *testing.T) {
	c := wall(t, nil)
	c.upload("one")
	c.sees(0, "one")
	c.purged(byURL())
	c.sees(0, "one")
	if m := c.Production.Meters(); m.Origin200 != 1 || m.Origin304 != 1 {
		t.Errorf("invalidated, and not changed: %+v", m)
	}
	p := byURL()
	p.Action = akamai.Delete
	c.purged(p)
	c.sees(0, "one")
	if m := c.Production.Meters(); m.Origin200 != 2 || m.Origin304 != 1 {
		t.Errorf("deleted, and not changed: %+v", m)
	}
}

// A purge by CP code takes every object of the property, by URL one.
func TestPurgeByCPCodeTakesAll(t *testing.T) {
	c := wall(t, nil)
	for _, path := range []string{"/832468/report.csv", "/832468/other.csv", "/832468/third.csv"} {
		if err := c.store.Upload(t.Context(), path, []byte("x"), time.Time{}); err != nil {
			t.Fatal(err)
		}
	}
	all := func() {
		for _, path := range []string{"/report.csv", "/other.csv", "/third.csv"} {
			c.read(c.EdgeURL(0), path)
		}
	}
	all()
	c.purged(byURL())
	all()
	if m := c.Production.Meters(); m.Origin304 != 1 {
		t.Errorf("by URL: %+v", m)
	}
	c.purged(akamai.Purge{Action: akamai.Invalidate, By: akamai.ByCPCode, Network: akamai.Production, Objects: []any{832468}})
	all()
	if m := c.Production.Meters(); m.Origin304 != 1+3 {
		t.Errorf("by CP code: %+v", m)
	}
}

// A stale copy is better than none, where the property says so; a deleted one cannot be.
func TestServeStale(t *testing.T) {
	var down atomic.Bool
	origin := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if down.Load() {
			http.Error(w, "down", http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Last-Modified", "Sun, 29 Nov 2026 01:00:00 GMT")
		w.Write([]byte("one"))
	}))
	defer origin.Close()
	for _, stale := range []bool{false, true} {
		down.Store(false)
		c := wall(t, func(c *lab.Config) { c.Edge.Origin, c.Edge.ServeStale = origin.URL, stale })
		c.sees(0, "one")
		down.Store(true)
		c.purged(byURL())
		want := 503
		if stale {
			want = 200
		}
		if status, _, _ := c.read(c.EdgeURL(0), "/report.csv"); status != want {
			t.Errorf("serve stale %v, invalidated: %d", stale, status)
		}
		p := byURL()
		p.Action = akamai.Delete
		c.purged(p)
		if status, _, _ := c.read(c.EdgeURL(0), "/report.csv"); status != 503 {
			t.Errorf("serve stale %v, deleted: %d", stale, status)
		}
	}
}

// Copies from NetStorage live ten minutes or more, one if agreed.
func TestLeastTTL(t *testing.T) {
	for _, x := range []struct {
		ttl    time.Duration
		agreed bool
		origin string
		ok     bool
	}{
		{10 * time.Minute, false, "", true},
		{10*time.Minute - 1, false, "", false},
		{time.Minute, true, "", true},
		{time.Minute - 1, true, "", false},
		{time.Second, false, "http://127.0.0.1:1", true},
	} {
		cfg := config()
		cfg.Edge.TTL, cfg.Edge.ShortTTL, cfg.Edge.Origin = x.ttl, x.agreed, x.origin
		l, err := lab.Start(cfg)
		if (err == nil) != x.ok {
			t.Errorf("%+v: %v", x, err)
		}
		if err == nil {
			l.Close()
		}
	}
}

// A manual clock runs what falls due in the order of its time, and work of work.
func TestManualClock(t *testing.T) {
	clock := lab.NewManual(began)
	var ran []time.Duration
	note := func() { ran = append(ran, clock.Now().Sub(began)) }
	clock.After(3*time.Second, note)
	clock.After(time.Second, func() { note(); clock.After(time.Second, note) })
	clock.After(9*time.Second, note)
	clock.Advance(5 * time.Second)
	if len(ran) != 3 || ran[0] != time.Second || ran[1] != 2*time.Second || ran[2] != 3*time.Second || clock.Now() != began.Add(5*time.Second) {
		t.Errorf("%v at %v", ran, clock.Now())
	}
}
