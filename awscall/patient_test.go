package awscall_test

import (
	"errors"
	"fmt"
	"io"
	"net"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go"

	"frontdoor/awscall"
)

// An answer that broke off comes as one that cannot be read: the SDK's own retryer gives
// up on it.
func TestPatient(t *testing.T) {
	retryer := awscall.Patient(aws.Config{})()
	for err, want := range map[error]bool{
		&smithy.DeserializationError{Err: io.ErrUnexpectedEOF}:                                      true,
		&smithy.DeserializationError{Err: &net.OpError{Op: "read", Net: "tcp", Err: net.ErrClosed}}: true,
		fmt.Errorf("call: %w", &smithy.GenericAPIError{Code: "ThrottlingException"}):                true,
		&smithy.GenericAPIError{Code: "AccessDenied"}:                                               false,
		&smithy.DeserializationError{Err: errors.New("no JSON")}:                                    false,
	} {
		if got := retryer.IsErrorRetryable(err); got != want {
			t.Errorf("%v: tried again %v, want %v", err, got, want)
		}
	}
}
