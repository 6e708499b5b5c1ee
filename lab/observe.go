package lab

import (
	"frontdoor/front"
	"frontdoor/handlers"
)

// Exchange is one request and its answer with what no client learns: why a front
// answered in the function's place, and what the function had returned.
type Exchange struct {
	Front   string
	Request front.Request
	Answer  front.Answer

	Cause  front.Cause // why the front answered itself; 0 when the function did
	Reason string      // what was wrong, in the words of the front's rule or of the failed function; "" when Cause says all

	Invocation string // request id of the REPORT line; "" when the function was not invoked
	Cold       bool   // it was the first of its environment
	Result     []byte // what the function returned, its error document when it failed
	Forwarded  bool   // an edge function handed the request on; what came of it is the origin's
}

// tell hands an exchange to who observes the lab. It is called before the answer
// is sent, so that a client that has one finds it observed, from the request's own
// goroutine: observers are called concurrently.
func (d *door) tell(request front.Request, x exchange) {
	if d.observe == nil {
		return
	}
	d.observe(Exchange{
		Front: d.served.ID, Request: request, Answer: x.answer, Cause: x.fault, Reason: x.reason,
		Invocation: x.marks.Get(handlers.RequestIDHeader), Cold: x.marks.Get(handlers.ColdHeader) == "1",
		Result: x.result, Forwarded: x.forwarded,
	})
}
