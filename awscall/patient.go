package awscall

import (
	"errors"
	"io"
	"net"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
)

// patient tries again too where an answer broke off, which the SDK takes for an answer
// that it cannot read and gives up on at once.
type patient struct{ aws.RetryerV2 }

func (p patient) IsErrorRetryable(err error) bool {
	return errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) || p.RetryerV2.IsErrorRetryable(err)
}

// Patient is the configuration's own retryer, or the one of its mode, which tries again
// where an answer broke off too. It is for calls that can be made twice: those that only
// read, or write the same thing over itself.
func Patient(c aws.Config) func() aws.Retryer {
	return func() aws.Retryer {
		var own aws.Retryer
		switch {
		case c.Retryer != nil:
			own = c.Retryer()
		case c.RetryMode == aws.RetryModeAdaptive:
			own = retry.NewAdaptiveMode()
		default:
			own = retry.NewStandard()
		}
		if known, ok := own.(aws.RetryerV2); ok {
			return patient{known}
		}
		return own
	}
}
