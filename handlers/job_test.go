package handlers_test

import (
	"testing"

	"frontdoor/front"
	"frontdoor/handlers"
)

// The origins that are allowed are a setting where there are variables: patterns
// between spaces. One that is no pattern is an error of every request.
func TestAllowedOrigins(t *testing.T) {
	ask := func(origin string) (front.Answer, error) {
		h, _ := handlers.Lookup("jobid")
		return h(t.Context(), front.Request{Method: "GET", Header: front.Header{{Name: "Origin", Value: origin}}, Params: map[string][]string{}})
	}
	t.Setenv("ALLOWED_ORIGINS", `https://a\.example http://localhost(:\d+)?`)
	for origin, status := range map[string]int{
		"https://a.example": 400, "http://localhost:3000": 400, "http://localhost": 400, "": 400, // the parameter is looked at next
		"https://axexample": 422, "https://a.example.org": 422, "https://app.nightonly.com": 422,
	} {
		if a, err := ask(origin); err != nil || a.Status != status {
			t.Errorf("%q: %d, %v; want %d", origin, a.Status, err, status)
		}
	}
	t.Setenv("ALLOWED_ORIGINS", `https://a https://(`)
	if a, err := ask("https://a"); err == nil {
		t.Errorf("a pattern that is none: %+v", a)
	}
}
