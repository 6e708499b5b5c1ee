package front_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"
	"time"

	"frontdoor/front"
)

// The console's template, Method Request Passthrough, puts what it finds under these
// keys: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
func TestNonProxyTemplate(t *testing.T) {
	r := front.Request{
		ID: "req", Time: time.UnixMilli(1587481701067).UTC(), Method: "POST", Path: "/a%2Fb/", RawQuery: "q=a+b&q=%2B&x=", Proto: "HTTP/1.1",
		Host: "api.example.com", SourceIP: "203.0.113.7", Header: front.Header{{Name: "User-Agent", Value: "curl"}, {Name: "X-Two", Value: "1"}, {Name: "X-Two", Value: "2"}},
		Body: []byte(` {"a": [1, 2]} `),
	}
	event := eventOf(t, front.APIGatewayNonProxy, r, identity())
	for _, c := range []struct {
		want any
		keys []string
	}{
		{[]any{1.0, 2.0}, []string{"body-json", "a"}},
		{"a%2Fb", []string{"params", "path", "proxy"}},
		{"+", []string{"params", "querystring", "q"}},
		{"", []string{"params", "querystring", "x"}},
		{"2", []string{"params", "header", "X-Two"}},
		{"203.0.113.7", []string{"params", "header", "X-Forwarded-For"}},
		{map[string]any{}, []string{"stage-variables"}},
		{"POST", []string{"context", "http-method"}},
		{"test", []string{"context", "stage"}},
		{"/{proxy+}", []string{"context", "resource-path"}},
		{"/test/a%2Fb/", []string{"context", "path"}},
		{"curl", []string{"context", "user-agent"}},
	} {
		if got := at(event, c.keys...); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%v = %v, want %v", c.keys, got, c.want)
		}
	}
	text, err := json.Marshal(event)
	if err != nil {
		t.Fatal(err)
	}
	back, err := doorOf(t, front.APIGatewayNonProxy).Request(text)
	if err != nil || back.ID != "req" || !back.Time.Equal(r.Time) || back.Method != "POST" || back.Path != "/a%2Fb/" || back.Host != r.Host ||
		string(back.Body) != `{"a":[1,2]}` || !reflect.DeepEqual(back.Params, map[string][]string{"q": {"+"}, "x": {""}}) {
		t.Errorf("%+v, %v", back, err)
	}
}

// Without a template the body is the event (passthroughBehavior when_no_match), {}
// without one; what is no JSON Lambda refuses with 400.
func TestNonProxyPassThrough(t *testing.T) {
	id := identity()
	id.PassThrough = true
	d := doorOf(t, front.APIGatewayNonProxy)
	for body, want := range map[string]string{"": "{}", " \n": "{}", `{"b":1}`: `{"b":1}`, "null": "null", `"x"`: `"x"`} {
		event, err := d.Event(front.Request{Method: "POST", Path: "/x", RawQuery: "q=1", Body: []byte(body)}, id)
		if err != nil || string(event) != want {
			t.Errorf("%q becomes %s, %v: want %s", body, event, err, want)
		}
		r, err := d.Request(event)
		if err != nil || r.Method != "POST" || r.Path != "/" || string(r.Body) != want || r.Params != nil || r.Header != nil {
			t.Errorf("%s is read as %+v, %v", event, r, err)
		}
	}
	for _, body := range []string{"a=1", "{", "\"\xff\""} {
		_, err := d.Event(front.Request{Method: "POST", Path: "/", Body: []byte(body)}, id)
		var fault *front.Fault
		if !errors.As(err, &fault) || fault.Cause != front.BadRequest || fault.Answer.Status != 400 {
			t.Errorf("%q: %v", body, err)
		}
	}
}

// Only 200 has a form of its own, and only the body is carried: all else is for the
// integration responses, as AWS's page on Lambda errors has it.
func TestNonProxyResult(t *testing.T) {
	d := doorOf(t, front.APIGatewayNonProxy)
	for body, want := range map[string]string{`{"status":"success"}`: `{"status":"success"}`, "": "null", "plain": `"plain"`, "3": "3"} {
		result, err := d.Result(front.Answer{Status: 200, Header: front.Header{{Name: "X", Value: "y"}}, Body: []byte(body)}, front.Request{})
		if err != nil || string(result) != want {
			t.Errorf("%q becomes %s, %v", body, result, err)
		}
		a, err := d.Answer(result, identity())
		if err != nil || !reflect.DeepEqual(a, front.Answer{Status: 200, Header: front.Header{{Name: "Content-Type", Value: "application/json"}}, Body: []byte(want)}) {
			t.Errorf("%s is answered as %+v, %v", result, a, err)
		}
	}
	_, err := d.Result(front.Answer{Status: 404, Body: []byte(`{"message":"no"}`)}, front.Request{})
	var failed *front.Failed
	if !errors.As(err, &failed) || err.Error() != `{"httpStatus":404,"body":"{\"message\":\"no\"}"}` {
		t.Errorf("404: %v", err)
	}
	if result, err := d.Result(front.Answer{Status: 200, Body: []byte{0xff}}, front.Request{}); err == nil {
		t.Errorf("bytes become %s", result)
	}
}

// The patterns are those of LocalStack's recording against AWS
// (tests/aws/services/apigateway/test_apigateway_lambda.py,
// test_lambda_selection_patterns): .*400.* answers 405, .*5\d\d.* answers 502, and
// the whole errorMessage must match.
func TestSelections(t *testing.T) {
	id := identity()
	id.Selections = []front.Selection{{Pattern: `.*400.*`, Status: 405}, {Pattern: `.*5\d\d.*`, Status: 502}, {Pattern: `whole`, Status: 418}}
	if err := front.CheckSelections(id.Selections); err != nil {
		t.Error(err)
	}
	d := doorOf(t, front.APIGatewayNonProxy)
	for message, want := range map[string]int{"error 400": 405, "Error: 503 x": 502, "whole": 418, "not whole": 200, "other": 200, "": 200, "400\n": 200} {
		document, err := json.Marshal(map[string]string{"errorMessage": message, "errorType": "Error"})
		if err != nil {
			t.Fatal(err)
		}
		a, ok := d.Failed(document, id)
		if !ok || a.Status != want || string(a.Body) != string(document) {
			t.Errorf("%q: %v, %d %s, want %d", message, ok, a.Status, a.Body, want)
		}
	}
	for _, kind := range front.Kinds() {
		if _, ok := doorOf(t, kind).Failed([]byte(`{}`), identity()); ok != (kind == front.APIGatewayNonProxy) {
			t.Errorf("%s hands on a failure: %v", kind, ok)
		}
	}
	for _, bad := range []front.Selection{{Pattern: "(", Status: 400}, {Pattern: "a", Status: 99}} {
		if front.CheckSelections([]front.Selection{bad}) == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}
