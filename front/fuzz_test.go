package front_test

import (
	"bytes"
	"errors"
	"net/textproto"
	"reflect"
	"sort"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"frontdoor/front"
)

// fuzzEvent states the law of events: what came out of an event goes back into
// the same event, byte for byte.
func fuzzEvent(f *testing.F, kind front.Kind) {
	door := doorOf(f, kind)
	f.Add("GET", "/", "", "example.com", "Accept: */*", "203.0.113.7", []byte(nil), int64(1587481701067), true, "")
	f.Add("POST", "/a%2Fb//c/", "q=a+b&q=%2B&x&=&", "h", "Content-Type: text/plain\ncontent-type: application/json\nCookie: a=1; b=2;; \nCookie: c", "::1", []byte("hello"), int64(-1), false, "prod")
	f.Add("PUT", "//x", "%zz=\xff&\xfe=1", "", "X-Forwarded-For: 1.2.3.4\nConnection: close\nVia: 1.1 x\nContent-Encoding: gzip", "", []byte("\x00\xff"), int64(0), true, "$default")
	f.Add("OPTIONS", "*", "a=1&A=2&a=3", "H", "Host: other\nX: \xff\nx: b,c\nX-Amzn-Trace-Id: Root=1-5c34e93e-4dea0086f9763ac0667b115a", "not an ip", []byte("<&>\u2028"), int64(1e15), false, "a/b")
	f.Fuzz(func(t *testing.T, method, path, query, host, fields, ip string, body []byte, ms int64, flag bool, stage string) {
		r := front.Request{
			ID: "id-" + ip, Time: time.UnixMilli(ms).UTC(), Method: method, Path: path, RawQuery: query,
			Proto: "HTTP/1.1", Host: host, SourceIP: ip, Header: parseFields(fields), Body: body,
		}
		id := identity()
		id.Stage, id.MultiValueHeaders, id.IncludeBody = stage, flag, flag
		if !kind.Answers() || kind == front.CloudFrontFunction && flag {
			r.Upstream = &front.Answer{Status: 200 + len(body)%400, Header: parseFields(fields)}
		}
		first, err := door.Event(r, id)
		if err != nil {
			t.Skip("not HTTP")
		}
		back, err := door.Request(first)
		if err != nil {
			t.Fatalf("Request(Event(r)): %v\n%s", err, first)
		}
		second, err := door.Event(back, id)
		if err != nil {
			t.Fatalf("Event(Request(Event(r))): %v\n%s", err, first)
		}
		if !bytes.Equal(first, second) {
			t.Fatalf("Event(Request(Event(r))) differs\n got %s\nwant %s", second, first)
		}
	})
}

func FuzzEventREST(f *testing.F)     { fuzzEvent(f, front.APIGatewayREST) }
func FuzzEventNonProxy(f *testing.F) { fuzzEvent(f, front.APIGatewayNonProxy) }
func FuzzEventHTTP(f *testing.F)     { fuzzEvent(f, front.APIGatewayHTTP) }
func FuzzEventALB(f *testing.F)      { fuzzEvent(f, front.ALB) }
func FuzzEventURL(f *testing.F)      { fuzzEvent(f, front.FunctionURL) }
func FuzzEventViewer(f *testing.F)   { fuzzEvent(f, front.EdgeViewerRequest) }
func FuzzEventOrigin(f *testing.F)   { fuzzEvent(f, front.EdgeOriginRequest) }

func FuzzEventOriginResponse(f *testing.F) { fuzzEvent(f, front.EdgeOriginResponse) }
func FuzzEventViewerResponse(f *testing.F) { fuzzEvent(f, front.EdgeViewerResponse) }
func FuzzEventCFF(f *testing.F)            { fuzzEvent(f, front.CloudFrontFunction) }

// fuzzAnswer states the law of answers: what a handler answers is what the client
// gets, for every answer that the door can carry.
func fuzzAnswer(f *testing.F, kind front.Kind) {
	door := doorOf(f, kind)
	f.Add(200, "Content-Type: application/json", []byte(`"Hello from Lambda!"`), false)
	f.Add(404, "Content-Type: text/html\nSet-Cookie: a=1\nSet-Cookie: b=2\nx-y: z", []byte("<&>"), true)
	f.Add(299, "Content-Type: image/png\nX: \u00e9", []byte{0xff, 0, 1}, false)
	f.Add(204, "Content-Type: a\nA:\nB: b\nB: b\nETag: \"x\"", []byte(nil), true)
	f.Fuzz(func(t *testing.T, status int, fields string, body []byte, multi bool) {
		want, ok := validAnswer(kind, multi, status, parseFields(fields), body)
		if !ok {
			t.Skip("the door cannot carry it")
		}
		id := identity()
		id.MultiValueHeaders = multi
		event, err := door.Event(answered(kind, front.Request{Method: "GET", Path: "/"}), id)
		if err != nil {
			t.Fatal(err)
		}
		r, err := door.Request(event)
		if err != nil {
			t.Fatal(err)
		}
		result, err := door.Result(want, r)
		if err != nil {
			t.Fatalf("Result(%+v): %v", want, err)
		}
		got, err := door.Answer(result, id)
		if fault := new(front.Fault); errors.As(err, &fault) && fault.Cause == front.ResponseTooLarge {
			t.Skip("too large for the door")
		}
		if err != nil {
			t.Fatalf("Answer(%s): %v", result, err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("Answer(Result(a)) differs\n got %+v\nwant %+v\n via %s", got, want, result)
		}
	})
}

func FuzzAnswerREST(f *testing.F)   { fuzzAnswer(f, front.APIGatewayREST) }
func FuzzAnswerHTTP(f *testing.F)   { fuzzAnswer(f, front.APIGatewayHTTP) }
func FuzzAnswerALB(f *testing.F)    { fuzzAnswer(f, front.ALB) }
func FuzzAnswerURL(f *testing.F)    { fuzzAnswer(f, front.FunctionURL) }
func FuzzAnswerViewer(f *testing.F) { fuzzAnswer(f, front.EdgeViewerRequest) }
func FuzzAnswerOrigin(f *testing.F) { fuzzAnswer(f, front.EdgeOriginRequest) }

func FuzzAnswerOriginResponse(f *testing.F) { fuzzAnswer(f, front.EdgeOriginResponse) }
func FuzzAnswerViewerResponse(f *testing.F) { fuzzAnswer(f, front.EdgeViewerResponse) }
func FuzzAnswerCFF(f *testing.F)            { fuzzAnswer(f, front.CloudFrontFunction) }

// validAnswer is an answer in the one form in which doors give it back, and false
// for one that the door cannot carry: names in order and in one spelling, a
// Content-Type where a door would add one, one value per name where the door's
// headers are single, and no name that the door drops or refuses.
func validAnswer(kind front.Kind, multi bool, status int, h front.Header, body []byte) (front.Answer, bool) {
	sort.SliceStable(h, func(i, j int) bool { return strings.ToLower(h[i].Name) < strings.ToLower(h[j].Name) })
	single := kind == front.APIGatewayHTTP || kind == front.FunctionURL || kind == front.ALB && !multi
	for i, f := range h {
		again := i > 0 && strings.EqualFold(h[i-1].Name, f.Name)
		cookie := strings.EqualFold(f.Name, "Set-Cookie")
		switch {
		case !token(f.Name) || strings.ContainsAny(f.Value, "\r\n\x00") || !utf8.ValidString(f.Value):
			return front.Answer{}, false
		case again && h[i-1].Name != f.Name && !kind.Edge():
			return front.Answer{}, false
		case again && single && (!cookie || kind == front.ALB):
			return front.Answer{}, false
		case single && cookie && kind != front.ALB && f.Name != "Set-Cookie":
			return front.Answer{}, false // cookies come back in this spelling
		case kind == front.ALB && hopByHop(f.Name):
			return front.Answer{}, false
		case kind == front.CloudFrontFunction && (cookie || again && h[i-1].Name != f.Name || f.Name != textproto.CanonicalMIMEHeaderKey(strings.ToLower(f.Name))):
			return front.Answer{}, false // names come back in this spelling; cookies have a form of their own
		case kind.CloudFront() && (front.EdgeDisallows(f.Name) || kind.Answers() && front.EdgeReadOnly(kind, f.Name) || strings.EqualFold(f.Name, "CloudFront-Viewer-Country")):
			return front.Answer{}, false
		}
		if again && kind.Edge() && h[i-1].Name > f.Name {
			return front.Answer{}, false
		}
	}
	switch {
	case status < 200 || status > 599,
		h.Get("Content-Type") == "" && !kind.CloudFront() && kind != front.ALB,
		kind == front.APIGatewayREST && !utf8.Valid(body),
		kind.Edge() && status == 204 && len(body) > 0,
		kind == front.EdgeViewerResponse && len(body) > 0:
		return front.Answer{}, false
	}
	if len(body) == 0 {
		body = nil
	}
	return front.Answer{Status: status, Header: h, Body: body}, true
}

func token(s string) bool {
	return s != "" && strings.Trim(s, "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// hopByHop are the fields of RFC 9110 section 7.6.1 and RFC 2616 section 13.5.1, and
// Content-Length, which ALB computes.
func hopByHop(name string) bool {
	for _, h := range strings.Fields("Connection Keep-Alive Proxy-Authenticate Proxy-Authorization TE Trailer Transfer-Encoding Upgrade Content-Length") {
		if strings.EqualFold(h, name) {
			return true
		}
	}
	return false
}

// parseFields reads "name: value" lines.
func parseFields(s string) front.Header {
	h := front.Header{}
	for line := range strings.SplitSeq(s, "\n") {
		if name, value, ok := strings.Cut(line, ":"); ok {
			h = append(h, front.Field{Name: name, Value: strings.TrimPrefix(value, " ")})
		}
	}
	return h
}
