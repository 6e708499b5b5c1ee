package telemetry

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// Here reports whether CloudWatch and its Logs are both on this machine, wherever the SDK
// finds their addresses: in c, in AWS_ENDPOINT_URL, in the variables of each service, or
// in the user's profile. A lab stands for AWS then, where nothing is late. Nothing is
// asked. Configuration that cannot be read is nowhere; the first question says why.
func (c Config) Here(ctx context.Context) bool {
	r := NewReader(c)
	metrics, err := r.metricsOf(ctx, cloudFrontRegion)
	if err != nil {
		return false
	}
	logs, err := r.logsOf(ctx, cloudFrontRegion)
	return err == nil && loopback(aws.ToString(metrics.Options().BaseEndpoint)) && loopback(aws.ToString(logs.Options().BaseEndpoint))
}
