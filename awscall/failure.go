// Package awscall says why a call to AWS did not succeed, in words for whoever has to mend
// it. The SDK's own errors name request ids, attempts and layers, and not what to do.
package awscall

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/smithy-go"
)

// Kind is who can mend what went wrong.
type Kind int

const (
	Refused Kind = iota // AWS refused what was asked for: see What it Said
	Caller              // who calls: credentials, what they allow, the clock; the same call fails again until then
	Passing             // AWS or the way to it: the same call may succeed later
)

// KindOf is the kind of the Failure that an error is or would be explained as; Refused
// when it is none of AWS's.
func KindOf(err error) Kind {
	var f *Failure
	if errors.As(Explain(err), &f) {
		return f.Kind
	}
	return Refused
}

// Failure is why AWS did not answer a question, in words for whoever has to mend it.
type Failure struct {
	Kind      Kind
	Operation string // of which service: "CloudWatch: GetMetricData"; "" before there was one
	What      string // went wrong
	Said      string // by AWS, its error code first; "" when it was not reached
	Attempts  int    // after which the SDK gave up; 0: it did not try again
	Hint      string // what to do
	err       error
}

func (f *Failure) Unwrap() error { return f.err }

// Error is one sentence and a hint on a line of its own.
func (f *Failure) Error() string {
	if f.Hint == "" {
		return f.Words()
	}
	return f.Words() + "\nhint: " + f.Hint
}

// Words is the sentence alone, for where a line is all that there is.
func (f *Failure) Words() string {
	var b strings.Builder
	if f.Operation != "" {
		b.WriteString(f.Operation + ": ")
	}
	b.WriteString(f.What)
	if f.Attempts > 1 {
		fmt.Fprintf(&b, ", after %d attempts", f.Attempts)
	}
	if f.Said != "" {
		b.WriteString(" (" + f.Said + ")")
	}
	return b.String()
}

// Explain puts an error of the SDK into a Failure. An error that is none of a call's, and
// the end of a context, stay as they are.
func Explain(err error) error {
	var done *Failure
	var operation *smithy.OperationError
	var profile config.SharedConfigProfileNotExistError
	switch {
	case err == nil || errors.As(err, &done) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) && !unfound(err):
		return err
	case errors.As(err, &profile):
		return &Failure{Kind: Caller, What: fmt.Sprintf("there is no AWS profile %q", profile.Profile), Hint: "aws configure list-profiles names those that there are", err: err}
	case !errors.As(err, &operation):
		return err
	}
	f := &Failure{Operation: operation.Service() + ": " + operation.Operation(), err: err}
	var gaveUp *retry.MaxAttemptsError
	if errors.As(err, &gaveUp) {
		f.Attempts = gaveUp.Attempt
	}
	var refused smithy.APIError
	if errors.As(err, &refused) {
		f.refused(refused, statusOf(err))
	} else {
		f.unanswered(err)
	}
	return f
}

// unfound reports whether what failed is the search for credentials. The SDK bounds its
// questions to a metadata service itself, and that end of a context is not the caller's.
func unfound(err error) bool { return strings.Contains(err.Error(), "get identity") }

// statusOf is the HTTP status of the answer behind an error; 0: there was none.
func statusOf(err error) int {
	var response *awshttp.ResponseError
	if errors.As(err, &response) {
		return response.HTTPStatusCode()
	}
	return 0
}

const (
	clockHint = "set this machine's clock: AWS takes requests that are at most 5 minutes off"
	laterHint = "try again later"
)

// refused describes an answer that is an error. The codes are those of
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/CommonErrors.html
// and, without "Exception", of the Query protocol. What AWS says of a signature is left
// out but for its code: it may quote the request that was signed.
func (f *Failure) refused(refused smithy.APIError, status int) {
	f.Said = refused.ErrorCode() + ": " + Unquoted(refused.ErrorMessage())
	code := strings.TrimSuffix(refused.ErrorCode(), "Exception")
	_, throttled := retry.DefaultThrottleErrorCodes[refused.ErrorCode()]
	skewed := code == "RequestTimeTooSkewed" || strings.HasPrefix(refused.ErrorMessage(), "Signature expired") || strings.HasPrefix(refused.ErrorMessage(), "Signature not yet current")
	switch {
	case throttled:
		f.Kind, f.What, f.Hint = Passing, "AWS throttles the calls", laterHint+": all callers of the account in the Region share one limit"
	case skewed:
		f.Kind, f.What, f.Hint = Caller, "this machine's clock and AWS's differ", clockHint
	case code == "ExpiredToken" || code == "RequestExpired":
		f.Kind, f.What, f.Hint = Caller, "the credentials are expired", "get new ones (aws sso login, or whatever made them) and try again; bench doctor says whether they work"
	case code == "UnrecognizedClient" || code == "InvalidClientTokenId" || code == "InvalidAccessKeyId":
		f.Kind, f.What, f.Hint = Caller, "AWS does not know the credentials there", "bench doctor says whether they work; if they do, the Region is not enabled for the account"
	case code == "InvalidSignature" || code == "SignatureDoesNotMatch" || code == "IncompleteSignature":
		f.Said = refused.ErrorCode()
		f.Kind, f.What, f.Hint = Caller, "AWS takes the signature for a forged one", "the secret access key is not that of the access key id: look at AWS_SECRET_ACCESS_KEY or the profile; bench doctor says whether they work"
	case code == "MissingAuthenticationToken":
		f.Kind, f.What, f.Hint = Caller, "the call was not signed", credentialsHint
	case strings.HasPrefix(code, "AccessDenied") || code == "UnauthorizedOperation" || code == "NotAuthorized" || code == "OptInRequired":
		f.Kind, f.What, f.Hint = Caller, "the credentials do not allow it", "bench doctor says which permissions are missing, and prints the policy that gives them"
	case status >= 500:
		f.Kind, f.What, f.Hint = Passing, fmt.Sprintf("AWS failed, with status %d", status), laterHint
	default:
		f.What = "AWS refused the call"
	}
}

const credentialsHint = "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; bench doctor says whether they work"

// unanswered describes a call to which there is no answer. The SDK has no type for
// credentials that were not found: it says "get identity" of what failed there.
func (f *Failure) unanswered(err error) {
	var reading *smithy.DeserializationError
	var dns *net.DNSError
	text := err.Error()
	f.Kind = Passing
	switch {
	case unfound(err) && strings.Contains(text, "SSO"):
		f.Kind, f.What, f.Hint = Caller, "the SSO session is over", "aws sso login"
	case unfound(err):
		f.Kind, f.What, f.Hint = Caller, "there are no AWS credentials", credentialsHint
	case errors.As(err, &dns):
		f.What, f.Hint = fmt.Sprintf("the name %q has no address", dns.Name), "look at the Region's name and at the network"
	case errors.As(err, &reading):
		f.What, f.Hint = "the answer broke off or is none of AWS's", "look at the network and at proxies; "+laterHint
	default:
		f.What = "there was no answer: " + Unquoted(rootOf(err).Error())
		f.Hint = "look at the network, at proxies and at AWS_ENDPOINT_URL variables"
	}
}

// rootOf is the innermost error, that which says what happened and not who noticed.
func rootOf(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}
