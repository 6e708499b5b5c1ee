package front_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
)

// The event for GET /test/test-path/?urlparam=test as recorded against AWS on
// 2024-07-10 (LocalStack, tests/aws/services/apigateway/test_apigateway_lambda.snapshot.json,
// "invocation-payload-with-trailing-slash-and-query-params"), less the CloudFront
// fields of its edge-optimized endpoint, with its placeholders filled in.
const recordedREST = `{
  "body": null, "httpMethod": "GET", "isBase64Encoded": false,
  "headers": {
    "Accept": "*/*", "Authorization": "random-value", "Host": "abc123.execute-api.us-east-1.amazonaws.com",
    "User-Agent": "python-requests/testing", "X-Amzn-Trace-Id": "Root=1-5c34e93e-4dea0086f9763ac0667b115a",
    "X-Forwarded-For": "203.0.113.7", "X-Forwarded-Port": "443", "X-Forwarded-Proto": "https", "tEsT-HEADeR": "aValUE"
  },
  "multiValueHeaders": {
    "Accept": ["*/*"], "Authorization": ["random-value"], "Host": ["abc123.execute-api.us-east-1.amazonaws.com"],
    "User-Agent": ["python-requests/testing"], "X-Amzn-Trace-Id": ["Root=1-5c34e93e-4dea0086f9763ac0667b115a"],
    "X-Forwarded-For": ["203.0.113.7"], "X-Forwarded-Port": ["443"], "X-Forwarded-Proto": ["https"], "tEsT-HEADeR": ["aValUE"]
  },
  "multiValueQueryStringParameters": {"urlparam": ["test"]},
  "path": "/test-path/", "pathParameters": {"proxy": "test-path"},
  "queryStringParameters": {"urlparam": "test"},
  "requestContext": {
    "accountId": "123456789012", "apiId": "abc123", "deploymentId": "dep1",
    "domainName": "abc123.execute-api.us-east-1.amazonaws.com", "domainPrefix": "abc123",
    "extendedRequestId": "req-1", "httpMethod": "GET",
    "identity": {
      "accessKey": null, "accountId": null, "caller": null, "cognitoAuthenticationProvider": null,
      "cognitoAuthenticationType": null, "cognitoIdentityId": null, "cognitoIdentityPoolId": null,
      "principalOrgId": null, "sourceIp": "203.0.113.7", "user": null,
      "userAgent": "python-requests/testing", "userArn": null
    },
    "path": "/test/test-path/", "protocol": "HTTP/1.1", "requestId": "req-1",
    "requestTime": "09/Apr/2015:12:34:56 +0000", "requestTimeEpoch": 1428582896000,
    "resourceId": "res1", "resourcePath": "/{proxy+}", "stage": "test"
  },
  "resource": "/{proxy+}", "stageVariables": null
}`

func recordedRESTRequest() front.Request {
	return front.Request{
		ID: "req-1", Time: time.Unix(1428582896, 0).UTC(), Method: "GET", Path: "/test-path/", RawQuery: "urlparam=test",
		Proto: "HTTP/1.1", Host: "abc123.execute-api.us-east-1.amazonaws.com", SourceIP: "203.0.113.7",
		Header: front.Header{
			{Name: "Accept", Value: "*/*"}, {Name: "Authorization", Value: "random-value"}, {Name: "User-Agent", Value: "python-requests/testing"},
			{Name: "tEsT-HEADeR", Value: "aValUE"}, {Name: "X-Amzn-Trace-Id", Value: "Root=1-5c34e93e-4dea0086f9763ac0667b115a"},
		},
	}
}

func TestRESTEventAsRecorded(t *testing.T) {
	got := eventOf(t, front.APIGatewayREST, recordedRESTRequest(), identity())
	want := tree(t, []byte(recordedREST))
	for key := range want {
		if !reflect.DeepEqual(got[key], want[key]) {
			t.Errorf("%s\n got %v\nwant %v", key, got[key], want[key])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d keys, want %d: %v", len(got), len(want), got)
	}
}

func TestRESTRequestAsRecorded(t *testing.T) {
	r, err := doorOf(t, front.APIGatewayREST).Request([]byte(recordedREST))
	if err != nil {
		t.Fatal(err)
	}
	want := recordedRESTRequest()
	if r.ID != want.ID || !r.Time.Equal(want.Time) || r.Method != want.Method || r.Path != want.Path ||
		r.RawQuery != want.RawQuery || r.Proto != want.Proto || r.Host != want.Host || r.SourceIP != want.SourceIP || r.Body != nil {
		t.Errorf("got %+v\nwant %+v", r, want)
	}
	for _, f := range append(want.Header, front.Field{Name: "X-Forwarded-For", Value: "203.0.113.7"}) {
		if got := r.Header.Values(f.Name); len(got) != 1 || got[0] != f.Value {
			t.Errorf("%s = %q, want %q", f.Name, got, f.Value)
		}
	}
	if want := map[string][]string{"urlparam": {"test"}}; !reflect.DeepEqual(r.Params, want) {
		t.Errorf("params %v, want %v", r.Params, want)
	}
}

// Values are decoded and paths are not: the recordings "invocation-payload-with-
// params-encoding" and "-multi" of the same file, and its test_lambda_aws_proxy paths.
func TestRESTPathsAndQueries(t *testing.T) {
	queries := []struct {
		raw    string
		single map[string]any
		multi  map[string]any
	}{
		{"", nil, nil},
		{"dateTimeOffset=2023-06-12T18:05:10.123456+00:00", map[string]any{"dateTimeOffset": "2023-06-12T18:05:10.123456 00:00"}, map[string]any{"dateTimeOffset": []any{"2023-06-12T18:05:10.123456 00:00"}}},
		{"email=test%2Balias@gmail.com&plus=test+alias@gmail.com", map[string]any{"email": "test+alias@gmail.com", "plus": "test alias@gmail.com"}, map[string]any{"email": []any{"test+alias@gmail.com"}, "plus": []any{"test alias@gmail.com"}}},
		{"category=electronics&category=books&price=10&price=20&price=30", map[string]any{"category": "books", "price": "30"}, map[string]any{"category": []any{"electronics", "books"}, "price": []any{"10", "20", "30"}}},
	}
	for _, q := range queries {
		e := eventOf(t, front.APIGatewayREST, front.Request{Method: "GET", Path: "/x", RawQuery: q.raw}, identity())
		single, _ := e["queryStringParameters"].(map[string]any)
		multi, _ := e["multiValueQueryStringParameters"].(map[string]any)
		if !reflect.DeepEqual(single, q.single) || !reflect.DeepEqual(multi, q.multi) {
			t.Errorf("%q: %v and %v", q.raw, single, multi)
		}
	}
	paths := []struct{ sent, path, context, proxy string }{
		{"/proxy-value/", "/proxy-value/", "/test/proxy-value/", "proxy-value"},
		{"//x", "/x", "/test//x", "x"},
		{"/a//b", "/a//b", "/test/a//b", "a//b"},
		{"/api/test%2Balias@gmail.com", "/api/test%2Balias@gmail.com", "/test/api/test%2Balias@gmail.com", "api/test%2Balias@gmail.com"},
	}
	for _, p := range paths {
		e := eventOf(t, front.APIGatewayREST, front.Request{Method: "GET", Path: p.sent}, identity())
		if e["path"] != p.path || at(e, "requestContext", "path") != p.context || at(e, "pathParameters", "proxy") != p.proxy {
			t.Errorf("%q: path %v, context %v, parameters %v", p.sent, e["path"], at(e, "requestContext", "path"), e["pathParameters"])
		}
	}
	root := eventOf(t, front.APIGatewayREST, front.Request{Method: "GET", Path: "/"}, identity())
	if root["resource"] != "/" || root["pathParameters"] != nil {
		t.Errorf("root: resource %v, parameters %v", root["resource"], root["pathParameters"])
	}
}

// What AWS made of results, recorded in the same file (2024-2025).
func TestRESTAnswersAsRecorded(t *testing.T) {
	const failed = `{"message": "Internal server error"}`
	checkAnswers(t, front.APIGatewayREST, identity(), []refusalCase{
		{"status only", `{"statusCode":200}`, 200, ""},
		{"empty object", `{}`, 200, ""},
		{"headers only", `{"headers":{"a":"b"}}`, 200, ""},
		{"unknown key", `{"statusCode":200,"wrongValue":"value"}`, 502, failed},
		{"plain string", `"hello"`, 502, failed},
		{"null", `null`, 502, failed},
		{"list", `[]`, 502, failed},
		{"not json", `hello`, 502, failed},
		{"nothing", ``, 502, failed},
		{"string status", `{"statusCode":"201"}`, 201, ""},
		{"word status", `{"statusCode":"test"}`, 502, failed},
		{"null headers", `{"statusCode":200,"headers":null,"body":"x"}`, 200, "x"},
		{"multi value is no list", `{"statusCode":200,"multiValueHeaders":{"a":"b"}}`, 502, failed},
		{"object body", `{"statusCode":200,"body":{"a":1}}`, 502, failed},
		{"base64 stays", `{"statusCode":200,"body":"aGVsbG8=","isBase64Encoded":true}`, 200, "aGVsbG8="},
		{"key in another case", `{"StatusCode":201}`, 502, failed},
	})
}

func TestRESTHeaders(t *testing.T) {
	cases := []struct {
		name, result string
		header       front.Header
	}{
		{"content type", `{"statusCode":200}`, front.Header{{Name: "Content-Type", Value: "application/json"}}},
		{"boolean", `{"headers":{"content-type":"a","x":true,"y":7}}`, front.Header{{Name: "content-type", Value: "a"}, {Name: "x", Value: "true"}, {Name: "y", Value: "7"}}},
		{"merged, multi first and in its case", `{"headers":{"test-HEADER":"value-solo","Content-Type":"a"},"multiValueHeaders":{"Test-Header":["value-multi"]}}`,
			front.Header{{Name: "Content-Type", Value: "a"}, {Name: "Test-Header", Value: "value-multi"}, {Name: "Test-Header", Value: "value-solo"}}},
	}
	for _, c := range cases {
		a, err := doorOf(t, front.APIGatewayREST).Answer([]byte(c.result), identity())
		if err != nil || !reflect.DeepEqual(a.Header, c.header) {
			t.Errorf("%s: %v, %v; want %v", c.name, a.Header, err, c.header)
		}
	}
	if _, err := doorOf(t, front.APIGatewayREST).Answer([]byte(`{"headers":{"a":"b\r\nc: d"}}`), identity()); err == nil {
		t.Error("a header value with a line break is sent")
	}
}

// A REST API without binaryMediaTypes carries text only, both ways.
func TestRESTBodies(t *testing.T) {
	if result, err := doorOf(t, front.APIGatewayREST).Result(front.Answer{Status: 200, Body: []byte{0xff}}, front.Request{}); err == nil {
		t.Errorf("binary answer becomes %s", result)
	}
	e := eventOf(t, front.APIGatewayREST, front.Request{Method: "POST", Path: "/", Body: []byte(`{"a":"<b>"}`)}, identity())
	if e["body"] != `{"a":"<b>"}` || e["isBase64Encoded"] != false {
		t.Errorf("body %v, base64 %v", e["body"], e["isBase64Encoded"])
	}
	// Events are as long as AWS's: encoding/json alone would write < in six bytes.
	event, err := doorOf(t, front.APIGatewayREST).Event(front.Request{Method: "POST", Path: "/", Body: []byte("<&>")}, identity())
	if err != nil || !strings.Contains(string(event), `"body":"<&>"`) {
		t.Errorf("%s, %v", event, err)
	}
}

// AWS's own sample of a REST event, aws-lambda-go v1.55.1
// events/testdata/apigw-restapi-openapi-request.json, shortened.
func TestRESTRequestOfSample(t *testing.T) {
	const sample = `{"resource":"/{proxy+}","path":"/hello/world","httpMethod":"POST",
		"headers":{"Accept":"*/*","Host":"gy415nuibc.execute-api.us-east-1.amazonaws.com"},
		"queryStringParameters":{"name":"me"},"pathParameters":{"proxy":"hello/world"},
		"requestContext":{"path":"/hello/world","stage":"testStage","requestId":"deef4878-7910-11e6-8f14-25afc3e9ae33",
		"identity":{"sourceIp":"192.168.196.186"},"httpMethod":"POST","protocol":"HTTP/1.1","requestTimeEpoch":1589522469693},
		"body":"{\r\n\t\"a\": 1\r\n}"}`
	r, err := doorOf(t, front.APIGatewayREST).Request([]byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	if r.Path != "/hello/world" || r.Host != "gy415nuibc.execute-api.us-east-1.amazonaws.com" || string(r.Body) != "{\r\n\t\"a\": 1\r\n}" ||
		r.RawQuery != "name=me" || r.Time.Format(time.RFC3339Nano) != "2020-05-15T06:01:09.693Z" {
		t.Errorf("%+v", r)
	}
}

// What is over Lambda's 6 MB is refused before it is read.
func TestTooLargeForLambda(t *testing.T) {
	for _, kind := range []front.Kind{front.APIGatewayREST, front.APIGatewayHTTP, front.FunctionURL} {
		d := doorOf(t, kind)
		body, err := json.Marshal(strings.Repeat("x", 6<<20))
		if err != nil {
			t.Fatal(err)
		}
		_, err = d.Answer([]byte(`{"statusCode":200,"body":`+string(body)+`}`), identity())
		if fault, ok := err.(*front.Fault); !ok || fault.Cause != front.ResponseTooLarge {
			t.Errorf("%s: %v", kind, err)
		}
	}
}
