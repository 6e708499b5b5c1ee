package telemetry

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/smithy-go/logging"

	"frontdoor/awscall"
)

// Config says where to read and how long to wait. Its zero value reads AWS
// with the caller's own configuration and does not wait.
type Config struct {
	// Endpoint is the address of a CloudWatch-compatible endpoint that serves
	// every Region, such as the lab's; empty is AWS. A loopback endpoint is
	// called with made-up credentials, never with the user's.
	Endpoint string
	// LogsEndpoint is the same of CloudWatch Logs.
	LogsEndpoint string
	// Deadline is how long to go on asking after the counts last grew.
	Deadline time.Duration
	// Poll is the time between two questions; 0 is 5 seconds.
	Poll time.Duration
	// Bins is how many steps of each granularity durations are counted by, whatever the
	// longest: what is above them is known by its count and sum. 0 is as many as reach
	// the longest, within one call. Each is a metric that is billed.
	Bins int
	// Now and After are the clock; nil is time's.
	Now   func() time.Time
	After func(time.Duration) <-chan time.Time
	// HTTPClient carries the calls; nil is the SDK's own.
	HTTPClient *http.Client
	// LoadOptions are the SDK's own: a profile, say. They are
	// not used for a loopback endpoint.
	LoadOptions []func(*config.LoadOptions) error
	// Learn is told the caller's credentials when a call is signed with them, before it
	// is sent: AWS's answer may quote them. nil is nobody.
	Learn func(secrets ...string)
}

const defaultPoll = 5 * time.Second

func (c Config) now() time.Time {
	if c.Now != nil {
		return c.Now()
	}
	return time.Now()
}

func (c Config) poll() time.Duration {
	if c.Poll > 0 {
		return c.Poll
	}
	return defaultPoll
}

// sleep waits d or until the context ends.
func (c Config) sleep(ctx context.Context, d time.Duration) error {
	after := c.After
	if after == nil {
		after = time.After
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-after(d):
		return ctx.Err()
	}
}

// at is the configuration for one Region of a service behind an endpoint.
func (c Config) at(ctx context.Context, endpoint, region string) (aws.Config, error) {
	if endpoint != "" && !absolute(endpoint) {
		return aws.Config{}, fmt.Errorf("endpoint %q is not an http or https address", endpoint)
	}
	loaded, err := c.load(ctx, endpoint, region)
	if err != nil {
		return aws.Config{}, err
	}
	if endpoint != "" {
		loaded.BaseEndpoint = aws.String(endpoint)
	}
	if c.HTTPClient != nil {
		loaded.HTTPClient = c.HTTPClient
	}
	loaded.Retryer = awscall.Patient(loaded)
	return loaded, nil
}

func (c Config) load(ctx context.Context, endpoint, region string) (aws.Config, error) {
	if loopback(endpoint) {
		return aws.Config{
			Region:      region,
			Logger:      logging.Nop{},
			Credentials: credentials.NewStaticCredentialsProvider("lab", "lab", ""),
			Retryer:     quickRetryer,
		}, nil
	}
	// Last, because the Region is the metric's, whatever the options say.
	options := append(slices.Clone(c.LoadOptions), config.WithRegion(region))
	return awscall.Load(ctx, c.Learn, options...)
}

// where names what was asked, for errors: the endpoint, or that which the SDK found in
// variables such as AWS_ENDPOINT_URL_CLOUDWATCH or in a profile, or AWS.
func where(endpoint string, found *string) string {
	if endpoint == "" && found == nil {
		return "AWS"
	}
	endpoint = cmp.Or(endpoint, aws.ToString(found))
	if u, err := url.Parse(endpoint); err == nil {
		return u.Redacted()
	}
	return endpoint
}

func absolute(endpoint string) bool {
	u, err := url.Parse(endpoint)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// loopback reports whether the endpoint is on this machine.
func loopback(endpoint string) bool {
	u, err := url.Parse(endpoint)
	if err != nil {
		return false
	}
	host := u.Hostname()
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
