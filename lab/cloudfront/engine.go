package cloudfront

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"frontdoor/front"
)

// Functions are the functions of a behaviour.
type Functions interface {
	// Kind is the kind of the function at an event, "" where there is none.
	Kind(Event) front.Kind
	// Run invokes the function at an event, whose Upstream is set at a response event,
	// and returns its answer as far as CloudFront takes it. A *front.Fault is what the
	// viewer gets instead.
	Run(context.Context, Event, front.Request) (front.Answer, error)
}

// Origin is where objects come from. An error is an origin that cannot be reached.
type Origin interface {
	Fetch(context.Context, front.Request) (front.Answer, error)
}

// Engine is a cache behaviour at one location. It is safe for concurrent use.
type Engine struct {
	behaviour Behaviour
	functions Functions
	origin    Origin
	now       func() time.Time
	store     *store
}

// New is an engine with an empty cache. A nil origin is one that cannot be reached.
func New(b Behaviour, f Functions, o Origin, now func() time.Time) (*Engine, error) {
	if err := b.Check(); err != nil {
		return nil, err
	}
	return &Engine{behaviour: b, functions: f, origin: o, now: now, store: newStore()}, nil
}

// How a request was answered, as X-Cache names it in front of " from cloudfront".
const (
	Hit               = "Hit"
	Miss              = "Miss"
	RefreshHit        = "RefreshHit"
	Error             = "Error"
	Redirect          = "Redirect"
	LambdaGenerated   = "LambdaGeneratedResponse"
	FunctionGenerated = "FunctionGeneratedResponse"
)

// Result is what became of a request.
type Result struct {
	Answer  front.Answer
	Cache   string      // X-Cache without " from cloudfront"; "" where the answer says it itself
	Ran     []Event     // functions that were invoked, in order
	Fetched int         // requests that went to the origin
	Fault   front.Cause // why CloudFront answered in the function's or the origin's place; 0 where it did not
}

// visit is one request on its way.
type visit struct {
	*Engine
	ctx    context.Context
	result Result
	paging bool // an error page is being fetched: none replaces it
}

// Serve answers a request that came by a scheme, "http" or "https".
func (e *Engine) Serve(ctx context.Context, scheme string, r front.Request) Result {
	v := &visit{Engine: e, ctx: ctx}
	if a, cache, refused := e.behaviour.refuse(scheme, r); refused {
		v.result.Answer, v.result.Cache = a, cache
		return v.result
	}
	if err := v.serve(r); err != nil {
		v.fail(err)
	}
	if v.result.Fault == 0 || v.result.Answer.Header.Get("X-Cache") == "" { // a fault of the function says its own
		v.result.Answer.Header = set(v.result.Answer.Header, "X-Cache", v.result.Cache+" from cloudfront")
	}
	return v.result
}

// serve runs the events around the cache.
func (v *visit) serve(r front.Request) error {
	if kind := v.functions.Kind(ViewerRequest); kind != "" {
		a, err := v.run(ViewerRequest, r)
		if err != nil {
			return err
		}
		if a.Forward == nil {
			return v.generated(kind, r, a)
		}
		r = v.onward(r, *a.Forward)
	}
	o, err := v.object(r)
	if err != nil {
		return err
	}
	a := v.conditional(r, o)
	// Not "when the origin returns an HTTP status code of 400 or higher", and not "when
	// a custom error page is returned" (lambda-cloudfront-trigger-events.html).
	if v.functions.Kind(ViewerResponse) != "" && o.answer.Status < 400 && !o.page {
		if a, err = v.respond(ViewerResponse, r, a); err != nil {
			return err
		}
	}
	v.result.Answer = a
	return nil
}

// generated is an answer of the viewer-request function: it is not cached, and no
// viewer-response function runs. An error page replaces it, as users of Lambda@Edge
// found (https://blog.nightonly.com, 2022-05-10); an answer of a CloudFront Function it
// does not (functions-event-structure.html, status code and body).
func (v *visit) generated(kind front.Kind, r front.Request, a front.Answer) error {
	v.result.Cache = LambdaGenerated
	if kind == front.CloudFrontFunction {
		v.result.Cache = FunctionGenerated
		v.result.Answer = a
		return nil
	}
	o, err := v.errorPage(r, a)
	v.result.Answer = o.answer
	return err
}

// run invokes a function and notes it.
func (v *visit) run(e Event, r front.Request) (front.Answer, error) {
	v.result.Ran = append(v.result.Ran, e)
	return v.functions.Run(v.ctx, e, r)
}

// respond runs a function at a response event. A nil body keeps the upstream's.
func (v *visit) respond(e Event, r front.Request, upstream front.Answer) (front.Answer, error) {
	shown := front.Answer{Status: upstream.Status, Header: upstream.Header}
	r.Upstream = &shown
	a, err := v.run(e, r)
	if err == nil && a.Body == nil {
		a.Body = upstream.Body
	}
	return a, err
}

// onward is a request that a function handed on: what an event does not carry is taken
// from the request before it.
func (v *visit) onward(before, after front.Request) front.Request {
	after.ID, after.Time, after.Proto, after.SourceIP = before.ID, before.Time, before.Proto, before.SourceIP
	if after.Body == nil {
		after.Body = before.Body
	}
	return after
}

// fail answers for a function or an origin that did not.
func (v *visit) fail(err error) {
	var fault *front.Fault
	if !errors.As(err, &fault) {
		fault = &front.Fault{Cause: front.BadResult, Answer: unreachable(err)}
	}
	v.result.Answer, v.result.Fault = fault.Answer, fault.Cause
	v.result.Cache = Error
}

// unreachable is CloudFront's answer for an origin that cannot be reached
// (http-502-bad-gateway.html).
func unreachable(err error) front.Answer {
	return front.Answer{
		Status: http.StatusBadGateway,
		Header: front.Header{{Name: "Content-Type", Value: "text/html"}, {Name: "Server", Value: "CloudFront"}},
		Body:   []byte("502 ERROR: CloudFront wasn't able to connect to the origin: " + err.Error() + "\n"),
	}
}

func equalFold(a, b string) bool { return strings.EqualFold(a, b) }
