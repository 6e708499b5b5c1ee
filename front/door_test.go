package front_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
)

func doorOf(t testing.TB, kind front.Kind) front.Door {
	t.Helper()
	d, err := front.Of(kind)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func identity() front.Identity {
	return front.Identity{
		AccountID: "123456789012", APIID: "abc123", Stage: "test",
		DomainName:   "abc123.execute-api.us-east-1.amazonaws.com",
		DeploymentID: "dep1", ResourceID: "res1",
		TargetGroupARN: "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/lambda-target/abcdefg",
		DistributionID: "EDFDVBD6EXAMPLE", DistributionDomain: "d111111abcdef8.cloudfront.net",
		OriginDomain: "example.org",
	}
}

// answered is the request with what a response event needs of the kind, on others as
// it is: a bare 200.
func answered(kind front.Kind, r front.Request) front.Request {
	if !kind.Answers() && r.Upstream == nil {
		r.Upstream = &front.Answer{Status: 200}
	}
	return r
}

// eventOf is the event as a tree, for comparison with AWS's samples.
func eventOf(t *testing.T, kind front.Kind, r front.Request, id front.Identity) map[string]any {
	t.Helper()
	event, err := doorOf(t, kind).Event(r, id)
	if err != nil {
		t.Fatal(err)
	}
	return tree(t, event)
}

func tree(t *testing.T, doc []byte) map[string]any {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal(doc, &m); err != nil {
		t.Fatalf("%v in %s", err, doc)
	}
	return m
}

// at walks a tree by keys.
func at(v any, keys ...string) any {
	for _, k := range keys {
		m, _ := v.(map[string]any)
		v = m[k]
	}
	return v
}

// refusalCase is a result that a door refuses, or takes.
type refusalCase struct {
	name   string
	result string
	status int    // what the client gets
	body   string // part of what the client gets
}

// checkAnswers runs a table of results through a door.
func checkAnswers(t *testing.T, kind front.Kind, id front.Identity, cases []refusalCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a, err := doorOf(t, kind).Answer([]byte(c.result), id)
			var fault *front.Fault
			switch {
			case errors.As(err, &fault):
				a = fault.Answer
			case err != nil:
				t.Fatalf("error %v is no *Fault", err)
			}
			if refused := c.status == 500 || c.status == 502; refused != (fault != nil) {
				t.Errorf("fault = %v, status wanted %d", err, c.status)
			}
			if a.Status != c.status || !strings.Contains(string(a.Body), c.body) || c.body == "" && len(a.Body) > 0 {
				t.Errorf("client gets %d %q, want %d with %q", a.Status, a.Body, c.status, c.body)
			}
		})
	}
}

// Every kind has a door with every part, and the door answers a request whole.
func TestEveryKindHasADoor(t *testing.T) {
	for _, kind := range front.Kinds() {
		t.Run(string(kind), func(t *testing.T) {
			d := doorOf(t, kind)
			if d.Kind != kind || d.Name == "" {
				t.Errorf("door is %q, %q", d.Kind, d.Name)
			}
			v := reflect.ValueOf(d)
			for i := range v.NumField() {
				if v.Field(i).Kind() == reflect.Func && v.Field(i).IsNil() {
					t.Errorf("%s is missing", v.Type().Field(i).Name)
				}
			}
			l := d.Limits
			if l.ResponseBytes <= 0 || l.MaxTimeout <= 0 || l.MinTimeout <= 0 || l.MinMemoryMB <= 0 || l.MaxMemoryMB < l.MinMemoryMB || l.PackageBytes <= 0 {
				t.Errorf("limits %+v are not complete", l)
			}
			for _, c := range front.Causes() {
				a := d.Fault(c)
				if a.Status < 400 || a.Status > 599 || len(a.Body) == 0 || a.Header.Get("Content-Type") == "" {
					t.Errorf("fault %q is %+v", c, a)
				}
			}
		})
	}
	if d, err := front.Of("nlb"); err == nil || d.Event != nil {
		t.Errorf("Of(nlb) = %+v, %v", d, err)
	}
}

func TestEveryCauseHasAName(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range front.Causes() {
		if s := c.String(); seen[s] || strings.HasPrefix(s, "cause ") {
			t.Errorf("cause %d is called %q", int(c), s)
		} else {
			seen[s] = true
		}
	}
}

// What the client of each door gets when the function fails (F04) or hangs (F05),
// and when the door may not invoke it (F16). Sources are on the doors' faults.
func TestFaultStatuses(t *testing.T) {
	want := map[front.Kind]map[front.Cause]int{
		front.APIGatewayREST:     {front.FunctionError: 502, front.Timeout: 504, front.Throttled: 429, front.NoPermission: 500, front.ResponseTooLarge: 502},
		front.APIGatewayNonProxy: {front.Timeout: 504, front.Throttled: 429, front.NoPermission: 500, front.BadRequest: 400},
		front.APIGatewayHTTP:     {front.FunctionError: 500, front.Timeout: 503, front.Throttled: 429, front.NoPermission: 500},
		front.ALB:                {front.FunctionError: 502, front.Timeout: 502, front.Throttled: 502, front.RequestTooLarge: 413, front.ResponseTooLarge: 502},
		front.FunctionURL:        {front.FunctionError: 502, front.Timeout: 502, front.Throttled: 429, front.NoPermission: 403},
		front.EdgeViewerRequest:  {front.FunctionError: 503, front.Timeout: 503, front.Throttled: 503, front.BadResult: 502, front.ResponseTooLarge: 502},
		front.EdgeOriginRequest:  {front.FunctionError: 503, front.Timeout: 503, front.Throttled: 503, front.BadResult: 502, front.ResponseTooLarge: 502},
		front.EdgeOriginResponse: {front.FunctionError: 503, front.Timeout: 503, front.Throttled: 503, front.BadResult: 502, front.ResponseTooLarge: 502},
		front.EdgeViewerResponse: {front.FunctionError: 503, front.Timeout: 503, front.Throttled: 503, front.BadResult: 502, front.ResponseTooLarge: 502},
		front.CloudFrontFunction: {front.FunctionError: 503, front.Timeout: 503, front.Throttled: 503, front.BadResult: 502, front.ResponseTooLarge: 502},
	}
	for _, kind := range front.Kinds() {
		for cause, status := range want[kind] {
			if got := doorOf(t, kind).Fault(cause).Status; got != status {
				t.Errorf("%s on %s: %d, want %d", kind, cause, got, status)
			}
		}
		if len(want[kind]) == 0 {
			t.Errorf("%s has no wanted statuses", kind)
		}
	}
	bodies := map[front.Kind]string{
		front.APIGatewayREST: `{"message": "Internal server error"}`,
		front.APIGatewayHTTP: `{"message":"Internal Server Error"}`,
		front.FunctionURL:    "Internal Server Error",
	}
	for kind, body := range bodies {
		if got := doorOf(t, kind).Fault(front.FunctionError).Body; string(got) != body {
			t.Errorf("%s on a function error: %q, want %q", kind, got, body)
		}
	}
}

// The figures that AWS states; sources are on the doors.
func TestLimits(t *testing.T) {
	type figures struct {
		request, response, header, uri int
		timeout                        time.Duration
		memory                         int
		pkg                            int64
	}
	want := map[front.Kind]figures{
		front.APIGatewayREST:     {6 << 20, 6 << 20, 10240, 0, 29 * time.Second, 10240, 50 << 20},
		front.APIGatewayNonProxy: {6 << 20, 6 << 20, 10240, 0, 29 * time.Second, 10240, 50 << 20},
		front.APIGatewayHTTP:     {6 << 20, 6 << 20, 10240, 0, 30 * time.Second, 10240, 50 << 20},
		front.ALB:                {1 << 20, 1 << 20, 65536, 16384, 900 * time.Second, 10240, 50 << 20},
		front.FunctionURL:        {6 << 20, 6 << 20, 0, 0, 900 * time.Second, 10240, 50 << 20},
		front.EdgeViewerRequest:  {0, 40 << 10, 20480, 8191, 5 * time.Second, 128, 1 << 20},
		front.EdgeOriginRequest:  {0, 1 << 20, 20480, 8191, 30 * time.Second, 10240, 50 << 20},
		front.EdgeOriginResponse: {0, 1 << 20, 20480, 8191, 30 * time.Second, 10240, 50 << 20},
		front.EdgeViewerResponse: {0, 40 << 10, 20480, 8191, 5 * time.Second, 128, 1 << 20},
		front.CloudFrontFunction: {0, 40 << 10, 20480, 8191, time.Millisecond, 2, 10 << 10},
	}
	for _, kind := range front.Kinds() {
		l := doorOf(t, kind).Limits
		got := figures{l.RequestBytes, l.ResponseBytes, l.HeaderBytes, l.URIBytes, l.MaxTimeout, l.MaxMemoryMB, l.PackageBytes}
		if got != want[kind] {
			t.Errorf("%s: %+v, want %+v", kind, got, want[kind])
		}
	}
}

// Each request limit holds to the byte.
func TestCheckRequest(t *testing.T) {
	base := front.Request{Method: "GET", Path: "/", Proto: "HTTP/1.1"}
	atLimit := func(kind front.Kind, l front.Limits) map[front.Cause]front.Request {
		body, header, uri := base, base, base
		body.Body = bytes.Repeat([]byte{'x'}, l.RequestBytes)
		line := len("GET / HTTP/1.1\r\n")
		header.Header = front.Header{{Name: "A", Value: strings.Repeat("x", max(0, l.HeaderBytes-line-len("A: \r\n")))}}
		uri.Path = "/" + strings.Repeat("x", max(0, l.URIBytes-len("/?q=")))
		uri.RawQuery = "q="
		return map[front.Cause]front.Request{front.RequestTooLarge: body, front.HeadersTooLarge: header, front.URITooLong: uri}
	}
	for _, kind := range front.Kinds() {
		d := doorOf(t, kind)
		for cause, r := range atLimit(kind, d.Limits) {
			if c, ok := d.CheckRequest(r); !ok {
				t.Errorf("%s refuses a request at the limit of %s: %s", kind, cause, c)
			}
			stated := map[front.Cause]int{front.RequestTooLarge: d.Limits.RequestBytes, front.HeadersTooLarge: d.Limits.HeaderBytes, front.URITooLong: d.Limits.URIBytes}[cause]
			switch cause {
			case front.RequestTooLarge:
				r.Body = append(r.Body, 'x')
			case front.HeadersTooLarge:
				r.Header[0].Value += "x"
			case front.URITooLong:
				r.Path += "x"
			}
			if c, ok := d.CheckRequest(r); stated > 0 && (ok || c != cause) {
				t.Errorf("%s takes a request one byte over: %s, want %s", kind, c, cause)
			} else if stated == 0 && !ok {
				t.Errorf("%s states no limit and refuses: %s", kind, c)
			}
		}
	}
}

// An event of one door is not read by another whose events look different.
func TestRequestRefusesForeignEvents(t *testing.T) {
	family := func(k front.Kind) string {
		if k == front.APIGatewayHTTP || k == front.FunctionURL {
			return "payload 2.0"
		}
		return string(k)
	}
	for _, from := range front.Kinds() {
		event, err := doorOf(t, from).Event(answered(from, front.Request{Method: "GET", Path: "/"}), identity())
		if err != nil {
			t.Fatal(err)
		}
		for _, to := range front.Kinds() {
			_, err := doorOf(t, to).Request(event)
			if to == front.APIGatewayNonProxy {
				continue // any JSON is a body that was passed through
			}
			if same := family(from) == family(to); same != (err == nil) {
				t.Errorf("%s reads an event of %s: %v", to, from, err)
			}
		}
	}
	for _, kind := range front.Kinds() {
		for _, bad := range []string{"", "null", "[]", `{"Records":[]}`, "{"} {
			if json.Valid([]byte(bad)) && kind == front.APIGatewayNonProxy {
				continue
			}
			if _, err := doorOf(t, kind).Request([]byte(bad)); err == nil {
				t.Errorf("%s reads %q", kind, bad)
			}
		}
		for _, r := range []front.Request{{Method: "GE T"}, {Method: ""}, {Method: "GET", Header: front.Header{{Name: "a b"}}}} {
			if event, err := doorOf(t, kind).Event(answered(kind, r), identity()); err == nil {
				t.Errorf("%s makes an event of %+v: %s", kind, r, event)
			}
		}
	}
}

// No door writes an answer that HTTP has no form for.
func TestResultRefuses(t *testing.T) {
	bad := map[string]front.Answer{
		"status 0":     {},
		"status 99":    {Status: 99},
		"status 600":   {Status: 600},
		"header name":  {Status: 200, Header: front.Header{{Name: "a b", Value: "c"}}},
		"header value": {Status: 200, Header: front.Header{{Name: "a", Value: "b\r\nc: d"}}},
	}
	for _, kind := range front.Kinds() {
		for name, a := range bad {
			if result, err := doorOf(t, kind).Result(a, front.Request{}); err == nil {
				t.Errorf("%s: %s becomes %s", kind, name, result)
			}
		}
	}
}
