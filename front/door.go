package front

import "fmt"

// Door is what is known of one kind of front door: data, and the functions that
// translate between HTTP and the JSON that a Lambda function sees.
type Door struct {
	Kind   Kind
	Name   string // AWS's own name, "API Gateway REST API"
	Limits Limits

	// Event is the event that the function gets for an HTTP request. The headers
	// that the door adds on the way are added here, once: a request that came out
	// of Request has them already. It fails on what the door would not accept as
	// HTTP, such as a header name that is not a token.
	Event func(Request, Identity) ([]byte, error)

	// Request is what a handler sees of an event, in the function: ID, Time and
	// Params as delivered, header fields sorted by name. It fails on an event of
	// another door.
	Request func(event []byte) (Request, error)

	// Result is the JSON that the door wants for a handler's answer to the request,
	// in the function. The request must be the one out of Request: the shape may
	// depend on it. It fails on an answer that the door cannot carry.
	Result func(Answer, Request) ([]byte, error)

	// Answer is what the client gets for the function's JSON, header fields sorted
	// by name. A result that the door refuses is a *Fault with the client's answer.
	Answer func(result []byte, id Identity) (Answer, error)

	// Fault is the door's own error answer.
	Fault func(Cause) Answer
}

// Of returns the door of kind k; the error names an unknown kind.
func Of(k Kind) (Door, error) {
	switch k {
	case APIGatewayREST:
		return restDoor(), nil
	case APIGatewayNonProxy:
		return nonProxyDoor(), nil
	case APIGatewayHTTP:
		return httpDoor(), nil
	case ALB:
		return albDoor(), nil
	case FunctionURL:
		return urlDoor(), nil
	case EdgeViewerRequest, EdgeOriginRequest, EdgeOriginResponse, EdgeViewerResponse:
		return edgeDoor(k), nil
	case CloudFrontFunction:
		return cffDoor(), nil
	}
	return Door{}, fmt.Errorf("no door of kind %q", k)
}
