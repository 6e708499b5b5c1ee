package telemetry

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/record"
)

// clocked gives the world a clock that only waiting moves, and calls tick with
// the number of the wait.
func (w *world) clocked(deadline time.Duration, tick func(n int)) *int {
	now, waits := at("12:10:00"), 0
	w.Deadline, w.Poll = deadline, 10*time.Second
	w.Now = func() time.Time { return now }
	w.After = func(d time.Duration) <-chan time.Time {
		now = now.Add(d)
		waits++
		tick(waits)
		c := make(chan time.Time, 1)
		c <- now
		return c
	}
	return &waits
}

func TestLateDatapoints(t *testing.T) {
	f := everyFront(front.FunctionURL)
	w := newWorld(t, f)
	w.sent(f, 4)
	w.invoke(f, at("12:01:00"), 1)
	// Every arrival starts the deadline anew, and the wait between questions, which is 10
	// and then 20 s: the last comes after 90 s in all.
	waits := w.clocked(30*time.Second, func(n int) {
		if n%2 == 0 {
			w.invoke(f, at("12:02:00"), 2)
		}
	})
	m := w.collect(t)[0]
	if *waits != 6 || m.Coverage.WaitedS != 90 || *m.Coverage.Invocations != 4 {
		t.Errorf("%d waits, coverage %+v; want 6, 90 s and 4 invocations", *waits, m.Coverage)
	}
	wantValue(t, m, "Duration", "Sum", 7)
	if hasProblem(m, "invocations for") {
		t.Errorf("problems %q", m.Problems)
	}
}

func TestDatapointsThatNeverCome(t *testing.T) {
	f, g := everyFront(front.FunctionURL), everyFront(front.APIGatewayHTTP)
	w := newWorld(t, f, g)
	w.sent(f, 4)
	w.sent(g, 1)
	w.invoke(f, at("12:01:00"), 1, 2, 3)
	w.invoke(g, at("12:01:00"), 1)
	waits := w.clocked(25*time.Second, func(int) {})
	m := w.collect(t)
	// 10 and the rest of the deadline.
	if *waits != 2 || m[0].Coverage.WaitedS != 25 || m[1].Coverage.WaitedS != 0 {
		t.Errorf("%d waits, %v s and %v s; want 2, 25 and 0", *waits, m[0].Coverage.WaitedS, m[1].Coverage.WaitedS)
	}
	if !hasProblem(m[0], "3 invocations for 4 requests sent") || hasProblem(m[1], "invocations for") {
		t.Errorf("problems %q and %q", m[0].Problems, m[1].Problems)
	}
}

// Whether a request that got no answer invoked anything nobody knows: for those alone
// nobody waits longer than a minute, and as long as for others while some that was
// answered is not counted.
func TestRequestsWithoutAnswer(t *testing.T) {
	f, cached := everyFront(front.FunctionURL), everyFront(front.EdgeOriginRequest)
	cached.ID = "cached"
	for _, c := range []struct {
		counted int
		want    float64 // seconds waited
	}{{4, 0}, {3, 60}, {2, 600}} {
		w := newWorld(t, f, cached)
		w.sent(f, 4)
		w.sent(cached, 4)
		told := new(Told)
		for i := range w.run.Trials {
			told.Add(i, []record.Hit{{Status: 200, RequestID: "a"}, {Status: 200}, {Sent: 5}, {Sent: -1}, {Sent: 9, Status: 503}})
		}
		for range c.counted {
			w.invoke(f, at("12:01:00"), 1)
			w.put(cached, "Requests", at("12:01:00"), 1)
		}
		w.clocked(10*time.Minute, func(int) {})
		meters, _, err := NewReader(w.Config).Collect(context.Background(), &w.run, told)
		if err != nil {
			t.Fatal(err)
		}
		if got := meters.Fronts[0].Coverage.WaitedS; got != c.want {
			t.Errorf("%d of 4 requests counted, 1 without an answer: waited %v s, want %v", c.counted, got, c.want)
		}
		if got := meters.Fronts[1].Coverage.WaitedS; c.counted < 4 && got != c.want {
			t.Errorf("behind a cache: %d of 4 requests counted, 1 without an answer: waited %v s, want %v", c.counted, got, c.want)
		}
	}
}

// Behind CloudFront's cache fewer invocations than requests are right; they
// are awaited until they stop growing.
func TestCachedFront(t *testing.T) {
	f := everyFront(front.EdgeOriginRequest)
	w := newWorld(t, f)
	w.sent(f, 4)
	w.put(f, "Requests", at("12:01:00"), 1, 1, 1, 1)
	w.invoke(f, at("12:01:00"), 7)
	waits := w.clocked(time.Minute, func(n int) {
		if n == 1 {
			w.invoke(f, at("12:01:00"), 8)
		}
	})
	m := w.collect(t)[0]
	if *waits != 2 || *m.Coverage.Invocations != 2 || hasProblem(m, "requests sent") {
		t.Errorf("%d waits, coverage %+v, problems %q; want 2 waits, 2 invocations and no problem", *waits, m.Coverage, m.Problems)
	}
}

func TestCachedFrontWithoutRequests(t *testing.T) {
	f := everyFront(front.EdgeOriginRequest)
	w := newWorld(t, f)
	w.sent(f, 4)
	w.put(f, "Requests", at("12:01:00"), 1, 1, 1)
	w.clocked(time.Minute, func(int) {})
	if m := w.collect(t)[0]; !hasProblem(m, "CloudFront counted 3 of 4 requests sent") {
		t.Errorf("problems %q", m.Problems)
	}
}

func TestDeadEndpoint(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	endpoint := "http://" + listener.Addr().String()
	listener.Close()
	run := record.Run{ID: "r", Started: at("12:00:00"), Fronts: []record.Front{everyFront(front.FunctionURL)}}
	_, err = Collect(context.Background(), Config{Endpoint: endpoint}, &run)
	if err == nil || !strings.Contains(err.Error(), `"eu-west-1"`) || !strings.Contains(err.Error(), `"`+endpoint+`"`) {
		t.Errorf("%v, want an error that names Region and endpoint", err)
	}
}

func TestCollectStopsWithTheContext(t *testing.T) {
	f := everyFront(front.FunctionURL)
	w := newWorld(t, f)
	w.sent(f, 1)
	ctx, cancel := context.WithCancel(context.Background())
	w.Deadline, w.Poll = time.Hour, time.Hour
	w.After = func(time.Duration) <-chan time.Time { cancel(); return nil }
	if _, err := Collect(ctx, w.Config, &w.run); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want context.Canceled", err)
	}
}

func TestCollectRefuses(t *testing.T) {
	for part, row := range map[string]struct {
		config Config
		run    record.Run
	}{
		`run "r" has not started`:    {Config{}, record.Run{ID: "r"}},
		`unknown kind "nonsense"`:    {Config{}, record.Run{Started: at("12:00:00"), Fronts: []record.Front{{ID: "f", Kind: "nonsense"}}}},
		`endpoint "127.0.0.1:18099"`: {Config{Endpoint: "127.0.0.1:18099"}, record.Run{Started: at("12:00:00"), Fronts: []record.Front{everyFront(front.ALB)}}},
	} {
		if _, err := Collect(context.Background(), row.config, &row.run); err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%v, want an error with %q", err, part)
		}
	}
}

// A loopback endpoint must never see the user's credentials.
func TestLoopback(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIAUSERSOWN")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	t.Setenv("AWS_CONFIG_FILE", "/nonexistent")
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
	for endpoint, want := range map[string]string{
		"http://127.0.0.1:9": "lab", "http://[::1]:9": "lab", "http://localhost:9": "lab", "http://127.8.8.8:9": "lab",
		"": "AKIAUSERSOWN", "https://monitoring.example.com": "AKIAUSERSOWN", "http://127.0.0.1.example.com": "AKIAUSERSOWN",
	} {
		loaded, err := Config{}.load(context.Background(), endpoint, "eu-west-1")
		if err != nil {
			t.Fatal(err)
		}
		keys, err := loaded.Credentials.Retrieve(context.Background())
		if err != nil || keys.AccessKeyID != want || loaded.Region != "eu-west-1" {
			t.Errorf("%q: key %q in %q, %v; want %q", endpoint, keys.AccessKeyID, loaded.Region, err, want)
		}
	}
}
