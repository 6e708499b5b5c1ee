package lab

import (
	"strings"
	"sync"
	"testing"

	"frontdoor/front"
)

// An observer learns what the client does not: the rule that a result broke, the
// error of a function, or that neither was there.
func TestObserve(t *testing.T) {
	for _, c := range []struct {
		name    string
		front   Front
		cause   front.Cause
		reason  string
		invoked bool
	}{
		{"F01 statusCode at the edge", rawFront(t, front.EdgeViewerRequest, "returns", `{"statusCode":200}`), front.BadResult, "status must be between", true},
		{"a failed function", rawFront(t, front.ALB, "errors"), front.FunctionError, "errorString: no bananas", true},
		{"an answer", fronts(t, "hello", front.FunctionURL)[0], 0, "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			var mu sync.Mutex
			var seen []Exchange
			l, err := Start(Config{LogDir: t.TempDir(), Fronts: []Front{c.front}, Observe: func(x Exchange) {
				mu.Lock()
				defer mu.Unlock()
				seen = append(seen, x)
			}})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { l.Close() })
			a := request(t, "GET", l.Fronts()[0].URL+"/p?q=1", "")
			mu.Lock()
			defer mu.Unlock()
			if len(seen) != 1 {
				t.Fatalf("%d exchanges", len(seen))
			}
			x := seen[0]
			if x.Front != c.front.ID || x.Request.Path != "/p" || x.Request.RawQuery != "q=1" || x.Answer.Status != a.status {
				t.Errorf("%+v, and the client has %d", x, a.status)
			}
			if x.Cause != c.cause || !strings.Contains(x.Reason, c.reason) || (c.reason == "") != (x.Reason == "") {
				t.Errorf("%s: %q, want %s: %q", x.Cause, x.Reason, c.cause, c.reason)
			}
			if (x.Invocation != "") != c.invoked || x.Cold != c.invoked || x.Invocation != a.header.Get("X-Bench-Request-Id") || len(x.Result) == 0 {
				t.Errorf("invocation %q, cold %v, result %q", x.Invocation, x.Cold, x.Result)
			}
		})
	}
}
