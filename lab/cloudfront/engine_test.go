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

// POST, PUT, DELETE, OPTIONS and PATCH are redirected with 307:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html
func TestRedirectOfOtherMethods(t *testing.T) {
	e := newWorld().engine(t, Behaviour{Protocol: RedirectToHTTPS})
	for method, want := range map[string]int{"GET": 301, "HEAD": 301, "POST": 307, "PUT": 307, "DELETE": 307, "OPTIONS": 307, "PATCH": 307} {
		if r := e.Serve(t.Context(), "http", front.Request{Method: method, Path: "/"}); r.Answer.Status != want {
			t.Errorf("%s: %d, want %d", method, r.Answer.Status, want)
		}
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

// Requests for an object that is being fetched wait for it, and share it if it may be
// cached: RequestAndResponseBehaviorCustomOrigin.html, simultaneous requests for the
// same object.
func TestCollapsing(t *testing.T) {
	const viewers = 10
	for name, c := range map[string]struct {
		policy  Policy
		control string
		fetched int
	}{
		"cached":             {minute(), "", 1},
		"not kept":           {minute(), "no-store", viewers},
		"without a cache":    {Policy{}, "", viewers},
		"kept by force, 1 s": {Policy{MinTTL: second, DefaultTTL: second, MaxTTL: second}, "no-store", 1},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			gate := make(chan struct{})
			w.origin = func(front.Request) (front.Answer, error) {
				<-gate
				return text(200, "origin", "Cache-Control", c.control), nil
			}
			e := w.engine(t, Behaviour{Cache: c.policy})
			results := make(chan Result, viewers)
			for range viewers {
				go func() { results <- e.Serve(context.Background(), "https", get("/")) }()
			}
			close(gate)
			total := 0
			for range viewers {
				r := <-results
				total += r.Fetched
				if string(r.Answer.Body) != "origin" || r.Answer.Status != 200 {
					t.Errorf("%+v", r)
				}
			}
			if total != c.fetched {
				t.Errorf("%d requests to the origin, want %d", total, c.fetched)
			}
		})
	}
}

// A viewer who leaves does not wait for another's request.
func TestWaiterLeaves(t *testing.T) {
	w := newWorld()
	reached, gate := make(chan struct{}), make(chan struct{})
	w.origin = func(front.Request) (front.Answer, error) { close(reached); <-gate; return text(200, ""), nil }
	e := w.engine(t, Behaviour{Cache: minute()})
	done := make(chan Result)
	go func() { done <- e.Serve(context.Background(), "https", get("/")) }()
	<-reached
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if r := e.Serve(ctx, "https", get("/")); r.Fault == 0 || r.Fetched != 0 {
		t.Errorf("%+v", r)
	}
	close(gate)
	<-done
}

// What is in the key, and what goes to the origin: controlling-the-cache-key.html. F12:
// a key without the query gives one job's status for another's.
func TestKey(t *testing.T) {
	job := func(r front.Request) (front.Answer, error) {
		return text(200, r.RawQuery+" "+r.Header.Get("Cookie")), nil
	}
	for _, c := range []struct {
		name          string
		b             Behaviour
		first, second front.Request
		hit           bool
		body          string // of the second
	}{
		{"F12: key without query", Behaviour{ForwardAll: true}, get("/status?job_id=1"), get("/status?job_id=2"), true, "job_id=1 "},
		{"key with query", Behaviour{Cache: Policy{Query: Names{All: true}}}, get("/status?job_id=1"), get("/status?job_id=2"), false, "job_id=2 "},
		{"key with one parameter", Behaviour{Cache: Policy{Query: Names{Some: []string{"job_id"}}}}, get("/?job_id=1&x=1"), get("/?x=2&job_id=1"), true, "job_id=1 "},
		{"order of parameters", Behaviour{Cache: Policy{Query: Names{All: true}}}, get("/?a=1&b=2"), get("/?b=2&a=1"), false, "b=2&a=1 "},
		{"query is not sent on", Behaviour{}, get("/?a=1"), get("/"), true, " "},
		{"path", Behaviour{}, get("/a"), get("/A"), false, " "},
		{"cookie not in the key", Behaviour{}, get("/", "Cookie", "v=a"), get("/", "Cookie", "v=b"), true, " "},
		{"cookie in the key", Behaviour{Cache: Policy{Cookies: Names{Some: []string{"v"}}}}, get("/", "Cookie", "v=a; w=1"), get("/", "Cookie", "w=2; v=b"), false, " v=b"},
		{"header in the key", Behaviour{Cache: Policy{Headers: []string{"Accept"}}}, get("/", "Accept", "a"), get("/", "accept", "b"), false, " "},
		{"header not in the key", Behaviour{}, get("/", "Accept", "a"), get("/", "Accept", "b"), true, " "},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld()
			w.origin = job
			policy := minute()
			c.b.Cache.DefaultTTL, c.b.Cache.MaxTTL = policy.DefaultTTL, policy.MaxTTL
			e := w.engine(t, c.b)
			e.Serve(t.Context(), "https", c.first)
			r := e.Serve(t.Context(), "https", c.second)
			if (r.Cache == Hit) != c.hit || string(r.Answer.Body) != c.body {
				t.Errorf("%s %q, want hit %v and %q", r.Cache, r.Answer.Body, c.hit, c.body)
			}
		})
	}
}

// GET's object answers HEAD; OPTIONS has its own, and only if it is to be cached.
func TestMethodsInTheCache(t *testing.T) {
	for _, c := range []struct {
		cacheOptions bool
		methods      string
		caches       string
	}{
		{false, "GET GET HEAD HEAD", "Miss Hit Hit Hit"},
		{false, "HEAD HEAD GET GET", "Miss Hit Miss Hit"},
		{false, "OPTIONS OPTIONS GET", "Miss Miss Miss"},
		{true, "GET OPTIONS OPTIONS", "Miss Miss Hit"},
		{true, "POST POST PUT DELETE", "Miss Miss Miss Miss"},
	} {
		e := newWorld().engine(t, Behaviour{Cache: minute(), CacheOptions: c.cacheOptions})
		var got []string
		for method := range strings.FieldsSeq(c.methods) {
			r := get("/")
			r.Method = method
			got = append(got, e.Serve(t.Context(), "https", r).Cache)
		}
		if strings.Join(got, " ") != c.caches {
			t.Errorf("%s, options %v: %q, want %q", c.methods, c.cacheOptions, got, c.caches)
		}
	}
}

// The header fields that CloudFront does not send on to a custom origin unless told to:
// RequestAndResponseBehaviorCustomOrigin.html.
func TestForwardedHeader(t *testing.T) {
	r := get("/", "Accept", "a", "Accept-Language", "b", "Referer", "c", "Authorization", "d", "Cookie", "e=1", "X-Own", "f", "If-None-Match", `"g"`, "X-Forwarded-Proto", "http", "X-Real-IP", "h")
	for name, c := range map[string]struct {
		b      Behaviour
		method string
		want   string
	}{
		"by default":   {Behaviour{}, "GET", "X-Own"},
		"in the key":   {Behaviour{Cache: Policy{Headers: []string{"accept-language"}, Cookies: Names{All: true}}}, "GET", "Accept-Language X-Own Cookie"},
		"all":          {Behaviour{ForwardAll: true}, "GET", "Accept Accept-Language Referer Authorization Cookie X-Own"},
		"POST":         {Behaviour{}, "POST", "Authorization X-Own If-None-Match"},
		"POST with it": {Behaviour{ForwardAll: true}, "POST", "Accept Accept-Language Referer Authorization Cookie X-Own If-None-Match"},
	} {
		w := newWorld()
		r.Method = c.method
		w.engine(t, c.b).Serve(t.Context(), "https", r)
		var got []string
		for _, f := range w.fetched[0].Header {
			got = append(got, f.Name)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// What CloudFront refuses of a behaviour; error pages as in
// https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CustomErrorResponse.html
func TestCheck(t *testing.T) {
	page := ErrorPage{Path: "/e.html", Status: 200}
	for want, b := range map[string]Behaviour{
		"":                              {Protocol: AllowAll, Methods: []string{"HEAD", "GET"}, Cache: minute(), ErrorPages: map[int]ErrorPage{400: page, 404: page, 504: {}}},
		"viewer protocol":               {Protocol: "http"},
		"minimum <= default":            {Cache: Policy{MinTTL: 2 * second, DefaultTTL: second, MaxTTL: 5 * second}},
		"default <= maximum":            {Cache: Policy{DefaultTTL: 6 * second, MaxTTL: 5 * second}},
		"allowed methods":               {Methods: []string{"GET", "POST"}},
		"error page for status 422":     {ErrorPages: map[int]ErrorPage{422: page}},
		"error page for status 410":     {ErrorPages: map[int]ErrorPage{410: page}},
		"begins with a slash":           {ErrorPages: map[int]ErrorPage{404: {Path: "e.html", Status: 200}}},
		"a path and a status, or neith": {ErrorPages: map[int]ErrorPage{404: {Path: "/e.html"}}},
	} {
		if err := b.Check(); (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	if _, err := New(Behaviour{Protocol: "x"}, newWorld(), nil, time.Now); err == nil {
		t.Error("New takes any behaviour")
	}
}

// TestConditional: a viewer who has the object gets 304 and no body, from the cache.
func TestConditional(t *testing.T) {
	const date = "Sun, 22 Nov 2026 10:00:00 GMT"
	for _, c := range []struct {
		name, value string
		status      int
	}{
		{"If-None-Match", `"v1"`, 304}, {"If-None-Match", `W/"v1"`, 304}, {"If-None-Match", `"v0", "v1"`, 304}, {"If-None-Match", "*", 304}, {"If-None-Match", `"v2"`, 200},
		{"If-Modified-Since", date, 304}, {"If-Modified-Since", "Sun, 22 Nov 2026 09:59:59 GMT", 200}, {"If-Modified-Since", "yesterday", 200},
	} {
		w := newWorld()
		w.origin = fixed(text(200, "body", "ETag", `"v1"`, "Last-Modified", date, "Content-Type", "text/plain"))
		e := w.engine(t, Behaviour{Cache: minute()})
		e.Serve(t.Context(), "https", get("/"))
		r := e.Serve(t.Context(), "https", get("/", c.name, c.value))
		if check(t, c.name+" "+c.value, r, c.status, "Hit", "", 0); (len(r.Answer.Body) == 0) != (c.status == 304) || r.Answer.Header.Get("ETag") == "" {
			t.Errorf("%s %s: %q", c.name, c.value, r.Answer.Body)
		}
	}
}
