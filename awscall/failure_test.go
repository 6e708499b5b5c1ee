package awscall

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

func refused(code, message string) error {
	return &smithy.OperationError{ServiceID: "CloudWatch", OperationName: "GetMetricData",
		Err: &retry.MaxAttemptsError{Attempt: 3, Err: &smithy.GenericAPIError{Code: code, Message: message}}}
}

// The codes of https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CommonErrors.html
// and https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/CommonErrors.html,
// each with what its page says that it means.
func TestExplain(t *testing.T) {
	for code, want := range map[string]string{
		"ExpiredToken": "the credentials are expired", "ExpiredTokenException": "the credentials are expired", "RequestExpired": "the credentials are expired",
		"InvalidClientTokenId": "AWS does not know the credentials", "UnrecognizedClientException": "AWS does not know the credentials",
		"SignatureDoesNotMatch": "AWS takes the signature for a forged one", "InvalidSignatureException": "AWS takes the signature for a forged one", "IncompleteSignature": "AWS takes the signature for a forged one",
		"MissingAuthenticationToken": "the call was not signed", "MissingAuthenticationTokenException": "the call was not signed",
		"AccessDenied": "the credentials do not allow it", "AccessDeniedException": "the credentials do not allow it", "NotAuthorized": "the credentials do not allow it", "OptInRequired": "the credentials do not allow it",
		"Throttling": "AWS throttles the calls", "ThrottlingException": "AWS throttles the calls",
		"RequestTimeTooSkewed": "this machine's clock and AWS's differ",
		"ValidationError":      "AWS refused the call",
	} {
		err := Explain(refused(code, "so it says"))
		said := code + ": so it says"
		if strings.Contains(want, "signature") {
			said = code
		}
		if text := "CloudWatch: GetMetricData: " + want; !strings.HasPrefix(err.Error(), text) || !strings.Contains(err.Error(), ", after 3 attempts ("+said+")") {
			t.Errorf("%s: %v", code, err)
		}
		if hint := strings.Contains(err.Error(), "\nhint: "); hint == (want == "AWS refused the call") {
			t.Errorf("%s: hint %v: %v", code, hint, err)
		}
		var api smithy.APIError
		if !errors.As(err, &api) || api.ErrorCode() != code {
			t.Errorf("%s is lost: %v", code, err)
		}
	}
	for _, message := range []string{"Signature expired: 20141106T010406Z is now earlier than 20141106T011252Z (20141106T011752Z - 5 min.)", "Signature not yet current: 20141106T010406Z is still later than"} {
		if err := Explain(refused("InvalidSignatureException", message)); !strings.Contains(err.Error(), "this machine's clock and AWS's differ") {
			t.Errorf("%v", err)
		}
	}
}

// The same call again fails again until the caller mends something, or may succeed later,
// or is refused for what it asks.
func TestKinds(t *testing.T) {
	answered := func(status int) error {
		response := &awshttp.ResponseError{ResponseError: &smithyhttp.ResponseError{Response: &smithyhttp.Response{Response: &http.Response{StatusCode: status}}, Err: &smithy.GenericAPIError{Code: "InternalFailure"}}}
		return &smithy.OperationError{ServiceID: "CloudWatch", OperationName: "GetMetricData", Err: response}
	}
	unanswered := func(text string) error {
		return &smithy.OperationError{ServiceID: "CloudWatch", OperationName: "GetMetricData", Err: errors.New(text)}
	}
	for name, c := range map[string]struct {
		err  error
		want Kind
	}{
		"expired":        {refused("ExpiredToken", ""), Caller},
		"unknown":        {refused("InvalidClientTokenId", ""), Caller},
		"forged":         {refused("SignatureDoesNotMatch", ""), Caller},
		"not signed":     {refused("MissingAuthenticationToken", ""), Caller},
		"denied":         {refused("AccessDeniedException", ""), Caller},
		"clock":          {refused("RequestTimeTooSkewed", ""), Caller},
		"no credentials": {unanswered("get identity: get credentials: failed to refresh cached credentials, no EC2 IMDS role found"), Caller},
		"no metadata":    {&smithy.OperationError{Err: fmt.Errorf("get identity: no EC2 IMDS role found: %w", context.DeadlineExceeded)}, Caller},
		"out of time":    {&smithy.OperationError{Err: context.DeadlineExceeded}, Refused},
		"SSO":            {unanswered("get identity: get credentials: the SSO session has expired or is invalid"), Caller},
		"no profile":     {config.SharedConfigProfileNotExistError{Profile: "nope"}, Caller},
		"throttled":      {refused("ThrottlingException", ""), Passing},
		"failed":         {answered(500), Passing},
		"no answer":      {unanswered("connection refused"), Passing},
		"no address":     {&smithy.OperationError{Err: &net.DNSError{Name: "nowhere.example.com"}}, Passing},
		"validation":     {refused("ValidationError", ""), Refused},
		"not of AWS":     {errors.New("disk full"), Refused},
		"nothing":        {nil, Refused},
	} {
		if got := KindOf(c.err); got != c.want {
			t.Errorf("%s: kind %d, want %d", name, got, c.want)
		}
		if c.err != nil && KindOf(fmt.Errorf("while reading: %w", Explain(c.err))) != c.want {
			t.Errorf("%s: explained and wrapped it is of another kind", name)
		}
	}
}

// What is no failed call stays what it is, and what is explained is not explained again.
func TestExplainLeaves(t *testing.T) {
	plain := errors.New("x")
	for _, err := range []error{nil, plain, context.Canceled, fmt.Errorf("call: %w", context.DeadlineExceeded)} {
		if got := Explain(err); got != err {
			t.Errorf("%v became %v", err, got)
		}
	}
	once := Explain(refused("Throttling", ""))
	if again := Explain(fmt.Errorf("in Region %q: %w", "r", once)); !strings.HasPrefix(again.Error(), `in Region "r": CloudWatch`) || strings.Count(again.Error(), "hint: ") != 1 {
		t.Errorf("%v", again)
	}
	if err := Explain(config.SharedConfigProfileNotExistError{Profile: "nope"}); !strings.HasPrefix(err.Error(), `there is no AWS profile "nope"`) {
		t.Errorf("%v", err)
	}
}
