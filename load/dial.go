package load

import (
	"context"
	"crypto/tls"
	"net"
	"net/http/httptrace"
	"sync/atomic"
	"time"
)

// maxDials is how many connections may be under way at once. Without a bound a
// hiccup makes every waiting request dial, and the dials themselves then keep
// the server from recovering (a storm: measured at 10,000 requests per second).
const maxDials = 16

// dialer opens the connections of a trial, and times what each of them costs. It
// looks a name up each time, as a client that comes for the first time does (the
// resolver of the machine may remember), tries IPv6 and IPv4 as RFC 8305 says
// ("happy eyeballs", net.Dialer's), and makes a full TLS handshake each time.
type dialer struct {
	net   net.Dialer
	tls   *tls.Config
	slots chan struct{}
	dials atomic.Int64
}

func newDialer(plan *Plan) *dialer {
	d := &dialer{
		net:   net.Dialer{Timeout: plan.Timeout, KeepAlive: 30 * time.Second},
		tls:   plan.TLS.Clone(),
		slots: make(chan struct{}, maxDials),
	}
	if d.tls == nil {
		d.tls = new(tls.Config)
	}
	// A ticket would make the second connection of a trial cheaper than the first, and
	// how much depends on which of a front's machines it meets.
	d.tls.SessionTicketsDisabled, d.tls.ClientSessionCache = true, nil
	d.tls.NextProtos = []string{"http/1.1"}
	if plan.HTTP2 {
		d.tls.NextProtos = []string{"h2", "http/1.1"}
	}
	return d
}

// dial opens a connection of TCP.
func (d *dialer) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	c, err := d.open(ctx, network, addr)
	if err != nil {
		return nil, err // and no *conn that is nil inside an interface that is not
	}
	return c, nil
}

// dialTLS opens a connection of TCP and makes the TLS handshake. net/http asks for a
// *tls.Conn to learn whether it speaks HTTP/2, so what is wrapped lies below it.
func (d *dialer) dialTLS(ctx context.Context, network, addr string) (net.Conn, error) {
	c, err := d.open(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	config := d.tls.Clone()
	if host, _, err := net.SplitHostPort(addr); err == nil && config.ServerName == "" {
		config.ServerName = host
	}
	ctx, cancel := context.WithTimeout(ctx, d.net.Timeout)
	defer cancel()
	began := time.Now()
	secured := tls.Client(c, config)
	if err := secured.HandshakeContext(ctx); err != nil {
		c.Close()
		return nil, err
	}
	c.phases.tls = time.Since(began)
	if made, ok := ctx.Value(below{}).(*net.Conn); ok {
		*made = secured
	}
	return secured, nil
}

// open waits for a slot, which is no phase, looks the name up, and connects.
func (d *dialer) open(ctx context.Context, network, addr string) (*conn, error) {
	select {
	case d.slots <- struct{}{}:
		defer func() { <-d.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	d.dials.Add(1)
	var p phases
	began := time.Now() // of the phase under way
	// net calls both in this goroutine, and neither for an address.
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		DNSStart: func(httptrace.DNSStartInfo) { began = time.Now() },
		DNSDone: func(httptrace.DNSDoneInfo) {
			now := time.Now()
			p.dns, began = now.Sub(began), now
		},
	})
	c, err := d.net.DialContext(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	p.connect = time.Since(began)
	return &conn{Conn: c, phases: p}, nil
}

// phases are how long the parts of setting up a connection took; 0 is one that did
// not take place.
type phases struct{ dns, connect, tls time.Duration }

// conn is a connection that knows its own phases. They cannot be told by the request
// that dialled: net/http hands it whichever connection is free first, its own or not.
type conn struct {
	net.Conn
	phases phases
}

// phasesOf are the phases of a connection that a dialer made.
func phasesOf(c net.Conn) phases {
	if shared, ok := c.(*granted); ok {
		c = shared.Conn
	}
	if secured, ok := c.(*tls.Conn); ok {
		c = secured.NetConn()
	}
	if own, ok := c.(*conn); ok {
		return own.phases
	}
	return phases{}
}
