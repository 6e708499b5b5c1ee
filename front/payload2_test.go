package front_test

import (
	"reflect"
	"testing"
	"time"

	"frontdoor/front"
)

// AWS's sample of an HTTP API event without its client certificate: aws-lambda-go
// v1.55.1 events/testdata/apigw-v2-request-no-authorizer.json.
func TestHTTPEventOfSample(t *testing.T) {
	const sample = `{"version":"2.0","routeKey":"$default","rawPath":"/","rawQueryString":"",
		"headers":{"accept":"*/*","content-length":"0","host":"aaaaaaaaaa.execute-api.us-west-2.amazonaws.com","user-agent":"curl/7.58.0",
		"x-amzn-trace-id":"Root=1-5e9f0c65-1de4d666d4dd26aced652b6c","x-forwarded-for":"1.2.3.4","x-forwarded-port":"443","x-forwarded-proto":"https"},
		"requestContext":{"accountId":"123456789012","apiId":"aaaaaaaaaa","domainName":"aaaaaaaaaa.execute-api.us-west-2.amazonaws.com","domainPrefix":"aaaaaaaaaa",
		"http":{"method":"GET","path":"/","protocol":"HTTP/1.1","sourceIp":"1.2.3.4","userAgent":"curl/7.58.0"},
		"requestId":"LV7fzho-PHcEJPw=","routeKey":"$default","stage":"$default","time":"21/Apr/2020:15:08:21 +0000","timeEpoch":1587481701067},
		"isBase64Encoded":false}`
	id := front.Identity{AccountID: "123456789012", APIID: "aaaaaaaaaa", Stage: "$default", DomainName: "aaaaaaaaaa.execute-api.us-west-2.amazonaws.com"}
	r := front.Request{
		ID: "LV7fzho-PHcEJPw=", Time: time.UnixMilli(1587481701067), Method: "GET", Path: "/", Proto: "HTTP/1.1",
		Host: "aaaaaaaaaa.execute-api.us-west-2.amazonaws.com", SourceIP: "1.2.3.4",
		Header: front.Header{{Name: "Accept", Value: "*/*"}, {Name: "Content-Length", Value: "0"}, {Name: "User-Agent", Value: "curl/7.58.0"},
			{Name: "X-Amzn-Trace-Id", Value: "Root=1-5e9f0c65-1de4d666d4dd26aced652b6c"}},
	}
	if got, want := eventOf(t, front.APIGatewayHTTP, r, id), tree(t, []byte(sample)); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
	back, err := doorOf(t, front.APIGatewayHTTP).Request([]byte(sample))
	if err != nil || back.Host != r.Host || back.SourceIP != r.SourceIP || back.ID != r.ID || !back.Time.Equal(r.Time) || back.Params != nil {
		t.Errorf("%+v, %v", back, err)
	}
}

// AWS's sample of a function URL event, events/testdata/lambda-urls-request.json:
// repeated parameters and headers are joined with commas, cookies stand apart.
func TestURLRequestOfSample(t *testing.T) {
	const sample = `{"version":"2.0","rawPath":"/my/path","rawQueryString":"parameter1=value1&parameter1=value2&parameter2=value",
		"cookies":["cookie1","cookie2"],"headers":{"header1":"value1","header2":"value1,value2"},
		"queryStringParameters":{"parameter1":"value1,value2","parameter2":"value"},
		"requestContext":{"accountId":"123456789012","http":{"method":"POST","path":"/my/path","protocol":"HTTP/1.1","sourceIp":"123.123.123.123","userAgent":"agent"},
		"requestId":"id","timeEpoch":1583348638390},"body":"Hello from client!","isBase64Encoded":false}`
	r, err := doorOf(t, front.FunctionURL).Request([]byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	wantParams := map[string][]string{"parameter1": {"value1,value2"}, "parameter2": {"value"}}
	wantHeader := front.Header{{Name: "cookie", Value: "cookie1; cookie2"}, {Name: "header1", Value: "value1"}, {Name: "header2", Value: "value1,value2"}}
	if r.Path != "/my/path" || string(r.Body) != "Hello from client!" || !reflect.DeepEqual(r.Params, wantParams) || !reflect.DeepEqual(r.Header, wantHeader) {
		t.Errorf("%+v", r)
	}
}

// http-api-develop-integrations-lambda.html: lower-case names, duplicates joined
// with commas, cookies in a list, absent maps absent; the stage is part of the path.
func TestPayload2Event(t *testing.T) {
	r := front.Request{
		Method: "GET", Path: "/pa2%Fth/1", RawQuery: "a=1&a=2+3&b=%2B", Host: "h",
		Header: front.Header{{Name: "X-A", Value: "1"}, {Name: "x-a", Value: "2"}, {Name: "Cookie", Value: "a=1; b=2"}, {Name: "X-Forwarded-For", Value: "10.0.0.1"}},
	}
	r.SourceIP = "203.0.113.7"
	e := eventOf(t, front.APIGatewayHTTP, r, identity())
	for _, c := range []struct {
		keys []string
		want any
	}{
		{[]string{"rawPath"}, "/test/pa2%Fth/1"},
		{[]string{"requestContext", "http", "path"}, "/test/pa2%Fth/1"},
		{[]string{"rawQueryString"}, "a=1&a=2+3&b=%2B"},
		{[]string{"queryStringParameters"}, map[string]any{"a": "1,2 3", "b": "+"}},
		{[]string{"cookies"}, []any{"a=1", "b=2"}},
		{[]string{"headers", "x-a"}, "1,2"},
		{[]string{"headers", "cookie"}, nil},
		{[]string{"headers", "x-forwarded-for"}, "10.0.0.1, 203.0.113.7"},
		{[]string{"requestContext", "domainPrefix"}, "abc123"},
	} {
		if got := at(e, c.keys...); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%v = %v, want %v", c.keys, got, c.want)
		}
	}
	plain := eventOf(t, front.APIGatewayHTTP, front.Request{Method: "GET", Path: "/"}, identity())
	for _, key := range []string{"queryStringParameters", "cookies", "body", "multiValueHeaders"} {
		if v, ok := plain[key]; ok {
			t.Errorf("%s is there: %v", key, v)
		}
	}
	context, _ := plain["requestContext"].(map[string]any)
	if _, ok := context["authentication"]; ok {
		t.Error("an HTTP API event without mTLS has authentication")
	}
	url := eventOf(t, front.FunctionURL, front.Request{Method: "GET", Path: "/"}, identity())
	context, _ = url["requestContext"].(map[string]any)
	if v, ok := context["authentication"]; !ok || v != nil {
		t.Errorf("a function URL's authentication is %v, want null", v)
	}
	if at(url, "headers", "x-amzn-tls-version") == nil || at(url, "headers", "x-amzn-tls-cipher-suite") == nil {
		t.Error("a function URL's event has no TLS headers")
	}
}

// Multipart arrives in base64 (recorded, LocalStack test_lambda.snapshot.json), text
// stays as it is, and an ALB sends compressed text in base64 (lambda-functions.html).
func TestEventBodies(t *testing.T) {
	cases := []struct {
		contentType, encoding string
		body, want            string
		base64                bool
	}{
		{"multipart/form-data; boundary=x", "", "hello", "aGVsbG8=", true},
		{"application/octet-stream", "", "hello", "aGVsbG8=", true},
		{"", "", "hello", "aGVsbG8=", true},
		{"text/plain; charset=utf-8", "", "hello", "hello", false},
		{"Application/JSON", "", "{}", "{}", false},
		{"application/javascript", "", "hello", "hello", false},
		{"application/xml", "", "hello", "hello", false},
		{"text/plain", "gzip", "hello", "aGVsbG8=", true},
		{"image/png", "", "", "", false},
	}
	for _, kind := range []front.Kind{front.APIGatewayHTTP, front.FunctionURL, front.ALB} {
		for _, c := range cases {
			r := front.Request{Method: "POST", Path: "/", Body: []byte(c.body), Header: front.Header{{Name: "Content-Type", Value: c.contentType}}}
			if c.encoding != "" {
				r.Header = append(r.Header, front.Field{Name: "Content-Encoding", Value: c.encoding})
			}
			e := eventOf(t, kind, r, identity())
			body, _ := e["body"].(string)
			if body != c.want || e["isBase64Encoded"] != c.base64 {
				t.Errorf("%s, %q %q: %q, base64 %v", kind, c.contentType, c.encoding, body, e["isBase64Encoded"])
			}
		}
	}
}

// Function URL results as recorded against AWS on 2025-11-24 (LocalStack,
// tests/aws/services/lambda_/test_lambda.snapshot.json); the failures are an
// unhandled error's in the same file.
func TestURLAnswersAsRecorded(t *testing.T) {
	checkAnswers(t, front.FunctionURL, identity(), append(payload2Cases(502, "Internal Server Error"), []refusalCase{
		{"bare string", `"hello"`, 200, "hello"},
	}...))
	a, err := doorOf(t, front.FunctionURL).Answer([]byte(`"hello"`), identity())
	if err != nil || string(a.Body) != "hello" {
		t.Errorf(`"hello" gives %q, %v; the recording has 5 bytes without quotes`, a.Body, err)
	}
}

// HTTP API results: http-api-develop-integrations-lambda.html (format 2.0) and
// http-api-troubleshooting-lambda.html (500).
func TestHTTPAnswers(t *testing.T) {
	checkAnswers(t, front.APIGatewayHTTP, identity(), payload2Cases(500, `{"message":"Internal Server Error"}`))
}

func payload2Cases(failed int, body string) []refusalCase {
	return []refusalCase{
		{"object without statusCode", `{"a": [1, "b"]}`, 200, `{"a":[1,"b"]}`},
		{"integer", `3`, 200, "3"},
		{"float", `3.1`, 200, "3.1"},
		{"boolean", `true`, 200, "true"},
		{"list", `["a", 1]`, 200, `["a",1]`},
		{"string status", `{"statusCode":"418"}`, 418, ""},
		{"status and body", `{"statusCode":200,"body":"x"}`, 200, "x"},
		{"unknown keys are ignored", `{"statusCode":201,"other":1,"body":"y"}`, 201, "y"},
		{"base64", `{"statusCode":200,"body":"aGVsbG8=","isBase64Encoded":true}`, 200, "hello"},
		{"bad base64", `{"statusCode":200,"body":"%","isBase64Encoded":true}`, failed, body},
		{"word status", `{"statusCode":"ok"}`, failed, body},
		{"object body", `{"statusCode":200,"body":{}}`, failed, body},
		{"header list", `{"statusCode":200,"headers":{"a":["b"]}}`, failed, body},
		{"cookie with a line break", `{"statusCode":200,"cookies":["a=1\r\nb: c"]}`, failed, body},
		{"not json", `hello`, failed, body},
		{"nothing", ``, failed, body},
	}
}

func TestPayload2Headers(t *testing.T) {
	for kind, contentType := range map[front.Kind]string{front.APIGatewayHTTP: "text/plain;charset=UTF-8", front.FunctionURL: "application/json"} {
		a, err := doorOf(t, kind).Answer([]byte(`{"statusCode":200,"headers":{"X":"y","n":1},"cookies":["a=1","b=2; Secure"]}`), identity())
		want := front.Header{{Name: "Content-Type", Value: contentType}, {Name: "n", Value: "1"},
			{Name: "Set-Cookie", Value: "a=1"}, {Name: "Set-Cookie", Value: "b=2; Secure"}, {Name: "X", Value: "y"}}
		if err != nil || !reflect.DeepEqual(a.Header, want) {
			t.Errorf("%s: %v, %v; want %v", kind, a.Header, err, want)
		}
		a, err = doorOf(t, kind).Answer([]byte(`{"a":1}`), identity())
		if err != nil || a.Header.Get("content-type") != "application/json" {
			t.Errorf("%s without statusCode: %v, %v", kind, a.Header, err)
		}
	}
}
