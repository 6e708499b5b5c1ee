package handlers_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"

	"frontdoor/front"
	"frontdoor/handlers"
)

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

func identity() front.Identity {
	return front.Identity{
		AccountID: "123456789012", APIID: "abc123", Stage: "prod", DomainName: "abc123.execute-api.us-east-1.amazonaws.com",
		TargetGroupARN: "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/t/1",
		DistributionID: "E1", DistributionDomain: "d1.cloudfront.net", OriginDomain: "example.org",
	}
}

// inLambda is a context as the runtime client makes it.
func inLambda(id string) context.Context {
	return lambdacontext.NewContext(context.Background(), &lambdacontext.LambdaContext{AwsRequestID: id})
}

// upstreamed is the request with what a response event of the kind needs: a bare answer
// of the origin's.
func upstreamed(kind front.Kind, r front.Request, status int) front.Request {
	if !kind.Answers() {
		r.Upstream = &front.Answer{Status: status}
	}
	return r
}

// through sends a request through a door, the function behind it, and back.
func through(t *testing.T, kind front.Kind, f lambda.Handler, r front.Request, id front.Identity) front.Answer {
	t.Helper()
	door, err := front.Of(kind)
	if err != nil {
		t.Fatal(err)
	}
	event, err := door.Event(r, id)
	if err != nil {
		t.Fatal(err)
	}
	result, err := f.Invoke(inLambda("req-1"), event)
	var failed *front.Failed
	if errors.As(err, &failed) {
		return failed.Answer
	}
	if err != nil {
		t.Fatal(err)
	}
	a, err := door.Answer(result, id)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// A handler answers the same through every door, ALB in both modes: hello as the
// console's new function does, meditate as blog.ryankelly.us shows. What the others
// answer is in proof.
func TestHandlersThroughEveryDoor(t *testing.T) {
	cases := []struct {
		handler, method, path string
		status                int
		allow                 string
		body                  func(string) bool
	}{
		{"hello", "GET", "/", 200, "", func(s string) bool { return s == `"Hello from Lambda!"` }},
		{"hello", "GET", "/api/media/job_id", 200, "", func(s string) bool { return s == `"Hello from Lambda!"` }},
		{"hello", "POST", "/", 405, "GET, HEAD", nil},
		{"meditate", "POST", "/", 200, "", isMeditation},
		{"meditate", "GET", "/", 405, "POST", nil},
		{"meditate", "DELETE", "/", 405, "POST", nil},
		{"meditate", "POST", "/other", 404, "", nil},
	}
	for _, c := range cases {
		h, ok := handlers.Lookup(c.handler)
		if !ok {
			t.Fatalf("no handler %q", c.handler)
		}
		if c.handler == "meditate" {
			h = handlers.Meditate(rand.IntN, quiet())
		}
		for _, kind := range front.Kinds() {
			if !kind.Answers() {
				continue // these handlers answer
			}
			for _, multi := range []bool{false, true} {
				id := identity()
				id.MultiValueHeaders = multi
				f, err := handlers.Lambda(kind, h)
				if err != nil {
					t.Fatal(err)
				}
				a := through(t, kind, f, front.Request{Method: c.method, Path: c.path, Host: "h", Proto: "HTTP/1.1"}, id)
				if a.Status != c.status || a.Header.Get("Content-Type") != "application/json" || a.Header.Get("Allow") != c.allow || !json.Valid(a.Body) || c.body != nil && !c.body(string(a.Body)) {
					t.Errorf("%s behind %s, %s %s: %+v %s", c.handler, kind, c.method, c.path, a, a.Body)
				}
				if kind == front.APIGatewayNonProxy && c.status == 200 {
					continue // the integration carries no header fields
				}
				if a.Header.Get(handlers.RequestIDHeader) != "req-1" || a.Header.Get(handlers.ColdHeader) != "1" {
					t.Errorf("%s behind %s: %v", c.handler, kind, a.Header)
				}
			}
		}
	}
	if _, ok := handlers.Lookup("nothing"); ok {
		t.Error("Lookup finds what is not there")
	}
}

// isMeditation: {"status": "success", "meditation": one of the seven}.
func isMeditation(body string) bool {
	var m struct{ Status, Meditation string }
	return json.Unmarshal([]byte(body), &m) == nil && m.Status == "success" && slices.Contains(handlers.Meditations(), m.Meditation)
}

// All seven texts come, and evenly. 22.458 is the chi-square value of 6 degrees of
// freedom that 1 in 1,000 fair draws exceeds: NIST/SEMATECH e-Handbook,
// https://www.itl.nist.gov/div898/handbook/eda/section3/eda3674.htm
func TestMeditationsAreUniform(t *testing.T) {
	const draws, critical = 7000, 22.458
	h := handlers.Meditate(rand.New(rand.NewPCG(2016, 8)).IntN, quiet())
	seen := map[string]int{}
	for range draws {
		a, err := h(context.Background(), front.Request{Method: "POST", Path: "/"})
		if err != nil || !isMeditation(string(a.Body)) {
			t.Fatalf("%s, %v", a.Body, err)
		}
		seen[string(a.Body)]++
	}
	if len(seen) != 7 {
		t.Fatalf("%d texts, not 7: %v", len(seen), seen)
	}
	const expected = draws / 7.0
	chi := 0.0
	for _, n := range seen {
		d := float64(n) - expected
		chi += d * d / expected
	}
	if chi > critical {
		t.Errorf("chi-square %.2f over %.3f: %v", chi, critical, seen)
	}
}

// The line of the original: received request with id '<aws_request_id>', at INFO.
func TestMeditateLogs(t *testing.T) {
	var log bytes.Buffer
	h := handlers.Meditate(func(int) int { return 6 }, slog.New(slog.NewTextHandler(&log, nil)))
	a, err := h(inLambda("req-9"), front.Request{Method: "POST", Path: "/"})
	if err != nil || string(a.Body) != `{"status":"success","meditation":"did u mention banana cognac shower"}` {
		t.Errorf("%s, %v", a.Body, err)
	}
	if got := log.String(); !strings.Contains(got, "level=INFO") || !strings.Contains(got, "received request with id 'req-9'") || strings.Count(got, "\n") != 1 {
		t.Errorf("logged %q", got)
	}
}

// Only the first invocation of a process is cold; outside Lambda there is no id.
func TestColdOnce(t *testing.T) {
	for _, kind := range front.Kinds() {
		if kind == front.APIGatewayNonProxy {
			continue // the integration carries no header fields
		}
		h := handlers.Hello
		if !kind.Answers() {
			h = func(_ context.Context, r front.Request) (front.Answer, error) { return *r.Upstream, nil }
		}
		f, err := handlers.Lambda(kind, h)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"1", "0", "0"} {
			a := through(t, kind, f, upstreamed(kind, front.Request{Method: "GET", Path: "/"}, 200), identity())
			if got := a.Header.Get(handlers.ColdHeader); got != want {
				t.Errorf("%s: cold %q, want %q", kind, got, want)
			}
		}
		door, err := front.Of(kind)
		if err != nil {
			t.Fatal(err)
		}
		event, err := door.Event(upstreamed(kind, front.Request{Method: "GET", Path: "/"}, 200), identity())
		if err != nil {
			t.Fatal(err)
		}
		if result, err := f.Invoke(context.Background(), event); err != nil || bytes.Contains(result, []byte(handlers.RequestIDHeader)) {
			t.Errorf("%s: %s, %v", kind, result, err)
		}
	}
}

// A handler's error is the invocation's, and so is an answer that cannot be sent
// and an event of another door.
func TestInvokeErrors(t *testing.T) {
	boom := errors.New("boom")
	failing := func(context.Context, front.Request) (front.Answer, error) { return front.Answer{}, boom }
	empty := func(context.Context, front.Request) (front.Answer, error) { return front.Answer{}, nil }
	for _, kind := range front.Kinds() {
		door, err := front.Of(kind)
		if err != nil {
			t.Fatal(err)
		}
		event, err := door.Event(upstreamed(kind, front.Request{Method: "GET", Path: "/"}, 200), identity())
		if err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			h     handlers.Handler
			event []byte
		}{"handler": {failing, event}, "answer": {empty, event}, "event": {handlers.Hello, []byte(`{"a":1}`)}} {
			f, err := handlers.Lambda(kind, c.h)
			if err != nil {
				t.Fatal(err)
			}
			if kind == front.APIGatewayNonProxy && name == "event" {
				continue // any JSON is a body that was passed through
			}
			result, err := f.Invoke(context.Background(), c.event)
			if err == nil || result != nil || name == "handler" && !errors.Is(err, boom) {
				t.Errorf("%s, %s: %s, %v", kind, name, result, err)
			}
		}
	}
	if f, err := handlers.Lambda("nlb", handlers.Hello); err == nil {
		t.Errorf("Lambda(nlb) = %v", f)
	}
	if err := handlers.Serve("nlb", "hello"); err == nil {
		t.Error("Serve takes an unknown kind")
	}
	if err := handlers.Serve(front.ALB, "nothing"); err == nil || !strings.Contains(err.Error(), "hello, hello-region") {
		t.Errorf("Serve of an unknown handler: %v", err)
	}
}

// A handler at the edge may hand the request on: no header of ours goes with it.
// The handler's own header stays as it was.
func TestForwardAndNoAliasing(t *testing.T) {
	forward := func(_ context.Context, r front.Request) (front.Answer, error) {
		return front.Answer{Forward: &r}, nil
	}
	f, err := handlers.Lambda(front.EdgeViewerRequest, forward)
	if err != nil {
		t.Fatal(err)
	}
	a := through(t, front.EdgeViewerRequest, f, front.Request{Method: "GET", Path: "/a", Host: "h"}, identity())
	if a.Forward == nil || a.Forward.Path != "/a" || len(a.Header) != 0 || a.Forward.Header.Get(handlers.ColdHeader) != "" {
		t.Errorf("%+v", a)
	}
	own := make(front.Header, 1, 8)
	own[0] = front.Field{Name: "X", Value: "y"}
	f, err = handlers.Lambda(front.ALB, func(context.Context, front.Request) (front.Answer, error) {
		return front.Answer{Status: 200, Header: own}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	through(t, front.ALB, f, front.Request{Method: "GET", Path: "/"}, identity())
	if spare := own[:2][1]; !reflect.DeepEqual(spare, front.Field{}) {
		t.Errorf("the handler's header was written to: %v", spare)
	}
}
