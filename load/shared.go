package load

import (
	"context"
	"net"
	"net/http"
	"net/http/httptrace"
	"slices"
	"strings"
	"sync/atomic"
)

// shared is a host's connections over HTTP/2. A connection carries as many requests
// at once as the server allows streams; another one is opened when the streams of all
// are taken, up to most, and what comes then waits in line.
//
// net/http's own pool is not used: once streams are exhausted it opens connections
// beyond MaxConnsPerHost, with that a ClientConn of HTTP/1.1 panics when it is closed
// (so transport has none), and with HTTP2Config.StrictMaxConcurrentRequests the
// requests in line hold the streams that they wait for, so that none is sent (all
// seen with Go 1.26.8). A server that allows fewer than 100 streams, which RFC 9113
// section 6.5.2 advises against, may meet the latter in its first round trip.
type shared struct {
	ctx       context.Context
	transport *http.Transport // dials
	address   string          // host:port
	most      int
	keep      bool // connections are used again

	gate    chan struct{} // held by the request that is first in line: what follows is its to use
	conns   []*member
	dialing int
	narrow  bool // the newest connection takes one request at a time: the server chose HTTP/1.1

	waiting atomic.Int64
	changed chan struct{} // a stream may be free, or the line is longer
	dialled chan dialled
}

// member is a connection, and what is below it.
type member struct {
	*http.ClientConn
	conn net.Conn
	used bool
}

type dialled struct {
	member *member
	err    error
}

func newShared(ctx context.Context, transport *http.Transport, address string, plan *Plan) *shared {
	return &shared{ctx: ctx, transport: transport, address: address, most: plan.Connections, keep: plan.KeepAlive,
		gate: make(chan struct{}, 1), changed: make(chan struct{}, 1), dialled: make(chan dialled, maxDials)}
}

// RoundTrip sends a request over a connection that has a free stream, and tells the
// request's trace which one. The trace may refuse it by closing it.
func (s *shared) RoundTrip(req *http.Request) (*http.Response, error) {
	cc, fresh, err := s.take(req.Context())
	if err != nil {
		return nil, err
	}
	if trace := httptrace.ContextClientTrace(req.Context()); trace != nil && trace.GotConn != nil {
		g := &granted{Conn: cc.conn}
		if trace.GotConn(httptrace.GotConnInfo{Conn: g, Reused: !fresh}); g.refused {
			cc.Release()
			return nil, &net.OpError{Op: "write", Net: "tcp", Err: net.ErrClosed}
		}
	}
	resp, err := cc.RoundTrip(req)
	if err != nil && unprocessed(err) && rewind(req) && req.Context().Err() == nil {
		return s.RoundTrip(req)
	}
	return resp, err
}

// unprocessed reports whether the server closed the connection and said that it had
// not begun with the request (RFC 9113 section 6.8), so that net/http's own pool sends
// it again. The errors are known by their words only: net/http exports none of them.
func unprocessed(err error) bool {
	text := err.Error()
	return strings.Contains(text, "graceful shutdown GOAWAY") || strings.Contains(text, "client conn not usable")
}

// rewind makes the body of a request what it was.
func rewind(req *http.Request) bool {
	if req.GetBody == nil {
		return req.ContentLength == 0
	}
	body, err := req.GetBody()
	req.Body = body
	return err == nil
}

// granted is a connection as one of its requests may have it: others are on it, so
// that closing it closes nothing.
type granted struct {
	net.Conn
	refused bool
}

func (g *granted) Close() error {
	g.refused = true
	return nil
}

// take reserves a stream. fresh says that the request is the connection's first.
func (s *shared) take(ctx context.Context) (cc *member, fresh bool, err error) {
	s.waiting.Add(1)
	defer s.waiting.Add(-1)
	s.signal() // the first in line may have to dial for this one
	select {
	case s.gate <- struct{}{}: // in order: a channel's senders wait in line
		defer func() { <-s.gate }()
	case <-ctx.Done():
		return nil, false, ctx.Err()
	}
	for s.collect(); ; {
		if cc, fresh = s.reserve(); cc != nil {
			return cc, fresh, nil
		}
		s.dial()
		select {
		case <-s.changed:
		case d := <-s.dialled:
			if s.add(d); d.err != nil {
				return nil, false, d.err
			}
		case <-ctx.Done():
			return nil, false, ctx.Err()
		}
	}
}

// signal wakes the first in line.
func (s *shared) signal() {
	select {
	case s.changed <- struct{}{}:
	default:
	}
}

// reserve takes a stream of the first connection that has one, and forgets those
// that are closed or used up.
func (s *shared) reserve() (cc *member, fresh bool) {
	s.conns = slices.DeleteFunc(s.conns, func(m *member) bool {
		if !s.keep && m.used && m.InFlight() == 0 {
			m.Close()
		}
		return m.Err() != nil
	})
	for _, m := range s.conns {
		if (s.keep || !m.used) && m.Reserve() == nil {
			fresh, m.used = !m.used, true
			return m, fresh
		}
	}
	return nil, false
}

// dial opens what the line needs: one connection for all of it, or, where each takes
// one request, one for each.
func (s *shared) dial() {
	want := 1
	if s.narrow || !s.keep {
		want = min(int(s.waiting.Load()), maxDials)
	}
	for ; s.dialing < want && len(s.conns)+s.dialing < s.most; s.dialing++ {
		go func() {
			m := new(member)
			var err error
			m.ClientConn, err = s.transport.NewClientConn(context.WithValue(s.ctx, below{}, &m.conn), "https", s.address)
			s.dialled <- dialled{m, err}
		}()
	}
}

// collect adds the connections whose requests have found another meanwhile.
func (s *shared) collect() {
	for {
		select {
		case d := <-s.dialled:
			s.add(d)
		default:
			return
		}
	}
}

func (s *shared) add(d dialled) {
	s.dialing--
	if d.err != nil {
		return
	}
	s.narrow = d.member.Available() <= 1
	d.member.SetStateHook(func(*http.ClientConn) { s.signal() })
	s.conns = append(s.conns, d.member)
}

// CloseIdleConnections ends every connection: it is called when no request is left.
func (s *shared) CloseIdleConnections() {
	s.gate <- struct{}{}
	defer func() { <-s.gate }()
	for s.dialing > 0 {
		s.add(<-s.dialled)
	}
	for _, m := range s.conns {
		m.Close()
	}
}

// below is the key under which a dial's context holds where to put what it made.
type below struct{}
