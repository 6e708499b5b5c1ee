package load

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"frontdoor/record"
)

// serveTLS is a server of HTTP/2 and HTTP/1.1, and the configuration that trusts it.
func serveTLS(t *testing.T, handler http.HandlerFunc, set func(*httptest.Server)) (*httptest.Server, *tls.Config) {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	server.EnableHTTP2 = true
	if set != nil {
		set(server)
	}
	server.StartTLS()
	t.Cleanup(server.Close)
	return server, &tls.Config{RootCAs: server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs}
}

func run(t *testing.T, p Plan, url string) *Result {
	t.Helper()
	p.Requests[0].URL = url
	p.Timeout = 30 * time.Second
	r, err := Attack(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range r.Hits {
		if h.Error != "" {
			t.Fatalf("hit %d: %s", h.Seq, h.Error)
		}
		// Set-up lies before the send, and is no part of service time. (Over HTTP/2 a
		// request may be the first on a connection that another one's launch began.)
		if h.NewConn && !p.HTTP2 && h.Launched+h.DNS+h.Connect+h.TLS > h.Sent {
			t.Errorf("hit %d: its phases reach beyond its send: %+v", h.Seq, h)
		}
		if !h.NewConn && h.DNS+h.Connect+h.TLS != 0 {
			t.Errorf("hit %d waited for no connection and has phases: %+v", h.Seq, h)
		}
	}
	return r
}

// crowd gives what makes its callers wait until n of them do, and lets all later ones
// pass.
func crowd(n int64) func() {
	var came atomic.Int64
	there := make(chan struct{})
	return func() {
		if came.Add(1) == n {
			close(there)
		}
		<-there
	}
}

func withPhases(hits []record.Hit) (n int) {
	for _, h := range hits {
		if h.Connect > 0 {
			n++
		}
	}
	return n
}

// Over HTTP/2 one connection carries everything, one request paid for it, and none was
// sent before it stood.
func TestHTTP2SharesAConnection(t *testing.T) {
	var opened atomic.Int64
	server, trust := serveTLS(t, func(http.ResponseWriter, *http.Request) {}, func(s *httptest.Server) {
		s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				opened.Add(1)
			}
		}
	})
	p := planOf(Stage{500, 500, 200 * time.Millisecond})
	p.HTTP2, p.TLS, p.Connections = true, trust, 1
	r := run(t, p, server.URL)
	if len(r.Hits) != 100 || opened.Load() != 1 || r.Load.Connections != 1 {
		t.Errorf("%d hits over %d connections, %d dialled", len(r.Hits), opened.Load(), r.Load.Connections)
	}
	var setUp int64
	for _, h := range r.Hits {
		setUp += h.Connect + h.TLS
	}
	for i, h := range r.Hits {
		if h.Connect > 0 != (h.TLS > 0) || h.Connect > 0 && !h.NewConn || h.Sent < setUp || h.DNS != 0 || h.Protocol != "HTTP/2.0" {
			t.Errorf("hit %d, over a connection that took %v: %+v", i, time.Duration(setUp), h)
		}
	}
	if withPhases(r.Hits) != 1 {
		t.Errorf("%d hits have phases", withPhases(r.Hits))
	}
}

// A connection carries as many requests at once as the server allows streams; what
// is more waits, opens no connection that the plan does not allow, and does not fail.
func TestHTTP2KeepsToItsConnections(t *testing.T) {
	var open, most, now, streams atomic.Int64
	highest := func(of *atomic.Int64, n int64) {
		for m := of.Load(); n > m && !of.CompareAndSwap(m, n); m = of.Load() {
		}
	}
	together := crowd(101)
	server, trust := serveTLS(t, func(http.ResponseWriter, *http.Request) {
		highest(&streams, now.Add(1))
		together()
		now.Add(-1)
	}, func(s *httptest.Server) {
		s.Config.HTTP2 = &http.HTTP2Config{MaxConcurrentStreams: 100}
		s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
			switch state {
			case http.StateNew:
				highest(&most, open.Add(1))
			case http.StateClosed:
				open.Add(-1)
			}
		}
	})
	p := planOf(Stage{10_000, 10_000, 60 * time.Millisecond})
	p.HTTP2, p.TLS, p.Connections = true, trust, 2
	r := run(t, p, server.URL)
	if len(r.Hits) != 600 || most.Load() != 2 || streams.Load() > 200 || streams.Load() <= 100 {
		t.Errorf("%d hits, %d connections and %d requests at once; want 600, 2 and 101 to 200", len(r.Hits), most.Load(), streams.Load())
	}
}

// Where each connection takes one request, by the plan's word or because the server
// speaks no HTTP/2, there are as many as are needed and no more than the plan allows.
func TestHTTP2OneRequestEach(t *testing.T) {
	for name, c := range map[string]struct {
		http2, keep bool
		protocol    string
	}{
		"kept alive, HTTP/1.1": {false, true, "HTTP/1.1"},
		"not kept alive":       {true, false, "HTTP/2.0"},
	} {
		var now, most atomic.Int64
		together := crowd(4)
		server, trust := serveTLS(t, func(http.ResponseWriter, *http.Request) {
			n := now.Add(1)
			for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
			}
			together()
			now.Add(-1)
		}, func(s *httptest.Server) { s.EnableHTTP2 = c.http2 })
		p := planOf(Stage{500, 500, 200 * time.Millisecond})
		p.HTTP2, p.TLS, p.Connections, p.KeepAlive = true, trust, 4, c.keep
		r := run(t, p, server.URL)
		fresh := 0
		for _, h := range r.Hits {
			if h.NewConn {
				fresh++
			}
			if h.Protocol != c.protocol || h.NewConn != (h.TLS > 0) {
				t.Errorf("%s: hit %+v", name, h)
			}
		}
		if want := map[bool]int{true: 4, false: 100}[c.keep]; len(r.Hits) != 100 || fresh != want || r.Load.Connections != want || most.Load() != 4 {
			t.Errorf("%s: %d hits, %d connections, %d dialled, %d requests at once", name, len(r.Hits), fresh, r.Load.Connections, most.Load())
		}
	}
}

// gated is a listener whose second connection says nothing until release is closed.
type gated struct {
	net.Listener
	accepted atomic.Int64
	second   chan struct{} // closed when the second connection is there
	release  chan struct{}
}

func (g *gated) Accept() (net.Conn, error) {
	c, err := g.Listener.Accept()
	if err == nil && g.accepted.Add(1) == 2 {
		close(g.second)
		c = silent{c, g.release}
	}
	return c, err
}

type silent struct {
	net.Conn
	release chan struct{}
}

func (s silent) Read(b []byte) (int, error) { <-s.release; return s.Conn.Read(b) }

// The second request dials, and is handed the first one's connection before its own
// stands: it did not wait for a handshake and must not be said to have.
func TestPhasesAreTheConnectionsOwn(t *testing.T) {
	var g *gated
	begun := make(chan struct{})
	var served atomic.Int64
	server, trust := serveTLS(t, func(http.ResponseWriter, *http.Request) {
		if served.Add(1) == 1 {
			close(begun)
			<-g.second
			return
		}
		close(g.release)
	}, func(s *httptest.Server) {
		s.EnableHTTP2 = false
		g = &gated{Listener: s.Listener, second: make(chan struct{}), release: make(chan struct{})}
		s.Listener = g
	})
	p := planOf(Stage{1, 1, time.Second})
	p.TLS, p.Timeout, p.Requests[0].URL = trust, 30*time.Second, server.URL
	c := newClient(context.Background(), time.Now(), &p, make([]arrival, 2))
	defer c.close()
	failures := make(chan string)
	go func() { failures <- c.send(c.ctx, &c.hits[0]) }()
	<-begun
	go func() { failures <- c.send(c.ctx, &c.hits[1]) }()
	if a, b := <-failures, <-failures; a+b != "" {
		t.Fatal(a, b)
	}
	first, second := c.hits[0], c.hits[1]
	if c.dialer.dials.Load() != 2 || !first.NewConn || first.TLS == 0 || second.NewConn || second.Connect+second.TLS != 0 {
		t.Errorf("%d connections dialled; the first hit is %+v, the second %+v", c.dialer.dials.Load(), first, second)
	}
}

// Every connection is a stranger's: its name is looked up, its handshake is whole.
func TestEveryConnectionIsAFirstOne(t *testing.T) {
	var resumed atomic.Int64
	server, trust := serveTLS(t, func(_ http.ResponseWriter, r *http.Request) {
		if r.TLS.DidResume {
			resumed.Add(1)
		}
	}, nil)
	if addrs, err := net.LookupHost("localhost"); err != nil {
		t.Skipf("localhost has no address here: %v, %v", addrs, err)
	}
	port := func() string { u, _ := url.Parse(server.URL); return u.Port() }()
	p := planOf(Stage{50, 50, 200 * time.Millisecond})
	p.KeepAlive, p.TLS = false, trust
	p.TLS.ServerName = "example.com" // the certificate's
	p.TLS.ClientSessionCache = tls.NewLRUClientSessionCache(8)
	r := run(t, p, "https://localhost:"+port)
	for _, h := range r.Hits {
		if !h.NewConn || h.DNS <= 0 || h.Connect <= 0 || h.TLS <= 0 || h.Protocol != "HTTP/1.1" {
			t.Errorf("hit %d: %+v", h.Seq, h)
		}
	}
	if len(r.Hits) != 10 || resumed.Load() != 0 {
		t.Errorf("%d hits, %d of them resumed a session", len(r.Hits), resumed.Load())
	}
}

// An address has no name to look up and plain HTTP no handshake: 0 is a phase that
// did not take place.
func TestPhasesOfPlainHTTP(t *testing.T) {
	p := planOf(Stage{50, 50, 200 * time.Millisecond})
	p.KeepAlive = false
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "x") }))
	defer server.Close()
	for _, h := range run(t, p, server.URL).Hits {
		if h.DNS != 0 || h.TLS != 0 || h.Connect <= 0 {
			t.Errorf("hit %+v", h)
		}
	}
}
