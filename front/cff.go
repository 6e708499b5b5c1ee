package front

import (
	"net/http"
	"strings"
	"time"
)

// CloudFront with a CloudFront Function on viewer-request, or on viewer-response
// where the event has an Upstream.
//
// Quotas: 10 KB of code and 2 MB of memory
// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions).
// For the time AWS states no figure but "submillisecond"
// (.../edge-functions-choosing.html), and counts compute utilisation in per cent of
// it, so 1 ms is its upper bound here. For the answer none was found: 40 KB is what
// Lambda@Edge has at a viewer event (unconfirmed).
func cffDoor() Door {
	l := edgeLimits(EdgeViewerRequest)
	l.MinMemoryMB, l.MaxMemoryMB, l.PackageBytes, l.BodyShown = 2, 2, 10<<10, 0
	l.MinTimeout, l.MaxTimeout = time.Millisecond, time.Millisecond
	return Door{
		Kind:    CloudFrontFunction,
		Name:    "CloudFront with a CloudFront Function",
		Limits:  l,
		Event:   cffEvent,
		Request: cffRequest,
		Result:  cffResult,
		Answer:  func(result []byte, _ Identity) (Answer, error) { return cffAnswer(result) },
		Fault:   cffFault,
	}
}

// cffFault is CloudFront's page for a CloudFront Function that fails: 503 for one that
// throws or runs too long, 502 for a result that fails validation. Statuses and
// X-Cache as those who met them report: 503 in
// https://github.com/cdklabs/construct-hub/pull/402, which has the words too.
func cffFault(c Cause) Answer {
	const invalid = "The CloudFront function associated with the CloudFront distribution is invalid or could not run."
	switch c {
	case BadResult, ResponseTooLarge:
		return edgePage(http.StatusBadGateway, "FunctionValidationError", "The CloudFront function returned an invalid value.")
	case Throttled:
		return edgePage(http.StatusServiceUnavailable, "FunctionThrottledError", invalid)
	case URITooLong, HeadersTooLarge, RequestTooLarge:
		return edgeFault(c)
	}
	return edgePage(http.StatusServiceUnavailable, "FunctionExecutionError", invalid)
}

// cffRefuse is a result that fails validation. "The CloudFront function returned an
// invalid value: response.headers must have header names in lower case." is the one
// message that is known whole.
func cffRefuse(words string) error {
	words = "The CloudFront function returned an invalid value: " + words
	return &Fault{
		Kind: CloudFrontFunction, Cause: BadResult, Reason: words,
		Answer: edgePage(http.StatusBadGateway, "FunctionValidationError", words),
	}
}

// cffCheckForward refuses a request object with what a function may not change.
func cffCheckForward(before, after Request) error {
	switch {
	case before.Method != after.Method:
		return cffRefuse("request.method is read-only.")
	case !strings.HasPrefix(after.Path, "/"):
		return cffRefuse("request.uri must begin with a slash.")
	case over(len(after.Path)+1+len(after.RawQuery), cffDoor().Limits.URIBytes):
		return cffRefuse("request.uri and request.querystring are too long.")
	}
	return cffCheckHeaders(before.Header, after.Header, cffReadOnlyRequest)
}

// The read-only headers of viewer events are those of Lambda@Edge.
func cffReadOnlyRequest(name string) bool  { return EdgeReadOnly(EdgeViewerRequest, name) }
func cffReadOnlyResponse(name string) bool { return EdgeReadOnly(EdgeViewerResponse, name) }

// cffCheckHeaders refuses a change of what the function may only read.
func cffCheckHeaders(before, after Header, readOnly func(string) bool) error {
	for _, h := range []Header{before, after} {
		for _, f := range h {
			if readOnly(f.Name) && strings.Join(before.Values(f.Name), "\n") != strings.Join(after.Values(f.Name), "\n") {
				return cffRefuse("the header " + strings.ToLower(f.Name) + " is read-only.")
			}
		}
	}
	return nil
}
