package front_test

import (
	"reflect"
	"strings"
	"testing"

	"frontdoor/front"
)

// AWS's example of an event,
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html#functions-event-structure-example
const cffExample = `{"version":"1.0","context":{"distributionDomainName":"d111111abcdef8.cloudfront.net","distributionId":"EDFDVBD6EXAMPLE",
	"eventType":"viewer-response","requestId":"EXAMPLEntjQpEXAMPLE_SG5Z-EXAMPLEPmPfEXAMPLEu3EqEXAMPLE=="},"viewer":{"ip":"198.51.100.11"},
	"request":{"method":"GET","uri":"/media/index.mpd","querystring":{"ID":{"value":"42"},"Exp":{"value":"1619740800"},"TTL":{"value":"1440"},
	"NoValue":{"value":""},"querymv":{"value":"val1","multiValue":[{"value":"val1"},{"value":"val2,val3"}]}},
	"headers":{"host":{"value":"video.example.com"},"accept":{"value":"application/json","multiValue":[{"value":"application/json"},
	{"value":"application/xml"},{"value":"text/html"}]},"cloudfront-viewer-country":{"value":"GB"}},
	"cookies":{"Cookie1":{"value":"value1"},"Cookie2":{"value":"value2"},"cookie_consent":{"value":"true"},
	"cookiemv":{"value":"value3","multiValue":[{"value":"value3"},{"value":"value4"}]}}},
	"response":{"statusCode":200,"statusDescription":"OK","headers":{"date":{"value":"Mon, 04 Apr 2021 18:57:56 GMT"},"content-length":{"value":"701"}},
	"cookies":{"ID":{"value":"id1234","attributes":"Expires=Wed, 05 Apr 2021 07:28:00 GMT"},
	"Cookie1":{"value":"val1","attributes":"Secure; Path=/; Domain=example.com; Expires=Wed, 05 Apr 2021 07:28:00 GMT",
	"multiValue":[{"value":"val1","attributes":"Secure; Path=/; Domain=example.com; Expires=Wed, 05 Apr 2021 07:28:00 GMT"},
	{"value":"val2","attributes":"Path=/cat; Domain=example.com; Expires=Wed, 10 Jan 2021 07:28:00 GMT"}]}}}}`

func TestCFFEventOfExample(t *testing.T) {
	r := front.Request{
		ID: "EXAMPLEntjQpEXAMPLE_SG5Z-EXAMPLEPmPfEXAMPLEu3EqEXAMPLE==", Method: "GET", Path: "/media/index.mpd", Host: "video.example.com", SourceIP: "198.51.100.11",
		RawQuery: "ID=42&Exp=1619740800&TTL=1440&NoValue&querymv=val1&querymv=val2,val3",
		Header: parseFields("Accept: application/json\nAccept: application/xml\nAccept: text/html\nCloudFront-Viewer-Country: GB\n" +
			"Cookie: Cookie1=value1; Cookie2=value2; cookie_consent=true; cookiemv=value3; cookiemv=value4\nX-Forwarded-Proto: https"),
		Upstream: &front.Answer{Status: 200, Header: parseFields("Date: Mon, 04 Apr 2021 18:57:56 GMT\nContent-Length: 701\nX-Cache: Hit\n" +
			"Set-Cookie: ID=id1234; Expires=Wed, 05 Apr 2021 07:28:00 GMT\n" +
			"Set-Cookie: Cookie1=val1; Secure; Path=/; Domain=example.com; Expires=Wed, 05 Apr 2021 07:28:00 GMT\n" +
			"Set-Cookie: Cookie1=val2; Path=/cat; Domain=example.com; Expires=Wed, 10 Jan 2021 07:28:00 GMT")},
	}
	if got, want := eventOf(t, front.CloudFrontFunction, r, identity()), tree(t, []byte(cffExample)); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

func TestCFFRequestOfExample(t *testing.T) {
	r, err := doorOf(t, front.CloudFrontFunction).Request([]byte(cffExample))
	if err != nil {
		t.Fatal(err)
	}
	if r.Method != "GET" || r.Path != "/media/index.mpd" || r.SourceIP != "198.51.100.11" || r.Host != "video.example.com" ||
		r.RawQuery != "Exp=1619740800&ID=42&NoValue=&TTL=1440&querymv=val1&querymv=val2,val3" || !reflect.DeepEqual(r.Params["querymv"], []string{"val1", "val2,val3"}) ||
		r.Header.Get("Cookie") != "Cookie1=value1; Cookie2=value2; cookie_consent=true; cookiemv=value3; cookiemv=value4" || len(r.Header.Values("Accept")) != 3 {
		t.Errorf("request %+v", r)
	}
	if u := r.Upstream; u == nil || u.Status != 200 || u.Header.Get("Content-Length") != "701" || len(u.Header.Values("Set-Cookie")) != 3 ||
		u.Header.Values("Set-Cookie")[2] != "ID=id1234; Expires=Wed, 05 Apr 2021 07:28:00 GMT" {
		t.Errorf("upstream %+v", r.Upstream)
	}
}

// What a CloudFront Function may give: statusCode is an integer, names are in lower
// case, a body is text or base64 (same page). The refusals are 502s, as
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-restrictions.html has them.
func TestCFFResults(t *testing.T) {
	checkAnswers(t, front.CloudFrontFunction, identity(), []refusalCase{
		{"redirect", `{"statusCode":302,"statusDescription":"Found","headers":{"location":{"value":"/x"}}}`, 302, ""},
		{"body, short", `{"statusCode":200,"body":"hello"}`, 200, "hello"},
		{"body, text", `{"statusCode":200,"body":{"encoding":"text","data":"hello"}}`, 200, "hello"},
		{"body, base64", `{"statusCode":200,"body":{"encoding":"base64","data":"aGVsbG8="}}`, 200, "hello"},
		{"body, not base64", `{"statusCode":200,"body":{"encoding":"base64","data":"?"}}`, 502, "not base64"},
		{"body, other encoding", `{"statusCode":200,"body":{"encoding":"gzip","data":"x"}}`, 502, "must be text or base64"},
		{"body, a number", `{"statusCode":200,"body":3}`, 502, "response.body"},
		{"status as a string", `{"statusCode":"200"}`, 502, "must be an integer"},
		{"status of Lambda@Edge", `{"status":"200"}`, 502, "a request or a response object"},
		{"name in capitals", `{"statusCode":200,"headers":{"Location":{"value":"/"}}}`, 502,
			"The CloudFront function returned an invalid value: response.headers must have header names in lower case."},
		{"scalar header", `{"statusCode":200,"headers":{"location":"/"}}`, 502, "object of objects with value"},
		{"header list", `{"statusCode":200,"headers":{"location":[{"value":"/"}]}}`, 502, "object of objects with value"},
		{"header without value", `{"statusCode":200,"headers":{"location":{}}}`, 502, "must have a value"},
		{"disallowed header", `{"statusCode":200,"headers":{"x-cache":{"value":"Hit"}}}`, 502, "disallowed header x-cache"},
		{"line break", `{"statusCode":200,"headers":{"a":{"value":"b\r\nc: d"}}}`, 502, "cannot be sent"},
		{"a string", `"hello"`, 502, "must be an object"},
		{"null", `null`, 502, "must be an object"},
		{"40 KB and more", `{"statusCode":200,"body":"` + strings.Repeat("x", 40<<10+1) + `"}`, 502, "invalid value"},
		{"request with a capital", `{"method":"GET","uri":"/","headers":{"Host":{"value":"h"}}}`, 502, "request.headers must have header names in lower case"},
	})
	a, err := doorOf(t, front.CloudFrontFunction).Answer([]byte(`{"method":"GET","uri":"/b","querystring":{"q":{"value":"2"},"p":{"value":"1"}},
		"headers":{"host":{"value":"h"},"x-example":{"value":"a","multiValue":[{"value":"b"},{"value":"c"}]}},"cookies":{"k":{"value":"v"}}}`), identity())
	if err != nil || a.Forward == nil || a.Forward.Path != "/b" || a.Forward.RawQuery != "p=1&q=2" || a.Forward.Header.Get("Cookie") != "k=v" ||
		!reflect.DeepEqual(a.Forward.Header.Values("X-Example"), []string{"b", "c"}) || a.Forward.Header[len(a.Forward.Header)-1].Name != "X-Example" {
		t.Errorf("forwarded %+v, %v", a.Forward, err)
	}
}

// The method is read-only, and so are the headers of viewer requests.
func TestCFFCheckForward(t *testing.T) {
	before := front.Request{Method: "GET", Path: "/", Header: parseFields("Host: h\nVia: 1.1 x")}
	for name, c := range map[string]struct {
		change func(*front.Request)
		ok     bool
	}{
		"nothing":      {func(*front.Request) {}, true},
		"uri":          {func(r *front.Request) { r.Path = "/other" }, true},
		"method":       {func(r *front.Request) { r.Method = "PUT" }, false},
		"relative uri": {func(r *front.Request) { r.Path = "other" }, false},
		"long uri":     {func(r *front.Request) { r.Path = "/" + strings.Repeat("x", 8191) }, false},
		"host":         {func(r *front.Request) { r.Header = parseFields("Host: o\nVia: 1.1 x") }, false},
		"via":          {func(r *front.Request) { r.Header = parseFields("Host: h") }, false},
	} {
		after := before
		c.change(&after)
		if err := front.CheckForward(front.CloudFrontFunction, before, after); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}
