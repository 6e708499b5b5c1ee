package scenarios

import (
	"strings"
	"testing"
)

func expecting(t *testing.T, expect string) Expect {
	t.Helper()
	return parse(t, strings.Replace(base, "{body: {contains: Hello}}", expect, 1)).Requests[0].Expect
}

func TestExpectProblem(t *testing.T) {
	const meditation = `{"status": "success", "meditation": "testing is broken because I'm lazy", "n": 7, "list": [1, {"ok": true}], "nothing": null}`
	tests := []struct {
		expect string
		status int
		body   string
		want   string
	}{
		{`{body: any}`, 200, "<h1>503</h1>", ""},
		{`{body: any}`, 503, "", "status 503"},
		{`{status: 404, body: any}`, 404, "", ""},
		{`{body: {contains: from Lambda}}`, 200, "Hello from Lambda!", ""},
		{`{body: {contains: from Lambda}}`, 200, `{"errorMessage": "boom"}`, "body"},
		{`{body: {equals: ""}}`, 200, "", ""},
		{`{body: {equals: ""}}`, 200, " ", "body"},
		{`{body: {matches: "^[0-9]+$"}}`, 200, "123", ""},
		{`{body: {matches: "^[0-9]+$"}}`, 200, "12a", "body"},
		{`{body: {json: {status: success}}}`, 200, meditation, ""},
		{`{body: {json: {status: success}}}`, 200, `{"status": "failure"}`, "body"},
		{`{body: {json: {status: success}}}`, 200, `{}`, "body"},
		{`{body: {json: {status: success}}}`, 200, `status: success`, "body"},
		{`{body: {json: {n: 7, /list/0: 1.0, /list/1/ok: true, nothing: null}}}`, 200, meditation, ""},
		{`{body: {json: {absent: null}}}`, 200, meditation, "body"},
		{`{body: {json: {n: "7"}}}`, 200, meditation, "body"},
		{`{body: {json: {/list/00: 1}}}`, 200, meditation, "body"},
		{`{body: {json: {/list/2: 1}}}`, 200, meditation, "body"},
		{`{body: {json: {list: 1}}}`, 200, meditation, "body"},
		{`{body: {contains: success, json: {n: 8}}}`, 200, meditation, "body"}, // all must hold
		{`{body: {contains: failure, json: {n: 7}}}`, 200, meditation, "body"},
	}
	for _, test := range tests {
		if got := expecting(t, test.expect).Problem(test.status, []byte(test.body)); got != test.want {
			t.Errorf("%s of %d %s: got %q, want %q", test.expect, test.status, test.body, got, test.want)
		}
	}
}

// A front's own expectation takes the place of the common one, behind that front only.
func TestExpectationOfAFront(t *testing.T) {
	e := expecting(t, "{body: {contains: Hello}, fronts: {edge: {status: 422, body: {contains: Not found}}}}")
	for _, c := range []struct {
		front  string
		status int
		body   string
		want   string
	}{
		{"rest", 200, "Hello", ""},
		{"rest", 422, "Not found item.", "status 422"},
		{"edge", 422, "Not found item.", ""},
		{"edge", 422, "Hello", "body"},
		{"edge", 200, "Hello", "status 200"},
	} {
		if got := e.For(c.front).Problem(c.status, []byte(c.body)); got != c.want {
			t.Errorf("%s: %d %s: %q, want %q", c.front, c.status, c.body, got, c.want)
		}
	}
}

// TestJSONPointer has the document and the pointers of RFC 6901, section 5.
func TestJSONPointer(t *testing.T) {
	const doc = `{"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8}`
	for pointer, want := range map[string]string{
		`"/foo/0"`: "bar", `"/"`: "0", `"/a~1b"`: "1", `"/c%d"`: "2", `"/e^f"`: "3",
		`"/g|h"`: "4", `"/i\\j"`: "5", `"/k\"l"`: "6", `"/ "`: "7", `"/m~0n"`: "8",
	} {
		if got := expecting(t, "{body: {json: {"+pointer+": "+want+"}}}").Problem(200, []byte(doc)); got != "" {
			t.Errorf("%s is not %s", pointer, want)
		}
	}
}

func TestRequestTarget(t *testing.T) {
	s := with(t, "method: GET", `method: GET
    path: /api/media/job_id
    query: {input_file: Big Buck Bunny.mp4, tag: [b, a&c]}`)
	if got, want := s.Requests[0].Target(), "/api/media/job_id?input_file=Big+Buck+Bunny.mp4&tag=b&tag=a%26c"; got != want {
		t.Errorf("target %s, want %s", got, want)
	}
}
