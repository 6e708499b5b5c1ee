// Package front knows the doors: the kinds of front door a Lambda function can
// stand behind, each door's limits and error answers with their source, and the
// event format in both directions. It is data and translation only: the lab
// and the deployed function share it, and neither money nor metrics appear here.
package front

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Kind names a kind of front door, as scenarios and records spell it.
type Kind string

// The kinds of front door.
const (
	APIGatewayREST     Kind = "apigw-rest"           // REST API, Lambda proxy integration, payload format 1.0
	APIGatewayNonProxy Kind = "apigw-rest-nonproxy"  // REST API, Lambda custom integration: type AWS, with templates
	APIGatewayHTTP     Kind = "apigw-http"           // HTTP API, Lambda proxy integration, payload format 2.0
	ALB                Kind = "alb"                  // Application Load Balancer, Lambda target group
	FunctionURL        Kind = "function-url"         // Lambda function URL, payload format 2.0
	EdgeViewerRequest  Kind = "edge-viewer-request"  // CloudFront with Lambda@Edge on viewer-request
	EdgeOriginRequest  Kind = "edge-origin-request"  // CloudFront with Lambda@Edge on origin-request
	EdgeOriginResponse Kind = "edge-origin-response" // CloudFront with Lambda@Edge on origin-response
	EdgeViewerResponse Kind = "edge-viewer-response" // CloudFront with Lambda@Edge on viewer-response
	CloudFrontFunction Kind = "cloudfront-function"  // CloudFront with a CloudFront Function on a viewer event
)

// Kinds lists every kind of front door, in the order in which reports show them.
func Kinds() []Kind {
	return []Kind{APIGatewayREST, APIGatewayNonProxy, APIGatewayHTTP, ALB, FunctionURL, EdgeViewerRequest, EdgeOriginRequest,
		EdgeOriginResponse, EdgeViewerResponse, CloudFrontFunction}
}

// ParseKind returns the kind that s names; the error lists the known ones.
func ParseKind(s string) (Kind, error) {
	if k := Kind(s); slices.Contains(Kinds(), k) {
		return k, nil
	}
	names := make([]string, 0, len(Kinds()))
	for _, k := range Kinds() {
		names = append(names, string(k))
	}
	return "", fmt.Errorf("unknown front kind %q: want one of %s", s, strings.Join(names, ", "))
}

// Edge reports whether the kind runs its function at CloudFront's locations
// (Lambda@Edge) and not in a Region of the owner's choice.
func (k Kind) Edge() bool {
	switch k {
	case EdgeViewerRequest, EdgeOriginRequest, EdgeOriginResponse, EdgeViewerResponse:
		return true
	}
	return false
}

// CloudFront reports whether the kind is a CloudFront distribution.
func (k Kind) CloudFront() bool { return k.Edge() || k == CloudFrontFunction }

// Answers reports whether a function of the kind can answer a request by itself. On
// a response event it only changes what the cache or the origin answered.
func (k Kind) Answers() bool { return k != EdgeOriginResponse && k != EdgeViewerResponse }

// viewer reports whether a Lambda@Edge kind is of a viewer event.
func (k Kind) viewer() bool { return k == EdgeViewerRequest || k == EdgeViewerResponse }

// REST reports whether the kind is a REST API, whatever its integration.
func (k Kind) REST() bool { return k == APIGatewayREST || k == APIGatewayNonProxy }

// Field is one header field.
type Field struct{ Name, Value string }

// Header is a list of header fields in the order sent, names as sent.
type Header []Field

// Values returns the values of every field called name, case-insensitively, in order.
func (h Header) Values(name string) []string {
	var values []string
	for _, f := range h {
		if strings.EqualFold(f.Name, name) {
			values = append(values, f.Value)
		}
	}
	return values
}

// Get returns the first value of the field called name, or "".
func (h Header) Get(name string) string {
	for _, f := range h {
		if strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// Size is the number of bytes that the fields take on an HTTP/1.1 connection,
// each with ": " and CRLF.
func (h Header) Size() int {
	n := 0
	for _, f := range h {
		n += len(f.Name) + len(f.Value) + 4
	}
	return n
}

// Request is an HTTP request: as a front door received it, or, out of
// Door.Request, as an event delivers it to the function.
type Request struct {
	ID       string    // the front's own request id
	Time     time.Time // when the front received it, millisecond precision in events
	Method   string
	Path     string // as sent, still percent-encoded
	RawQuery string // as sent, without "?"
	Proto    string // "HTTP/1.1"
	Host     string
	SourceIP string
	Header   Header
	Body     []byte

	// Params holds the query parameters as the event delivers them, which
	// differs by door: REST and HTTP APIs decode them, ALB does not, CloudFront
	// hands over the raw string only. It is set by Door.Request and nil when the
	// event has no parameter map (nil and empty differ: systems differ on it).
	Params map[string][]string

	// Upstream is what the cache or the origin answered, on CloudFront's response
	// events; nil on all others. Its Body is nil: CloudFront does not show it.
	Upstream *Answer

	// via is what an event said besides HTTP. It is set by Door.Request, and
	// Door.Event and Door.Result read it; a request off the network has none.
	via via
}

// via is what Door.Request keeps of an event for the way back.
type via struct {
	event bool // the door's own headers are in Header already: Event adds none again
	multi bool // ALB: the event came with multiValueHeaders, so the answer must have them
	cut   bool // CloudFront: the body was cut at its limit
}

// Answer is an HTTP response.
type Answer struct {
	Status int
	Header Header
	Body   []byte

	// Forward is set, and nothing else, when an edge function hands the request
	// on to the cache or the origin instead of answering. Its Body is nil unless
	// the function replaced it; else the caller keeps the body that it received.
	Forward *Request
}
