package load

import (
	"context"
	"io"
	"maps"
	"math"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

func polling(rate float64, length time.Duration, poisson bool) Plan {
	p := planOf(Stage{rate, rate, length})
	p.Poisson, p.Seed = poisson, 7
	p.Polling = Polling{Every: 500 * time.Millisecond, Times: 4, Placeholder: "{session}", Prefix: "job-"}
	return p
}

// Each session's polls are exactly Every apart and there are at most Times of them;
// a session keeps to one request.
func TestSessionsPollEvenly(t *testing.T) {
	p := polling(40, 20*time.Second, true)
	p.Requests = append(p.Requests, Request{Method: "GET", URL: "http://127.0.0.1:0/b", Weight: 1})
	arrivals, err := p.schedule()
	if err != nil {
		t.Fatal(err)
	}
	sessions := map[int32][]arrival{}
	for i, a := range arrivals {
		if i > 0 && a.due < arrivals[i-1].due {
			t.Fatalf("arrival %d is due before the one before it", i)
		}
		sessions[a.session] = append(sessions[a.session], a)
	}
	requests, whole := map[int32]int{}, 0
	for id, polls := range sessions {
		if len(polls) > 4 {
			t.Fatalf("session %d polls %d times", id, len(polls))
		}
		if len(polls) == 4 {
			whole++
		}
		for i := 1; i < len(polls); i++ {
			if polls[i].due-polls[i-1].due != 500*time.Millisecond || polls[i].request != polls[0].request {
				t.Fatalf("session %d: %+v", id, polls)
			}
		}
		requests[polls[0].request]++
	}
	if whole < 150 || len(requests) != 2 {
		t.Errorf("%d whole sessions of about 185, requests %v", whole, slices.Collect(maps.Keys(requests)))
	}
}

// The rate is the plan's from the first second to the last: sessions that began
// before the trial are in it. Of Poisson sessions the number of polls has four times
// the variance of as many requests that stand alone; five standard deviations.
func TestPollingRateIsSteady(t *testing.T) {
	const rate, seconds = 400, 30
	arrivals, err := polling(rate, seconds*time.Second, true).schedule()
	if err != nil {
		t.Fatal(err)
	}
	var first, last int
	for _, a := range arrivals {
		switch {
		case a.due < time.Second:
			first++
		case a.due >= (seconds-1)*time.Second:
			last++
		}
	}
	for name, n := range map[string]float64{"first second": float64(first), "last second": float64(last)} {
		if math.Abs(n-rate) > 5*math.Sqrt(4*rate) {
			t.Errorf("%s: %v polls, want about %d", name, n, rate)
		}
	}
	if n := float64(len(arrivals)); math.Abs(n-rate*seconds) > 5*math.Sqrt(4*rate*seconds) {
		t.Errorf("%v polls, want about %d", n, rate*seconds)
	}
}

// After a warm-up as long as a session every measured poll is of a session whose first
// poll was sent, so that a cache has seen what it would have seen.
func TestWarmupOfASession(t *testing.T) {
	p := polling(40, 5*time.Second, true)
	p.Warmup = p.Polling.length()
	arrivals, err := p.schedule()
	if err != nil {
		t.Fatal(err)
	}
	sessions, n := map[int32][]arrival{}, 0
	for _, a := range arrivals {
		sessions[a.session] = append(sessions[a.session], a)
	}
	for id, polls := range sessions {
		last := polls[len(polls)-1]
		whole := len(polls) == p.Polling.Times || last.due+p.Polling.Every >= p.Duration() // or the end cut it
		if !whole && !last.warmup {
			t.Errorf("session %d is measured at %v and lacks its first poll", id, last.due)
		}
		n += len(polls)
	}
	if n < 100 {
		t.Errorf("%d polls", n)
	}
}

// The placeholder is replaced wherever it stands, in its encoded form too, and
// every session has a name of its own. The plan stays as it was.
func TestSessionsAreNamed(t *testing.T) {
	var mu sync.Mutex
	seen := map[string]int{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		defer mu.Unlock()
		name := r.URL.Query().Get("job_id")
		if r.URL.Path != "/jobs/"+name || r.Header.Get("X-Job") != name || string(body) != "body of "+name || !strings.HasPrefix(name, "job-") {
			t.Errorf("%s %s, X-Job %q, body %q", r.Method, r.URL, r.Header.Get("X-Job"), body)
		}
		seen[name]++
	}))
	defer server.Close()
	p := polling(100, time.Second, false)
	p.Polling.Every = 50 * time.Millisecond
	p.Requests = []Request{{
		Method: "POST", URL: server.URL + "/jobs/{session}?job_id=%7Bsession%7D", Weight: 1,
		Header: http.Header{"X-Job": {"{session}"}}, Body: []byte("body of {session}"),
	}}
	result, err := Attack(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	mu.Lock()
	defer mu.Unlock()
	total := 0
	for name, n := range seen {
		total += n
		if n > 4 {
			t.Errorf("%s polled %d times", name, n)
		}
	}
	if total != len(result.Hits) || len(seen) < 20 {
		t.Errorf("%d requests of %d hits in %d sessions", total, len(result.Hits), len(seen))
	}
	if p.Requests[0].Header.Get("X-Job") != "{session}" {
		t.Error("the plan was changed")
	}
}

func TestPollingRefusesWhatItCannotKeep(t *testing.T) {
	for name, change := range map[string]func(*Plan){
		"ramp":     func(p *Plan) { p.Stages[0].To = 80 },
		"stages":   func(p *Plan) { p.Stages = append(p.Stages, p.Stages[0]) },
		"no time":  func(p *Plan) { p.Polling.Every = 0 },
		"negative": func(p *Plan) { p.Polling.Times = -1 },
	} {
		p := polling(40, time.Second, true)
		change(&p)
		if p.check() == nil {
			t.Errorf("%s: taken", name)
		}
	}
}
