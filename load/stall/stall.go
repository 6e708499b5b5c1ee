// Package stall is a server that answers at once but, for a while in every
// period, holds what arrives until the while is over. It is the test of a load
// generator's honesty: with 1 s stalls in every 10 s a tenth of an open-loop
// load meets one, so the true p99 is 900 ms, and a generator that waits for
// answers before it sends, or that counts from the actual send, reports a few
// milliseconds instead (coordinated omission).
package stall

import (
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// Handler holds every request that arrives in the last Length of a period of
// Every, counted from the first request on, until the period ends.
type Handler struct {
	Every, Length time.Duration

	once  sync.Once
	began atomic.Pointer[time.Time]
}

var _ http.Handler = (*Handler)(nil)

func (h *Handler) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	now := time.Now()
	h.once.Do(func() { h.began.Store(&now) })
	if left := h.Every - now.Sub(h.Began())%h.Every; left <= h.Length {
		time.Sleep(left)
	}
	w.Header().Set("Content-Type", "text/plain")
	_, _ = io.WriteString(w, "answered\n")
}

// Began is when the first request arrived, from which the periods count; the
// zero time before it.
func (h *Handler) Began() time.Time {
	if began := h.began.Load(); began != nil {
		return *began
	}
	return time.Time{}
}
