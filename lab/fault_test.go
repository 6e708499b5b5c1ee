package lab

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
)

// The doors' own words. REST and HTTP API differ by a space and a capital.
const (
	restInternal = `{"message": "Internal server error"}`
	httpInternal = `{"message":"Internal Server Error"}`
	albBad       = "<center><h1>502 Bad Gateway</h1></center>"
	edgeInvalid  = "The Lambda function associated with the CloudFront distribution is invalid or doesn't have the required permissions."
)

// fault is what the client gets when something goes wrong: the status, a part of
// the body, and the X-Cache of CloudFront.
type fault struct {
	status int
	body   string
	cache  string
}

func (f fault) check(t *testing.T, a answer) {
	t.Helper()
	if a.status != f.status || !strings.Contains(a.body, f.body) {
		t.Errorf("%d %q, want %d with %q", a.status, a.body, f.status, f.body)
	}
	if cache := strings.Join(a.header["X-Cache"], "|"); cache != f.cache {
		t.Errorf("X-Cache %q, want %q", cache, f.cache)
	}
}

// failures is F04: a handler that fails is 502 behind REST, ALB and URL, 500
// behind HTTP API and 503 at the edge.
func failures() map[front.Kind]fault {
	const cache = "LambdaExecutionError from cloudfront"
	return map[front.Kind]fault{
		front.APIGatewayREST:     {502, restInternal, ""},
		front.APIGatewayNonProxy: {200, `"errorMessage":`, ""}, // F19
		front.APIGatewayHTTP:     {500, httpInternal, ""},
		front.ALB:                {502, albBad, ""},
		front.FunctionURL:        {502, "Internal Server Error", ""},
		front.EdgeViewerRequest:  {503, edgeInvalid, cache},
		front.EdgeOriginRequest:  {503, edgeInvalid, cache},
	}
}

func TestHandlerFailure(t *testing.T) {
	for _, mode := range []string{"errors", "panics", "exits"} {
		t.Run(mode, func(t *testing.T) {
			eachKind(t, func(t *testing.T, kind front.Kind) {
				l := serveLogged(t, rawFront(t, kind, mode))
				for range 2 { // the environment after a crash is a new one
					failures()[kind].check(t, get(t, l.url(0)))
				}
				if logs := l.logs(t); strings.Count(logs, "\tStatus: error\t\n") != 2 {
					t.Errorf("want two REPORT lines with Status: error in\n%s", logs)
				}
				l.has(t, l.Fronts()[0], map[string]float64{"Invocations": 2, "Errors": 2})
			})
		})
	}
}

// F05: a function that takes too long. A front in a Region sees it as a failed
// function, CloudFront says that a limit was exceeded.
func TestFunctionTimeout(t *testing.T) {
	eachKind(t, func(t *testing.T, kind front.Kind) {
		f := rawFront(t, kind, "sleeps")
		f.Timeout = 300 * time.Millisecond
		l := serveLogged(t, f)
		want := failures()[kind]
		if kind.Edge() {
			want.cache = "LambdaLimitExceeded from cloudfront"
		}
		want.check(t, get(t, l.url(0)))
		logs := l.logs(t)
		for _, part := range []string{"Task timed out after 0.30 seconds\n", "\tDuration: 300.00 ms\t", "\tStatus: timeout\t\n"} {
			if !strings.Contains(logs, part) {
				t.Errorf("no %q in\n%s", part, logs)
			}
		}
		l.has(t, l.Fronts()[0], map[string]float64{"Invocations": 1, "Errors": 1, "Duration": 300})
	})
}

// The doors that give up before the function does say so in their own words. The
// function goes on, and is metered.
func TestDoorTimeout(t *testing.T) {
	for kind, want := range map[front.Kind]fault{
		front.APIGatewayREST:     {504, `{"message": "Endpoint request timed out"}`, ""},
		front.APIGatewayNonProxy: {504, `{"message": "Endpoint request timed out"}`, ""},
		front.APIGatewayHTTP:     {503, `{"message":"Service Unavailable"}`, ""},
	} {
		t.Run(string(kind), func(t *testing.T) {
			gate := filepath.Join(t.TempDir(), "gate")
			f := rawFront(t, kind, "waits", gate, `{}`)
			f.Timeout = time.Minute
			l := serveLogged(t, f)
			l.doors[0].Limits.MaxTimeout = 200 * time.Millisecond // of 29 and 30 s
			want.check(t, get(t, l.url(0)))
			openGate(t, gate)
			l.has(t, l.Fronts()[0], map[string]float64{"Invocations": 1, "Errors": 0})
		})
	}
}

func openGate(t *testing.T, gate string) {
	t.Helper()
	if err := os.WriteFile(gate, nil, 0o600); err != nil {
		t.Fatal(err)
	}
}

// One environment, and it is busy.
func TestThrottling(t *testing.T) {
	const cache = "LambdaLimitExceeded from cloudfront"
	want := map[front.Kind]fault{
		front.APIGatewayREST:     {429, `{"message":"Too Many Requests"}`, ""},
		front.APIGatewayNonProxy: {429, `{"message":"Too Many Requests"}`, ""},
		front.APIGatewayHTTP:     {429, `{"message":"Too Many Requests"}`, ""},
		front.ALB:                {502, albBad, ""},
		front.FunctionURL:        {429, `{"Message":"Rate Exceeded."}`, ""},
		front.EdgeViewerRequest:  {503, edgeInvalid, cache},
		front.EdgeOriginRequest:  {503, edgeInvalid, cache},
	}
	eachKind(t, func(t *testing.T, kind front.Kind) {
		gate := filepath.Join(t.TempDir(), "gate")
		result := `{"statusCode":200}`
		if kind.Edge() {
			result = `{"status":"200"}`
		}
		f := rawFront(t, kind, "waits", gate, result)
		f.Concurrency = 1
		if f.Timeout = 30 * time.Second; kind == front.EdgeViewerRequest {
			f.Timeout = 5 * time.Second // the most that it may have
		}
		l := serveLogged(t, f)
		first := make(chan answer)
		go func() { first <- get(t, l.url(0)) }()
		awaitFile(gate + ".reached")
		want[kind].check(t, get(t, l.url(0)))
		want[kind].check(t, get(t, l.url(0)))
		openGate(t, gate)
		if a := <-first; a.status != 200 {
			t.Errorf("the one that ran: %d %q", a.status, a.body)
		}
		l.has(t, l.Fronts()[0], map[string]float64{"Throttles": 2, "Invocations": 1, "Errors": 0})
		if kind == front.ALB {
			l.has(t, l.Fronts()[0], map[string]float64{"LambdaUserError": 2, "HTTPCode_ELB_5XX_Count": 2})
		}
	})
}

// What one door takes another refuses: F01 to F03 of the systems' catalogue, and
// what CloudFront and the load balancer check beside. What was refused was invoked, and
// all of it is paid for.
func TestBadResults(t *testing.T) {
	const cache = "LambdaValidationError from cloudfront"
	for _, c := range []struct {
		name   string
		kind   front.Kind
		result string
		want   fault
	}{
		{"F01 statusCode", front.EdgeViewerRequest, `{"statusCode":200,"headers":{},"body":"x"}`, fault{502, "status must be between 200 and 599", cache}},
		{"F01 statusCode", front.EdgeOriginRequest, `{"statusCode":200,"headers":{},"body":"x"}`, fault{502, "status must be between 200 and 599", cache}},
		{"F02 scalar headers", front.EdgeViewerRequest, `{"status":"200","headers":{"content-type":"text/html"},"body":"x"}`, fault{502, "headers must be lists of objects with key and value", cache}},
		{"F02 scalar headers", front.EdgeOriginRequest, `{"status":"200","headers":{"content-type":"text/html"},"body":"x"}`, fault{502, "headers must be lists of objects with key and value", cache}},
		{"lists of headers", front.EdgeViewerRequest, `{"status":"200","headers":{"content-type":[{"value":"text/html"}]},"body":"x"}`, fault{200, "x", "LambdaGeneratedResponse from cloudfront"}},
		{"disallowed header", front.EdgeViewerRequest, `{"status":"200","headers":{"x-edge-location":[{"value":"LAB"}]}}`, fault{502, "disallowed header", cache}},
		{"F03 numeric header", front.ALB, `{"statusCode":200,"statusDescription":"200 OK","headers":{"x-n":1},"body":"x","isBase64Encoded":false}`, fault{502, albBad, ""}},
		{"numeric header", front.APIGatewayHTTP, `{"statusCode":200,"headers":{"x-n":1},"body":"x"}`, fault{200, "x", ""}},
		{"numeric header", front.APIGatewayREST, `{"statusCode":200,"headers":{"x-n":1},"body":"x"}`, fault{200, "x", ""}},
		{"unknown key", front.APIGatewayREST, `{"statusCode":200,"wrongValue":1}`, fault{502, restInternal, ""}},
		{"unknown key", front.APIGatewayHTTP, `{"statusCode":200,"wrongValue":1}`, fault{200, "", ""}},
		{"status as text", front.APIGatewayREST, `{"statusCode":"201"}`, fault{201, "", ""}},
		{"status as text", front.ALB, `{"statusCode":"201","statusDescription":"201 Created","headers":{},"body":"","isBase64Encoded":false}`, fault{502, albBad, ""}},
		{"bare string", front.FunctionURL, `"hello"`, fault{200, "hello", ""}},
		{"bare string", front.APIGatewayREST, `"hello"`, fault{502, restInternal, ""}},
	} {
		t.Run(c.name+"/"+string(c.kind), func(t *testing.T) {
			l := serveLogged(t, rawFront(t, c.kind, "returns", c.result))
			c.want.check(t, get(t, l.url(0)))
			if got, want := l.charged(t, 0), (charge{1, 1, oneCall()[c.kind]}); got != want {
				t.Errorf("charged %+v, want %+v", got, want)
			}
		})
	}
}

// oneCall is what a call and its invocation cost, time and bytes left out: REST
// 0.0000035, HTTP 0.000001, CloudFront 0.000001 and Lambda 0.0000002, at the edge
// 0.0000006 (the book's sources).
func oneCall() map[front.Kind]string {
	return map[front.Kind]string{
		front.APIGatewayREST: "0.0000037", front.APIGatewayNonProxy: "0.0000037", front.APIGatewayHTTP: "0.0000012",
		front.ALB: "0.0000002", front.FunctionURL: "0.0000002",
		front.EdgeViewerRequest: "0.0000016", front.EdgeOriginRequest: "0.0000016", front.EdgeOriginResponse: "0.0000016", front.EdgeViewerResponse: "0.0000016",
	}
}

// A result over the door's own limit; Lambda's is 6 MB.
func TestLargeResult(t *testing.T) {
	sizes := map[front.Kind]int{
		front.APIGatewayREST: 6 << 20, front.APIGatewayNonProxy: 6 << 20, front.APIGatewayHTTP: 6 << 20, front.FunctionURL: 6 << 20, front.ALB: 1 << 20,
		front.EdgeViewerRequest: 40 << 10, front.EdgeOriginRequest: 1 << 20,
	}
	want := failures()
	want[front.APIGatewayNonProxy] = fault{500, restInternal, ""}
	want[front.EdgeViewerRequest] = fault{502, "The Lambda function result failed validation.", "LambdaValidationError from cloudfront"}
	want[front.EdgeOriginRequest] = want[front.EdgeViewerRequest]
	eachKind(t, func(t *testing.T, kind front.Kind) {
		key := `"statusCode":200`
		if kind.Edge() {
			key = `"status":"200"`
		}
		large := rawFront(t, kind, "large", key, strconv.Itoa(sizes[kind]+1))
		less := rawFront(t, kind, "large", key, strconv.Itoa(sizes[kind]/2))
		less.ID = "less"
		l := serveLogged(t, large, less)
		want[kind].check(t, get(t, l.url(0)))
		want := sizes[kind] / 2
		if kind == front.APIGatewayNonProxy {
			want += len(`{"statusCode":200,"headers":{},"body":""}`) // it is all of the answer
		}
		if a := get(t, l.url(1)); a.status != 200 || len(a.body) != want {
			t.Errorf("half of it: %d with %d bytes", a.status, len(a.body))
		}
	})
}

// A request that the function hands on ends at the origin that the lab has not,
// unless it was changed as CloudFront does not allow.
func TestForwardedRequest(t *testing.T) {
	const readOnly = "The function tried to add, delete, or change a read-only header."
	invalid, none := "LambdaValidationError from cloudfront", "Error from cloudfront"
	for _, c := range []struct {
		name   string
		kind   front.Kind
		change []string
		want   fault
	}{
		{"as it came", front.EdgeViewerRequest, nil, fault{502, "the lab has no origin", none}},
		{"as it came", front.EdgeOriginRequest, nil, fault{502, "the lab has no origin", none}},
		{"a header more", front.EdgeViewerRequest, []string{"X-Variant", "b"}, fault{502, "the lab has no origin", none}},
		{"another host", front.EdgeViewerRequest, []string{"Host", "evil.example"}, fault{502, readOnly, invalid}},
		{"another host", front.EdgeOriginRequest, []string{"Host", "bucket.example"}, fault{502, "the lab has no origin", none}},
		{"another encoding", front.EdgeOriginRequest, []string{"Accept-Encoding", "br"}, fault{502, readOnly, invalid}},
		{"a disallowed header", front.EdgeViewerRequest, []string{"X-Edge-Result", "1"}, fault{502, "disallowed header", invalid}},
	} {
		t.Run(c.name+"/"+string(c.kind), func(t *testing.T) {
			l := serveLogged(t, rawFront(t, c.kind, append([]string{"forwards"}, c.change...)...))
			c.want.check(t, get(t, l.url(0)))
		})
	}
}
