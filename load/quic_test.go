package load

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/quic-go/quic-go"
	"github.com/quic-go/quic-go/http3"
)

// serveQUIC is quic-go's own server of HTTP/3, with net/http's certificate for tests.
func serveQUIC(t *testing.T, handler http.HandlerFunc) (url string, trust *tls.Config, opened *atomic.Int64) {
	t.Helper()
	certified := httptest.NewUnstartedServer(nil)
	certified.StartTLS()
	t.Cleanup(certified.Close)
	socket, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Skipf("no UDP on loopback: %v", err)
	}
	opened = new(atomic.Int64)
	server := &http3.Server{Handler: handler, TLSConfig: http3.ConfigureTLSConfig(&tls.Config{Certificates: certified.TLS.Certificates}),
		ConnContext: func(ctx context.Context, _ *quic.Conn) context.Context { opened.Add(1); return ctx }}
	go server.Serve(socket)
	t.Cleanup(func() { server.Close(); socket.Close() })
	roots := x509.NewCertPool()
	roots.AddCert(certified.Certificate())
	return "https://" + socket.LocalAddr().String(), &tls.Config{RootCAs: roots}, opened
}

func overHTTP3(trust *tls.Config) Plan {
	p := planOf(Stage{500, 500, 200 * time.Millisecond})
	p.HTTP3, p.TLS = true, trust
	return p
}

// quic-go's warning of socket buffers is off, unless the user says otherwise.
func TestBuffersAreUnsaid(t *testing.T) {
	const variable = "QUIC_GO_DISABLE_RECEIVE_BUFFER_WARNING" // https://github.com/quic-go/quic-go/wiki/UDP-Buffer-Sizes
	for given, want := range map[string]string{"": "true", "false": "false"} {
		t.Setenv(variable, given)
		if given == "" {
			os.Unsetenv(variable)
		}
		newOverQUIC(newDialer(&Plan{}))
		if got := os.Getenv(variable); got != want {
			t.Errorf("given %q, it is %q, want %q", given, got, want)
		}
	}
}

// One connection carries everything; its handshake is booked once, as that of TLS,
// and there is none of TCP.
func TestHTTP3SharesAConnection(t *testing.T) {
	url, trust, opened := serveQUIC(t, func(w http.ResponseWriter, r *http.Request) {
		io.Copy(w, r.Body)
		w.Header().Set("X-Bench-Request-Id", "id")
	})
	p := overHTTP3(trust)
	p.Requests[0].Method, p.Requests[0].Body = "POST", []byte("hello")
	p.Requests[0].Check = func(status int, body []byte) string {
		if string(body) != "hello" {
			return "body"
		}
		return ""
	}
	p.HTTP2 = true // so that run leaves the order of launches alone
	r := run(t, p, url)
	handshakes := 0
	for _, h := range r.Hits {
		if h.TLS > 0 {
			handshakes++
		}
		if h.Protocol != "HTTP/3.0" || h.Connect != 0 || h.DNS != 0 || h.NewConn != (h.TLS > 0) || h.FirstByte < h.Sent || h.Done < h.FirstByte {
			t.Errorf("hit %+v", h)
		}
	}
	if len(r.Hits) != 100 || handshakes != 1 || opened.Load() != 1 || r.Load.Connections != 1 {
		t.Errorf("%d hits, %d with a handshake, %d connections, %d dialled", len(r.Hits), handshakes, opened.Load(), r.Load.Connections)
	}
}

// What is not trusted or not there is a failure by the name that other protocols give
// it.
func TestHTTP3Failures(t *testing.T) {
	url, trust, _ := serveQUIC(t, func(http.ResponseWriter, *http.Request) {})
	silent, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	for name, c := range map[string]struct {
		url     string
		trust   *tls.Config
		timeout time.Duration
		want    string
	}{
		"trusted":     {url, trust, time.Minute, ""},
		"not trusted": {url, &tls.Config{RootCAs: x509.NewCertPool()}, time.Minute, "certificate not trusted"},
		"silent":      {"https://" + silent.LocalAddr().String(), trust, 500 * time.Millisecond, "timeout"},
	} {
		p := overHTTP3(c.trust)
		p.Stages, p.Requests[0].URL, p.Timeout = []Stage{{20, 20, 100 * time.Millisecond}}, c.url, c.timeout
		r, err := Attack(context.Background(), p, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range r.Hits {
			if h.Error != c.want {
				t.Errorf("%s: failure %q, want %q", name, h.Error, c.want)
			}
		}
		if len(r.Hits) != 2 {
			t.Errorf("%s: %d hits", name, len(r.Hits))
		}
	}
}

// What is refused by the run's limit is not sent over HTTP/3 either.
func TestHTTP3WithinTheLimit(t *testing.T) {
	var seen atomic.Int64
	url, trust, _ := serveQUIC(t, func(http.ResponseWriter, *http.Request) { seen.Add(1) })
	p := overHTTP3(trust)
	p.Limit, p.Requests[0].URL, p.Timeout = NewLimit(Bounds{Requests: 30}), url, 30*time.Second
	r, err := Attack(context.Background(), p, nil)
	if err != nil || seen.Load() != 30 || len(r.Hits) != 30 {
		t.Errorf("%d requests came, %d hits, %v", seen.Load(), len(r.Hits), err)
	}
}

func TestHTTP3IsNotMadeForEachRequest(t *testing.T) {
	p := overHTTP3(nil)
	p.KeepAlive = false
	if _, err := Attack(context.Background(), p, nil); err == nil {
		t.Error("a plan without keepalive is taken")
	}
}
