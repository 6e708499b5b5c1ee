package load

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"
)

// The sessions that are worked out are those that are sent, with their names, their
// requests and their polls, and whoever wants to know when is told before.
func TestSessionsAreThoseOfTheAttack(t *testing.T) {
	var mu sync.Mutex
	polls := map[string]int{}
	requests := map[string]string{}
	p := planOf(Stage{100, 100, 400 * time.Millisecond})
	p.Warmup, p.Poisson, p.Seed = 100*time.Millisecond, true, 7
	p.Polling = Polling{Every: 100 * time.Millisecond, Times: 3, Placeholder: "{session}", Prefix: "job-a-1-"}
	p.Requests = []Request{{Method: "GET", Weight: 1, Header: http.Header{"X-Job": {"{session}"}}}, {Method: "POST", Weight: 1, Header: http.Header{"X-Job": {"{session}"}}}}
	sessions, err := p.Sessions()
	if err != nil {
		t.Fatal(err)
	}
	var begun time.Time
	p.Begun = func(at time.Time) {
		mu.Lock()
		defer mu.Unlock()
		if begun = at; len(polls) > 0 || !at.After(time.Now().Add(-time.Minute)) {
			t.Errorf("%d polls were sent before %s", len(polls), at)
		}
	}
	r := attack(t, context.Background(), p, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		polls[r.Header.Get("X-Job")]++
		requests[r.Header.Get("X-Job")] = r.Method
	}))
	if !begun.Equal(r.Started) {
		t.Errorf("due times count from %s, and %s was said", r.Started, begun)
	}
	var dues []int64
	for _, s := range sessions {
		if polls[s.Name] != len(s.Polls) || requests[s.Name] != p.Requests[s.Request].Method || !slices.IsSorted(s.Polls) {
			t.Errorf("%+v: %d polls by %s were sent", s, polls[s.Name], requests[s.Name])
		}
		for _, due := range s.Polls {
			dues = append(dues, int64(due))
		}
	}
	slices.Sort(dues)
	if len(polls) != len(sessions) || len(dues) != len(r.Hits) {
		t.Fatalf("%d sessions and %d polls, sent were %d and %d", len(sessions), len(dues), len(polls), len(r.Hits))
	}
	for i, h := range r.Hits {
		if h.Due != dues[i] {
			t.Fatalf("poll %d is due at %d, want %d", i, h.Due, dues[i])
		}
	}
}

func TestNoSessionsWithoutPolling(t *testing.T) {
	if s, err := planOf(Stage{100, 100, time.Second}).Sessions(); s != nil || err != nil {
		t.Errorf("%v, %v", s, err)
	}
	if _, err := (Plan{}).Sessions(); err == nil {
		t.Error("a plan of nothing has sessions")
	}
}
