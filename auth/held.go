package auth

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// lease is a secret and how long it may be used.
type lease[T any] struct {
	value T
	renew time.Time // when to look for the next one; zero is never
	until time.Time // when it is of no more use; zero is never
}

// renewEarly is how long before its end a secret is renewed, or a fifth of its life if
// that is shorter. AWS's own SDKs take 5 minutes for credentials.
const renewEarly = 5 * time.Minute

// lasting is a lease of a value that expires at until, zero being never.
func lasting[T any](value T, now, until time.Time) lease[T] {
	if until.IsZero() {
		return lease[T]{value: value}
	}
	return lease[T]{value, until.Add(-min(renewEarly, until.Sub(now)/5)), until}
}

// retryAfter is the least time between two renewals: of a source that fails, or whose
// secrets live shorter.
const retryAfter = time.Second

// errExpired is a secret for which its source has no successor.
var errExpired = errors.New("has expired, and there is no new one")

// fetchLimit bounds a renewal behind the requests' back.
const fetchLimit = 2 * time.Minute

// held is a secret that is renewed before it expires. Requests go on with the old one
// meanwhile and wait for the new one only when the old is of no more use, so that a
// renewal is not measured as the front's latency.
type held[T any] struct {
	lookup Lookup
	name   string // as in a Spec's notation
	fetch  func(context.Context) (lease[T], error)

	mu      sync.Mutex
	lease   lease[T]
	have    bool
	tried   time.Time // of the last fetch
	err     error     // of it
	pending chan struct{}
}

func newHeld[T any](l Lookup, name string, fetch func(context.Context) (lease[T], error)) *held[T] {
	return &held[T]{lookup: l, name: name, fetch: fetch}
}

// get is the secret as it is now.
func (h *held[T]) get(ctx context.Context) (T, error) {
	for {
		h.mu.Lock()
		now := h.lookup.now()
		usable := h.have && (h.lease.until.IsZero() || now.Before(h.lease.until))
		due := !h.have || !h.lease.renew.IsZero() && !now.Before(h.lease.renew)
		if due && h.pending == nil && (h.tried.IsZero() || now.Sub(h.tried) >= retryAfter) {
			h.pending = make(chan struct{})
			go h.renew(h.pending)
		}
		value, pending, err := h.lease.value, h.pending, h.err
		h.mu.Unlock()
		switch {
		case usable:
			return value, nil
		case pending == nil && err == nil:
			return value, errExpired
		case pending == nil:
			return value, err
		}
		select {
		case <-pending:
		case <-ctx.Done():
			return value, ctx.Err()
		}
	}
}

// renew fetches the next secret, for all who wait and not for one of them, whose
// context may end.
func (h *held[T]) renew(done chan struct{}) {
	ctx, cancel := context.WithTimeout(context.Background(), fetchLimit)
	defer cancel()
	next, err := h.fetch(ctx)
	if err != nil {
		err = h.lookup.clean(err)
	}
	h.mu.Lock()
	again := h.have
	h.mu.Unlock()
	if err != nil && again && h.lookup.Failed != nil {
		h.lookup.Failed(fmt.Errorf("%s: %w", h.name, err))
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if err == nil {
		h.lease, h.have = next, true
	}
	h.err, h.tried, h.pending = err, h.lookup.now(), nil
	close(done)
}
