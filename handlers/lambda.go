package handlers

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"

	"github.com/aws/aws-lambda-go/lambda"

	"frontdoor/front"
)

// The headers by which the load generator learns what an invocation was: its
// Lambda request id, and "1" on the first invocation of the process, else "0".
const (
	RequestIDHeader = "x-bench-request-id"
	ColdHeader      = "x-bench-cold"
)

// A distribution of CloudFront may invoke several functions for a request, or none:
// their ids stand in RequestIDHeader with Separator between them, or NoInvocation
// stands there.
const (
	Separator    = ","
	NoInvocation = "-"
)

// function is a handler behind a door. It takes and gives bytes, so that the
// runtime client does not decode and encode the JSON a second time.
type function struct {
	door front.Door
	h    Handler
	warm atomic.Bool // the process has been invoked before
}

var _ lambda.Handler = (*function)(nil)

// Lambda is the handler as a Lambda function behind a door of the kind: the event
// becomes a request, the answer the door's result, with the headers added. The error
// names an unknown kind.
func Lambda(kind front.Kind, h Handler) (lambda.Handler, error) {
	door, err := front.Of(kind)
	if err != nil {
		return nil, err
	}
	return &function{door: door, h: h}, nil
}

// Invoke runs one invocation. A panic of the handler goes through to the runtime
// client, which reports it as a function error and ends the process, as Lambda does.
func (f *function) Invoke(ctx context.Context, event []byte) ([]byte, error) {
	cold := "1"
	if f.warm.Swap(true) {
		cold = "0"
	}
	r, err := f.door.Request(event)
	if err != nil {
		return nil, err
	}
	ctx, consumed := withLedger(ctx)
	a, err := f.h(ctx, r)
	if err != nil {
		return nil, err
	}
	a.Header = marked(a.Header, requestID(ctx), cold, consumed.String()) // Result leaves them out of a forwarded request
	result, err := f.door.Result(a, r)
	var failed *front.Failed
	if errors.As(err, &failed) {
		return nil, failed // its text is for the door's selection patterns
	}
	if err != nil {
		return nil, fmt.Errorf("encode answer for %s: %w", f.door.Kind, err)
	}
	return result, nil
}

// marked returns h with the headers; h is not modified.
func marked(h front.Header, id, cold, consumed string) front.Header {
	out := make(front.Header, 0, len(h)+3)
	out = append(out, h...)
	for _, f := range []front.Field{{Name: ColdHeader, Value: cold}, {Name: RequestIDHeader, Value: id}, {Name: ConsumedHeader, Value: consumed}} {
		if f.Value != "" {
			out = append(out, f)
		}
	}
	return out
}

// Serve runs the handler called name behind a door of the kind, under the Runtime
// API of the environment. It returns only an error about its arguments: the
// runtime client does not return, and ends the process when it cannot go on.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
func Serve(kind front.Kind, name string) error {
	h, ok := Lookup(name)
	if !ok {
		return fmt.Errorf("unknown handler %q: want one of %s", name, strings.Join(Names(), ", "))
	}
	f, err := Lambda(kind, h)
	if err != nil {
		return err
	}
	lambda.StartWithOptions(f)
	return nil
}
