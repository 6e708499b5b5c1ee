package front_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
)

var responseKinds = []front.Kind{front.EdgeViewerResponse, front.EdgeOriginResponse}

// AWS's example of a viewer response, with the distribution of these tests:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-event-structure.html#lambda-event-structure-response
func TestViewerResponseOfExample(t *testing.T) {
	const example = `{"Records":[{"cf":{"config":{"distributionDomainName":"d111111abcdef8.cloudfront.net","distributionId":"EDFDVBD6EXAMPLE",
		"eventType":"viewer-response","requestId":"xGN7KWpVEmB9Dp7ctcVFQC4E-nrcOcEKS3QyAez--06dV7TEXAMPLE=="},
		"request":{"clientIp":"2001:0db8:85a3:0:0:8a2e:0370:7334","method":"GET","uri":"/picture.jpg","querystring":"size=large",
		"headers":{"host":[{"key":"Host","value":"d111111abcdef8.cloudfront.net"}],"user-agent":[{"key":"User-Agent","value":"curl/7.18.1"}]}},
		"response":{"status":"200","statusDescription":"OK","headers":{"server":[{"key":"Server","value":"MyCustomOrigin"}],
		"set-cookie":[{"key":"Set-Cookie","value":"theme=light"},{"key":"Set-Cookie","value":"sessionToken=abc123; Expires=Wed, 09 Jun 2021 10:18:14 GMT"}]}}}}]}`
	r := front.Request{
		ID: "xGN7KWpVEmB9Dp7ctcVFQC4E-nrcOcEKS3QyAez--06dV7TEXAMPLE==", Method: "GET", Path: "/picture.jpg", RawQuery: "size=large",
		Host: "d111111abcdef8.cloudfront.net", SourceIP: "2001:0db8:85a3:0:0:8a2e:0370:7334", Header: parseFields("User-Agent: curl/7.18.1"),
		Upstream: &front.Answer{Status: 200, Body: []byte("never shown"), Header: parseFields(
			"Server: MyCustomOrigin\nSet-Cookie: theme=light\nSet-Cookie: sessionToken=abc123; Expires=Wed, 09 Jun 2021 10:18:14 GMT\nX-Amz-Cf-Id: hidden")},
	}
	if got, want := eventOf(t, front.EdgeViewerResponse, r, identity()), tree(t, []byte(example)); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
	back, err := doorOf(t, front.EdgeViewerResponse).Request([]byte(example))
	want := front.Answer{Status: 200, Header: r.Upstream.Header[:3]}
	if err != nil || back.Upstream == nil || !reflect.DeepEqual(*back.Upstream, want) {
		t.Errorf("upstream %+v, %v; want %+v", back.Upstream, err, want)
	}
}

// An origin response shows the request as the origin got it, with its origin; no
// response event shows a body; and none can be made without a response.
func TestOriginResponseEvent(t *testing.T) {
	r := front.Request{Method: "GET", Path: "/", Host: "h", Body: []byte("b"), Upstream: &front.Answer{Status: 404}}
	id := identity()
	id.IncludeBody = true
	records, _ := eventOf(t, front.EdgeOriginResponse, r, id)["Records"].([]any)
	request := at(records[0], "cf", "request")
	if at(request, "origin", "custom", "domainName") != "example.org" || at(request, "body") != nil {
		t.Errorf("request %v", request)
	}
	if response := at(records[0], "cf", "response"); at(response, "status") != "404" || at(response, "statusDescription") != "Not Found" || at(response, "body") != nil {
		t.Errorf("response %v", response)
	}
	for _, kind := range responseKinds {
		if event, err := doorOf(t, kind).Event(front.Request{Method: "GET", Path: "/"}, id); err == nil {
			t.Errorf("%s without a response: %s", kind, event)
		}
		event, err := doorOf(t, front.EdgeViewerRequest).Event(front.Request{Method: "GET", Path: "/"}, id)
		if err != nil {
			t.Fatal(err)
		}
		foreign := strings.Replace(string(event), "viewer-request", strings.TrimPrefix(string(kind), "edge-"), 1)
		if _, err := doorOf(t, kind).Request([]byte(foreign)); err == nil {
			t.Errorf("%s reads an event without a response", kind)
		}
	}
}

// What a function on a response event may give, and what the client gets. A body is
// replaced at origin-response: "generate a static content body", "or remove the body".
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-updating-http-responses.html
func TestResponseResults(t *testing.T) {
	const mb = 1 << 20
	both := []refusalCase{
		{"no body", `{"status":"200","headers":{"x":[{"key":"X","value":"y"}]}}`, 200, ""},
		{"read-only header kept", `{"status":"200","headers":{"via":[{"key":"Via","value":"1.1 x"}]}}`, 200, ""},
		{"a request", `{"method":"GET","uri":"/","headers":{}}`, 502, "status must be between 200 and 599"},
		{"F01 statusCode", `{"statusCode":200}`, 502, "status must be between 200 and 599"},
		{"F02 scalar headers", `{"status":"200","headers":{"a":"b"}}`, 502, "headers must be lists"},
		{"status 600", `{"status":"600"}`, 502, "status must be between"},
		{"disallowed header", `{"status":"200","headers":{"x-cache":[{"value":"Hit"}]}}`, 502, "disallowed"},
		{"not JSON", `no`, 502, "invalid json"},
	}
	for _, kind := range responseKinds {
		checkAnswers(t, kind, identity(), both)
	}
	checkAnswers(t, front.EdgeOriginResponse, identity(), []refusalCase{
		{"another body", `{"status":"200","body":"new"}`, 200, "new"},
		{"body in base64", `{"status":"200","body":"bmV3","bodyEncoding":"base64"}`, 200, "new"},
		{"body of 1 MB", `{"status":"200","body":"` + strings.Repeat("x", mb) + `"}`, 200, "x"},
		{"over 1 MB", `{"status":"200","body":"` + strings.Repeat("x", mb+1) + `"}`, 502, "failed validation"},
	})
	checkAnswers(t, front.EdgeViewerResponse, identity(), []refusalCase{
		{"a body", `{"status":"200","body":"new"}`, 502, "cannot set the body"},
		{"over 40 KB", `{"status":"200","headers":{"x":[{"value":"` + strings.Repeat("x", 40<<10) + `"}]}}`, 502, "failed validation"},
	})
	for result, body := range map[string][]byte{`{"status":"200"}`: nil, `{"status":"200","body":""}`: {}} {
		if a, err := doorOf(t, front.EdgeOriginResponse).Answer([]byte(result), identity()); err != nil || !reflect.DeepEqual(a.Body, body) {
			t.Errorf("%s: body %#v, %v; want %#v", result, a.Body, err, body)
		}
	}
}

// Read-only header fields and, at viewer-response, the status:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-restrictions.html
func TestCheckResponse(t *testing.T) {
	before := front.Answer{Status: 200, Header: parseFields("Content-Length: 3\nTransfer-Encoding: chunked\nVia: 1.1 x\nWarning: 199 -")}
	viewer, origin, cff := front.EdgeViewerResponse, front.EdgeOriginResponse, front.CloudFrontFunction
	without := func(name string) front.Header {
		var h front.Header
		for _, f := range before.Header {
			if f.Name != name {
				h = append(h, f)
			}
		}
		return h
	}
	for name, c := range map[string]struct {
		after   front.Answer
		refused []front.Kind
	}{
		"nothing":           {before, nil},
		"a header more":     {front.Answer{Status: 200, Header: append(without(""), front.Field{Name: "A", Value: "b"})}, nil},
		"status":            {front.Answer{Status: 404, Header: before.Header}, []front.Kind{viewer}},
		"content-length":    {front.Answer{Status: 200, Header: without("Content-Length")}, nil},
		"transfer-encoding": {front.Answer{Status: 200, Header: without("Transfer-Encoding")}, []front.Kind{origin}},
		"via":               {front.Answer{Status: 200, Header: without("Via")}, []front.Kind{viewer, origin, cff}},
		"via twice":         {front.Answer{Status: 200, Header: append(without(""), front.Field{Name: "via", Value: "2"})}, []front.Kind{viewer, origin, cff}},
		"warning":           {front.Answer{Status: 200, Header: without("Warning")}, []front.Kind{viewer, cff}},
	} {
		for _, kind := range []front.Kind{viewer, origin, cff} {
			err := front.CheckResponse(kind, before, c.after)
			want := false
			for _, k := range c.refused {
				want = want || k == kind
			}
			var fault *front.Fault
			if got := errors.As(err, &fault); got != want || got && fault.Answer.Status != 502 {
				t.Errorf("%s, %s: %v, refused wanted %v", kind, name, err, want)
			}
		}
	}
}

// 2017: 1 s and 3 s, 40 KB and 256 KB; today: 5 s and 30 s, 40 KB and 1 MB. Sources
// are on EdgeEras.
func TestEdgeEras(t *testing.T) {
	for era, want := range map[string]map[front.Kind]front.EdgeQuota{
		"2017": {front.EdgeViewerRequest: {Timeout: time.Second, ResponseBytes: 40 << 10}, front.EdgeOriginResponse: {Timeout: 3 * time.Second, ResponseBytes: 256 << 10}},
		"2018": {front.EdgeViewerResponse: {Timeout: 5 * time.Second, ResponseBytes: 40 << 10}, front.EdgeOriginRequest: {Timeout: 30 * time.Second, ResponseBytes: 1 << 20}},
		"":     {front.EdgeOriginRequest: {Timeout: 30 * time.Second, ResponseBytes: 1 << 20}},
	} {
		e, err := front.EdgeEraNamed(era)
		if err != nil {
			t.Fatal(err)
		}
		for kind, quota := range want {
			l := doorOf(t, kind).In(e).Limits
			if got := (front.EdgeQuota{Timeout: l.MaxTimeout, ResponseBytes: l.ResponseBytes}); got != quota {
				t.Errorf("%s in %q: %+v, want %+v", kind, era, got, quota)
			}
		}
		if e.Source == "" || e.From.IsZero() {
			t.Errorf("era %q has no source or date", era)
		}
		if l := doorOf(t, front.ALB).In(e).Limits; l != doorOf(t, front.ALB).Limits {
			t.Errorf("an ALB has an era of Lambda@Edge: %+v", l)
		}
	}
	if _, err := front.EdgeEraNamed("2016"); err == nil || !strings.Contains(err.Error(), "2017, 2018") {
		t.Errorf("an era before: %v", err)
	}
	// Today's door without an era is the last one's, and an era's size is kept.
	old, _ := front.EdgeEraNamed("2017")
	large := `{"status":"200","body":"` + strings.Repeat("x", 256<<10) + `"}`
	if _, err := doorOf(t, front.EdgeOriginRequest).Answer([]byte(large), identity()); err != nil {
		t.Error(err)
	}
	if a, err := doorOf(t, front.EdgeOriginRequest).In(old).Answer([]byte(large), identity()); err != nil || len(a.Body) != 256<<10 {
		t.Errorf("256 KB in 2017: %v", err)
	}
	if _, err := doorOf(t, front.EdgeOriginRequest).In(old).Answer([]byte(strings.Replace(large, "x", "xx", 1)), identity()); err == nil {
		t.Error("256 KB and 1 byte are taken in 2017")
	}
}
