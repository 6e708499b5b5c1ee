package scenarios

import (
	"strings"
	"testing"
)

// Cookies are one header field, as a browser sends it: RFC 6265, section 4.2.1. Deployed
// fronts are sent it, which a header Cookie is refused for.
func TestCookies(t *testing.T) {
	text := strings.Replace(base, "method: GET", "method: GET\n    headers: {Accept: text/html}\n    cookies: {b: '2', a: 'x={session}'}", 1)
	text = strings.Replace(text, "load:\n", "load:\n  polling: {every: 100ms, times: 2}\n", 1)
	s := parse(t, text)
	if got := s.Requests[0].Headers; got["Cookie"] != "a=x={session}; b=2" || got["Accept"] != "text/html" || len(got) != 2 {
		t.Errorf("headers %v", got)
	}
	on, err := s.On(parseTargets(t, placed), "rest")
	if err != nil || on.Requests[0].Headers["Cookie"] != "a=x={session}; b=2" {
		t.Errorf("deployed fronts are sent %v, %v", on, err)
	}
	secret := parse(t, strings.Replace(base, "method: GET", "method: GET\n    headers: {Cookie: session=x}", 1))
	if _, err := secret.On(parseTargets(t, placed), "rest"); err == nil || !strings.Contains(err.Error(), `requests[0].headers["Cookie"]: Cookie is a secret`) {
		t.Errorf("the header: %v", err)
	}
}

func TestCookiesMistakes(t *testing.T) {
	for lines, want := range map[string]string{
		"headers: {cookie: a=b}\n    cookies: {a: b}": `requests[0].headers["cookie"]: cookies are given too: want either cookies or the header`,
		"cookies: {a: 'b; c=d'}":                      `requests[0].cookies["a"]: "b; c=d" is not understood: want a cookie's value`,
		"cookies: {'a b': c}":                         `requests[0].cookies: "a b"`,
	} {
		_, err := Parse("f.yaml", []byte(strings.Replace(base, "method: GET", "method: GET\n    "+lines, 1)))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", lines, err, want)
		}
	}
}
