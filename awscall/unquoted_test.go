package awscall

import (
	"strings"
	"testing"
)

// The message of https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/making-api-requests.html
// and of the page on signatures that do not match, with the header that a session has:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
const mismatch = `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.

The Canonical String for this request should have been
'POST
/

host:monitoring.eu-west-1.amazonaws.com
x-amz-security-token:SESSION

host;x-amz-security-token
e3b0c442'

The String-to-Sign should have been
'AWS4-HMAC-SHA256'`

// Nothing of what was signed is told, whatever the code, which nothing vouches for.
func TestExplainQuotesNoRequest(t *testing.T) {
	for _, code := range []string{"SignatureDoesNotMatch", "InvalidSignatureException", "IncompleteSignature", "Unheard"} {
		for _, message := range []string{mismatch, "THE CANONICAL STRING: SESSION", "it needs a parameter. Authorization=AWS4 SESSION", "Signature expired: so it is.\n" + mismatch} {
			got := Explain(refused(code, message)).Error()
			if strings.Contains(got, "SESSION") || strings.Contains(got, "host:") || !strings.Contains(got, code) {
				t.Errorf("%s: %s", code, got)
			}
		}
	}
	if got := Explain(refused("Unheard", mismatch)).Error(); !strings.HasSuffix(got, "Consult the service documentation for details.)") {
		t.Errorf("what comes before is lost: %s", got)
	}
	if got := Unquoted(`there is Ä process: parse failed of process output: {"SecretAccessKey": "SESSION"}`); got != "there is Ä process:" {
		t.Errorf("%q", got)
	}
}
