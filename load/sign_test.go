package load

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// Each request is signed once, on its own copy of the headers, and what the signature
// adds is among the bytes sent.
func TestSign(t *testing.T) {
	var signed, seen atomic.Int64
	handler := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "Bearer token" && r.Header.Get("A") == "b" {
			seen.Add(1)
		}
	})
	p := planOf(Stage{100, 100, 100 * time.Millisecond})
	p.Requests[0].Header = http.Header{"A": {"b"}}
	plain := attack(t, context.Background(), p, handler).Hits[0].BytesOut
	p.Requests[0].Sign = func(r *http.Request) error {
		if r.Header.Get("Authorization") != "" {
			t.Error("signed twice")
		}
		r.Header.Set("Authorization", "Bearer token")
		signed.Add(1)
		return nil
	}
	r := attack(t, context.Background(), p, handler)
	if signed.Load() != 10 || seen.Load() != 10 || p.Requests[0].Header.Get("Authorization") != "" {
		t.Errorf("%d of 10 requests signed, %d seen; header of all: %v", signed.Load(), seen.Load(), p.Requests[0].Header)
	}
	for _, h := range r.Hits {
		if want := plain + int64(len("Authorization: Bearer token\r\n")); h.Error != "" || h.BytesOut != want {
			t.Errorf("%d bytes out, want %d: %+v", h.BytesOut, want, h)
		}
	}
}

// What cannot be signed is not sent, and its failure says nothing of why.
func TestSignFails(t *testing.T) {
	var seen atomic.Int64
	p := planOf(Stage{100, 100, 100 * time.Millisecond})
	p.Requests[0].Sign = func(*http.Request) error { return errors.New("secret") }
	r := attack(t, context.Background(), p, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { seen.Add(1) }))
	for _, h := range r.Hits {
		if h.Error != "credentials" || h.Sent != -1 || h.FirstByte != -1 || h.Done < h.Launched || h.Status != 0 || strings.Contains(h.Error, "secret") {
			t.Errorf("%+v", h)
		}
	}
	if len(r.Hits) != 10 || seen.Load() != 0 {
		t.Errorf("%d hits, %d sent", len(r.Hits), seen.Load())
	}
}
