package apply_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"frontdoor/deploy/apply"
)

func probe(front, url string, status int) apply.Probe {
	return apply.Probe{Front: front, Status: status, Request: func(ctx context.Context) (*http.Request, error) {
		return http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	}}
}

// A front is asked until it answers as it should, and one that does not in time is
// named with its last answer.
func TestAnswered(t *testing.T) {
	newFake(t, nil)
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/never" || asked.Add(1) < 3 { // a permission that has not arrived
			http.Error(w, `{"message":"Forbidden"}`, http.StatusForbidden)
			return
		}
		w.WriteHeader(http.StatusTeapot)
	}))
	t.Cleanup(server.Close)
	pace := hurried()
	pace.Answer = time.Minute
	if err := open(t, pace).Answered(t.Context(), []apply.Probe{probe("late", server.URL, http.StatusTeapot)}); err != nil || asked.Load() != 3 {
		t.Errorf("%v after %d requests, want none after 3", err, asked.Load())
	}
	err := open(t, hurried()).Answered(t.Context(), []apply.Probe{probe("late", server.URL, http.StatusTeapot), probe("never", server.URL+"/never", http.StatusOK)})
	if err == nil || strings.Contains(err.Error(), `"late"`) || !strings.Contains(err.Error(), `front "never" does not answer`) || !strings.Contains(err.Error(), "status 403, want 200") || !strings.Contains(err.Error(), "Forbidden") {
		t.Errorf("%v", err)
	}
}
