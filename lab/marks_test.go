package lab

import (
	"strings"
	"testing"

	"frontdoor/front"
)

// A function that knows nothing of bench, and one that fails, are joined to their
// REPORT lines all the same: the lab names the invocation in the answer.
func TestLabNamesTheInvocation(t *testing.T) {
	for _, mode := range [][]string{{"returns", `{"statusCode":200,"headers":{},"body":"mine"}`}, {"errors"}} {
		l := serveLogged(t, rawFront(t, front.APIGatewayHTTP, mode...))
		for i, cold := range []string{"1", "0"} {
			a := get(t, l.url(0))
			id := a.header.Get("X-Bench-Request-Id")
			l.Settle()
			if id == "" || !strings.Contains(l.logs(t), "REPORT RequestId: "+id+"\t") || a.header.Get("X-Bench-Cold") != cold {
				t.Errorf("%s, request %d: id %q, cold %q, want one in the log and %s", mode[0], i+1, id, a.header.Get("X-Bench-Cold"), cold)
			}
		}
	}
}

// A request that never reached a function has no invocation to name.
func TestRefusedRequestNamesNoInvocation(t *testing.T) {
	l := serveLogged(t, rawFront(t, front.ALB, "returns", `{"statusCode":200}`))
	a := request(t, "POST", l.url(0), strings.Repeat("x", 1<<20+1))
	if a.status != 413 || a.header.Get("X-Bench-Request-Id") != "" {
		t.Errorf("status %d, id %q", a.status, a.header.Get("X-Bench-Request-Id"))
	}
}
