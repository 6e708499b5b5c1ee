package front

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// CloudFront with Lambda@Edge on one of its four events.
//
// Quotas by event, https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-lambda-at-edge
// (2023-05): viewer 128 MB, 5 s, 40 KB of generated response, 1 MB of package;
// origin Lambda's memory, 30 s, 1 MB, 50 MB. The body is shown up to 40 KB or 1 MB;
// path and query stay below 8,192 characters. CloudFront refuses requests over
// 20,480 B of headers with 413 and longer URLs with 414:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
func edgeDoor(k Kind) Door {
	return Door{
		Kind:    k,
		Name:    "CloudFront with Lambda@Edge, " + edgeEventType(k),
		Limits:  edgeLimits(k),
		Event:   func(r Request, id Identity) ([]byte, error) { return edgeEvent(k, r, id) },
		Request: func(event []byte) (Request, error) { return edgeRequest(k, event) },
		Result:  func(a Answer, r Request) ([]byte, error) { return edgeResult(k, a, r) },
		Answer:  func(result []byte, id Identity) (Answer, error) { return edgeAnswer(k, result) },
		Fault:   edgeFault,
	}
}

func edgeLimits(k Kind) Limits {
	l := lambdaLimits()
	l.RequestBytes = 0 // a longer body is cut for the function, not refused
	l.HeaderBytes, l.URIBytes = 20480, 8191
	l.ResponseBytes, l.BodyShown, l.MaxTimeout = 1<<20, 1<<20, 30*time.Second
	if k.viewer() {
		l.ResponseBytes, l.BodyShown, l.MaxTimeout = 40<<10, 40<<10, 5*time.Second
		l.MaxMemoryMB, l.PackageBytes = 128, 1<<20
	}
	return l
}

// edgeEventType is the eventType of the kind's events.
func edgeEventType(k Kind) string { return strings.TrimPrefix(string(k), "edge-") }

// EdgeErrorStatus is what a viewer gets when the function fails. AWS's page on
// Lambda@Edge errors says 500, while those who met it report 503 with
// "X-Cache: LambdaExecutionError from cloudfront"; this follows practice.
const EdgeErrorStatus = http.StatusServiceUnavailable

// edgeFault: 502 for a result that fails validation
// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-lambda-validation-error.html)
// and 503 for a timeout or throttle (.../http-503-lambda-limit-execeeded-error.html).
// The words on the page are those of
// https://github.com/aws-samples/cloudfront-authorization-at-edge/issues/24 (503).
func edgeFault(c Cause) Answer {
	const invalid = "The Lambda function associated with the CloudFront distribution is invalid or doesn't have the required permissions."
	switch c {
	case BadResult, ResponseTooLarge:
		return edgePage(http.StatusBadGateway, "LambdaValidationError", "The Lambda function result failed validation.")
	case Timeout, Throttled:
		return edgePage(http.StatusServiceUnavailable, "LambdaLimitExceeded", invalid)
	case URITooLong:
		return edgePage(http.StatusRequestURITooLong, "Error", "The request URL is too long.")
	case HeadersTooLarge, RequestTooLarge:
		return edgePage(http.StatusRequestEntityTooLarge, "Error", "The request is too large.")
	}
	return edgePage(EdgeErrorStatus, "LambdaExecutionError", invalid)
}

// edgePage is CloudFront's error page, as seen in
// https://github.com/aws-samples/react-ssr-lambda/issues/28, cut to what tells.
func edgePage(code int, cache, words string) Answer {
	return Answer{
		Status: code,
		Header: Header{{"Content-Type", "text/html"}, {"Server", "CloudFront"}, {"X-Cache", cache + " from cloudfront"}},
		Body: fmt.Appendf(nil, `<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=iso-8859-1">
<TITLE>ERROR: The request could not be satisfied</TITLE>
</HEAD><BODY>
<H1>%d ERROR</H1>
<H2>The request could not be satisfied.</H2>
<HR noshade size="1px">
%s
</BODY></HTML>
`, code, words),
	}
}

// edgeRefuse is a result that fails validation; the page says why, as CloudFront's does.
func edgeRefuse(k Kind, words string) error {
	return &Fault{
		Kind: k, Cause: BadResult, Reason: words,
		Answer: edgePage(http.StatusBadGateway, "LambdaValidationError", words),
	}
}

// EdgeDisallows reports whether CloudFront hides a header from edge functions and
// refuses one that they add.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html
func EdgeDisallows(name string) bool {
	name = strings.ToLower(name)
	switch name {
	case "connection", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization",
		"proxy-connection", "trailer", "upgrade",
		"x-accel-buffering", "x-accel-charset", "x-accel-limit-rate", "x-accel-redirect",
		"x-amzn-auth", "x-amzn-cf-billing", "x-amzn-cf-id", "x-amzn-cf-xff", "x-amzn-errortype",
		"x-amzn-fle-profile", "x-amzn-header-count", "x-amzn-header-order",
		"x-amzn-lambda-integration-tag", "x-amzn-requestid",
		"x-cache", "x-forwarded-proto", "x-real-ip":
		return true
	}
	return strings.HasPrefix(name, "x-amz-cf-") || strings.HasPrefix(name, "x-edge-")
}

// EdgeReadOnly reports whether a function on the kind's event may read a header
// and not change it (same page as EdgeDisallows).
func EdgeReadOnly(k Kind, name string) bool {
	switch strings.ToLower(name) {
	case "via":
		return true
	case "content-length":
		return k.Answers()
	case "transfer-encoding":
		return k != EdgeViewerResponse
	case "warning":
		return k == EdgeViewerResponse
	case "host":
		return k == EdgeViewerRequest
	case "accept-encoding", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since":
		return k == EdgeOriginRequest
	}
	return false
}
