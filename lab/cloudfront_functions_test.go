package lab

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/handlers"
	"frontdoor/lab/cloudfront"
)

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
