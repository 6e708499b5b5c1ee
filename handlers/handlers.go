// Package handlers holds the handlers of the systems under comparison, each
// written once: a handler sees an HTTP request and gives an HTTP answer, and knows
// neither which door it stands behind nor what it costs.
package handlers

import (
	"context"
	"log/slog"
	"maps"
	"math/rand/v2"
	"slices"

	"frontdoor/front"
)

// Handler answers one request. An error or a panic is a Lambda function error.
type Handler func(ctx context.Context, r front.Request) (front.Answer, error)

// catalogue is made anew on each call: the package has no state.
func catalogue() map[string]Handler {
	return map[string]Handler{
		"hello":    Hello,
		"meditate": Meditate(rand.IntN, slog.Default()),
	}
}

// Lookup returns the handler called name.
func Lookup(name string) (Handler, bool) {
	h, ok := catalogue()[name]
	return h, ok
}

// Names lists the handlers in alphabetical order.
func Names() []string { return slices.Sorted(maps.Keys(catalogue())) }

// jsonAnswer is an answer with a JSON body.
func jsonAnswer(status int, body []byte) front.Answer {
	return front.Answer{
		Status: status,
		Header: front.Header{{Name: "Content-Type", Value: "application/json"}},
		Body:   body,
	}
}

// methodNotAllowed is a 405 with the Allow header that RFC 9110 section 15.5.6 wants.
func methodNotAllowed(allow string) front.Answer {
	a := jsonAnswer(405, []byte(`{"status":"error","message":"method not allowed"}`))
	a.Header = append(a.Header, front.Field{Name: "Allow", Value: allow})
	return a
}
