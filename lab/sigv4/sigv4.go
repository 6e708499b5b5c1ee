// Package sigv4 reads what a SigV4 signature says of a call, and verifies it for a test
// that wants to see what AWS would have refused. Otherwise the lab's endpoints take any
// signature: they belong on 127.0.0.1 and nowhere else.
package sigv4

import (
	"net/http"
	"strings"
)

// Region is the AWS Region that a signed call is meant for: that of the credential
// scope, Credential=KEY/20261122/eu-west-1/monitoring/aws4_request, in the
// Authorization field or in the query of a presigned URL. It is "" when the call is
// not signed (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html).
func Region(r *http.Request) string {
	_, scope, found := strings.Cut(r.Header.Get("Authorization"), "Credential=")
	if found {
		scope, _, _ = strings.Cut(scope, ",")
	} else {
		scope = r.URL.Query().Get("X-Amz-Credential")
	}
	parts := strings.Split(scope, "/")
	// An access key id holds no slash, but a made-up one might: count from the end.
	if len(parts) < 5 {
		return ""
	}
	return parts[len(parts)-3]
}
