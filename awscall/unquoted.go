package awscall

import "strings"

// quotes begin, in lower case, what others quote with secrets in it. A service whose
// signature does not match may tell the canonical request, which has the session token
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html),
// and the SDK what a credential_process printed that is none of its format
// (https://github.com/aws/aws-sdk-go-v2/blob/main/credentials/processcreds/provider.go).
func quotes() []string {
	return []string{"the canonical string", "the string-to-sign", "canonical string for this request", "authorization=", "x-amz-security-token", "parse failed of process output: "}
}

// Unquoted is text up to where it begins to quote a request or credentials.
func Unquoted(text string) string {
	for _, q := range quotes() {
		if i := strings.Index(lower(text), q); i >= 0 {
			text = text[:i]
		}
	}
	return strings.TrimRight(text, " \t\r\n")
}

// lower is text with the letters of ASCII in lower case, at the places where they were.
func lower(text string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, text)
}
