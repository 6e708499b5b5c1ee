package cloudfront

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdoor/front"
)

// world is a virtual clock, functions and an origin that note what they were asked.
type world struct {
	at        time.Time
	kinds     map[Event]front.Kind
	functions map[Event]func(front.Request) (front.Answer, error)
	origin    func(front.Request) (front.Answer, error)

	mu      sync.Mutex
	fetched []front.Request
}

func newWorld() *world {
	return &world{
		at:    time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC),
		kinds: map[Event]front.Kind{}, functions: map[Event]func(front.Request) (front.Answer, error){},
		origin: func(front.Request) (front.Answer, error) { return text(200, "origin"), nil },
	}
}

func (w *world) Kind(e Event) front.Kind {
	if k := w.kinds[e]; k != "" {
		return k
	}
	if w.functions[e] == nil {
		return ""
	}
	return front.Kind("edge-" + string(e))
}

func (w *world) Run(_ context.Context, e Event, r front.Request) (front.Answer, error) {
	return w.functions[e](r)
}

func (w *world) Fetch(_ context.Context, r front.Request) (front.Answer, error) {
	w.mu.Lock()
	w.fetched = append(w.fetched, r)
	w.mu.Unlock()
	return w.origin(r)
}

func (w *world) now() time.Time { return w.at }

func (w *world) engine(t *testing.T, b Behaviour) *Engine {
	t.Helper()
	e, err := New(b, w, w, w.now)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// text is an answer with header fields given as name, value, name, value.
func text(status int, body string, fields ...string) front.Answer {
	a := front.Answer{Status: status, Body: []byte(body)}
	for i := 0; i+1 < len(fields); i += 2 {
		a.Header = append(a.Header, front.Field{Name: fields[i], Value: fields[i+1]})
	}
	return a
}

func get(path string, fields ...string) front.Request {
	path, query, _ := strings.Cut(path, "?")
	return front.Request{Method: "GET", Path: path, RawQuery: query, Host: "d1.cloudfront.net", Header: text(0, "", fields...).Header}
}

// fixed is a function that answers, pass one that hands the request on, marks one that
// adds a header field to an answer.
func fixed(a front.Answer) func(front.Request) (front.Answer, error) {
	return func(front.Request) (front.Answer, error) { return a, nil }
}

func pass(r front.Request) (front.Answer, error) { return front.Answer{Forward: &r}, nil }

func marks(name string) func(front.Request) (front.Answer, error) {
	return func(r front.Request) (front.Answer, error) {
		a := *r.Upstream
		a.Header = append(slices.Clone(a.Header), front.Field{Name: name, Value: "1"})
		return a, nil
	}
}

// all has a function at every event.
func (w *world) all() {
	w.functions[ViewerRequest], w.functions[OriginRequest] = pass, pass
	w.functions[OriginResponse], w.functions[ViewerResponse] = marks("X-Origin"), marks("X-Viewer")
}

const second = time.Second

func minute() Policy { return Policy{DefaultTTL: 60 * second, MaxTTL: 3600 * second} }

func ran(r Result) string {
	var names []string
	for _, e := range r.Ran {
		names = append(names, string(e))
	}
	return strings.Join(names, " ")
}

// check compares status, X-Cache, events and origin requests of a result.
func check(t *testing.T, what string, r Result, status int, cache, events string, fetched int) {
	t.Helper()
	if r.Answer.Status != status || r.Answer.Header.Get("X-Cache") != cache+" from cloudfront" || len(r.Answer.Header.Values("X-Cache")) != 1 || ran(r) != events || r.Fetched != fetched {
		t.Errorf("%s: %d %q, ran %q, %d fetched; want %d %q, ran %q, %d fetched",
			what, r.Answer.Status, r.Answer.Header.Values("X-Cache"), ran(r), r.Fetched, status, cache, events, fetched)
	}
}

// When each event happens, and when not:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-cloudfront-trigger-events.html
func TestEvents(t *testing.T) {
	const everything = "viewer-request origin-request origin-response viewer-response"
	for _, c := range []struct {
		name   string
		change func(*world, *Behaviour)
		scheme string
		first  string // events of the first request
		second string // of the same again, a second later
		status int
		caches [2]string
		fetch  [2]int
	}{
		{"a hit runs the viewer's events only", func(*world, *Behaviour) {}, "https",
			everything, "viewer-request viewer-response", 200, [2]string{"Miss", "Hit"}, [2]int{1, 0}},
		{"without a cache all run each time", func(_ *world, b *Behaviour) { b.Cache = Policy{} }, "https",
			everything, everything, 200, [2]string{"Miss", "Miss"}, [2]int{1, 1}},
		{"F10: a redirect runs none", func(_ *world, b *Behaviour) { b.Protocol = RedirectToHTTPS }, "http",
			"", "", 301, [2]string{"Redirect", "Redirect"}, [2]int{}},
		{"https of the same runs them", func(_ *world, b *Behaviour) { b.Protocol = RedirectToHTTPS }, "https",
			everything, "viewer-request viewer-response", 200, [2]string{"Miss", "Hit"}, [2]int{1, 0}},
		{"https-only refuses", func(_ *world, b *Behaviour) { b.Protocol = HTTPSOnly }, "http",
			"", "", 403, [2]string{"Error", "Error"}, [2]int{}},
		{"F11: an answer at viewer-request is the only event and is not cached", func(w *world, _ *Behaviour) {
			w.functions[ViewerRequest] = fixed(text(200, "own", "Cache-Control", "max-age=60"))
		}, "https", "viewer-request", "viewer-request", 200, [2]string{"LambdaGeneratedResponse", "LambdaGeneratedResponse"}, [2]int{}},
		{"an answer of a CloudFront Function too", func(w *world, _ *Behaviour) {
			w.functions[ViewerRequest], w.kinds[ViewerRequest] = fixed(text(302, "")), front.CloudFrontFunction
		}, "https", "viewer-request", "viewer-request", 302, [2]string{"FunctionGeneratedResponse", "FunctionGeneratedResponse"}, [2]int{}},
		{"an answer at origin-request is cached, without origin-response", func(w *world, _ *Behaviour) {
			w.functions[OriginRequest] = fixed(text(200, "own"))
		}, "https", "viewer-request origin-request viewer-response", "viewer-request viewer-response", 200, [2]string{"LambdaGeneratedResponse", "Hit"}, [2]int{}},
		{"origin-response runs for an error, viewer-response does not", func(w *world, _ *Behaviour) {
			w.origin = fixed(text(404, "no"))
		}, "https", "viewer-request origin-request origin-response", "viewer-request", 404, [2]string{"Error", "Error"}, [2]int{1, 0}},
		{"origin-response may make an error good", func(w *world, _ *Behaviour) {
			w.origin, w.functions[OriginResponse] = fixed(text(404, "no")), fixed(text(200, "yes"))
		}, "https", everything, "viewer-request viewer-response", 200, [2]string{"Miss", "Hit"}, [2]int{1, 0}},
		{"a method that is not allowed", func(_ *world, b *Behaviour) { b.Methods = []string{"HEAD", "GET"} }, "POST",
			"", "", 403, [2]string{"Error", "Error"}, [2]int{}},
		{"POST is not cached", func(*world, *Behaviour) {}, "POST",
			everything, everything, 200, [2]string{"Miss", "Miss"}, [2]int{1, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, b := newWorld(), Behaviour{Cache: minute(), ErrorTTL: 10 * second}
			w.all()
			c.change(w, &b)
			e := w.engine(t, b)
			r, scheme := get("/a?b=c"), c.scheme
			if scheme == "POST" {
				r.Method, scheme = "POST", "https"
			}
			first := e.Serve(t.Context(), scheme, r)
			check(t, "first", first, c.status, c.caches[0], c.first, c.fetch[0])
			w.at = w.at.Add(second)
			check(t, "second", e.Serve(t.Context(), scheme, r), c.status, c.caches[1], c.second, c.fetch[1])
			if where := first.Answer.Header.Get("Location"); c.status == 301 && where != "https://d1.cloudfront.net/a?b=c" {
				t.Errorf("redirects to %q", where)
			}
		})
	}
}

// What the events change is what goes on; what is disallowed is the caller's to find.
func TestChangesGoOn(t *testing.T) {
	w := newWorld()
	w.all()
	w.functions[ViewerRequest] = func(r front.Request) (front.Answer, error) {
		r.Path = "/normal"
		return pass(r)
	}
	w.functions[OriginRequest] = func(r front.Request) (front.Answer, error) {
		r.Path += "/origin"
		return pass(r)
	}
	e := w.engine(t, Behaviour{Cache: minute()})
	for i, path := range []string{"/A", "/B", "/C"} {
		r := e.Serve(t.Context(), "https", get(path))
		if r.Answer.Header.Get("X-Origin") == "" || r.Answer.Header.Get("X-Viewer") == "" || string(r.Answer.Body) != "origin" || r.Fetched != max(0, 1-i) {
			t.Errorf("%s: %+v", path, r)
		}
	}
	if len(w.fetched) != 1 || w.fetched[0].Path != "/normal/origin" {
		t.Errorf("fetched %+v", w.fetched)
	}
	// A cached object does not bear what viewer-response added to another's.
	w.functions[ViewerResponse] = marks("X-Other")
	if h := e.Serve(t.Context(), "https", get("/D")).Answer.Header; h.Get("X-Viewer") != "" || h.Get("X-Other") == "" || h.Get("X-Origin") == "" {
		t.Errorf("header of a hit: %v", h)
	}
}

// A function that fails is answered for, and nothing is cached of it; an origin that
// is not there is 502.
func TestFailures(t *testing.T) {
	fault := &front.Fault{Cause: front.Timeout, Answer: text(503, "late", "X-Cache", "LambdaLimitExceeded from cloudfront")}
	for _, at := range Events() {
		w := newWorld()
		w.all()
		w.functions[at] = func(front.Request) (front.Answer, error) { return front.Answer{}, fault }
		e := w.engine(t, Behaviour{Cache: minute(), ErrorTTL: 10 * second})
		for range 2 {
			if r := e.Serve(t.Context(), "https", get("/")); r.Answer.Status != 503 || r.Fault != front.Timeout || r.Answer.Header.Get("X-Cache") != "LambdaLimitExceeded from cloudfront" || !slices.Contains(r.Ran, at) {
				t.Errorf("%s: %+v", at, r)
			}
		}
	}
	w := newWorld()
	w.origin = func(front.Request) (front.Answer, error) { return front.Answer{}, errors.New("refused") }
	r := w.engine(t, Behaviour{}).Serve(t.Context(), "https", get("/"))
	check(t, "origin away", r, 502, "Error", "", 1)
	e, err := New(Behaviour{}, w, nil, w.now)
	if err != nil {
		t.Fatal(err)
	}
	check(t, "no origin", e.Serve(t.Context(), "https", get("/")), 502, "Error", "", 0)
}
