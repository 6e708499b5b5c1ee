package lab

import (
	"fmt"
	"strings"
	"testing"

	"frontdoor/front"
)

// hello is what the function of the first scenario answers, byte for byte, behind
// every door.
func TestHello(t *testing.T) {
	eachKind(t, func(t *testing.T, kind front.Kind) {
		l := serveLogged(t, fronts(t, "hello", kind)[0])
		first := get(t, l.url(0))
		l.Settle() // so that the next finds the environment free
		second := get(t, l.url(0)+"/any/path?x=1")
		l.Settle()
		head := request(t, "HEAD", l.url(0), "")
		for name, a := range map[string]answer{"first": first, "second": second} {
			if a.status != 200 || a.body != `"Hello from Lambda!"` || a.header.Get("Content-Length") != "20" {
				t.Errorf("%s: %d %q %v", name, a.status, a.body, a.header)
			}
		}
		if head.status != 200 || head.body != "" {
			t.Errorf("HEAD: %d %q", head.status, head.body)
		}
		logs := l.logs(t)
		for i, a := range []answer{first, second, head} {
			if id := a.header.Get("X-Bench-Request-Id"); id == "" || strings.Count(logs, "REPORT RequestId: "+id+"\t") != 1 {
				t.Errorf("answer %d has request id %q, which is not once in\n%s", i, id, logs)
			}
			if kind := a.header.Get("Content-Type"); kind != "application/json" {
				t.Errorf("answer %d has content type %q", i, kind)
			}
			if cold := a.header.Get("X-Bench-Cold"); cold != fmt.Sprint(max(1-i, 0)) {
				t.Errorf("answer %d has x-bench-cold %q", i, cold)
			}
		}
	})
}

// Each service leaves its own mark on an answer.
func TestSignature(t *testing.T) {
	marks := map[front.Kind]string{
		front.APIGatewayREST: "X-Amzn-Requestid", front.APIGatewayNonProxy: "X-Amzn-Requestid", front.APIGatewayHTTP: "Apigw-Requestid", front.FunctionURL: "X-Amzn-Requestid",
		front.EdgeViewerRequest: "X-Amz-Cf-Id", front.EdgeOriginRequest: "X-Amz-Cf-Id",
	}
	eachKind(t, func(t *testing.T, kind front.Kind) {
		l := serveLogged(t, fronts(t, "hello", kind)[0])
		a := get(t, l.url(0))
		if mark := marks[kind]; mark != "" && len(a.header[mark]) != 1 {
			t.Errorf("%s = %q in %v", mark, a.header[mark], a.header)
		}
		if cache := a.header["X-Cache"]; kind.Edge() && (len(cache) != 1 || cache[0] != "LambdaGeneratedResponse from cloudfront") {
			t.Errorf("X-Cache = %q", cache)
		}
	})
}

// limit is a request below a door's limit, which reaches the function, or one
// beyond it.
type limit struct {
	kind               front.Kind
	what               string
	method             string
	path, body, header int // bytes
	status             int
	answer             string // a part of the answer's body
}

// The sources of the limits are in package front; hello answers a POST
// with 405, so that is how a request shows that it got through.
func TestRequestLimits(t *testing.T) {
	const mb = 1 << 20
	rest413, http413 := `{"message":"Request Too Long"}`, `{"message":"Request Entity Too Large"}`
	url413 := `{"Message":"Request must be smaller than 6291456 bytes"}`
	for _, c := range []limit{
		{front.ALB, "body of 1 MB", "POST", 1, mb, 0, 405, "method not allowed"},
		{front.ALB, "body over 1 MB", "POST", 1, mb + 1, 0, 413, "<h1>413 Request Entity Too Large</h1>"},
		{front.APIGatewayREST, "body of 2 MB", "POST", 1, 2 * mb, 0, 405, "method not allowed"},
		{front.APIGatewayREST, "body over 6 MB", "POST", 1, 6*mb + 1, 0, 413, rest413},
		{front.APIGatewayHTTP, "body of 2 MB", "POST", 1, 2 * mb, 0, 405, "method not allowed"},
		{front.APIGatewayHTTP, "body over 6 MB", "POST", 1, 6*mb + 1, 0, 413, http413},
		{front.FunctionURL, "body of 2 MB", "POST", 1, 2 * mb, 0, 405, "method not allowed"},
		{front.FunctionURL, "body over 6 MB", "POST", 1, 6*mb + 1, 0, 413, url413},
		{front.EdgeViewerRequest, "body over what a function sees", "POST", 1, 6*mb + 1, 0, 405, "method not allowed"},
		{front.EdgeViewerRequest, "path of 8,192", "GET", 8192, 0, 0, 414, "414 ERROR"},
		{front.EdgeViewerRequest, "path of 8,191", "GET", 8191, 0, 0, 200, "Hello"},
		{front.ALB, "path over 16 KB", "GET", 16<<10 + 1, 0, 0, 414, "414 Request URI Too Long"},
		{front.APIGatewayREST, "headers over 10,240", "GET", 1, 0, 10240, 431, "Request Header Fields Too Large"},
		{front.APIGatewayHTTP, "headers over 10,240", "GET", 1, 0, 10240, 431, "Request Header Fields Too Large"},
		{front.APIGatewayHTTP, "headers of 10,000", "GET", 1, 0, 9700, 200, "Hello"},
	} {
		t.Run(string(c.kind)+"/"+c.what, func(t *testing.T) {
			l := serveLogged(t, fronts(t, "hello", c.kind)[0])
			a := request(t, c.method, l.url(0)+"/"+strings.Repeat("p", c.path-1), strings.Repeat("b", c.body),
				"Content-Type", "text/plain", "X-Long", strings.Repeat("h", c.header))
			if a.status != c.status || !strings.Contains(a.body, c.answer) {
				t.Errorf("%d %q, want %d with %q", a.status, a.body, c.status, c.answer)
			}
			l.Settle()
			reached := l.sum(t, l.Fronts()[0], "Invocations") != nil
			if want := c.status < 406; reached != want {
				t.Errorf("the function was reached: %v, want %v", reached, want)
			}
		})
	}
}

// A target group in multi-value mode has the maps of lists, and those only.
func TestALBMultiValue(t *testing.T) {
	multi := func(f Front) Front { f.MultiValue = true; f.ID = "multi"; return f }
	const cookies = `{"statusCode":200,"statusDescription":"200 OK","multiValueHeaders":{"content-type":["text/plain"],"set-cookie":["a=1","b=2"]},"body":"x","isBase64Encoded":false}`
	const single = `{"statusCode":200,"statusDescription":"200 OK","headers":{"content-type":"text/plain"},"body":"x","isBase64Encoded":false}`
	for _, c := range []struct {
		name    string
		front   Front
		status  int
		cookies int
	}{
		{"hello", multi(fronts(t, "hello", front.ALB)[0]), 200, 0},
		{"lists in multi-value mode", multi(rawFront(t, front.ALB, "returns", cookies)), 200, 2},
		{"F15 headers in multi-value mode", multi(rawFront(t, front.ALB, "returns", single)), 502, 0},
		{"headers in single-value mode", rawFront(t, front.ALB, "returns", single), 200, 0},
		{"lists in single-value mode", rawFront(t, front.ALB, "returns", cookies), 502, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := get(t, serveLogged(t, c.front).url(0))
			if a.status != c.status || len(a.header["Set-Cookie"]) != c.cookies {
				t.Errorf("%d %v, want %d and %d cookies", a.status, a.header, c.status, c.cookies)
			}
		})
	}
}

// How long an answer is, is the front's to say. A function's own count, wrong and
// in another spelling, must not end up beside it.
func TestFunctionDoesNotFrameTheAnswer(t *testing.T) {
	const result = `{"statusCode":200,"headers":{"content-length":"3","transfer-encoding":"chunked","x-kept":"1"},"body":"longer than three"}`
	for _, kind := range []front.Kind{front.APIGatewayREST, front.APIGatewayHTTP, front.FunctionURL} {
		t.Run(string(kind), func(t *testing.T) {
			a := get(t, serveLogged(t, rawFront(t, kind, "returns", result)).url(0))
			if a.status != 200 || a.body != "longer than three" || a.header.Get("X-Kept") != "1" || len(a.header["Content-Length"]) != 1 {
				t.Errorf("%d %q %v", a.status, a.body, a.header)
			}
		})
	}
}

// A function that spells its content type in small letters, as many do, sends one.
func TestContentTypeOnce(t *testing.T) {
	const result = `{"statusCode":200,"headers":{"content-type":"text/html"},"body":"plain"}`
	for _, kind := range []front.Kind{front.APIGatewayREST, front.APIGatewayHTTP, front.ALB, front.FunctionURL} {
		a := get(t, serveLogged(t, rawFront(t, kind, "returns", result)).url(0))
		if types := a.header.Values("Content-Type"); a.status != 200 || len(types) != 1 || types[0] != "text/html" {
			t.Errorf("%s: %d with content types %q", kind, a.status, types)
		}
	}
}

// An answer of 204 has no body and says nothing of its length (RFC 9110 section
// 8.6), and is not metered as if it did.
func TestNoContent(t *testing.T) {
	const sent = "GET / HTTP/1.1\r\nHost: api.example.com\r\n\r\n"
	l := serveLogged(t, rawFront(t, front.APIGatewayHTTP, "returns", `{"statusCode":204,"body":"dropped"}`))
	a := get(t, l.url(0))
	if a.status != 204 || a.body != "" || a.header["Content-Length"] != nil {
		t.Errorf("%d %q %v", a.status, a.body, a.header)
	}
	l = serveLogged(t, rawFront(t, front.APIGatewayHTTP, "returns", `{"statusCode":204,"body":"dropped"}`))
	received := exchangeRaw(t, l.url(0), sent)
	l.has(t, l.Fronts()[0], map[string]float64{"DataProcessed": float64(len(sent) + received)})
}
