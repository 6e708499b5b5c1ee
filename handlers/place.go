package handlers

import (
	"slices"

	"frontdoor/front"
)

// Misplaced says why the handler called name cannot stand behind a door of the kind,
// and what would do; "" when it can. Those that hand on some of what they are asked
// answer the rest behind any door.
func Misplaced(name string, k front.Kind) (problem, want string) {
	_, isFunction := FunctionCode(name)
	forwards := []string{"ab-cookie", "device-css", "header-normalise", "ua-variant", "url-normalise"}
	switch {
	case k == front.CloudFrontFunction && !isFunction:
		return "has no version for CloudFront Functions, whose language reaches neither a network nor a table", "a Lambda@Edge kind"
	case k == front.CloudFrontFunction:
	case name == "security-headers" && k.Answers():
		return "changes what the origin answered, and this kind is asked before", "edge-origin-response or edge-viewer-response, or a CloudFront Function at viewer-response under cloudfront.functions"
	case name != "security-headers" && !k.Answers():
		return "looks at requests, and this kind is given what the origin answered", "a kind that is asked before"
	case slices.Contains(forwards, name) && !k.CloudFront():
		return "hands requests on, and this kind has nowhere to hand them to", "edge-viewer-request, edge-origin-request or cloudfront-function"
	}
	return "", ""
}

// HasTable reports whether the handler called name reads or writes a table. The others
// call no service that AWS bills.
func HasTable(name string) bool {
	return slices.Contains([]string{"card-page", "jobid", "like", "status"}, name)
}
