package load

import (
	"cmp"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"frontdoor/load/stall"
	"frontdoor/record"
)

func attack(t *testing.T, ctx context.Context, p Plan, handler http.Handler) *Result {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	for i := range p.Requests {
		p.Requests[i].URL = server.URL + "/path?q=1"
	}
	result, err := Attack(ctx, p, nil)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestEveryHitIsRecordedOnce(t *testing.T) {
	var mu sync.Mutex
	var odd []string
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		for name := range r.Header {
			if strings.HasPrefix(name, "X-Vegeta") {
				odd = append(odd, name)
			}
		}
		mu.Unlock()
		w.Header().Set("X-Bench-Request-Id", "id")
		w.Header().Set("X-Bench-Cold", "1")
		io.WriteString(w, "hello")
	})
	p := planOf(Stage{500, 500, 400 * time.Millisecond})
	p.Warmup = 100 * time.Millisecond
	r := attack(t, context.Background(), p, handler)
	if len(r.Hits) != 250 || r.Load.Sent != 250 || r.Load.Planned != 250 || r.Load.Warmup != 50 {
		t.Errorf("%d hits, load %+v; want 250, 50 of them warm-up", len(r.Hits), r.Load)
	}
	if len(odd) > 0 {
		t.Errorf("the front saw the generator's own headers: %v", odd)
	}
	for i, h := range r.Hits {
		if h.Seq != int64(i) || h.Status != 200 || h.Error != "" || h.RequestID != "id" || h.Cold != 1 {
			t.Fatalf("hit %d: %+v", i, h)
		}
		if !(h.Due <= h.Launched && h.Launched <= h.Sent && h.Sent <= h.FirstByte && h.FirstByte <= h.Done) {
			t.Fatalf("hit %d: times are out of order: %+v", i, h)
		}
	}
	if r.Load.Connections < 1 || r.Load.Connections > 8 {
		t.Errorf("%d connections, want 1 to 8", r.Load.Connections)
	}
}

// The sizes are those on the wire: counted on the raw connection by the server.
func TestSizesAreThoseOnTheWire(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	const answer = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\nX-A: b\r\n\r\nhello"
	got := make(chan int, 1)
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		buf := make([]byte, 4096)
		n, _ := conn.Read(buf)
		got <- n
		io.WriteString(conn, answer)
	}()
	p := planOf(Stage{1, 1, time.Second})
	p.Requests[0] = Request{Method: "POST", URL: "http://" + listener.Addr().String() + "/a?b=c", Body: []byte("0123456789"),
		Header: http.Header{"User-Agent": {"bench"}, "Content-Type": {"text/plain"}}, Weight: 1}
	r, err := Attack(context.Background(), p, nil)
	if err != nil || len(r.Hits) != 1 {
		t.Fatalf("%v %+v", err, r)
	}
	// net/http adds Content-Length to what is sent; it is no part of the request as given.
	if want := int64(<-got - len("Content-Length: 10\r\n")); r.Hits[0].BytesOut != want || r.Hits[0].BytesIn != int64(len(answer)) {
		t.Errorf("out %d, in %d; want %d and %d", r.Hits[0].BytesOut, r.Hits[0].BytesIn, want, len(answer))
	}
}

func TestFailuresAreNamed(t *testing.T) {
	p := planOf(Stage{50, 50, 200 * time.Millisecond})
	p.Requests[0].Check = func(status int, body []byte) string {
		if status != 200 {
			return fmt.Sprintf("status %d", status)
		}
		if string(body) != "right" {
			return "body"
		}
		return ""
	}
	var n atomic.Int64
	r := attack(t, context.Background(), p, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		switch n.Add(1) % 3 {
		case 0:
			io.WriteString(w, "right")
		case 1:
			io.WriteString(w, "an error page that says 200")
		default:
			w.WriteHeader(http.StatusBadGateway)
		}
	}))
	counts := map[string]int{}
	for _, h := range r.Hits {
		counts[h.Error]++
	}
	if len(r.Hits) != 10 || counts["body"] != 4 || counts["status 502"] != 3 || counts[""] != 3 {
		t.Errorf("%d hits by failure: %v", len(r.Hits), counts)
	}
}

// HTTP/2 over TLS, with the certificate trusted and not.
func TestTLS(t *testing.T) {
	var second atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor == 2 {
			second.Add(1)
		}
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	trusting := server.Client().Transport.(*http.Transport).TLSClientConfig
	for name, c := range map[string]struct {
		tls   *tls.Config
		http2 bool
		want  string
	}{
		"http/1.1":    {trusting.Clone(), false, ""},
		"http/2":      {trusting.Clone(), true, ""},
		"not trusted": {nil, false, "certificate not trusted"},
	} {
		second.Store(0)
		p := planOf(Stage{50, 50, 200 * time.Millisecond})
		p.Timeout, p.TLS, p.HTTP2 = 30*time.Second, c.tls, c.http2
		if p.TLS != nil {
			p.TLS.NextProtos = nil // the transport chooses by HTTP2
		}
		p.Requests[0].URL = server.URL
		r, err := Attack(context.Background(), p, nil)
		if err != nil || len(r.Hits) != 10 {
			t.Fatalf("%s: %v, %+v", name, err, r)
		}
		for _, h := range r.Hits {
			if h.Error != c.want {
				t.Errorf("%s: failure %q, want %q", name, h.Error, c.want)
			}
		}
		if got := second.Load() == 10; got != c.http2 {
			t.Errorf("%s: %d of 10 requests came over HTTP/2", name, second.Load())
		}
	}
}

func TestTimeoutIsAFailureAndCountsAsLatency(t *testing.T) {
	p := planOf(Stage{20, 20, 100 * time.Millisecond})
	p.Timeout = 50 * time.Millisecond
	r := attack(t, context.Background(), p, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	for _, h := range r.Hits {
		if h.Error != "timeout" || h.Status != 0 || h.Done-h.Due < int64(p.Timeout) {
			t.Errorf("hit %+v", h)
		}
	}
	if len(r.Hits) != 2 {
		t.Errorf("%d hits, want 2", len(r.Hits))
	}
}

func TestConnectionsStayBelowTheirBound(t *testing.T) {
	var open, most atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { time.Sleep(20 * time.Millisecond) }))
	server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		switch s {
		case http.StateNew:
			n := open.Add(1)
			for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
			}
		case http.StateClosed:
			open.Add(-1)
		}
	}
	server.Start()
	defer server.Close()
	p := planOf(Stage{1000, 1000, 200 * time.Millisecond})
	p.Connections = 3
	p.Timeout = 30 * time.Second
	p.Requests[0].URL = server.URL
	r, err := Attack(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	if most.Load() > 3 || len(r.Hits) != 200 {
		t.Errorf("%d connections at once, %d hits", most.Load(), len(r.Hits))
	}
}

// With one connection that is held until every request is launched, each request
// waits at least until the last due time. Counted from the actual send all but the
// one that was sent first would look fast.
func TestResponseTimeCountsFromTheDueTime(t *testing.T) {
	p := planOf(Stage{100, 100, 300 * time.Millisecond})
	p.Connections = 1
	var launched sync.WaitGroup
	launched.Add(30)
	p.Requests[0].Sign = func(*http.Request) error { launched.Done(); return nil }
	r := attack(t, context.Background(), p, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { launched.Wait() }))
	first := slices.MinFunc(r.Hits, func(a, b record.Hit) int { return cmp.Compare(a.Sent, b.Sent) })
	last := r.Hits[len(r.Hits)-1].Due
	for _, h := range r.Hits {
		if h.Done < last {
			t.Errorf("due at %v, done after %v, which is before the last was due", time.Duration(h.Due), time.Duration(h.Done-h.Due))
		}
		if h.Seq != first.Seq && (h.Launched >= first.FirstByte || h.Sent < first.FirstByte) {
			t.Errorf("the wait for the connection is not in the hit: %+v", h)
		}
	}
}

func TestCancelKeepsWhatWasMeasured(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var n atomic.Int64
	p := planOf(Stage{100, 100, time.Hour})
	p.Connections = 1 // one after the other: ten are answered before the eleventh ends it
	r := attack(t, ctx, p, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if n.Add(1) > 10 {
			cancel()
			<-r.Context().Done()
		}
	}))
	if !r.Cut || len(r.Hits) != 10 || r.CutOff < 1 {
		t.Errorf("cut %v, %d hits kept, %d cut off; want 10 kept", r.Cut, len(r.Hits), r.CutOff)
	}
	for _, h := range r.Hits {
		if h.Error != "" {
			t.Errorf("an answered request is counted as failed: %+v", h)
		}
	}
}

// An answer that is cut off in its body is no failure of the front either.
func TestCancelInTheMiddleOfABody(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	r := attack(t, ctx, planOf(Stage{100, 100, time.Hour}), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "the first half")
		w.(http.Flusher).Flush()
		time.AfterFunc(50*time.Millisecond, cancel)
		<-r.Context().Done()
	}))
	if len(r.Hits) != 0 || r.CutOff == 0 {
		t.Errorf("%d hits kept, %d cut off: %+v", len(r.Hits), r.CutOff, r.Hits)
	}
}

// Half a second's requests are due while the server answers nobody. However
// slow the machine is, none of them is through before the stall is, and the wait
// counts from when each was due. How near the quantiles come to the true ones on
// a quiet machine is BenchmarkStall's.
func TestStallIsNotOmitted(t *testing.T) {
	const every, length = 2 * time.Second, 500 * time.Millisecond
	p := planOf(Stage{1000, 1000, 3 * time.Second})
	p.Connections, p.Timeout = 64, 30*time.Second
	handler := &stall.Handler{Every: every, Length: length}
	r := attack(t, context.Background(), p, handler)
	ends := int64(handler.Began().Add(every).Sub(r.Started))
	held := 0
	for _, h := range r.Hits {
		if h.Due < ends-int64(length) || h.Due >= ends {
			continue
		}
		held++
		if h.Done < ends {
			t.Errorf("due %v before the stall ends, done %v before it", time.Duration(ends-h.Due), time.Duration(ends-h.Done))
		}
	}
	if held < 499 || held > 501 {
		t.Errorf("%d requests were due in a stall of %v at 1000/s", held, length)
	}
}

func TestJudge(t *testing.T) {
	for name, c := range map[string]struct {
		load      record.Load
		scheduled float64
		cut       bool
		invalid   int
		disturbed int
	}{
		"idle":             {record.Load{LateP99: 300_000, AchievedRate: 200}, 200, false, 0, 0},
		"late":             {record.Load{LateP99: int64(3 * time.Millisecond), AchievedRate: 200}, 200, false, 0, 1},
		"too late":         {record.Load{LateP99: int64(11 * time.Millisecond), AchievedRate: 200}, 200, false, 1, 0},
		"short of CPU":     {record.Load{Starved: 0.05, AchievedRate: 200}, 200, false, 0, 1},
		"without CPU":      {record.Load{Starved: 0.5, AchievedRate: 200}, 200, false, 1, 0},
		"under a quota":    {record.Load{Throttled: 0.05, AchievedRate: 200}, 200, false, 1, 0},
		"rate missed":      {record.Load{AchievedRate: 190}, 200, false, 1, 0},
		"rate missed, cut": {record.Load{AchievedRate: 20}, 200, true, 0, 0},
	} {
		invalid, disturbed := judge(c.load, c.scheduled, c.cut)
		if len(invalid) != c.invalid || len(disturbed) != c.disturbed {
			t.Errorf("%s: invalid %q, disturbed %q", name, invalid, disturbed)
		}
	}
}

// starvedChild is set in the environment of the generator that gets starved.
const starvedChild = "LOAD_TEST_STARVED_CHILD"

// A generator that may run for 10 ms in every 100 ms, as under a CPU quota of
// 10 %, must call its own trial invalid. The quota is played by stopping and
// continuing the process, which needs no privilege.
func TestStarvedGeneratorCallsItsTrialInvalid(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer server.Close()
	child := exec.Command(os.Args[0], "-test.run=^TestGeneratorToStarve$", "-test.v")
	child.Env = append(os.Environ(), starvedChild+"="+server.URL)
	var out strings.Builder
	child.Stdout, child.Stderr = &out, &out
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- child.Wait() }()
	for {
		select {
		case err := <-done:
			if err != nil || !strings.Contains(out.String(), "INVALID") || !strings.Contains(out.String(), "refused CPU") {
				t.Errorf("child: %v\n%s", err, out.String())
			}
			return
		default:
			_ = child.Process.Signal(syscall.SIGSTOP) // a process that ended meanwhile is found above
			time.Sleep(90 * time.Millisecond)
			_ = child.Process.Signal(syscall.SIGCONT)
			time.Sleep(10 * time.Millisecond)
		}
	}
}

// TestGeneratorToStarve is the child of the test above.
func TestGeneratorToStarve(t *testing.T) {
	url := os.Getenv(starvedChild)
	if url == "" {
		t.Skip("run by TestStarvedGeneratorCallsItsTrialInvalid")
	}
	p := planOf(Stage{200, 200, 2 * time.Second})
	p.Requests[0].URL = url
	r, err := Attack(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Invalid) > 0 {
		t.Logf("INVALID %q", r.Invalid)
	}
}
