package cff

import (
	"context"
	"net/textproto"
	"reflect"
	"slices"
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/handlers"
)

// Every built-in handler that has a version for CloudFront Functions compiles here, and
// does on this engine what the handler in Go does behind the same door. handlers/proof
// has the whole table of requests, with Node.js in the engine's place.
func TestHandlersAgree(t *testing.T) {
	door, err := front.Of(front.CloudFrontFunction)
	if err != nil {
		t.Fatal(err)
	}
	upstream := &front.Answer{Status: 200, Header: front.Header{{Name: "Content-Type", Value: "text/html"}, {Name: "Set-Cookie", Value: "a=1; Secure"}}}
	header := front.Header{{Name: "Accept-Language", Value: "ja;q=0.9, en;q=0.8"}, {Name: "Cookie", Value: "experiment=b; other=1; session=s"}}
	tried := 0
	for _, name := range handlers.Names() {
		code, ok := handlers.FunctionCode(name)
		if !ok {
			continue
		}
		tried++
		f, _ := function(t, code)
		h, _ := handlers.Lookup(name)
		for _, r := range []front.Request{
			{Method: "GET", Path: "/", Host: "h", SourceIP: "198.51.100.11"},
			{Method: "GET", Path: "//a//index.html", RawQuery: "b=2&utm_source=x&a=1&b=3", Host: "h", SourceIP: "203.0.113.9", Header: header},
			{Method: "GET", Path: "/r/cat", Host: "h", SourceIP: "203.0.113.9"},
		} {
			if name == "security-headers" {
				r.Upstream = upstream
			}
			event, err := door.Event(r, front.Identity{})
			if err != nil {
				t.Fatal(err)
			}
			i, err := f.Invoke(t.Context(), event)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			got, err := door.Answer(i.Result, front.Identity{})
			if err != nil {
				t.Errorf("%s gives %s: %v", name, i.Result, err)
				continue
			}
			if want := inGo(t, door, h, event); !reflect.DeepEqual(got, want) {
				t.Errorf("%s on %s\n got %+v\nwant %+v", name, r.Path, got, want)
			}
		}
	}
	if tried < 5 {
		t.Errorf("%d handlers have a version for CloudFront Functions", tried)
	}
}

// inGo is the answer of a handler in Go to an event, without what it adds for the load
// generator.
func inGo(t *testing.T, door front.Door, h handlers.Handler, event []byte) front.Answer {
	t.Helper()
	f, err := handlers.Lambda(front.CloudFrontFunction, h)
	if err != nil {
		t.Fatal(err)
	}
	result, err := f.Invoke(context.Background(), event)
	if err != nil {
		t.Fatal(err)
	}
	a, err := door.Answer(result, front.Identity{})
	if err != nil {
		t.Fatalf("%s: %v", result, err)
	}
	a.Header = slices.DeleteFunc(a.Header, func(f front.Field) bool {
		return strings.HasPrefix(textproto.CanonicalMIMEHeaderKey(f.Name), "X-Bench-")
	})
	if len(a.Header) == 0 && a.Forward != nil {
		a.Header = nil
	}
	return a
}
