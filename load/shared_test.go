package load

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"
)

// leaving is an HTTP/2 server that takes leave (GOAWAY) of each connection upon its
// tenth request, and of what it has not begun with then.
func leaving(t *testing.T, seen *atomic.Int64) (p Plan, url string) {
	type key struct{}
	server, trust := serveTLS(t, func(w http.ResponseWriter, r *http.Request) {
		seen.Add(1)
		if r.Context().Value(key{}).(*atomic.Int64).Add(1) == 10 {
			w.Header().Set("Connection", "close")
		}
	}, func(s *httptest.Server) {
		s.Config.ConnContext = func(ctx context.Context, _ net.Conn) context.Context {
			return context.WithValue(ctx, key{}, new(atomic.Int64))
		}
	})
	p = planOf(Stage{500, 500, 200 * time.Millisecond})
	p.HTTP2, p.TLS, p.Connections = true, trust, 1
	return p, server.URL
}

// No request is lost to a connection that the server has done with.
func TestHTTP2SendsAnew(t *testing.T) {
	var seen atomic.Int64
	p, url := leaving(t, &seen)
	p.Requests[0].Method, p.Requests[0].Body = "POST", []byte("once")
	r := run(t, p, url)
	if len(r.Hits) != 100 || seen.Load() != 100 || r.Load.Connections < 2 {
		t.Errorf("%d hits of %d requests over %d connections", len(r.Hits), seen.Load(), r.Load.Connections)
	}
}

// What is sent again counts, and no more is sent than may be.
func TestHTTP2SendsAnewWithinTheLimit(t *testing.T) {
	var seen atomic.Int64
	p, url := leaving(t, &seen)
	p.Limit, p.Requests[0].URL, p.Timeout = NewLimit(Bounds{Requests: 30}), url, 30*time.Second
	r, err := Attack(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	if n, _ := p.Limit.Sent(); n != 30 || seen.Load() > 30 {
		t.Errorf("%d requests came, %d are counted, %d hits", seen.Load(), n, len(r.Hits))
	}
}
