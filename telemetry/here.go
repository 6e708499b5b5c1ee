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
	metrics, logs, err := c.endpoints(ctx)
	return err == nil && loopback(metrics) && loopback(logs)
}

// Away reports whether CloudWatch, or its Logs when they are asked too, is another
// machine's. Configuration that cannot be read is nobody's.
func (c Config) Away(ctx context.Context, alsoLogs bool) bool {
	metrics, logs, err := c.endpoints(ctx)
	return err == nil && !(loopback(metrics) && (loopback(logs) || !alsoLogs))
}

// endpoints are the addresses that the SDK finds; "" is AWS's own.
func (c Config) endpoints(ctx context.Context) (metrics, logs string, err error) {
	r := NewReader(c)
	m, err := r.metricsOf(ctx, cloudFrontRegion)
	if err != nil {
		return "", "", err
	}
	l, err := r.logsOf(ctx, cloudFrontRegion)
	if err != nil {
		return "", "", err
	}
	return aws.ToString(m.Options().BaseEndpoint), aws.ToString(l.Options().BaseEndpoint), nil
}
