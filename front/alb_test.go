package front_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
)

// AWS's samples, aws-lambda-go v1.55.1 events/testdata/
// alb-lambda-target-request-{headers-only,multivalue-headers}.json.
func TestALBEventOfSamples(t *testing.T) {
	const single = `{"requestContext":{"elb":{"targetGroupArn":"arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/lambda-target/abcdefg"}},
		"httpMethod":"GET","path":"/","queryStringParameters":{"key":"hello"},
		"headers":{"accept":"*/*","connection":"keep-alive","host":"lambda-test-alb-1334523864.us-east-1.elb.amazonaws.com","user-agent":"curl/7.54.0",
		"x-amzn-trace-id":"Root=1-5c34e93e-4dea0086f9763ac0667b115a","x-forwarded-for":"25.12.198.67","x-forwarded-port":"80","x-forwarded-proto":"http",
		"x-imforwards":"20","x-myheader":"123"},"body":"","isBase64Encoded":false}`
	r := front.Request{
		Method: "GET", Path: "/", RawQuery: "key=hello", Host: "lambda-test-alb-1334523864.us-east-1.elb.amazonaws.com", SourceIP: "25.12.198.67",
		Header: parseFields("Accept: */*\nConnection: keep-alive\nUser-Agent: curl/7.54.0\nX-Amzn-Trace-Id: Root=1-5c34e93e-4dea0086f9763ac0667b115a\nX-Imforwards: 20\nX-MyHeader: 123"),
	}
	id := identity()
	id.Scheme = "http"
	if got, want := eventOf(t, front.ALB, r, id), tree(t, []byte(single)); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
	id.MultiValueHeaders = true
	got := eventOf(t, front.ALB, r, id)
	if want := map[string]any{"key": []any{"hello"}}; !reflect.DeepEqual(got["multiValueQueryStringParameters"], want) {
		t.Errorf("parameters %v, want %v", got["multiValueQueryStringParameters"], want)
	}
	if !reflect.DeepEqual(at(got, "multiValueHeaders", "x-myheader"), []any{"123"}) || got["headers"] != nil || got["queryStringParameters"] != nil {
		t.Errorf("multi-value event %v", got)
	}
	back, err := doorOf(t, front.ALB).Request([]byte(single))
	if err != nil || back.SourceIP != r.SourceIP || back.Host != r.Host || back.RawQuery != r.RawQuery ||
		back.ID != "Root=1-5c34e93e-4dea0086f9763ac0667b115a" || !back.Time.Equal(time.Unix(0x5c34e93e, 0)) {
		t.Errorf("%+v, %v", back, err)
	}
}

// F13: parameters are not decoded, the last of several wins in single-value mode,
// and the map is there even without a query (the other gateways send none).
func TestALBQueries(t *testing.T) {
	id := identity()
	for _, c := range []struct {
		raw  string
		want map[string]any
	}{
		{"input_file=Big+Buck%20Bunny.mp4", map[string]any{"input_file": "Big+Buck%20Bunny.mp4"}},
		{"input_file=a&input_file=b", map[string]any{"input_file": "b"}},
		{"input_file=", map[string]any{"input_file": ""}},
		{"", map[string]any{}},
	} {
		e := eventOf(t, front.ALB, front.Request{Method: "GET", Path: "/", RawQuery: c.raw}, id)
		if got, ok := e["queryStringParameters"].(map[string]any); !ok || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q: %v, want %v", c.raw, e["queryStringParameters"], c.want)
		}
	}
	id.MultiValueHeaders = true
	e := eventOf(t, front.ALB, front.Request{Method: "GET", Path: "/", RawQuery: "a=1&a=%32"}, id)
	if want := map[string]any{"a": []any{"1", "%32"}}; !reflect.DeepEqual(e["multiValueQueryStringParameters"], want) {
		t.Errorf("multi-value mode: %v, want %v", e["multiValueQueryStringParameters"], want)
	}
}

// F03, F15 and what users met; sources on albAnswer and albReply.
func TestALBRefusals(t *testing.T) {
	const page = "<center><h1>502 Bad Gateway</h1></center>"
	single := identity()
	checkAnswers(t, front.ALB, single, []refusalCase{
		{"whole", `{"statusCode":200,"statusDescription":"200 OK","headers":{"a":"b"},"body":"x","isBase64Encoded":false}`, 200, "x"},
		{"status only", `{"statusCode":204}`, 204, ""},
		{"F03 numeric header", `{"statusCode":200,"headers":{"Access-Control-Max-Age":7200}}`, 502, page},
		{"boolean header", `{"statusCode":200,"headers":{"Access-Control-Allow-Credentials":true}}`, 502, page},
		{"string status", `{"statusCode":"200"}`, 502, page},
		{"no status", `{"body":"x"}`, 502, page},
		{"edge status", `{"status":"200"}`, 502, page},
		{"null body", `{"statusCode":200,"body":null}`, 502, page},
		{"null headers", `{"statusCode":200,"headers":null,"multiValueHeaders":{"a":["b"]}}`, 502, page},
		{"null description", `{"statusCode":200,"statusDescription":null,"headers":{}}`, 502, page},
		{"null of the other mode", `{"statusCode":200,"headers":{},"multiValueHeaders":null,"body":"x"}`, 200, "x"},
		{"both forms", `{"statusCode":200,"headers":{},"multiValueHeaders":{"a":["b"]},"body":"x"}`, 200, "x"},
		{"other mode", `{"statusCode":200,"multiValueHeaders":{"a":["b"]}}`, 502, page},
		{"malformed", `{"statusCode":200`, 502, page},
		{"string", `"hello"`, 502, page},
		{"base64", `{"statusCode":200,"body":"aGVsbG8=","isBase64Encoded":true}`, 200, "hello"},
		{"bad base64", `{"statusCode":200,"body":"*","isBase64Encoded":true}`, 502, page},
		{"1 MB and more", fmt.Sprintf(`{"statusCode":200,"body":%q}`, strings.Repeat("x", 1<<20)), 502, page},
	})
	multi := identity()
	multi.MultiValueHeaders = true
	checkAnswers(t, front.ALB, multi, []refusalCase{
		{"F15 headers in multi-value mode", `{"statusCode":200,"headers":{"a":"b"}}`, 502, page},
		{"multi", `{"statusCode":200,"multiValueHeaders":{"a":["b","c"]},"body":"x"}`, 200, "x"},
		{"numeric value", `{"statusCode":200,"multiValueHeaders":{"a":[1]}}`, 502, page},
		{"scalar value", `{"statusCode":200,"multiValueHeaders":{"a":"b"}}`, 502, page},
	})
}

func TestALBDropsHopByHop(t *testing.T) {
	a, err := doorOf(t, front.ALB).Answer([]byte(`{"statusCode":200,"headers":{"Connection":"close","Content-Length":"3","TE":"x","X":"y"}}`), identity())
	if want := (front.Header{{Name: "X", Value: "y"}}); err != nil || !reflect.DeepEqual(a.Header, want) {
		t.Errorf("%v, %v; want %v", a.Header, err, want)
	}
}

// The handler's answer takes the form in which the event came.
func TestALBResultFollowsTheMode(t *testing.T) {
	a := front.Answer{Status: 418, Header: front.Header{{Name: "Set-Cookie", Value: "a=1"}, {Name: "Set-Cookie", Value: "b=2"}}}
	for _, multi := range []bool{false, true} {
		id := identity()
		id.MultiValueHeaders = multi
		d := doorOf(t, front.ALB)
		event, err := d.Event(front.Request{Method: "GET", Path: "/"}, id)
		if err != nil {
			t.Fatal(err)
		}
		r, err := d.Request(event)
		if err != nil {
			t.Fatal(err)
		}
		result, err := d.Result(a, r)
		if !multi {
			if err == nil {
				t.Errorf("two cookies go into single-value headers: %s", result)
			}
			result, err = d.Result(front.Answer{Status: 418, Header: a.Header[:1]}, r)
		}
		if err != nil {
			t.Fatal(err)
		}
		var o map[string]json.RawMessage
		if err := json.Unmarshal(result, &o); err != nil {
			t.Fatal(err)
		}
		if (o["multiValueHeaders"] != nil) != multi || (o["headers"] != nil) == multi || string(o["statusDescription"]) != `"418 I'm a teapot"` {
			t.Errorf("multi %v: %s", multi, result)
		}
	}
}
