package cloudfront

import (
	"strings"
	"testing"
	"time"

	"frontdoor/front"
)

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
