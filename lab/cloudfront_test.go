package lab

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/lab/cloudfront"
)

// little is the cache policy CachingLittle of https://blog.nightonly.com (2022-05-10):
// 1 s at least, 5 s by default and at most.
func little() cloudfront.Policy {
	return cloudfront.Policy{MinTTL: time.Second, DefaultTTL: 5 * time.Second, MaxTTL: 5 * time.Second}
}

// counter is the value of a front's counter, over its Regions.
func (l logged) counter(f Served, name string) float64 {
	sum := 0.0
	for _, c := range l.Counters() {
		if c.Front == f.ID && c.Name == name {
			sum += c.Value
		}
	}
	return sum
}

// counts checks the counters of the first front; a counter of 0 is not there.
func (l logged) counts(t *testing.T, want map[string]float64) {
	t.Helper()
	l.Settle()
	for _, name := range []string{cloudfrontRequests, cloudfrontHits, cloudfrontMisses, cloudfrontRedirects, cloudfrontOrigin, cffInvocations,
		edgeInvocations + "viewer-request", edgeInvocations + "origin-request", edgeInvocations + "origin-response", edgeInvocations + "viewer-response"} {
		if got := l.counter(l.Fronts()[0], name); got != want[name] {
			t.Errorf("%s = %v, want %v", name, got, want[name])
		}
	}
}

// invocations is the REPORT lines so far.
func (l logged) invocations(t *testing.T) int { return strings.Count(l.logs(t), "REPORT RequestId: ") }

// site is a distribution with objects behind it and a cache of an hour.
func site(f Front) Front {
	f.CloudFront = &CloudFront{
		Behaviour: cloudfront.Behaviour{Cache: cloudfront.Policy{DefaultTTL: time.Hour, MaxTTL: time.Hour}, ErrorTTL: 10 * time.Second},
		Origin:    Origin{Objects: []Object{{Path: "/index.html", Body: "<p>home</p>", ContentType: "text/html"}, {Path: "/a/index.html", Body: "<p>a</p>", ContentType: "text/html"}, {Path: "/b/index.html", Body: "<p>b</p>", ContentType: "text/html"}}},
	}
	return f
}

// F10: a viewer on http is redirected; the function is not run and not billed. On https,
// which is what the lab takes a request for that says nothing, it is. The bill: 5
// requests of CloudFront, 2 invocations of Lambda@Edge.
func TestF10Redirect(t *testing.T) {
	f := fronts(t, "hello", front.EdgeViewerRequest)[0]
	f.CloudFront = &CloudFront{Behaviour: cloudfront.Behaviour{Protocol: cloudfront.RedirectToHTTPS, ForwardAll: true, Cache: little()}}
	l := serveLogged(t, f)
	for range 3 {
		a := request(t, "GET", l.url(0)+"/api/media/job_id?x=1", "", "X-Forwarded-Proto", "http")
		host := strings.TrimPrefix(l.url(0), "http://")
		if a.status != 301 || a.header.Get("Location") != "https://"+host+"/api/media/job_id?x=1" || a.header.Get("X-Cache") != "Redirect from cloudfront" ||
			a.header.Get("X-Bench-Request-Id") != "-" || !strings.Contains(a.body, "301 Moved Permanently") {
			t.Errorf("%d %v %q", a.status, a.header, a.body)
		}
	}
	for range 2 {
		if a := get(t, l.url(0)); a.status != 200 || a.body != `"Hello from Lambda!"` {
			t.Errorf("on https: %d %q", a.status, a.body)
		}
	}
	l.counts(t, map[string]float64{cloudfrontRequests: 5, cloudfrontRedirects: 3, edgeInvocations + "viewer-request": 2})
	if n := l.invocations(t); n != 2 {
		t.Errorf("%d invocations, want 2", n)
	}
	l.has(t, l.Fronts()[0], map[string]float64{"Requests": 5, "Invocations": 2})
	if c := l.charged(t, 0); c != (charge{5, 2, "0.0000062"}) { // 5 x 0.000001 + 2 x 0.0000006
		t.Errorf("charged %+v", c)
	}
}

// F11: what a viewer-request function answers is not cached, with CachingLittle as
// without (systems claim S3-5): each request is invoked and billed. The same function
// at origin-request runs once.
func TestF11ViewerAnswersAreNotCached(t *testing.T) {
	for kind, bill := range map[front.Kind]charge{front.EdgeViewerRequest: {4, 4, "0.0000064"}, front.EdgeOriginRequest: {4, 1, "0.0000046"}} {
		invoked := bill.invocations
		f := fronts(t, "hello", kind)[0]
		policy := little()
		policy.DefaultTTL, policy.MaxTTL = time.Hour, time.Hour // so that no pause of this machine lets it expire
		f.CloudFront = &CloudFront{Behaviour: cloudfront.Behaviour{Cache: policy}}
		l := serveLogged(t, f)
		var caches, ids []string
		for range 4 {
			a := get(t, l.url(0))
			if a.status != 200 || a.body != `"Hello from Lambda!"` {
				t.Errorf("%s: %d %q", kind, a.status, a.body)
			}
			caches, ids = append(caches, strings.TrimSuffix(a.header.Get("X-Cache"), " from cloudfront")), append(ids, a.header.Get("X-Bench-Request-Id"))
		}
		if n := l.invocations(t); n != invoked {
			t.Errorf("%s: %d invocations, want %d", kind, n, invoked)
		}
		want := map[string]float64{cloudfrontRequests: 4, edgeInvocations + strings.TrimPrefix(string(kind), "edge-"): float64(invoked)}
		if kind == front.EdgeOriginRequest {
			want[cloudfrontHits], want[cloudfrontMisses] = 3, 1
			if strings.Join(caches, " ") != "LambdaGeneratedResponse Hit Hit Hit" || strings.Join(ids[1:], " ") != "- - -" || !strings.Contains(l.logs(t), "REPORT RequestId: "+ids[0]+"\t") {
				t.Errorf("origin: %q %q, want a hit to name no invocation: the first request caused it", caches, ids)
			}
		}
		l.counts(t, want)
		if got := l.charged(t, 0); got != bill {
			t.Errorf("%s: charged %+v, want %+v", kind, got, bill)
		}
	}
}

// F12: at origin-request with a key that leaves the query out, the second job gets the
// first one's status; with the query in the key each gets its own.
func TestF12KeyWithoutQuery(t *testing.T) {
	for all, want := range map[bool]string{false: "job-1 job-1", true: "job-1 job-2"} {
		f := rawFront(t, front.EdgeOriginRequest, "parameter", "job_id")
		f.CloudFront = &CloudFront{Behaviour: cloudfront.Behaviour{ForwardAll: true, Cache: cloudfront.Policy{DefaultTTL: time.Hour, MaxTTL: time.Hour, Query: cloudfront.Names{All: all}}}}
		l := serveLogged(t, f)
		first, second := get(t, l.url(0)+"/api/media/status?job_id=job-1"), get(t, l.url(0)+"/api/media/status?job_id=job-2")
		if got := first.body + " " + second.body; got != want || first.status != 200 || second.status != 200 {
			t.Errorf("query in the key %v: %d %d %q, want %q", all, first.status, second.status, got, want)
		}
		bill := charge{2, 1, "0.0000026"}
		if all {
			bill = charge{2, 2, "0.0000032"}
		}
		if got, n := l.charged(t, 0), l.invocations(t); got != bill || n != bill.invocations {
			t.Errorf("query in the key %v: %d invocations, charged %+v, want %+v", all, n, got, bill)
		}
	}
}

// F09: error pages take the place of 400 and 404 that the code answers with, and not of
// 422, for which CloudFront has none and refuses to make one.
func TestF09ErrorPages(t *testing.T) {
	f := site(rawFront(t, front.EdgeViewerRequest, "parameter", "job_id"))
	f.CloudFront.ErrorPages = map[int]cloudfront.ErrorPage{400: {Path: "/index.html", Status: 403}}
	f.CloudFront.ForwardAll = true
	l := serveLogged(t, f)
	for query, want := range map[string]answer{
		"":               {status: 403, body: "<p>home</p>"}, // 400 "Not found parameter." of the code
		"?x=1":           {status: 403, body: "<p>home</p>"},
		"?job_id=c12-ab": {status: 200, body: "c12-ab"},
	} {
		if a := get(t, l.url(0)+"/api/media/status"+query); a.status != want.status || a.body != want.body {
			t.Errorf("%q: %d %q, want %d %q", query, a.status, a.body, want.status, want.body)
		}
	}
	if n, got := l.invocations(t), l.charged(t, 0); n != 3 || got != (charge{3, 3, "0.0000048"}) {
		t.Errorf("%d invocations, charged %+v, want 3: a replaced answer is paid for", n, got)
	}
	own := site(rawFront(t, front.EdgeViewerRequest, "returns", ""))
	own.CloudFront.ErrorPages = map[int]cloudfront.ErrorPage{400: {Path: "/index.html", Status: 403}, 404: {Path: "/a/index.html", Status: 404}}
	for code, want := range map[int]answer{400: {status: 403, body: "<p>home</p>"}, 404: {status: 404, body: "<p>a</p>"}, 422: {status: 422, body: "Not found item."}} {
		own.Command = slices.Concat(own.Command[:len(own.Command)-1], []string{fmt.Sprintf(`{"status":"%d","body":"Not found item."}`, code)})
		l := serveLogged(t, own)
		if a := get(t, l.url(0)); a.status != want.status || a.body != want.body {
			t.Errorf("%d: %d %q, want %d %q", code, a.status, a.body, want.status, want.body)
		}
		if got := l.charged(t, 0); got != (charge{1, 1, "0.0000016"}) {
			t.Errorf("%d: charged %+v", code, got)
		}
	}
	own.CloudFront.ErrorPages = map[int]cloudfront.ErrorPage{422: {Path: "/index.html", Status: 200}}
	if bad, err := Start(Config{LogDir: t.TempDir(), Fronts: []Front{own}}); err == nil || !strings.Contains(err.Error(), "error page for status 422") {
		bad.Close()
		t.Errorf("an error page for 422: %v", err)
	}
}

// CloudFront in front of a Regional API: the API is another front, and is asked once.
func TestFrontAsOrigin(t *testing.T) {
	api := fronts(t, "hello", front.APIGatewayHTTP)[0]
	api.ID = "api"
	f := rawFront(t, front.EdgeOriginRequest, "forwards", "X-Variant", "b")
	f.CloudFront = &CloudFront{Behaviour: cloudfront.Behaviour{Cache: cloudfront.Policy{DefaultTTL: time.Hour, MaxTTL: time.Hour}}, Origin: Origin{Front: "api"}}
	l := serveLogged(t, f, api)
	for i, cache := range []string{"Miss", "Hit"} {
		a := get(t, l.url(0))
		if a.status != 200 || a.body != `"Hello from Lambda!"` || a.header.Get("X-Cache") != cache+" from cloudfront" || (a.header.Get("Age") != "") != (i == 1) {
			t.Errorf("%s: %d %q %v", cache, a.status, a.body, a.header)
		}
	}
	l.has(t, l.Fronts()[1], map[string]float64{"Count": 1, "Invocations": 1})
	l.counts(t, map[string]float64{cloudfrontRequests: 2, cloudfrontHits: 1, cloudfrontMisses: 1, cloudfrontOrigin: 1, edgeInvocations + "origin-request": 1})
	if id := get(t, l.url(0)).header.Get("X-Bench-Request-Id"); id != "-" {
		t.Errorf("id of a hit: %q", id)
	}
	f.CloudFront.Origin.Front = "nobody"
	if a := get(t, serveLogged(t, f).url(0)); a.status != 502 || a.header.Get("X-Cache") != "Error from cloudfront" {
		t.Errorf("an origin that is not there: %d %v", a.status, a.header)
	}
}
