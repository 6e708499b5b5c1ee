package telemetry

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/smithy-go"

	"frontdoor/record"
)

// Reader asks CloudWatch and CloudWatch Logs, with one client a Region each, and counts
// what it asks. It is for one goroutine.
type Reader struct {
	config  Config
	metrics map[string]*cloudwatch.Client
	logs    map[string]*cloudwatchlogs.Client
	regions map[string]*record.RegionReading
	known   map[string][]string // by function at the edge: the Regions that know it
	waitedS float64
}

// NewReader returns a reader that has asked nothing yet.
func NewReader(c Config) *Reader {
	return &Reader{config: c, metrics: map[string]*cloudwatch.Client{}, logs: map[string]*cloudwatchlogs.Client{},
		regions: map[string]*record.RegionReading{}, known: map[string][]string{}}
}

// Reading is what was asked so far, by Region.
func (r *Reader) Reading() record.Reading {
	reading := record.Reading{WaitedS: r.waitedS}
	for _, region := range r.regions {
		one := *region
		one.Problems = slices.Clone(region.Problems)
		reading.Regions = append(reading.Regions, one)
	}
	slices.SortFunc(reading.Regions, func(a, b record.RegionReading) int { return cmp.Compare(a.Region, b.Region) })
	return reading
}

// in is the count of one Region.
func (r *Reader) in(region string) *record.RegionReading {
	if r.regions[region] == nil {
		r.regions[region] = &record.RegionReading{Region: region}
	}
	return r.regions[region]
}

// problem notes once why a Region could not be asked.
func (r *Reader) problem(region, format string, a ...any) {
	one, text := r.in(region), fmt.Sprintf(format, a...)
	if !slices.Contains(one.Problems, text) {
		one.Problems = append(one.Problems, text)
	}
}

func (r *Reader) metricsOf(ctx context.Context, region string) (*cloudwatch.Client, error) {
	if known := r.metrics[region]; known != nil {
		return known, nil
	}
	loaded, err := r.config.at(ctx, r.config.Endpoint, region)
	if err != nil {
		return nil, err
	}
	r.metrics[region] = cloudwatch.NewFromConfig(loaded)
	return r.metrics[region], nil
}

func (r *Reader) logsOf(ctx context.Context, region string) (*cloudwatchlogs.Client, error) {
	if known := r.logs[region]; known != nil {
		return known, nil
	}
	loaded, err := r.config.at(ctx, r.config.LogsEndpoint, region)
	if err != nil {
		return nil, err
	}
	r.logs[region] = cloudwatchlogs.NewFromConfig(loaded, func(o *cloudwatchlogs.Options) {
		// FilterLogEvents is throttled at a few calls a second, and a log has many pages.
		o.RetryMaxAttempts = logAttempts
	})
	return r.logs[region], nil
}

// metricsAt and logsAt name what was asked in a Region, for errors.
func (r *Reader) metricsAt(region string) string {
	if client := r.metrics[region]; client != nil {
		return where(r.config.Endpoint, client.Options().BaseEndpoint)
	}
	return where(r.config.Endpoint, nil)
}

func (r *Reader) logsAt(region string) string {
	if client := r.logs[region]; client != nil {
		return where(r.config.LogsEndpoint, client.Options().BaseEndpoint)
	}
	return where(r.config.LogsEndpoint, nil)
}

// logAttempts is how often a call to CloudWatch Logs is tried. The SDK waits longer
// each time, up to 20 s.
const logAttempts = 10

// passing reports whether what AWS refused may succeed later: a call too many, a query
// too many at once, a query that was cut short.
func passing(err error) bool {
	var refused smithy.APIError
	if !errors.As(err, &refused) {
		return false
	}
	switch refused.ErrorCode() {
	case "LimitExceededException", "ServiceUnavailableException", "Failed", "Timeout", "Cancelled":
		return true
	}
	_, throttled := retry.DefaultThrottleErrorCodes[refused.ErrorCode()]
	return throttled || refused.ErrorFault() == smithy.FaultServer
}
