package lab

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"frontdoor/front"
	"frontdoor/lab/function"
)

// door serves one front over HTTP.
type door struct {
	front.Door
	served   Served
	identity front.Identity
	function *function.Function
	meter    *meter
	server   *http.Server
	done     chan struct{}
}

func (d *door) listen() error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	addr := listener.Addr().(*net.TCPAddr)
	d.served.URL = "http://" + addr.String()
	d.identity.Port = addr.Port
	d.server = &http.Server{Handler: d, ConnState: d.meter.connection, ReadHeaderTimeout: 10 * time.Second}
	go d.server.Serve(listener)
	go d.everyMinute()
	return nil
}

// everyMinute publishes the metrics of the minutes gone by, for a lab that is
// left to serve.
func (d *door) everyMinute() {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case now := <-tick.C:
			d.meter.flush(now)
		case <-d.done:
			return
		}
	}
}

// ServeHTTP takes a request through the front's limits to the function and the
// function's answer back to the client, or the front's own error answer.
func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x := exchange{started: time.Now()}
	request, err := d.receive(r)
	if err == nil {
		x.bytesIn = requestSize(request)
		x.answer, x.fault = d.respond(r.Context(), request, &x)
	} else {
		x.answer, x.fault = d.Fault(front.RequestTooLarge), front.RequestTooLarge
	}
	x.answer.Header = append(slices.Clip(x.answer.Header), d.signature(request.ID)...)
	x.bytesOut = send(w, r, x.answer)
	x.latency = time.Since(x.started)
	d.meter.exchange(x)
}

// exchange is what the front's metrics are made of.
type exchange struct {
	started     time.Time
	answer      front.Answer
	fault       front.Cause // why the front answered itself; 0 when the function did
	integration time.Duration
	latency     time.Duration
	bytesIn     int
	bytesOut    int
	invoked     bool
	throttled   bool
}

// receive reads the request. Names of header fields come in net/http's
// canonical form and in alphabetical order: neither is kept by the server.
func (d *door) receive(r *http.Request) (front.Request, error) {
	limit := int64(d.Limits.RequestBytes)
	if limit == 0 {
		limit = 64 << 20 // a door without a limit of its own; nobody sends more to a loopback lab
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, limit+1)) // one byte more shows that it is over
	if err != nil {
		return front.Request{}, err
	}
	path, query, _ := strings.Cut(r.RequestURI, "?")
	ip, _, _ := net.SplitHostPort(r.RemoteAddr)
	request := front.Request{
		ID: newID(), Time: time.Now().Truncate(time.Millisecond), Method: r.Method, Path: path, RawQuery: query,
		Proto: r.Proto, Host: r.Host, SourceIP: ip,
	}
	if len(body) > 0 {
		request.Body = body
	}
	for name, values := range r.Header {
		for _, v := range values {
			request.Header = append(request.Header, front.Field{Name: name, Value: v})
		}
	}
	slices.SortStableFunc(request.Header, func(a, b front.Field) int { return strings.Compare(a.Name, b.Name) })
	return request, nil
}

// respond is the front's work on one request.
func (d *door) respond(ctx context.Context, request front.Request, x *exchange) (front.Answer, front.Cause) {
	if cause, ok := d.CheckRequest(request); !ok {
		return d.Fault(cause), cause
	}
	event, err := d.Event(request, d.identity)
	if err != nil {
		return front.Answer{Status: http.StatusBadRequest, Body: []byte(err.Error())}, front.RequestTooLarge
	}
	ctx, cancel := context.WithTimeout(ctx, d.Limits.MaxTimeout)
	defer cancel()
	before := time.Now()
	result, err := d.function.Invoke(ctx, event)
	x.integration = time.Since(before)
	if err != nil {
		x.throttled = errors.Is(err, function.ErrThrottled)
		return d.fault(front.Throttled, err.Error())
	}
	x.invoked = true
	if result.Error != nil {
		return d.fault(d.causeOf(ctx, result.Error), result.Error.Error())
	}
	answer, err := d.Answer(result.Payload, d.identity)
	var fault *front.Fault
	switch {
	case errors.As(err, &fault):
		return fault.Answer, fault.Cause
	case err != nil:
		return d.fault(front.BadResult, err.Error())
	case answer.Forward != nil:
		return d.forward()
	}
	return answer, 0
}

func (d *door) fault(cause front.Cause, _ string) (front.Answer, front.Cause) {
	return d.Fault(cause), cause
}

// causeOf tells the front's own timeout from the function's, which a front in a
// Region sees as a failed function.
func (d *door) causeOf(ctx context.Context, e *function.Error) front.Cause {
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return front.Timeout
	case e.Type == "Sandbox.Timedout" && d.Kind.Edge():
		return front.Timeout
	case e.Type == "Function.ResponseSizeTooLarge":
		return front.ResponseTooLarge
	}
	return front.FunctionError
}

// forward answers for a distribution whose origin cannot be reached: the lab
// has none, and CloudFront answers 502 then
// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html).
func (d *door) forward() (front.Answer, front.Cause) {
	return front.Answer{
		Status: http.StatusBadGateway,
		Header: front.Header{{Name: "Content-Type", Value: "text/html"}},
		Body:   []byte("the function handed the request on to the origin, and the lab has no origin\n"),
	}, front.BadResult
}

// signature is the header fields that the service itself adds to every answer.
func (d *door) signature(id string) front.Header {
	switch d.Kind {
	case front.APIGatewayREST, front.FunctionURL:
		return front.Header{{Name: "x-amzn-RequestId", Value: id}}
	case front.APIGatewayHTTP:
		return front.Header{{Name: "Apigw-Requestid", Value: id}}
	case front.EdgeViewerRequest, front.EdgeOriginRequest:
		return front.Header{
			{Name: "X-Cache", Value: "LambdaGeneratedResponse from cloudfront"},
			{Name: "Via", Value: "1.1 " + d.identity.DistributionDomain + " (CloudFront)"},
			{Name: "X-Amz-Cf-Pop", Value: "LAB"},
			{Name: "X-Amz-Cf-Id", Value: id},
		}
	}
	return nil
}

// send writes the answer and returns its size on an HTTP/1.1 connection.
func send(w http.ResponseWriter, r *http.Request, a front.Answer) int {
	h := w.Header()
	for _, f := range a.Header {
		h[f.Name] = append(h[f.Name], f.Value) // as named: Set would change the case
	}
	if a.Header.Get("Content-Type") == "" {
		h["Content-Type"] = nil // net/http would guess one; no front does
	}
	if r.Method != http.MethodHead {
		h["Content-Length"] = []string{fmt.Sprint(len(a.Body))}
	}
	w.WriteHeader(a.Status)
	size := len("HTTP/1.1 200 \r\n\r\n") + len(http.StatusText(a.Status)) + a.Header.Size()
	if r.Method == http.MethodHead || a.Status == http.StatusNoContent || a.Status == http.StatusNotModified {
		return size
	}
	n, _ := w.Write(a.Body) // a client that went away is its own affair
	return size + n
}

func requestSize(r front.Request) int {
	return len(r.Method) + len(r.Path) + len(r.RawQuery) + len("  HTTP/1.1\r\n\r\n") + r.Header.Size() + len(r.Body)
}

// newID is a request id in the form of a UUID.
func newID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // documented never to fail
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
