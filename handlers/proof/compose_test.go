package proof

import (
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"frontdoor/front"
)

// composed is what a version answers whose parts are at base.
func composed(t *testing.T, version, base string) front.Answer {
	t.Helper()
	door, err := front.Of(front.EdgeViewerRequest)
	if err != nil {
		t.Fatal(err)
	}
	event, err := door.Event(exchange{Request: "GET /page"}.received(), front.Identity{})
	if err != nil {
		t.Fatal(err)
	}
	command := append([]string{"env", "FETCH_BASE=" + base}, commandOf(t, version, front.EdgeViewerRequest, "fetch-compose")...)
	a, err := door.Answer(invoke(t, command, event), front.Identity{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// A part that cannot be had makes the page a 502: one that is not there, a server that
// does not answer.
func TestComposeWithoutAPart(t *testing.T) {
	for _, version := range []string{inGo, inNode} {
		t.Run(version, func(t *testing.T) {
			parts := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/parts/foot.html" {
					http.NotFound(w, r)
				}
			}))
			defer parts.Close()
			gone := httptest.NewServer(nil)
			gone.Close()
			for _, base := range []string{parts.URL, gone.URL} {
				if a := composed(t, version, base); a.Status != 502 || string(a.Body) != `{"error":"a part of the page could not be fetched"}` {
					t.Errorf("%+v %s", a, a.Body)
				}
			}
		})
	}
}

// Both parts are fetched at once: each waits here until the other one is asked for.
func TestComposeFetchesAtOnce(t *testing.T) {
	for _, version := range []string{inGo, inNode} {
		t.Run(version, func(t *testing.T) {
			var both sync.WaitGroup
			both.Add(2)
			parts := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				both.Done()
				both.Wait()
				io.WriteString(w, r.URL.Path)
			}))
			defer parts.Close()
			if a := composed(t, version, parts.URL); a.Status != 200 || string(a.Body) != "/parts/head.html<main>composed at the edge</main>\n/parts/foot.html" {
				t.Errorf("%+v %s", a, a.Body)
			}
		})
	}
}
