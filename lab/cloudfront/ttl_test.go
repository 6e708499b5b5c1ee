package cloudfront

import (
	"errors"
	"sort"
	"testing"
	"time"

	"frontdoor/front"
)

// lifetime is how long, to the second, an engine goes on serving what it got at first
// without asking the origin, up to a day and a bit.
func lifetime(t *testing.T, b Behaviour, a front.Answer) time.Duration {
	t.Helper()
	w := newWorld()
	begin := w.at
	w.origin = fixed(a)
	served := func(after int) bool { // with an engine of its own: a look may store the object anew
		w.at = begin
		e := w.engine(t, b)
		e.Serve(t.Context(), "https", get("/"))
		w.at = begin.Add(time.Duration(after) * second)
		return e.Serve(t.Context(), "https", get("/")).Fetched == 0
	}
	return time.Duration(sort.Search(100_000, func(after int) bool { return !served(after) })) * second
}

// The table of
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html#ExpirationDownloadDist
// cell by cell: minimum TTL 0 and above 0.
func TestLifetimes(t *testing.T) {
	zero := Policy{MinTTL: 0, DefaultTTL: 100 * second, MaxTTL: 1000 * second}
	above := Policy{MinTTL: 50 * second, DefaultTTL: 100 * second, MaxTTL: 1000 * second}
	const in300 = "Sun, 22 Nov 2026 12:05:00 GMT" // the world begins at 12:00:00
	for _, c := range []struct {
		name        string
		fields      []string
		zero, above time.Duration
	}{
		{"nothing: the default", nil, 100 * second, 100 * second},
		{"max-age", []string{"Cache-Control", "max-age=300"}, 300 * second, 300 * second},
		{"max-age below the minimum", []string{"Cache-Control", "max-age=10"}, 10 * second, 50 * second},
		{"max-age over the maximum", []string{"Cache-Control", "max-age=5000"}, 1000 * second, 1000 * second},
		{"s-maxage goes before max-age", []string{"Cache-Control", "max-age=10, s-maxage=300"}, 300 * second, 300 * second},
		{"Expires", []string{"Expires", in300}, 300 * second, 300 * second},
		{"Expires in the past", []string{"Expires", "Sun, 22 Nov 2026 11:00:00 GMT"}, 0, 50 * second},
		{"max-age goes before Expires", []string{"Expires", in300, "Cache-Control", "max-age=20"}, 20 * second, 50 * second},
		{"no-cache", []string{"Cache-Control", "no-cache"}, 0, 50 * second},
		{"no-store", []string{"Cache-Control", "no-store"}, 0, 50 * second},
		{"private", []string{"Cache-Control", "private, max-age=300"}, 0, 50 * second},
		{"max-age that is no number", []string{"Cache-Control", "max-age=soon"}, 100 * second, 100 * second},
	} {
		for policy, want := range map[*Policy]time.Duration{&zero: c.zero, &above: c.above} {
			if got := lifetime(t, Behaviour{Cache: *policy}, text(200, "", c.fields...)); got != want {
				t.Errorf("%s, minimum %v: %v, want %v", c.name, policy.MinTTL, got, want)
			}
		}
		if got := lifetime(t, Behaviour{}, text(200, "", c.fields...)); got != 0 {
			t.Errorf("%s, CachingDisabled: %v", c.name, got)
		}
	}
	// A minimum above the default, and CachingLittle of https://blog.nightonly.com (2022-05-10): 1, 5, 5.
	if got := lifetime(t, Behaviour{Cache: Policy{MinTTL: second, DefaultTTL: 5 * second, MaxTTL: 5 * second}}, text(200, "")); got != 5*second {
		t.Errorf("CachingLittle: %v", got)
	}
}

// How long errors stay:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-expiration.html and
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
func TestErrorLifetimes(t *testing.T) {
	hour := time.Hour
	for _, c := range []struct {
		name    string
		status  int
		control string
		b       Behaviour
		want    time.Duration
	}{
		{"404, 10 s", 404, "", Behaviour{ErrorTTL: 10 * second}, 10 * second},
		{"503 too, without a cache", 503, "", Behaviour{ErrorTTL: 10 * second}, 10 * second},
		{"longer if the origin says so", 404, "max-age=30", Behaviour{ErrorTTL: 10 * second, Cache: minute()}, 30 * second},
		{"not shorter", 404, "max-age=3", Behaviour{ErrorTTL: 10 * second, Cache: minute()}, 10 * second},
		{"up to the maximum TTL", 404, "max-age=9000", Behaviour{ErrorTTL: 10 * second, Cache: minute()}, hour},
		{"404 with no-store", 404, "no-store", Behaviour{ErrorTTL: 10 * second}, 0},
		{"501 with no-cache", 501, "no-cache", Behaviour{ErrorTTL: 10 * second}, 0},
		{"500 with no-store all the same", 500, "no-store", Behaviour{ErrorTTL: 10 * second}, 10 * second},
		{"400 only if told", 400, "", Behaviour{ErrorTTL: 10 * second}, 0},
		{"403 told", 403, "max-age=20", Behaviour{ErrorTTL: 10 * second, Cache: minute()}, 20 * second},
		{"416 never", 416, "max-age=20", Behaviour{ErrorTTL: 10 * second, Cache: minute()}, 0},
		{"422 never", 422, "max-age=20", Behaviour{ErrorTTL: 10 * second, Cache: minute()}, 0},
		{"its own", 404, "", Behaviour{ErrorTTL: 10 * second, ErrorPages: map[int]ErrorPage{404: {TTL: &hour}}}, hour},
		{"no error caching", 404, "", Behaviour{}, 0},
	} {
		if got := lifetime(t, c.b, text(c.status, "", "Cache-Control", c.control)); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// An expired object is asked for with its own conditions; unchanged it is fresh again,
// and the answer is a RefreshHit (access-logs' x-edge-result-type has the names).
func TestRevalidation(t *testing.T) {
	const date = "Sun, 22 Nov 2026 10:00:00 GMT"
	w := newWorld()
	version := `"v1"`
	w.origin = func(r front.Request) (front.Answer, error) {
		if r.Header.Get("If-None-Match") == version {
			return text(304, "", "ETag", version, "X-Checked", "yes"), nil
		}
		return text(200, "body of "+version, "ETag", version, "Last-Modified", date), nil
	}
	e := w.engine(t, Behaviour{Cache: minute()})
	check(t, "at first", e.Serve(t.Context(), "https", get("/")), 200, "Miss", "", 1)
	w.at = w.at.Add(59 * second)
	r := e.Serve(t.Context(), "https", get("/"))
	if check(t, "fresh", r, 200, "Hit", "", 0); r.Answer.Header.Get("Age") != "59" {
		t.Errorf("Age %q", r.Answer.Header.Get("Age"))
	}
	w.at = w.at.Add(second)
	r = e.Serve(t.Context(), "https", get("/"))
	if check(t, "expired, unchanged", r, 200, "RefreshHit", "", 1); string(r.Answer.Body) != `body of "v1"` || r.Answer.Header.Get("X-Checked") != "yes" {
		t.Errorf("refreshed %q %v", r.Answer.Body, r.Answer.Header)
	}
	if last := w.fetched[len(w.fetched)-1].Header; last.Get("If-None-Match") != version || last.Get("If-Modified-Since") != date {
		t.Errorf("conditions %v", last)
	}
	w.at = w.at.Add(59 * second)
	check(t, "fresh again", e.Serve(t.Context(), "https", get("/")), 200, "Hit", "", 0)
	version = `"v2"`
	w.at = w.at.Add(second)
	r = e.Serve(t.Context(), "https", get("/"))
	if check(t, "expired, changed", r, 200, "Miss", "", 1); string(r.Answer.Body) != `body of "v2"` {
		t.Errorf("changed %q", r.Answer.Body)
	}
	// An origin that fails leaves the old object in service, and is asked again after
	// the error caching minimum TTL; a 4xx goes to the viewer.
	e.behaviour.ErrorTTL = 10 * second
	for name, origin := range map[string]func(front.Request) (front.Answer, error){
		"503": fixed(text(503, "down")), "away": func(front.Request) (front.Answer, error) { return front.Answer{}, errors.New("away") },
	} {
		w.origin = origin
		w.at = w.at.Add(61 * second)
		check(t, name, e.Serve(t.Context(), "https", get("/")), 200, "Hit", "", 1)
		w.at = w.at.Add(9 * second)
		check(t, name+", not asked", e.Serve(t.Context(), "https", get("/")), 200, "Hit", "", 0)
	}
	w.origin = fixed(text(404, "gone"))
	w.at = w.at.Add(61 * second)
	check(t, "gone", e.Serve(t.Context(), "https", get("/")), 404, "Error", "", 1)
}

// What must not be stored is not asked for with conditions, which would need it.
func TestNoStore(t *testing.T) {
	for control, want := range map[string]string{"no-store": "", "no-cache": `"v1"`, "max-age=0": `"v1"`} {
		w := newWorld()
		w.origin = fixed(text(200, "body", "ETag", `"v1"`, "Cache-Control", control))
		e := w.engine(t, Behaviour{Cache: minute()})
		for range 2 {
			check(t, control, e.Serve(t.Context(), "https", get("/")), 200, "Miss", "", 1)
		}
		if got := w.fetched[1].Header.Get("If-None-Match"); got != want {
			t.Errorf("%s: If-None-Match %q, want %q", control, got, want)
		}
	}
}

// F09: an error page replaces 400 and 404 and cannot replace 422, whether the origin
// or a function at viewer-request answers. It is fetched without the viewer's events
// and none runs on it: GeneratingCustomErrorResponses.html,
// lambda-cloudfront-trigger-events.html.
func TestErrorPages(t *testing.T) {
	pages := map[int]ErrorPage{400: {Path: "/400.html", Status: 200}, 404: {Path: "/404.html", Status: 404}, 500: {Path: "/missing.html", Status: 200}}
	origin := func(r front.Request) (front.Answer, error) {
		switch r.Path {
		case "/400.html", "/404.html":
			return text(200, "page "+r.Path), nil
		case "/400":
			return text(400, "own 400"), nil
		case "/422":
			return text(422, "own 422"), nil
		case "/500":
			return text(500, "own 500"), nil
		}
		return text(404, "own 404"), nil
	}
	for _, c := range []struct {
		path    string
		status  int
		body    string
		cache   string
		fetched int
	}{
		{"/400", 200, "page /400.html", "Error", 2},
		{"/404", 404, "page /404.html", "Error", 2},
		{"/422", 422, "own 422", "Error", 1},
		{"/500", 500, "own 500", "Error", 2}, // its page is missing
	} {
		w := newWorld()
		w.all()
		w.origin = origin
		e := w.engine(t, Behaviour{Cache: minute(), ErrorTTL: 10 * second, ErrorPages: pages})
		r := e.Serve(t.Context(), "https", get(c.path))
		events := "viewer-request origin-request origin-response"
		if c.fetched == 2 {
			events += " origin-request origin-response"
		}
		if check(t, c.path, r, c.status, c.cache, events, c.fetched); string(r.Answer.Body) != c.body {
			t.Errorf("%s: %q, want %q", c.path, r.Answer.Body, c.body)
		}
		if c.path == "/404" { // the page is cached in the object's place, and no viewer-response runs on it
			r = e.Serve(t.Context(), "https", get(c.path))
			if check(t, "404 again", r, 404, "Error", "viewer-request", 0); string(r.Answer.Body) != "page /404.html" {
				t.Errorf("again: %q", r.Answer.Body)
			}
		}
		// The same answered at viewer-request.
		own, _ := origin(get(c.path))
		w.functions[ViewerRequest] = fixed(own)
		r = e.Serve(t.Context(), "https", get("/api"+c.path))
		if r.Answer.Status != c.status || string(r.Answer.Body) != c.body {
			t.Errorf("%s at viewer-request: %d %q, want %d %q", c.path, r.Answer.Status, r.Answer.Body, c.status, c.body)
		}
		// A CloudFront Function's answer stands (functions-event-structure.html).
		w.kinds[ViewerRequest] = front.CloudFrontFunction
		r = e.Serve(t.Context(), "https", get("/cff"+c.path))
		check(t, c.path+" of a CloudFront Function", r, own.Status, "FunctionGeneratedResponse", "viewer-request", 0)
	}
}
