package lab

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/handlers"
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

// A distribution with a function at every event: the A/B page by cookie, a page in the
// cache, security headers on the way out, from Go and, on viewer events, from
// JavaScript. What was invoked is what is paid for.
func TestFourEvents(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	further := func(event cloudfront.Event, handler string) EdgeFunction {
		return EdgeFunction{Event: event, Handler: handler, Command: []string{self, "edge-" + string(event), handler}, Timeout: 3 * time.Second}
	}
	code := func(handler string) string {
		text, ok := handlers.FunctionCode(handler)
		if !ok {
			t.Fatalf("no code of %q", handler)
		}
		return text
	}
	lambda := site(fronts(t, "ab-cookie", front.EdgeViewerRequest)[0])
	lambda.CloudFront.Functions = []EdgeFunction{further(cloudfront.OriginResponse, "security-headers")}
	all := site(fronts(t, "ab-cookie", front.EdgeViewerRequest)[0])
	all.CloudFront.Functions = []EdgeFunction{
		further(cloudfront.OriginRequest, "ua-variant"), further(cloudfront.OriginResponse, "security-headers"), further(cloudfront.ViewerResponse, "security-headers"),
	}
	both := site(fronts(t, "ab-cookie", front.EdgeViewerRequest)[0])
	both.CloudFront.Functions = []EdgeFunction{further(cloudfront.ViewerResponse, "security-headers")}
	script := site(fronts(t, "ab-cookie", front.CloudFrontFunction)[0])
	script.Code = code("ab-cookie")
	script.CloudFront.Functions = []EdgeFunction{{Event: cloudfront.ViewerResponse, Code: code("security-headers")}}
	for name, c := range map[string]struct {
		f       Front
		reports int // of three requests, two of them for one page
		counts  map[string]float64
	}{
		"origin-response": {lambda, 3 + 2, map[string]float64{edgeInvocations + "viewer-request": 3, edgeInvocations + "origin-response": 2}},
		"viewer-response": {both, 3 + 3, map[string]float64{edgeInvocations + "viewer-request": 3, edgeInvocations + "viewer-response": 3}},
		"all four": {all, 3 + 2 + 2 + 3, map[string]float64{edgeInvocations + "viewer-request": 3, edgeInvocations + "origin-request": 2,
			edgeInvocations + "origin-response": 2, edgeInvocations + "viewer-response": 3}},
		"CloudFront's": {script, 0, map[string]float64{cffInvocations: 6}},
	} {
		t.Run(name, func(t *testing.T) {
			l := serveLogged(t, c.f)
			named := 0
			for _, group := range []string{"a", "b", "a"} {
				a := request(t, "GET", l.url(0)+"/index.html", "", "Cookie", "experiment="+group)
				if a.status != 200 || a.body != "<p>"+group+"</p>" || a.header.Get("X-Frame-Options") != "DENY" {
					t.Errorf("group %s: %d %q %v", group, a.status, a.body, a.header)
				}
				ids := strings.Split(a.header.Get("X-Bench-Request-Id"), ",")
				for _, id := range ids {
					if id != "-" {
						named++
					}
					if got := strings.Count(l.logs(t), "REPORT RequestId: "+id+"\t"); got != 1 && id != "-" {
						t.Errorf("invocation %q has %d reports", id, got)
					}
				}
			}
			if n := l.invocations(t); n != c.reports || named != n {
				t.Errorf("%d invocations, %d of them named by an answer, want %d", n, named, c.reports)
			}
			c.counts[cloudfrontRequests], c.counts[cloudfrontHits], c.counts[cloudfrontMisses], c.counts[cloudfrontOrigin] = 3, 1, 2, 2
			l.counts(t, c.counts)
		})
	}
}

// Logs of Lambda@Edge stand in the Region that ran the function, under us-east-1.NAME,
// and what was logged is metered there.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-logs.html
func TestEdgeLogsPerRegion(t *testing.T) {
	f := fronts(t, "hello", front.EdgeViewerRequest)[0]
	f.Region = "ap-northeast-1"
	l := serveLogged(t, f)
	get(t, l.url(0))
	text := l.logs(t)
	dir := filepath.Join(l.dir, "ap-northeast-1", "aws", "lambda", "us-east-1.bench-edge-viewer-request")
	if folderSize(dir) != float64(len(text)) || len(text) == 0 {
		t.Errorf("%v bytes in %s, %d in all", folderSize(dir), dir, len(text))
	}
	for _, c := range l.Counters() {
		if c.Name == logBytes && (c.Region != "ap-northeast-1" || c.Value != float64(len(text))) {
			t.Errorf("%+v, want %d bytes in ap-northeast-1", c, len(text))
		}
	}
	if l.counter(l.Fronts()[0], logBytes) == 0 {
		t.Error("no logs.bytes")
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

// A CloudFront Function that answers, throws, runs for ever, or gives what it may not:
// 503 FunctionExecutionError and 502 FunctionValidationError (package front has the
// sources). It is invoked and billed each time.
func TestCloudFrontFunctions(t *testing.T) {
	for name, c := range map[string]struct {
		code, cache, body string
		status            int
		executed, invalid bool
	}{
		"answers":   {"function handler(event) { console.log('hello'); return { statusCode: 200, body: event.request.uri }; }", "FunctionGeneratedResponse", "/x", 200, false, false},
		"throws":    {"function handler(event) { return event.no.such; }", "FunctionExecutionError", "is invalid or could not run", 503, true, false},
		"loops":     {"function handler(event) { for (;;) {} }", "FunctionExecutionError", "is invalid or could not run", 503, true, false},
		"nothing":   {"function handler(event) {}", "FunctionValidationError", "returned an invalid value", 502, false, true},
		"of Lambda": {"function handler(event) { return { status: '200' }; }", "FunctionValidationError", "a request or a response object", 502, false, true},
		"host":      {"function handler(event) { event.request.headers.host = { value: 'evil' }; return event.request; }", "FunctionValidationError", "host is read-only", 502, false, true},
		"forwards":  {"function handler(event) { return event.request; }", "Error", "no origin", 502, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			f := fronts(t, name, front.CloudFrontFunction)[0]
			f.Code, f.ID = c.code, "f"
			l := serveLogged(t, f)
			a := get(t, l.url(0)+"/x")
			if a.status != c.status || a.header.Get("X-Cache") != c.cache+" from cloudfront" || !strings.Contains(a.body, c.body) || a.header.Get("X-Bench-Request-Id") != "-" {
				t.Errorf("%d %q %v, want %d %s %q", a.status, a.body, a.header, c.status, c.cache, c.body)
			}
			if got := l.counter(l.Fronts()[0], cffInvocations); got != 1 {
				t.Errorf("%v invocations are billed, want 1", got)
			}
			want := map[string]float64{"FunctionInvocations": 1, "Requests": 1}
			if c.executed {
				want["FunctionExecutionErrors"] = 1
			}
			if c.invalid {
				want["FunctionValidationErrors"] = 1
			}
			l.has(t, l.Fronts()[0], want)
			if logged := strings.Contains(l.logs(t), "hello"); logged != (name == "answers") {
				t.Errorf("log %q", l.logs(t))
			}
		})
	}
	bad := fronts(t, "x", front.CloudFrontFunction)[0]
	bad.Code = "function handler("
	if l, err := Start(Config{LogDir: t.TempDir(), Fronts: []Front{bad}}); err == nil {
		l.Close()
		t.Error("a function that cannot be compiled is taken")
	}
}

// F05 in two eras: a function of 1.2 s at a viewer event is 503 after 1 s in 2017, which
// is the most it may have, and answers within the 5 s of today. The time until then is
// billed, with INIT, and the request and the invocation are.
func TestF05Eras(t *testing.T) {
	for era, c := range map[string]struct {
		most   time.Duration
		status int
		cache  string
		took   func(ms float64) bool
	}{
		"2017": {time.Second, 503, "LambdaLimitExceeded from cloudfront", func(ms float64) bool { return ms == 1000 }},
		"":     {5 * time.Second, 200, "LambdaGeneratedResponse from cloudfront", func(ms float64) bool { return ms >= 1200 }},
	} {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			f := rawFront(t, front.EdgeViewerRequest, "takes", "1200ms", `{"status":"200","body":"at last"}`)
			f.Timeout, f.CloudFront = c.most, &CloudFront{Era: era}
			l := serveLogged(t, f)
			a := get(t, l.url(0))
			if a.status != c.status || a.header.Get("X-Cache") != c.cache || (a.body == "at last") != (c.status == 200) {
				t.Errorf("%d %q %v, want %d", a.status, a.body, a.header, c.status)
			}
			if got := l.charged(t, 0); got != (charge{1, 1, "0.0000016"}) {
				t.Errorf("charged %+v", got)
			}
			_, report, _ := strings.Cut(l.logs(t), "\tDuration: ")
			var took, billed float64
			if _, err := fmt.Sscanf(report, "%f ms\tBilled Duration: %f ms", &took, &billed); err != nil || !c.took(took) || billed < took {
				t.Errorf("%v ms, of which %v are billed, %v: %s", took, billed, err, l.logs(t))
			}
			f.Timeout += time.Second
			_, err := Start(Config{LogDir: t.TempDir(), Fronts: []Front{f}})
			var refusal *front.AssociationError
			want := fmt.Sprintf("The function timeout is larger than the maximum allowed for functions that are triggered by a CloudFront event: %d Max allowed: %d ", int(f.Timeout.Seconds()), int(c.most.Seconds()))
			if !errors.As(err, &refusal) || !strings.Contains(refusal.Message, want) {
				t.Errorf("timeout %v: %v, want %q", f.Timeout, err, want)
			}
		})
	}
}

// F04, F01 and F02 at the response events: a function that fails there takes the whole
// answer with it, and what it was invoked for is paid for.
func TestResponseFaults(t *testing.T) {
	const kept = `{"status":"200","headers":{"x":[{"key":"X","value":"1"}]}}`
	for _, kind := range []front.Kind{front.EdgeOriginResponse, front.EdgeViewerResponse} {
		for name, c := range map[string]struct {
			args []string
			want fault
		}{
			"works":              {[]string{"returns", kept}, fault{200, "<p>home</p>", "Miss from cloudfront"}},
			"F04 fails":          {[]string{"errors"}, fault{503, edgeInvalid, "LambdaExecutionError from cloudfront"}},
			"F01 statusCode":     {[]string{"returns", `{"statusCode":200}`}, fault{502, "status must be between 200 and 599", "LambdaValidationError from cloudfront"}},
			"F02 scalar headers": {[]string{"returns", `{"status":"200","headers":{"x":"1"}}`}, fault{502, "headers must be lists", "LambdaValidationError from cloudfront"}},
			"a request":          {[]string{"forwards"}, fault{502, "status must be between", "LambdaValidationError from cloudfront"}},
		} {
			f := site(rawFront(t, kind, c.args...))
			l := serveLogged(t, f)
			a := get(t, l.url(0)+"/index.html")
			c.want.check(t, a)
			if t.Failed() {
				t.Logf("%s, %s", kind, name)
			}
			if n, got := l.invocations(t), l.charged(t, 0); n != 1 || got != (charge{1, 1, "0.0000016"}) {
				t.Errorf("%s, %s: %d invocations, charged %+v", kind, name, n, got)
			}
		}
	}
	status := site(rawFront(t, front.EdgeViewerResponse, "returns", `{"status":"404"}`))
	fault{502, "the status of a viewer response is read-only", "LambdaValidationError from cloudfront"}.check(t, get(t, serveLogged(t, status).url(0)+"/index.html"))
	missing := serveLogged(t, site(rawFront(t, front.EdgeViewerResponse, "returns", kept)))
	if a := get(t, missing.url(0)+"/none"); a.status != 403 || missing.invocations(t) != 0 || a.header.Get("X-Bench-Request-Id") != "-" {
		t.Errorf("an error of the origin: %d %v, %d invocations", a.status, a.header, missing.invocations(t))
	}
}

// CloudFront's limits hold for the further functions too, and so do its rules of what
// may stand beside what.
func TestDistributionsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		further EdgeFunction
		want    string
	}{
		"timeout":             {EdgeFunction{Event: cloudfront.ViewerResponse, Command: []string{"x"}, Timeout: 6 * time.Second}, "The function timeout is larger than the maximum allowed"},
		"an event twice":      {EdgeFunction{Event: cloudfront.ViewerRequest, Command: []string{"x"}, Timeout: time.Second}, "event viewer-request has two functions"},
		"mixed on the viewer": {EdgeFunction{Event: cloudfront.ViewerResponse, Code: "function handler(e) { return e.response }"}, "cannot be combined in viewer events"},
	} {
		f := site(fronts(t, "hello", front.EdgeViewerRequest)[0])
		f.CloudFront.Functions = []EdgeFunction{c.further}
		l, err := Start(Config{LogDir: t.TempDir(), Fronts: []Front{f}})
		if err == nil {
			l.Close()
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}
