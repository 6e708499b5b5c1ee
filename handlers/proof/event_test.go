package proof

import (
	"cmp"
	"context"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/handlers"
	"frontdoor/lab/cff"
	"frontdoor/lab/function"
)

// provesEvent gives the request's event to a handler's version, through the Runtime API
// or on the engine of CloudFront Functions, and compares what CloudFront makes of the
// result.
func (x exchange) provesEvent(t *testing.T, version string, kind front.Kind, handler string) {
	t.Helper()
	door, err := front.Of(kind)
	if err != nil {
		t.Fatal(err)
	}
	id := front.Identity{DistributionID: "E1", DistributionDomain: "d1.cloudfront.net", OriginDomain: "origin.example.com"}
	event, err := door.Event(x.received(), id)
	if err != nil {
		t.Fatal(err)
	}
	var result []byte
	if version == inCFF {
		result = invokeCFF(t, handler, event)
	} else {
		result = invoke(t, commandOf(t, version, kind, handler), event)
	}
	answer, err := door.Answer(result, id)
	switch {
	case err != nil:
		t.Fatal(err)
	case x.Forward == "":
		if x.method() == "HEAD" {
			answer.Body = nil // which the front does not send
		}
		x.compare(t, answer.Status, answer.Body, answer.Header.Values)
		return
	case answer.Forward == nil:
		t.Fatalf("%+v: want a request that is handed on", answer)
	}
	before, err := door.Request(event)
	if err != nil {
		t.Fatal(err)
	}
	if err := front.CheckForward(kind, before, *answer.Forward); err != nil {
		t.Error(err)
	}
	x.compareForward(t, *answer.Forward)
}

// received is the request as a front receives it.
func (x exchange) received() front.Request {
	r := front.Request{
		ID: "1", Method: x.method(), Path: x.path(), RawQuery: x.query(), Host: "d1.cloudfront.net",
		SourceIP: cmp.Or(x.Viewer, "127.0.0.1"), Proto: "HTTP/1.1", Header: fields(x.Headers),
	}
	if x.Upstream != nil {
		r.Upstream = &front.Answer{Status: 200, Header: fields(x.Upstream)}
	}
	return r
}

func fields(values map[string]string) front.Header {
	var h front.Header
	for name, value := range values {
		h = append(h, front.Field{Name: name, Value: value})
	}
	return h
}

func (x exchange) compareForward(t *testing.T, r front.Request) {
	t.Helper()
	got := r.Path
	if r.RawQuery != "" {
		got += "?" + r.RawQuery
	}
	if got != x.Forward {
		t.Errorf("handed on to %q, want %q", got, x.Forward)
	}
	for name, value := range x.With {
		if got := strings.Join(r.Header.Values(name), ", "); got != value {
			t.Errorf("handed on with %s %q, want %q", name, got, value)
		}
	}
}

// invoke is the function's result of one event.
func invoke(t *testing.T, command []string, event []byte) []byte {
	t.Helper()
	f, err := function.New(function.Config{
		Name: "us-east-1.f", Region: "us-east-1", ARN: "arn:aws:lambda:us-east-1:123456789012:function:f:1", Version: "1",
		MemoryMB: 128, Timeout: 20 * time.Second, Command: command, Concurrency: 1, LogDir: t.TempDir(),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	result, err := f.Invoke(context.Background(), event)
	if err != nil || result.Error != nil {
		t.Fatalf("%v, %v", err, result.Error)
	}
	return result.Payload
}

func invokeCFF(t *testing.T, handler string, event []byte) []byte {
	t.Helper()
	code, _ := handlers.FunctionCode(handler)
	f, err := cff.New(code, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	i, err := f.Invoke(t.Context(), event)
	if err != nil {
		t.Fatal(err)
	}
	return i.Result
}
