package cloudfront

import (
	"context"
	"testing"

	"frontdoor/front"
)

// Requests for an object that is being fetched wait for it, and share it if it may be
// cached: RequestAndResponseBehaviorCustomOrigin.html, simultaneous requests for the
// same object.
func TestCollapsing(t *testing.T) {
	const viewers = 10
	for name, c := range map[string]struct {
		policy  Policy
		control string
		fetched int
	}{
		"cached":             {minute(), "", 1},
		"not kept":           {minute(), "no-store", viewers},
		"without a cache":    {Policy{}, "", viewers},
		"kept by force, 1 s": {Policy{MinTTL: second, DefaultTTL: second, MaxTTL: second}, "no-store", 1},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			gate := make(chan struct{})
			w.origin = func(front.Request) (front.Answer, error) {
				<-gate
				return text(200, "origin", "Cache-Control", c.control), nil
			}
			e := w.engine(t, Behaviour{Cache: c.policy})
			results := make(chan Result, viewers)
			for range viewers {
				go func() { results <- e.Serve(context.Background(), "https", get("/")) }()
			}
			close(gate)
			total := 0
			for range viewers {
				r := <-results
				total += r.Fetched
				if string(r.Answer.Body) != "origin" || r.Answer.Status != 200 {
					t.Errorf("%+v", r)
				}
			}
			if total != c.fetched {
				t.Errorf("%d requests to the origin, want %d", total, c.fetched)
			}
		})
	}
}

// A viewer who leaves does not wait for another's request.
func TestWaiterLeaves(t *testing.T) {
	w := newWorld()
	reached, gate := make(chan struct{}), make(chan struct{})
	w.origin = func(front.Request) (front.Answer, error) { close(reached); <-gate; return text(200, ""), nil }
	e := w.engine(t, Behaviour{Cache: minute()})
	done := make(chan Result)
	go func() { done <- e.Serve(context.Background(), "https", get("/")) }()
	<-reached
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if r := e.Serve(ctx, "https", get("/")); r.Fault == 0 || r.Fetched != 0 {
		t.Errorf("%+v", r)
	}
	close(gate)
	<-done
}
