package load

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"os"
	"sync/atomic"
	"time"

	"github.com/quic-go/quic-go"
	"github.com/quic-go/quic-go/http3"
)

// overQUIC carries requests over HTTP/3: one connection to a host, as a browser has,
// on which requests wait where the server allows no further stream. One that is lost
// is opened again.
type overQUIC struct {
	transport *http3.Transport
	dialer    *dialer
	fresh     atomic.Pointer[phases] // of a connection on which nothing was sent yet
}

var _ wire = (*overQUIC)(nil)

func newOverQUIC(d *dialer) *overQUIC {
	leaveBuffersUnsaid()
	w := &overQUIC{dialer: d}
	w.transport = &http3.Transport{
		Dial:               w.dial,
		DisableCompression: true,
		TLSClientConfig:    d.tls,
		QUICConfig:         &quic.Config{HandshakeIdleTimeout: d.net.Timeout, KeepAlivePeriod: 15 * time.Second},
	}
	return w
}

// leaveBuffersUnsaid keeps quic-go from writing to stderr that the kernel grants it less
// than the 7 MiB of socket buffer that it wants: docs/connections.md says so, and there is
// no other way to turn it off (https://github.com/quic-go/quic-go/wiki/UDP-Buffer-Sizes).
// Who sets the variable has the last word.
func leaveBuffersUnsaid() {
	const variable = "QUIC_GO_DISABLE_RECEIVE_BUFFER_WARNING"
	if _, set := os.LookupEnv(variable); !set {
		os.Setenv(variable, "true")
	}
}

// dial looks the name up and makes QUIC's handshake, which is TCP's and TLS's in one.
// It takes the first address: there is no happy eyeballs here.
func (w *overQUIC) dial(ctx context.Context, addr string, config *tls.Config, settings *quic.Config) (*quic.Conn, error) {
	w.dialer.dials.Add(1)
	var p phases
	began := time.Now()
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		DNSStart: func(httptrace.DNSStartInfo) { began = time.Now() },
		DNSDone:  func(httptrace.DNSDoneInfo) { p.dns = time.Since(began) },
	})
	at, err := resolve(ctx, addr)
	if err != nil {
		return nil, err
	}
	socket, err := net.ListenUDP("udp", nil)
	if err != nil {
		return nil, err
	}
	over := &quic.Transport{Conn: socket}
	began = time.Now()
	conn, err := over.Dial(ctx, at, config, settings)
	if err != nil {
		socket.Close()
		return nil, err
	}
	p.tls = time.Since(began)
	w.fresh.Store(&p)
	context.AfterFunc(conn.Context(), func() { over.Close(); socket.Close() })
	return conn, nil
}

// resolve looks up the host of an address.
func resolve(ctx context.Context, addr string) (*net.UDPAddr, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	number, err := net.DefaultResolver.LookupPort(ctx, "udp", port)
	if err != nil {
		return nil, err
	}
	ips, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return nil, err
	}
	if len(ips) == 0 {
		return nil, fmt.Errorf("host %q has no address", host)
	}
	return &net.UDPAddr{IP: ips[0].AsSlice(), Zone: ips[0].Zone(), Port: number}, nil
}

// RoundTrip sends a request and tells its trace of the connection. What http3 itself
// would tell is another: it calls a connection new for every request that waited for
// it, and gives one that panics when it is closed.
func (w *overQUIC) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancel(req.Context())
	outer := httptrace.ContextClientTrace(ctx)
	trace := &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) {
		c := &conn{}
		p := w.fresh.Swap(nil)
		if p != nil {
			c.phases = *p
		}
		g := &granted{Conn: c}
		if outer != nil && outer.GotConn != nil {
			outer.GotConn(httptrace.GotConnInfo{Conn: g, Reused: p == nil})
		}
		if g.refused {
			cancel()
		}
	}}
	if outer != nil {
		trace.GotFirstResponseByte = outer.GotFirstResponseByte
	}
	resp, err := w.transport.RoundTrip(req.WithContext(httptrace.WithClientTrace(untraced{ctx}, trace)))
	if err != nil {
		cancel()
		return nil, err
	}
	context.AfterFunc(req.Context(), cancel) // the body is read under the request's own context
	return resp, nil
}

// untraced is a context without the traces of those above it.
type untraced struct{ context.Context }

func (untraced) Value(any) any { return nil }

// CloseIdleConnections ends every connection: it is called when no request is left.
func (w *overQUIC) CloseIdleConnections() { _ = w.transport.Close() }

// lostQUIC reports whether an error is that of a QUIC connection that ended.
func lostQUIC(err error) bool {
	var application *quic.ApplicationError
	var transport *quic.TransportError
	var reset *quic.StatelessResetError
	return errors.As(err, &application) || errors.As(err, &transport) || errors.As(err, &reset)
}
