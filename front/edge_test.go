package front_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"frontdoor/front"
)

var edgeKinds = []front.Kind{front.EdgeViewerRequest, front.EdgeOriginRequest}

// AWS's example of a viewer request,
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-event-structure.html#example-viewer-request
func TestViewerEventOfExample(t *testing.T) {
	const example = `{"Records":[{"cf":{"config":{"distributionDomainName":"d111111abcdef8.cloudfront.net","distributionId":"EDFDVBD6EXAMPLE",
		"eventType":"viewer-request","requestId":"4TyzHTaYWb1GX1qTfsHhEqV6HUDd_BzoBZnwfnvQc_1oF26ClkoUSEQ=="},
		"request":{"clientIp":"203.0.113.178","headers":{"host":[{"key":"Host","value":"d111111abcdef8.cloudfront.net"}],
		"user-agent":[{"key":"User-Agent","value":"curl/7.66.0"}],"accept":[{"key":"accept","value":"*/*"}]},
		"method":"GET","querystring":"","uri":"/"}}}]}`
	r := front.Request{
		ID: "4TyzHTaYWb1GX1qTfsHhEqV6HUDd_BzoBZnwfnvQc_1oF26ClkoUSEQ==", Method: "GET", Path: "/",
		Host: "d111111abcdef8.cloudfront.net", SourceIP: "203.0.113.178",
		Header: parseFields("User-Agent: curl/7.66.0\naccept: */*\nConnection: close\nX-Forwarded-Proto: https\nX-Edge-Anything: 1"),
	}
	if got, want := eventOf(t, front.EdgeViewerRequest, r, identity()), tree(t, []byte(example)); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
	back, err := doorOf(t, front.EdgeViewerRequest).Request([]byte(example))
	if err != nil || back.Host != r.Host || back.SourceIP != r.SourceIP || back.ID != r.ID || back.Params != nil || back.Header.Get("Accept") != "*/*" {
		t.Errorf("%+v, %v", back, err)
	}
}

// The example origin request of the same page: CloudFront's own user agent, the
// origin as host, Via and X-Forwarded-For, and one origin.
func TestOriginEvent(t *testing.T) {
	r := front.Request{
		Method: "GET", Path: "/picture.jpg", RawQuery: "size=large", Proto: "HTTP/2.0", Host: "d111111abcdef8.cloudfront.net", SourceIP: "203.0.113.178",
		Header: parseFields("User-Agent: curl/7.66.0\nCache-Control: no-cache"),
	}
	e := eventOf(t, front.EdgeOriginRequest, r, identity())
	records, _ := e["Records"].([]any)
	request := at(records[0], "cf", "request")
	for name, want := range map[string]string{"user-agent": "Amazon CloudFront", "host": "example.org", "x-forwarded-for": "203.0.113.178", "cache-control": "no-cache"} {
		fields, _ := at(request, "headers", name).([]any)
		if len(fields) != 1 || at(fields[0], "value") != want {
			t.Errorf("%s = %v, want %q", name, fields, want)
		}
	}
	via, _ := at(request, "headers", "via").([]any)
	if v, _ := at(via[0], "value").(string); !strings.HasPrefix(v, "2.0 ") || !strings.HasSuffix(v, ".cloudfront.net (CloudFront)") {
		t.Errorf("via = %v", via)
	}
	if at(request, "origin", "custom", "domainName") != "example.org" || at(request, "origin", "s3") != nil || at(request, "querystring") != "size=large" {
		t.Errorf("request %v", request)
	}
}

// The body is there only with Include body, always in base64, and cut at 40 KB or
// 1 MB (cloudfront-limits.html).
func TestEdgeBodies(t *testing.T) {
	for kind, shown := range map[front.Kind]int{front.EdgeViewerRequest: 40 << 10, front.EdgeOriginRequest: 1 << 20} {
		for _, size := range []int{0, 5, shown, shown + 1} {
			r := front.Request{Method: "POST", Path: "/", Body: []byte(strings.Repeat("x", size))}
			id := identity()
			if e := eventOf(t, kind, r, id); strings.Contains(fmt.Sprint(e), "inputTruncated") {
				t.Errorf("%s shows a body that was not asked for", kind)
			}
			id.IncludeBody = true
			records, _ := eventOf(t, kind, r, id)["Records"].([]any)
			body := at(records[0], "cf", "request", "body")
			data, _ := at(body, "data").(string)
			raw, err := base64.StdEncoding.DecodeString(data)
			if err != nil || len(raw) != min(size, shown) || at(body, "inputTruncated") != (size > shown) || at(body, "action") != "read-only" {
				t.Errorf("%s, %d bytes: %d shown, %v", kind, size, len(raw), at(body, "inputTruncated"))
			}
			d := doorOf(t, kind)
			event, err := d.Event(r, id)
			if err != nil {
				t.Fatal(err)
			}
			back, err := d.Request(event)
			if err != nil {
				t.Fatal(err)
			}
			if again, err := d.Event(back, id); err != nil || !bytes.Equal(again, event) {
				t.Errorf("%s, %d bytes: the event does not come back, %v", kind, size, err)
			}
		}
	}
}

// edge-function-restrictions-all.html, encoding: what is not UTF-8 is ISO-8859-1.
func TestEdgeEncoding(t *testing.T) {
	records, _ := eventOf(t, front.EdgeViewerRequest, front.Request{Method: "GET", Path: "/caf\xe9", RawQuery: "q=\xfc"}, identity())["Records"].([]any)
	if uri, q := at(records[0], "cf", "request", "uri"), at(records[0], "cf", "request", "querystring"); uri != "/café" || q != "q=ü" {
		t.Errorf("uri %q, querystring %q", uri, q)
	}
}

// What fails CloudFront's validation: lambda-generating-http-responses-in-requests.html
// and edge-functions-restrictions.html, F01 and F02.
func TestEdgeRefusals(t *testing.T) {
	const failed = "The Lambda function result failed validation: "
	for _, kind := range edgeKinds {
		t.Run(string(kind), func(t *testing.T) {
			limit := doorOf(t, kind).Limits.ResponseBytes
			cases := []refusalCase{
				{"string status", `{"status":"200","body":"x"}`, 200, "x"},
				{"number status", `{"status":200,"body":"x"}`, 200, "x"},
				{"F01 statusCode", `{"statusCode":200,"body":"x"}`, 502, failed},
				{"F02 scalar headers", `{"status":"200","headers":{"content-type":"text/html"}}`, 502, failed},
				{"value without a list", `{"status":"200","headers":{"content-type":{"value":"text/html"}}}`, 502, failed},
				{"number value", `{"status":"200","headers":{"a":[{"value":1}]}}`, 502, failed},
				{"no value", `{"status":"200","headers":{"a":[{"key":"A"}]}}`, 502, failed},
				{"key of another name", `{"status":"200","headers":{"a":[{"key":"B","value":"c"}]}}`, 502, failed},
				{"line break", `{"status":"200","headers":{"location":[{"value":"/\r\nx: y"}]}}`, 502, failed},
				{"empty object", `{}`, 502, failed},
				{"status null", `{"status":null}`, 502, failed},
				{"status word", `{"status":"OK"}`, 502, failed},
				{"status 199", `{"status":"199"}`, 502, failed},
				{"status 600", `{"status":"600"}`, 502, failed},
				{"status 599", `{"status":"599","body":"x"}`, 599, "x"},
				{"204", `{"status":"204"}`, 204, ""},
				{"204 with body", `{"status":"204","body":"x"}`, 502, failed},
				{"object body", `{"status":"200","body":{"success":true}}`, 502, failed},
				{"base64", `{"status":"200","body":"aGVsbG8=","bodyEncoding":"base64"}`, 200, "hello"},
				{"invalid base64", `{"status":"200","body":"%","bodyEncoding":"base64"}`, 502, failed},
				{"encoding", `{"status":"200","body":"x","bodyEncoding":"gzip"}`, 502, failed},
				{"disallowed header", `{"status":"200","headers":{"connection":[{"value":"close"}]}}`, 502, failed},
				{"disallowed prefix", `{"status":"200","headers":{"x-edge-anything":[{"value":"1"}]}}`, 502, failed},
				{"x-forwarded-proto", `{"status":"200","headers":{"x-forwarded-proto":[{"value":"https"}]}}`, 502, failed},
				{"read-only header", `{"status":"200","headers":{"transfer-encoding":[{"value":"chunked"}]}}`, 502, failed + "The function tried to add, delete, or change a read-only header."},
				{"not an object", `"hello"`, 502, "The Lambda function returned invalid JSON: The JSON output must be an object type."},
				{"null", `null`, 502, "The JSON output must be an object type."},
				{"not json", `hello`, 502, "The Lambda function returned invalid json: The json output is not parsable"},
				{"at the limit", fmt.Sprintf(`{"status":"200","body":%q}`, strings.Repeat("x", limit)), 200, "xxx"},
				{"over the limit", fmt.Sprintf(`{"status":"200","body":%q}`, strings.Repeat("x", limit+1)), 502, "failed validation"},
				{"headers count", fmt.Sprintf(`{"status":"200","headers":{"a":[{"value":"b"}]},"body":%q}`, strings.Repeat("x", limit)), 502, "failed validation"},
			}
			checkAnswers(t, kind, identity(), cases)
		})
	}
	// The country is CloudFront's to add on the way to the origin, so only a viewer
	// request function may not; Host is read-only there and writable before the origin.
	for kind, want := range map[front.Kind]int{front.EdgeViewerRequest: 502, front.EdgeOriginRequest: 200} {
		for _, name := range []string{"cloudfront-viewer-country", "host"} {
			checkAnswers(t, kind, identity(), []refusalCase{{string(kind) + " " + name, `{"status":"200","body":"failed validation","headers":{"` + name + `":[{"value":"x"}]}}`, want, "failed validation"}})
		}
	}
}

func TestEdgeHeaderLists(t *testing.T) {
	// The lists of edge-function-restrictions-all.html, as the page has them.
	const disallowed = `Connection Expect Keep-Alive Proxy-Authenticate Proxy-Authorization Proxy-Connection Trailer Upgrade
		X-Accel-Buffering X-Accel-Charset X-Accel-Limit-Rate X-Accel-Redirect X-Amz-Cf-Id X-Amz-Cf-Anything X-Amzn-Auth X-Amzn-Cf-Billing
		X-Amzn-Cf-Id X-Amzn-Cf-Xff X-Amzn-Errortype X-Amzn-Fle-Profile X-Amzn-Header-Count X-Amzn-Header-Order
		X-Amzn-Lambda-Integration-Tag X-Amzn-RequestId X-Cache X-Edge-Location X-Forwarded-Proto X-Real-IP`
	for _, name := range strings.Fields(disallowed) {
		if !front.EdgeDisallows(name) {
			t.Errorf("%s is allowed", name)
		}
	}
	for _, name := range strings.Fields("Content-Type X-Forwarded-For X-Amzn-Trace-Id X-Accel X-Bench-Cold Host Set-Cookie") {
		if front.EdgeDisallows(name) {
			t.Errorf("%s is disallowed", name)
		}
	}
	readOnly := map[front.Kind]string{
		front.EdgeViewerRequest: "Content-Length Host Transfer-Encoding Via",
		front.EdgeOriginRequest: "Accept-Encoding Content-Length If-Modified-Since If-None-Match If-Range If-Unmodified-Since Transfer-Encoding Via",
	}
	all := strings.Fields(readOnly[front.EdgeViewerRequest] + " " + readOnly[front.EdgeOriginRequest] + " Accept Cookie User-Agent")
	for kind, names := range readOnly {
		for _, name := range all {
			want := strings.Contains(" "+names+" ", " "+name+" ")
			if got := front.EdgeReadOnly(kind, name); got != want {
				t.Errorf("%s: read-only %s = %v", kind, name, got)
			}
		}
	}
}

// A function may leave key out: it is then the name in initial capitals.
func TestEdgeKeyDefault(t *testing.T) {
	a, err := doorOf(t, front.EdgeViewerRequest).Answer([]byte(`{"status":"302","headers":{"x-my-header":[{"value":"1"},{"value":"2"}],"location":[{"key":"location","value":"/"}]}}`), identity())
	want := front.Header{{Name: "location", Value: "/"}, {Name: "X-My-Header", Value: "1"}, {Name: "X-My-Header", Value: "2"}}
	if err != nil || !reflect.DeepEqual(a.Header, want) {
		t.Errorf("%v, %v; want %v", a.Header, err, want)
	}
}

// A request object goes on; what the function left as it was comes back as it was.
func TestEdgeForward(t *testing.T) {
	for _, kind := range edgeKinds {
		d := doorOf(t, kind)
		id := identity()
		id.IncludeBody = true
		event, err := d.Event(front.Request{
			Method: "POST", Path: "/a", RawQuery: "b=c", Host: "h", SourceIP: "203.0.113.1", Body: []byte("body"),
			Header: parseFields("X-A: 1\nX-A: 2\nAccept: */*"),
		}, id)
		if err != nil {
			t.Fatal(err)
		}
		before, err := d.Request(event)
		if err != nil {
			t.Fatal(err)
		}
		after := before
		after.Path, after.Body = "/b", nil
		result, err := d.Result(front.Answer{Forward: &after}, before)
		if err != nil {
			t.Fatal(err)
		}
		a, err := d.Answer(result, id)
		if err != nil || a.Forward == nil {
			t.Fatalf("%s: %+v, %v", kind, a, err)
		}
		f := a.Forward
		if f.Path != "/b" || f.RawQuery != "b=c" || f.Method != "POST" || f.SourceIP != before.SourceIP || f.Host != before.Host || f.Body != nil || !reflect.DeepEqual(f.Header, before.Header) {
			t.Errorf("%s: forwarded %+v", kind, f)
		}
		if err := front.CheckForward(kind, before, *f); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
		after.Body = []byte("new")
		if result, err = d.Result(front.Answer{Forward: &after}, before); err != nil {
			t.Fatal(err)
		}
		if a, err = d.Answer(result, id); err != nil || string(a.Forward.Body) != "new" {
			t.Errorf("%s: replaced body %+v, %v", kind, a.Forward, err)
		}
	}
	if result, err := doorOf(t, front.ALB).Result(front.Answer{Forward: &front.Request{Method: "GET"}}, front.Request{}); err == nil {
		t.Errorf("an ALB forwards: %s", result)
	}
}

// edge-functions-restrictions.html: query string, URI, read-only and disallowed headers.
func TestCheckForward(t *testing.T) {
	before := front.Request{Method: "GET", Path: "/", SourceIP: "203.0.113.1", Header: parseFields("Host: h\nVia: 1.1 x\nIf-None-Match: y\nAccept: a")}
	both, viewer, origin := edgeKinds, edgeKinds[:1], edgeKinds[1:]
	cases := []struct {
		name    string
		change  func(*front.Request)
		refused []front.Kind
	}{
		{"nothing", func(*front.Request) {}, nil},
		{"uri", func(r *front.Request) { r.Path = "/other" }, nil},
		{"a header", func(r *front.Request) { r.Header = append(r.Header[:3:3], front.Field{Name: "X", Value: "y"}) }, nil},
		{"method", func(r *front.Request) { r.Method = "PUT" }, both},
		{"client", func(r *front.Request) { r.SourceIP = "203.0.113.2" }, both},
		{"relative uri", func(r *front.Request) { r.Path = "other" }, both},
		{"long uri", func(r *front.Request) { r.Path = "/" + strings.Repeat("x", 8191) }, both},
		{"space in query", func(r *front.Request) { r.RawQuery = "a b" }, both},
		{"fragment in query", func(r *front.Request) { r.RawQuery = "a#b" }, both},
		{"host", func(r *front.Request) { r.Header = parseFields("Host: other\nVia: 1.1 x\nIf-None-Match: y") }, viewer},
		{"if-none-match", func(r *front.Request) { r.Header = parseFields("Host: h\nVia: 1.1 x") }, origin},
		{"via deleted", func(r *front.Request) { r.Header = parseFields("Host: h\nIf-None-Match: y") }, both},
		{"disallowed", func(r *front.Request) {
			r.Header = append(r.Header[:4:4], front.Field{Name: "X-Real-Ip", Value: "z"})
		}, both},
		{"country", func(r *front.Request) {
			r.Header = append(r.Header[:4:4], front.Field{Name: "CloudFront-Viewer-Country", Value: "DE"})
		}, viewer},
	}
	for _, c := range cases {
		for _, kind := range edgeKinds {
			after := before
			c.change(&after)
			err := front.CheckForward(kind, before, after)
			want := false
			for _, k := range c.refused {
				want = want || k == kind
			}
			var fault *front.Fault
			if got := errors.As(err, &fault); got != want || got && fault.Answer.Status != 502 {
				t.Errorf("%s, %s: %v, refused wanted %v", kind, c.name, err, want)
			}
		}
	}
}
