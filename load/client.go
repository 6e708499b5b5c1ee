package load

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"strconv"
	"sync"
	"time"

	"frontdoor/record"
)

// maxChecked is how much of a body is kept for the check; the rest is counted.
const maxChecked = 1 << 20

// client is the RoundTripper under vegeta's Attacker. vegeta hands it a request
// that carries only a sequence number; client sends the request that the
// schedule has at that number and keeps the times in that number's slot, so no
// lock is taken for a hit.
type client struct {
	ctx      context.Context
	base     time.Time
	plan     *Plan
	arrivals []arrival
	hits     []record.Hit
	dialer   *dialer
	wires    map[string]wire
	buffers  sync.Pool
}

var _ http.RoundTripper = (*client)(nil)

func newClient(ctx context.Context, base time.Time, plan *Plan, arrivals []arrival) *client {
	c := &client{ctx: ctx, base: base, plan: plan, arrivals: arrivals, hits: make([]record.Hit, len(arrivals)), dialer: newDialer(plan)}
	c.buffers.New = func() any { return new(bytes.Buffer) }
	c.wires = wires(ctx, plan, c.dialer)
	for i := range c.hits {
		a := arrivals[i]
		c.hits[i] = record.Hit{
			Seq: int64(i), Request: a.request, Warmup: a.warmup, Due: int64(a.due),
			Launched: -1, Sent: -1, FirstByte: -1, Done: -1, Cold: -1,
		}
	}
	return c
}

// RoundTrip sends the scheduled request and hands vegeta an empty answer: body
// and times are dealt with here.
func (c *client) RoundTrip(ticket *http.Request) (*http.Response, error) {
	launched := c.now()
	seq, err := strconv.Atoi(ticket.Header.Get("X-Vegeta-Seq"))
	if err != nil || seq >= len(c.hits) {
		return nil, errors.New("hit outside the schedule")
	}
	empty := &http.Response{StatusCode: http.StatusOK, Body: http.NoBody, Request: ticket}
	if !c.plan.Limit.take() {
		return empty, nil
	}
	hit := &c.hits[seq]
	hit.Launched = launched
	ctx, cancel := context.WithDeadline(c.ctx, c.base.Add(time.Duration(hit.Due)+c.plan.Timeout))
	defer cancel()
	hit.Error = c.send(ctx, hit)
	hit.Done = c.now()
	if hit.Error == cancelled && hit.Sent < 0 && c.plan.Limit.giveBack() {
		hit.Launched, hit.Done = -1, -1
		return empty, nil
	}
	if hit.Error == cancelled {
		hit.Done = -1 // cut off by the end of the trial: not an answer, not a failure of the front
	}
	c.plan.Limit.done(c.plan.Target, hit.BytesOut+hit.BytesIn, hit.Error != "" && hit.Error != cancelled)
	return empty, nil
}

// send does one request; the failure is "" when the answer is as expected.
func (c *client) send(ctx context.Context, hit *record.Hit) (failure string) {
	want := &c.plan.Requests[hit.Request]
	target := want.target()
	if c.plan.Polling.Times > 0 {
		target = c.plan.Polling.named(target, c.arrivals[hit.Seq].session)
	}
	req, err := target.Request()
	if err != nil {
		return "request: " + err.Error()
	}
	if want.Sign != nil && want.Sign(req) != nil {
		return Credentials
	}
	var mu sync.Mutex // httptrace may call back from the transport's goroutines after a cancelled request returned
	live, connected := true, false
	defer func() { mu.Lock(); live = false; mu.Unlock() }()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer c.plan.Limit.whenBroken(func() {
		mu.Lock()
		defer mu.Unlock()
		if !connected {
			cancel()
		}
	})()
	trace := &httptrace.ClientTrace{
		GotConn: func(info httptrace.GotConnInfo) {
			now := c.now()
			mu.Lock()
			defer mu.Unlock()
			if connected && !c.plan.Limit.take() {
				info.Conn.Close() // the transport sends anew what a lost connection took: not beyond the limit
			}
			connected = true
			if live {
				hit.Sent, hit.NewConn = now, !info.Reused
				var p phases // none, of a connection that was there
				if hit.NewConn {
					p = phasesOf(info.Conn)
				}
				hit.DNS, hit.Connect, hit.TLS = int64(p.dns), int64(p.connect), int64(p.tls)
			}
		},
		GotFirstResponseByte: func() {
			now := c.now()
			mu.Lock()
			defer mu.Unlock()
			if live {
				hit.FirstByte = now
			}
		},
	}
	hit.BytesOut = requestSize(req)
	resp, err := c.wire(req.URL.Host).RoundTrip(req.WithContext(httptrace.WithClientTrace(ctx, trace)))
	if err != nil {
		return failureOf(ctx, err)
	}
	defer resp.Body.Close()
	hit.Status = int32(resp.StatusCode)
	hit.RequestID = resp.Header.Get("X-Bench-Request-Id")
	hit.Cold = coldOf(resp.Header.Get("X-Bench-Cold"))
	c.keepSaid(hit, resp)
	return c.receive(ctx, hit, resp, want)
}

// receive reads the body to its end, counts it, and checks its beginning.
func (c *client) receive(ctx context.Context, hit *record.Hit, resp *http.Response, want *Request) string {
	buf := c.buffers.Get().(*bytes.Buffer)
	buf.Reset()
	defer c.buffers.Put(buf)
	kept, err := buf.ReadFrom(io.LimitReader(resp.Body, maxChecked))
	rest := int64(0)
	if err == nil && kept == maxChecked {
		rest, err = io.Copy(io.Discard, resp.Body)
	}
	hit.BytesIn = answerSize(resp) + kept + rest
	if err != nil {
		return failureOf(ctx, err)
	}
	if want.Check == nil {
		return ""
	}
	return want.Check(resp.StatusCode, buf.Bytes())
}

func (c *client) now() int64 { return int64(time.Since(c.base)) }

// cancelled is the failure of a request that the end of its trial cut off.
const cancelled = "cancelled"

// failureOf names what went wrong in a word or two, so that failures can be
// counted by kind without keeping addresses and ports apart.
func failureOf(ctx context.Context, err error) string {
	var op *net.OpError
	var certificate *tls.CertificateVerificationError
	var dns *net.DNSError
	var timeout net.Error
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "timeout"
	case errors.Is(ctx.Err(), context.Canceled):
		return cancelled
	case errors.As(err, &certificate):
		return "certificate not trusted"
	case errors.As(err, &dns):
		return "dns"
	case errors.As(err, &op) && op.Op == "dial":
		return "connect"
	case errors.Is(err, net.ErrClosed), lostQUIC(err), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &op):
		return "connection lost"
	}
	return "protocol: " + err.Error()
}

func coldOf(value string) int32 {
	switch value {
	case "1":
		return 1
	case "0":
		return 0
	}
	return -1
}

// requestSize is the size of the request on an HTTP/1.1 connection: request
// line, Host and the headers given, body. (HTTP/2 compresses; bills count payload.)
func requestSize(req *http.Request) int64 {
	n := len(req.Method) + len(req.URL.RequestURI()) + len(" HTTP/1.1\r\n") + 1 + len("Host: \r\n") + len(req.URL.Host) + 2
	return int64(n) + headerSize(req.Header) + max(0, req.ContentLength)
}

func answerSize(resp *http.Response) int64 {
	return int64(len("HTTP/1.1 \r\n")+len(resp.Status)+2) + headerSize(resp.Header)
}

func headerSize(h http.Header) int64 {
	n := 0
	for name, values := range h {
		for _, v := range values {
			n += len(name) + len(v) + 4
		}
	}
	return int64(n)
}
