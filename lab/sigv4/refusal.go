package sigv4

// Cause is why a call is refused.
type Cause int

const (
	Missing    Cause = iota + 1 // there is no signature
	Incomplete                  // it lacks something
	UnknownKey                  // or the session token is another
	Expired                     // the credentials are
	Skewed                      // the call's date is too far from the server's
	Mismatch                    // the signature is another
)

// Refusal is AWS's answer to a call that is not signed as it should be.
type Refusal struct {
	Cause   Cause
	Message string
}

func refuse(c Cause, message string) *Refusal {
	if message == "" {
		message = messages()[c]
	}
	return &Refusal{c, message}
}

// messages are AWS's where they do not depend on the call.
func messages() map[Cause]string {
	return map[Cause]string{
		Missing:    "Missing Authentication Token",
		UnknownKey: "The security token included in the request is invalid.",
		Expired:    "The security token included in the request is expired",
		Mismatch: "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. " +
			"Consult the service documentation for details.",
	}
}

// Code is the error code of services that speak JSON or CBOR:
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/CommonErrors.html
func (r Refusal) Code() string {
	return map[Cause]string{
		Missing: "MissingAuthenticationTokenException", Incomplete: "IncompleteSignatureException", UnknownKey: "UnrecognizedClientException",
		Expired: "ExpiredTokenException", Skewed: "InvalidSignatureException", Mismatch: "InvalidSignatureException",
	}[r.Cause]
}

// QueryCode is that of the Query protocol:
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CommonErrors.html
func (r Refusal) QueryCode() string {
	return map[Cause]string{
		Missing: "MissingAuthenticationToken", Incomplete: "IncompleteSignature", UnknownKey: "InvalidClientTokenId",
		Expired: "ExpiredToken", Skewed: "SignatureDoesNotMatch", Mismatch: "SignatureDoesNotMatch",
	}[r.Cause]
}
