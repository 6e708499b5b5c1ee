package lab

import (
	"strings"
	"testing"
	"time"

	"frontdoor/front"
)

// CORS of an HTTP API: preflights are answered without the function, for origins that
// are allowed; other answers get the fields, and the function's own are dropped.
func TestHTTPCORS(t *testing.T) {
	l := serveLogged(t, withGateway(t, front.APIGatewayHTTP, Gateway{CORS: &CORS{
		Origins: []string{"https://a.example"}, Methods: []string{"GET", "POST"}, Headers: []string{"x-two"}, Expose: []string{"x-own"}, MaxAge: 5 * time.Minute, Credentials: true,
	}}))
	ask := func(method, origin string, more ...string) answer {
		return request(t, method, l.url(0), "", append([]string{"Origin", origin}, more...)...)
	}
	for what, c := range map[string]struct {
		answer answer
		status int
		fields map[string]string
	}{
		"preflight": {ask("OPTIONS", "https://a.example", "Access-Control-Request-Method", "GET"), 204, map[string]string{"Origin": "https://a.example", "Methods": "GET,POST", "Headers": "x-two", "Credentials": "true"}},
		"stranger":  {ask("OPTIONS", "https://b.example", "Access-Control-Request-Method", "GET"), 204, nil},
		"options":   {ask("OPTIONS", "https://a.example"), 200, map[string]string{"Origin": "https://a.example", "Credentials": "true"}},
		"call":      {ask("GET", "https://a.example"), 200, map[string]string{"Origin": "https://a.example", "Credentials": "true"}},
		"foreign":   {ask("GET", "https://b.example"), 200, nil},
		"no origin": {get(t, l.url(0)), 200, nil},
	} {
		if c.answer.status != c.status {
			t.Errorf("%s: %d %q", what, c.answer.status, c.answer.body)
		}
		for _, name := range []string{"Origin", "Methods", "Headers", "Credentials"} {
			if got := strings.Join(c.answer.header["Access-Control-Allow-"+name], "|"); got != c.fields[name] {
				t.Errorf("%s: %s %q, want %q", what, name, got, c.fields[name])
			}
		}
		if age := c.answer.header.Get("Access-Control-Max-Age"); (age == "300") != (what == "preflight") {
			t.Errorf("%s: max age %q", what, age)
		}
	}
	if got := l.charged(t, 0); got != (charge{6, 4, "0.0000068"}) || l.counted(apigwPreflight) != 2 { // preflights are calls
		t.Errorf("charged %+v, preflights %v", got, l.counted(apigwPreflight))
	}
}

// CORS of a REST API: a mock OPTIONS method that asks for no key. The origin is in
// answers of a non-proxy integration, and the function's affair in those of a proxy one.
func TestRESTCORS(t *testing.T) {
	for _, kind := range restKinds() {
		l := serveLogged(t, withGateway(t, kind, Gateway{APIKey: key, CORS: &CORS{Origins: []string{"*"}, Methods: []string{"POST"}, Headers: []string{"x-api-key"}}}))
		a := request(t, "OPTIONS", l.url(0), "")
		if a.status != 200 || a.body != "" || a.header.Get("Access-Control-Allow-Origin") != "*" || a.header.Get("Access-Control-Allow-Methods") != "POST" || a.header.Get("Access-Control-Allow-Headers") != "x-api-key" {
			t.Errorf("%s: %d %q %v", kind, a.status, a.body, a.header)
		}
		want := map[front.Kind]string{front.APIGatewayREST: "https://own.example", front.APIGatewayNonProxy: "*"}[kind]
		if a := request(t, "GET", l.url(0), "", "x-api-key", key); a.status != 200 || strings.Join(a.header["Access-Control-Allow-Origin"], "|") != want {
			t.Errorf("%s: %d %v", kind, a.status, a.header)
		}
		if got := l.charged(t, 0); got != (charge{2, 1, "0.0000072"}) {
			t.Errorf("%s: charged %+v", kind, got)
		}
	}
}

// The OPTIONS method of an API of / alone is there alone too, and half a second is no
// field.
func TestPassThroughCORS(t *testing.T) {
	l := serveLogged(t, withGateway(t, front.APIGatewayNonProxy, Gateway{PassThrough: true, CORS: &CORS{Origins: []string{"*"}, MaxAge: time.Second / 2}}))
	for path, want := range map[string]int{"/": 200, "/other": 403} {
		if a := request(t, "OPTIONS", l.url(0)+path, ""); a.status != want || a.header.Get("Access-Control-Max-Age") != "" {
			t.Errorf("OPTIONS %s: %d %v, want %d", path, a.status, a.header, want)
		}
	}
}
