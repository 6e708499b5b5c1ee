// Package handlers holds the handlers of the systems under comparison, each
// written once: a handler sees an HTTP request and gives an HTTP answer, and knows
// neither which door it stands behind nor what it costs. Where a system answers
// differently behind different doors, that comes out of what the event delivers.
//
// Lambda@Edge takes no Go: node holds the same handlers as deployable Node.js
// functions and cff some of them as CloudFront Functions. handlers/proof sends one
// table of requests through both.
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

// catalogue is made anew on each call: the package has no state. Only the handler
// that is asked for is made, for some open clients.
func catalogue() map[string]func() Handler {
	plain := func(h Handler) func() Handler { return func() Handler { return h } }
	return map[string]func() Handler{
		"ab-cookie":        plain(ABCookie),
		"card-page":        CardPage,
		"device-css":       plain(DeviceCSS),
		"fetch-compose":    func() Handler { return FetchCompose(setting("FETCH_BASE", "https://www.example.com")) },
		"header-normalise": plain(HeaderNormalise),
		"healthcheck":      func() Handler { return Healthcheck(setting("STATUS", "ok")) },
		"hello":            plain(Hello),
		"hello-region":     plain(HelloRegion),
		"jobid":            JobID,
		"like":             Like,
		"login-redirect":   plain(LoginRedirect),
		"meditate":         func() Handler { return Meditate(rand.IntN, slog.Default()) },
		"pretty-url":       plain(PrettyURL),
		"security-headers": plain(SecurityHeaders),
		"status":           Status,
		"ua-variant":       plain(UAVariant),
		"url-normalise":    plain(URLNormalise),
	}
}

// Lookup returns the handler called name.
func Lookup(name string) (Handler, bool) {
	make, ok := catalogue()[name]
	if !ok {
		return nil, false
	}
	return make(), true
}

// Names lists the handlers in alphabetical order.
func Names() []string { return slices.Sorted(maps.Keys(catalogue())) }
