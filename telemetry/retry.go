package telemetry

import (
	"errors"
	"io"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
)

// patient tries again too where an answer broke off, which the SDK takes for an answer
// that it cannot read and gives up on at once. All that is asked here can be asked twice.
type patient struct{ aws.RetryerV2 }

func (p patient) IsErrorRetryable(err error) bool {
	return errors.Is(err, io.ErrUnexpectedEOF) || p.RetryerV2.IsErrorRetryable(err)
}

// retryer is the configuration's own, or the one of its mode, made patient.
func retryer(c aws.Config) func() aws.Retryer {
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

// quickRetryer tries again at once, a dead lab being dead. It cannot be left
// out: the SDK closes a request's body when the answer begins, and if that is
// before net/http has looked for the body's end, net/http closes the connection
// under the answer. Only loopback is fast enough for that, about once in a
// thousand calls, and retries are the SDK's remedy: see
// https://github.com/aws/aws-sdk-go-v2/issues/2737.
func quickRetryer() aws.Retryer {
	return retry.NewStandard(func(o *retry.StandardOptions) { o.MaxBackoff = 20 * time.Millisecond })
}
