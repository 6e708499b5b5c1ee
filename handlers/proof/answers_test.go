package proof

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/handlers"
	"frontdoor/lab"
)

// regional are the fronts in a Region, edge those of Lambda@Edge on a request.
func regional() []front.Kind {
	return []front.Kind{front.APIGatewayREST, front.APIGatewayHTTP, front.ALB, front.FunctionURL}
}

func edge() []front.Kind { return []front.Kind{front.EdgeViewerRequest, front.EdgeOriginRequest} }

// kinds are the fronts that an exchange is sent through with a version: all that the
// version can stand behind and the table does not leave out.
func (x exchange) kinds(version string) []front.Kind {
	kinds := append(regional(), edge()...)
	switch {
	case version == inCFF && (x.Kinds == nil || slices.Contains(x.Kinds, front.EdgeViewerRequest)):
		return []front.Kind{front.CloudFrontFunction}
	case version == inCFF:
		return nil
	case x.Upstream != nil:
		kinds = []front.Kind{front.EdgeOriginResponse, front.EdgeViewerResponse}
	case version == inNode || x.Forward != "":
		kinds = edge()
	}
	return slices.DeleteFunc(kinds, func(k front.Kind) bool { return x.Kinds != nil && !slices.Contains(x.Kinds, k) })
}

// Every handler has a table, and every version of it answers as the table says.
func TestHandlers(t *testing.T) {
	for _, handler := range handlers.Names() {
		if _, err := os.Stat("testdata/" + handler + ".yaml"); err != nil {
			t.Errorf("handler %q has no table: %v", handler, err)
			continue
		}
		var table []exchange
		read(t, handler+".yaml", &table)
		for _, version := range versions(handler) {
			t.Run(handler+"/"+version, func(t *testing.T) { prove(t, handler, version, table) })
		}
	}
}

// prove sends the requests through the lab's fronts; those of another viewer than the
// test itself are given to the function alone.
func prove(t *testing.T, handler, version string, table []exchange) {
	fronts := serve(t, handler, version)
	proved := 0
	for _, x := range table {
		if x.Versions != nil && !slices.Contains(x.Versions, version) {
			continue
		}
		for _, kind := range x.kinds(version) {
			proved++
			if problem, _ := handlers.Misplaced(handler, kind); problem != "" {
				t.Errorf("%s is sent through %s, and the handler %s", x.Name, kind, problem)
			}
			t.Run(fmt.Sprintf("%s/%s", x.Name, kind), func(t *testing.T) {
				if x.Viewer != "" {
					x.provesEvent(t, version, kind, handler)
				} else {
					x.proves(t, fronts[kind])
				}
			})
		}
	}
	if proved == 0 {
		t.Error("the table has nothing for this version")
	}
}

// serve brings the handler's version up behind every front that it can stand behind,
// and returns their addresses.
func serve(t *testing.T, handler, version string) map[front.Kind]string {
	t.Helper()
	parts := httptest.NewServer(http.HandlerFunc(servePart))
	t.Cleanup(parts.Close)
	c := lab.Config{LogDir: t.TempDir(), Tables: tables(t), Fronts: []lab.Front{origin(t)}}
	for _, kind := range front.Kinds() {
		problem, _ := handlers.Misplaced(handler, kind)
		isFunction := kind == front.CloudFrontFunction
		if problem != "" || isFunction != (version == inCFF) || version == inNode && !kind.Edge() || kind == front.APIGatewayNonProxy {
			continue
		}
		f := lab.Front{
			ID: string(kind), Kind: kind, Region: "us-west-2", Handler: handler, MemoryMB: 128, Architecture: "x86_64", Timeout: 5e9, Concurrency: 8,
			Environment: map[string]string{"STATUS": "notok", "FETCH_BASE": parts.URL},
		}
		switch {
		case isFunction:
			f.Environment = nil
			distributed(&f)
			script(&f, handler)
		case kind.Edge(): // without variables: what the test has to say goes around the lab
			f.Region, f.Environment = "us-east-1", nil
			distributed(&f)
			f.Command = append([]string{"env", "FETCH_BASE=" + parts.URL}, commandOf(t, version, kind, handler)...)
		default:
			f.Command = commandOf(t, version, kind, handler)
		}
		c.Fronts = append(c.Fronts, f)
	}
	l, err := lab.Start(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	addresses := map[front.Kind]string{}
	for _, f := range l.Fronts()[1:] {
		addresses[f.Kind] = f.URL
	}
	return addresses
}

// servePart is where fetch-compose gets the parts of its page.
func servePart(w http.ResponseWriter, r *http.Request) {
	part := map[string]string{"/parts/head.html": "<title>häd</title>\n", "/parts/foot.html": "<footer>foot</footer>\n"}[r.URL.Path]
	if part == "" {
		http.NotFound(w, r)
		return
	}
	io.WriteString(w, part)
}

// proves sends the request and compares what the client gets.
func (x exchange) proves(t *testing.T, address string) {
	t.Helper()
	at, err := url.Parse(address + x.path())
	if err != nil {
		t.Fatal(err)
	}
	at.RawPath, at.RawQuery = x.path(), x.query() // as written, not as net/url would write it
	req := &http.Request{Method: x.method(), URL: at, Header: http.Header{}}
	for name, value := range x.Headers {
		req.Header.Set(name, value)
	}
	for name, value := range x.Upstream {
		req.Header.Set(upstreamPrefix+name, value)
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if x.Forward == "" {
		x.compare(t, resp.StatusCode, body, resp.Header.Values)
		return
	}
	var handedOn front.Request
	if err := json.Unmarshal(body, &handedOn); err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%d %q: want a request that is handed on to the origin", resp.StatusCode, body)
	}
	x.compareForward(t, handedOn)
}

// compare holds an answer to the table.
func (x exchange) compare(t *testing.T, status int, body []byte, values func(name string) []string) {
	t.Helper()
	if status != x.Status || x.Body != nil && string(body) != *x.Body || x.OneOf != nil && !slices.Contains(x.OneOf, string(body)) {
		t.Errorf("%d %q, want %d %q", status, body, x.Status, deref(x.Body))
	}
	for name, value := range x.Answer {
		if got := strings.Join(values(name), ", "); got != value {
			t.Errorf("%s: %q, want %q", name, got, value)
		}
	}
}

func deref(s *string) string {
	if s == nil {
		return "(any)"
	}
	return *s
}
