package front

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
)

// The response events of Lambda@Edge: the function gets the request and what the
// cache or the origin answered, and gives the answer to go on with.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-event-structure.html#lambda-event-structure-response-origin
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-updating-http-responses.html

// errNoUpstream is a response event without a response.
var errNoUpstream = errors.New("a response event needs what the cache or the origin answered: Request.Upstream is nil")

// edgeUpstream is the response of an event: without its body, which CloudFront does
// not show, and without the header fields that it hides.
func edgeUpstream(a Answer) *edgeReply {
	a.Header = a.Header.without(EdgeDisallows)
	d := edgeReplyOf(a, latin1Text)
	return &d
}

// upstream puts the response of an event into the request.
func (d *edgeReply) upstream(r *Request) error {
	if d == nil {
		return fmt.Errorf("read Lambda@Edge event: %w", errNoUpstream)
	}
	code, err := strconv.Atoi(d.Status)
	if err != nil {
		return fmt.Errorf("read Lambda@Edge event: response status %q is not a number", d.Status)
	}
	r.Upstream = &Answer{Status: code, Header: fieldList(d.Headers)}
	return nil
}

// fieldList is the fields of a message's headers, sorted by name.
func fieldList(headers map[string][]edgeField) Header {
	h := make(Header, 0, len(headers))
	for key, fields := range headers {
		for _, f := range fields {
			h = append(h, Field{f.name(key), f.Value})
		}
	}
	h.sort()
	return h
}

// edgeReplaced sets the body of an answer at a response event: nil keeps the
// upstream's, and an empty one takes it away. AWS describes the replacement for
// origin-response; that viewer-response refuses one is unconfirmed.
func edgeReplaced(k Kind, o object, a *Answer) error {
	switch given := o.has("body"); {
	case given && k == EdgeViewerResponse:
		return invalid("a viewer-response function cannot set the body")
	case given && a.Body == nil:
		a.Body = []byte{}
	}
	return nil
}

// CheckResponse refuses, with a *Fault, an answer of a function at a response event
// with changes that CloudFront does not allow: of a read-only header, at
// viewer-response of the status too. before is the Upstream of the event.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-restrictions.html
func CheckResponse(k Kind, before, after Answer) error {
	if k == CloudFrontFunction {
		return cffCheckHeaders(before.Header, after.Header, cffReadOnlyResponse)
	}
	if k == EdgeViewerResponse && before.Status != after.Status {
		return edgeRefuse(k, failedValidation+"the status of a viewer response is read-only")
	}
	for _, f := range slices.Concat(before.Header, after.Header) {
		if EdgeReadOnly(k, f.Name) && !slices.Equal(before.Header.Values(f.Name), after.Header.Values(f.Name)) {
			return edgeRefuse(k, failedValidation+readOnlyWords)
		}
	}
	return nil
}
