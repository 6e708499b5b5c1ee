package auth

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// However many ask, a secret is fetched once; while it is renewed they have the old one,
// and only when that is of no more use they wait.
func TestHeld(t *testing.T) {
	var clock atomic.Int64
	l := lookup(nil, nil)
	l.Now = func() time.Time { return time.Unix(clock.Load(), 0) }
	var fetched atomic.Int64
	var failures atomic.Int64
	l.Failed = func(error) { failures.Add(1) }
	gate := make(chan error)
	h := newHeld(l, "bearer", func(context.Context) (lease[int64], error) {
		err := <-gate
		now := l.now()
		return lasting(fetched.Add(1), now, now.Add(100*time.Second)), err
	})
	ask := func() (int64, error) { return h.get(context.Background()) }
	expect := func(at, want int64) {
		t.Helper()
		clock.Store(at)
		if got, err := ask(); got != want || err != nil {
			t.Fatalf("at %d s: %d, %v, want %d", at, got, err, want)
		}
	}

	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if got, err := ask(); got != 1 || err != nil {
				t.Errorf("%d, %v", got, err)
			}
		})
	}
	gate <- nil
	all.Wait()
	expect(79, 1)
	expect(80, 1) // a fifth of its life before its end, which is less than 5 minutes
	gate <- nil   // the renewal that this began
	for h.renewing() {
	}
	expect(81, 2)

	expect(161, 2)
	gate <- errors.New("no answer")
	for h.renewing() {
	}
	expect(161, 2)
	if failures.Load() != 1 {
		t.Errorf("%d failures were told, want 1", failures.Load())
	}
	expect(162, 2) // a second later it tries again
	gate <- errors.New("no answer")
	for h.renewing() {
	}
	clock.Store(180) // at its end, and a second after the last try
	go func() { gate <- errors.New("still no answer") }()
	if _, err := ask(); err == nil || err.Error() != "still no answer" {
		t.Errorf("expired: %v", err)
	}
	if _, err := ask(); err == nil || err.Error() != "still no answer" {
		t.Errorf("within a second: %v", err)
	}
	clock.Store(181)
	go func() { gate <- nil }()
	expect(181, 6)
}

// A caller that gives up does not take the renewal from those who wait on.
func TestHeldCancelled(t *testing.T) {
	gate := make(chan struct{})
	h := newHeld(lookup(nil, nil), "bearer", func(ctx context.Context) (lease[string], error) {
		<-gate
		return lease[string]{value: "secret"}, ctx.Err()
	})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := h.get(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	close(gate)
	if got, err := h.get(context.Background()); got != "secret" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}

// renewing reports whether a renewal is under way.
func (h *held[T]) renewing() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.pending != nil
}
