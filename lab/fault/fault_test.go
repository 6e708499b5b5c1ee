package fault

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// Calls are counted by operation and Region, each from 1.
func TestPoint(t *testing.T) {
	p := Point{Plan: First(2, Throttled()).Of("Get")}
	for _, c := range []struct{ operation, region, code string }{
		{"Get", "a", "ThrottlingException"}, {"Put", "a", ""}, {"Get", "b", "ThrottlingException"}, {"Get", "a", "ThrottlingException"}, {"Get", "a", ""}, {"Get", "b", "ThrottlingException"},
	} {
		if f := p.Begin(httptest.NewRecorder(), c.operation, c.region); f.Code != c.code {
			t.Errorf("%s in %s: %q, want %q", c.operation, c.region, f.Code, c.code)
		}
	}
	if f := (&Point{}).Begin(httptest.NewRecorder(), "Get", "a"); f.Code != "" || f.Status != 0 {
		t.Errorf("without a plan: %+v", f)
	}
}

// The server's clock is in its Date, and a time to wait in both fields that clients read.
func TestHeaders(t *testing.T) {
	p := Point{Plan: Always(Fault{Ahead: time.Hour, Code: "X", RetryAfter: 1500 * time.Millisecond})}
	w := httptest.NewRecorder()
	if f := p.Begin(w, "Get", "a"); f.Status != 400 {
		t.Errorf("status %d", f.Status)
	}
	date, err := http.ParseTime(w.Header().Get("Date"))
	if d := time.Until(date); err != nil || d < 59*time.Minute || d > time.Hour {
		t.Errorf("Date %s, %v", date, err)
	}
	if w.Header().Get("Retry-After") != "2" || w.Header().Get("X-Amz-Retry-After") != "1500" {
		t.Errorf("%v", w.Header())
	}
}

// A client gets the status and half of the answer, and then an unexpected end.
func TestCut(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = Fault{Cut: true}.Writer(w).Write([]byte("0123456789"))
	}))
	defer server.Close()
	answer, err := http.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if body, err := io.ReadAll(answer.Body); err != io.ErrUnexpectedEOF || string(body) != "01234" {
		t.Errorf("%q, %v", body, err)
	}
}

func TestLeast(t *testing.T) {
	five, two := 5, 2
	for _, c := range []struct {
		page  int
		asked *int
		want  int // 0: nobody says
	}{{0, nil, 0}, {0, &five, 5}, {3, nil, 3}, {3, &five, 3}, {3, &two, 2}} {
		got := Fault{Page: c.page}.Least(c.asked)
		if (got == nil) != (c.want == 0) || got != nil && *got != c.want {
			t.Errorf("a page of %d, asked for %v: %v, want %d", c.page, c.asked, got, c.want)
		}
	}
}
