// Package cloudwatch is a CloudWatch-compatible endpoint for the loopback
// interface: a Store that the lab's front doors and functions write to, and an
// http.Handler that the AWS SDKs and the aws CLI read from.
//
// It answers GetMetricData, ListMetrics, PutMetricData, PutMetricAlarm and
// DescribeAlarms in the three protocols that CloudWatch's clients speak: Smithy
// RPC v2 CBOR (the Go SDK since service/cloudwatch v1.53.0), AWS JSON 1.0 and AWS
// Query. One endpoint stands for every Region: the Region is the one in the SigV4
// credential scope of the request. Signatures are not verified, so the endpoint
// belongs on 127.0.0.1 and nowhere else.
//
// # Exactness
//
// The store keeps every value, so extended statistics (percentiles, trimmed
// counts and their kin) are exact here. That is a property of the lab. AWS
// documents no such thing: its page says that a trimmed count may come back as
// a fraction because it is interpolated
// (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html).
//
// # Conventions
//
// AWS does not publish how it computes a percentile. Here pNN is the nearest
// rank: the smallest value that at least NN % of the values do not exceed, so
// it is always a value that was recorded. Ranges in percent are ranges of
// ranks, open below and closed above, like ranges of values; hence TC(:a%) and
// TC(a%:) always add up to SampleCount.
//
// Buckets start at multiples of the period since the Unix epoch. StartTime is
// rounded down to such a multiple and EndTime up to the metric's resolution.
package cloudwatch
