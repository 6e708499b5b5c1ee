package awscall

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/smithy-go"
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
