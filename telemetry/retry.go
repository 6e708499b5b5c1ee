package telemetry

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
)

// quickRetryer tries again at once, a dead lab being dead. It cannot be left
// out: the SDK closes a request's body when the answer begins, and if that is
// before net/http has looked for the body's end, net/http closes the connection
// under the answer. Only loopback is fast enough for that, about once in a
// thousand calls, and retries are the SDK's remedy: see
// https://github.com/aws/aws-sdk-go-v2/issues/2737.
func quickRetryer() aws.Retryer {
	return retry.NewStandard(func(o *retry.StandardOptions) { o.MaxBackoff = 20 * time.Millisecond })
}
