package lab

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"frontdoor/front"
	"frontdoor/handlers"
	"frontdoor/lab/function"
)

// door serves one front over HTTP.
type door struct {
	front.Door
	served    Served
	legs      legs
	condition condition
	identity  front.Identity
	function  *function.Function
	meter     *meter
	counters  *counters
	observe   func(Exchange) // may be nil
	listener  net.Listener
	server    *http.Server
	done      chan struct{}
	once      sync.Once // close

	gateway *gateway // of API Gateway's kinds
	edge    *edge    // of CloudFront's kinds; nil: the function answers, and there is nothing else
}

func (d *door) listen() error {
	var err error
	if d.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return err
	}
	addr := d.listener.Addr().(*net.TCPAddr)
	d.served.URL = "http://" + addr.String()
	d.identity.Port = addr.Port
	d.server = &http.Server{Handler: d.condition.guard(d.legs.far(d)), ConnContext: withConnection, ConnState: d.meter.connection, ReadHeaderTimeout: 10 * time.Second}
	go d.server.Serve(d.listener)
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
// function's answer back to the client, or the front's own error answer. It is
// metered before it is sent: a client that has an answer finds it counted.
func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x := exchange{started: time.Now(), method: r.Method}
	request, err := d.receive(r)
	if err == nil {
		x.bytesIn = requestSize(request)
		x.answer, x.fault = d.respond(r.Context(), request, &x)
	} else {
		x.answer, x.fault = d.Fault(front.RequestTooLarge), front.RequestTooLarge
	}
	if r.Context().Err() != nil {
		x.answer, x.fault, x.latency = front.Answer{}, 0, time.Since(x.started) // no class of status, and no fault of the function
		d.meter.exchange(x)
		return // nobody is there to be answered
	}
	d.sign(&x.answer, d.signature(request.ID))
	d.sign(&x.answer, d.throughEdge(request.ID, x.answer))
	d.sign(&x.answer, x.marks)
	x.bytesOut = answerSize(r.Method, x.answer)
	x.latency = time.Since(x.started)
	d.meter.exchange(x)
	d.tell(request, x)
	send(w, r.Method, x.answer)
}

// exchange is what the front's metrics are made of.
type exchange struct {
	started     time.Time
	method      string
	answer      front.Answer
	fault       front.Cause // why the front answered itself; 0 when the function did
	reason      string      // more about the fault
	result      []byte      // the function's own
	forwarded   bool        // the function handed the request on
	integration time.Duration
	latency     time.Duration
	bytesIn     int
	bytesOut    int
	invoked     bool
	throttled   bool
	marks       front.Header // names the invocation
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
		ID: function.NewID(), Time: time.Now().Truncate(time.Millisecond), Method: r.Method, Path: path, RawQuery: query,
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
	if answer, cause, done := d.guard(request, x); done {
		return answer, cause
	}
	if d.edge != nil {
		return d.edge.respond(ctx, request, x)
	}
	answer, cause := d.integrate(ctx, request, x)
	d.countEdge(x)
	if x.invoked {
		d.gateway.cors(d.Kind, request, &answer)
	}
	return answer, cause
}

// integrate takes a request that the front has let in to the function.
func (d *door) integrate(ctx context.Context, request front.Request, x *exchange) (front.Answer, front.Cause) {
	event, err := d.Event(request, d.identity)
	var refused *front.Fault
	switch {
	case errors.As(err, &refused):
		x.reason = refused.Reason
		return refused.Answer, refused.Cause
	case err != nil:
		return front.Answer{Status: http.StatusBadRequest, Body: []byte(err.Error())}, front.RequestTooLarge
	}
	ctx, cancel := context.WithTimeout(ctx, d.Limits.MaxTimeout)
	defer cancel()
	before := time.Now()
	result, err := d.function.Invoke(ctx, event)
	x.integration = time.Since(before)
	if err != nil { // or the client left before there was room, and hears nothing
		x.throttled = errors.Is(err, function.ErrThrottled)
		return d.Fault(front.Throttled), front.Throttled
	}
	x.invoked, x.marks, x.result = true, marks(result), result.Payload
	if result.Error != nil {
		x.reason = result.Error.Error()
		return d.failed(ctx, result)
	}
	answer, err := d.Answer(result.Payload, d.identity)
	var fault *front.Fault
	switch {
	case errors.As(err, &fault):
		x.reason = fault.Reason
		return fault.Answer, fault.Cause
	case err != nil:
		return d.Fault(front.BadResult), front.BadResult
	case answer.Forward != nil:
		return d.forward(event, *answer.Forward, x)
	}
	return answer, 0
}

// failed is the answer to a failed invocation.
func (d *door) failed(ctx context.Context, result function.Result) (front.Answer, front.Cause) {
	cause := d.causeOf(ctx, result.Error)
	if answer, ok := d.Failed(result.Payload, d.identity); ok && cause != front.Timeout {
		return answer, cause
	}
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

// forward answers a request that the function handed on: with CloudFront's
// refusal when the function changed what it may not, else for a distribution
// whose origin cannot be reached. The lab has none, and CloudFront answers 502 then
// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html).
func (d *door) forward(event []byte, after front.Request, x *exchange) (front.Answer, front.Cause) {
	before, err := d.Request(event)
	if err != nil {
		return d.Fault(front.BadResult), front.BadResult // cannot be: the event is our own
	}
	var fault *front.Fault
	if errors.As(front.CheckForward(d.Kind, before, after), &fault) {
		x.reason = fault.Reason
		return fault.Answer, fault.Cause
	}
	x.forwarded = true
	return front.Answer{
		Status: http.StatusBadGateway,
		Header: front.Header{{Name: "Content-Type", Value: "text/html"}, {Name: "X-Cache", Value: "Error from cloudfront"}},
		Body:   []byte("the function handed the request on to the origin, and the lab has no origin\n"),
	}, front.BadResult
}

// sign adds header fields to an answer, but those that it has already.
func (d *door) sign(a *front.Answer, fields front.Header) {
	a.Header = slices.Clip(a.Header)
	for _, f := range fields {
		if a.Header.Get(f.Name) == "" {
			a.Header = append(a.Header, f)
		}
	}
}

// marks names the invocation behind an answer, as the built-in handlers do
// themselves. The lab adds them for functions that do not and for the front's own
// error answers, so that every request is joined to its REPORT line. AWS adds
// nothing of the kind.
func marks(r function.Result) front.Header {
	cold := "0"
	if r.Cold {
		cold = "1"
	}
	return front.Header{{Name: handlers.ColdHeader, Value: cold}, {Name: handlers.RequestIDHeader, Value: r.RequestID}}
}

// signature is the header fields that the service itself puts on every answer.
func (d *door) signature(id string) front.Header {
	switch d.Kind {
	case front.APIGatewayREST, front.APIGatewayNonProxy, front.FunctionURL:
		return front.Header{{Name: "x-amzn-RequestId", Value: id}}
	case front.APIGatewayHTTP:
		return front.Header{{Name: "Apigw-Requestid", Value: id}}
	case front.EdgeViewerRequest, front.EdgeOriginRequest, front.EdgeOriginResponse, front.EdgeViewerResponse, front.CloudFrontFunction:
		return d.edgeFields("LambdaGeneratedResponse from cloudfront", id)
	}
	return nil
}

// send writes the answer.
func send(w http.ResponseWriter, method string, a front.Answer) {
	h := w.Header()
	for _, f := range a.Header {
		if !framing(f.Name) {
			h[f.Name] = append(h[f.Name], f.Value) // as named: Set would change the case
		}
	}
	if _, ok := h["Content-Type"]; !ok {
		h["Content-Type"] = nil // net/http would guess one, beside a content-type in small letters too; no front does
	}
	if hasBody(method, a.Status) {
		h["Content-Length"] = []string{strconv.Itoa(len(a.Body))}
	}
	w.WriteHeader(a.Status)
	if hasBody(method, a.Status) {
		_, _ = w.Write(a.Body) // a client that went away is its own affair
	}
}

// framing reports whether a header field says how long the message is, which is
// the front's to say and not the function's.
func framing(name string) bool {
	return strings.EqualFold(name, "Content-Length") || strings.EqualFold(name, "Transfer-Encoding")
}

func hasBody(method string, status int) bool {
	return method != http.MethodHead && status != http.StatusNoContent && status != http.StatusNotModified
}

// answerSize is what net/http writes for send: status line, the fields with its
// own Date, and the body.
func answerSize(method string, a front.Answer) int {
	n := len("HTTP/1.1 200 ") + len(http.StatusText(a.Status)) + len("\r\nDate: "+http.TimeFormat+"\r\n\r\n")
	for _, f := range a.Header {
		if !framing(f.Name) {
			n += len(f.Name) + len(f.Value) + len(": \r\n")
		}
	}
	if hasBody(method, a.Status) {
		n += len("Content-Length: \r\n") + len(strconv.Itoa(len(a.Body))) + len(a.Body)
	}
	return n
}

// requestSize is the request line, the fields with Host, and the body.
func requestSize(r front.Request) int {
	n := len(r.Method) + len(r.Path) + len(r.Proto) + len("  \r\nHost: \r\n\r\n") + len(r.Host) + r.Header.Size() + len(r.Body)
	if r.RawQuery != "" {
		n += len("?") + len(r.RawQuery)
	}
	return n
}
