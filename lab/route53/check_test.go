package route53

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// What a checker makes of an answer, by the limits of AWS's page. F20: a search for
// "ok" is content with "notok". F21: a cold start of more than two seconds fails.
func TestFailure(t *testing.T) {
	const s = time.Second
	ok := Result{Connect: s / 10, Answer: s / 10, Read: s / 10, Status: 200, Body: []byte(`{"status": "ok"}`)}
	with := func(change func(*Result)) Result { r := ok; change(&r); return r }
	for _, c := range []struct {
		name   string
		search string
		r      Result
		want   string // in the failure; "" is none
	}{
		{"ok", "ok", ok, ""},
		{"F20 notok", "ok", with(func(r *Result) { r.Body = []byte(`{"status": "notok"}`) }), ""},
		{"a repaired search", `"status": "ok"`, with(func(r *Result) { r.Body = []byte(`{"status": "notok"}`) }), `no "\"status\": \"ok\""`},
		{"case", "OK", ok, `no "OK"`},
		{"string too far behind", "ok", with(func(r *Result) { r.Body = []byte(strings.Repeat(" ", 5119) + "ok") }), `no "ok"`},
		{"string just within", "ok", with(func(r *Result) { r.Body = []byte(strings.Repeat(" ", 5118) + "ok") }), ""},
		{"redirect", "", with(func(r *Result) { r.Status = 302 }), ""},
		{"404", "", with(func(r *Result) { r.Status = 404 }), "status 404"},
		{"500 with the string", "ok", with(func(r *Result) { r.Status = 500 }), "status 500"},
		{"connected in time", "ok", with(func(r *Result) { r.Connect = 4 * s }), ""},
		{"connected late", "ok", with(func(r *Result) { r.Connect = 4*s + 1 }), "connected after"},
		{"answered in time", "ok", with(func(r *Result) { r.Answer = 2 * s }), ""},
		{"F21 cold start", "ok", with(func(r *Result) { r.Answer = 2*s + 1 }), "answered after"},
		{"body late", "ok", with(func(r *Result) { r.Read = 2*s + 1 }), "body after"},
		{"body late, nothing searched", "", with(func(r *Result) { r.Read = 2*s + 1 }), ""},
		{"refused", "ok", Result{Err: errors.New("refused")}, "no connection: refused"},
	} {
		got := Check{Search: c.search}.Failure(c.r)
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestValidate(t *testing.T) {
	good := Check{Interval: 30 * time.Second, Threshold: 2, Checkers: 16, Search: "ok"}
	if err := good.Validate(); err != nil {
		t.Error(err)
	}
	for want, change := range map[string]func(*Check){
		"want 10s or 30s": func(c *Check) { c.Interval = 20 * time.Second }, "want 1 to 10": func(c *Check) { c.Threshold = 11 },
		"want 1 or more": func(c *Check) { c.Checkers = 0 }, "want 255 or fewer": func(c *Check) { c.Search = strings.Repeat("x", 256) },
	} {
		c := good
		change(&c)
		if err := c.Validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

// A probe is a real request, on a connection of its own, that says who it is and
// follows no redirect.
func TestProbe(t *testing.T) {
	var agents []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		agents = append(agents, r.UserAgent())
		if r.URL.Path == "/moved" {
			http.Redirect(w, r, "/", http.StatusFound)
			return
		}
		io.WriteString(w, `{"status": "ok"}`+strings.Repeat(" ", 6000))
	}))
	defer server.Close()
	r := Probe(context.Background(), server.URL+"/")
	if r.Err != nil || r.Status != 200 || len(r.Body) != 5120 || (Check{Search: "ok"}).Failure(r) != "" {
		t.Errorf("%d, %d bytes, %v", r.Status, len(r.Body), r.Err)
	}
	if r := Probe(context.Background(), server.URL+"/moved"); r.Status != 302 {
		t.Errorf("%d, %v", r.Status, r.Err)
	}
	if len(agents) != 2 || agents[0] != UserAgent {
		t.Errorf("%q", agents)
	}
	url := server.URL
	server.Close()
	if r := Probe(context.Background(), url); r.Err == nil {
		t.Error("nobody is there, and it answers")
	}
}
