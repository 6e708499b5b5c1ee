package pricing

import (
	"fmt"
	"slices"
	"strings"
)

// Meter names a billed quantity. CloudFront meters end in the zone of the edge
// that served: "cloudfront.egress_gb.jp".
type Meter string

// The meters that usage of a front is built from. docs/prices.md lists every
// meter of the shipped book.
const (
	LambdaRequests                Meter = "lambda.requests"
	LambdaGBSecondsX86            Meter = "lambda.gb_seconds.x86"
	LambdaGBSecondsARM            Meter = "lambda.gb_seconds.arm"
	LambdaProvisionedX86          Meter = "lambda.provisioned_gb_seconds.x86"
	LambdaProvisionedARM          Meter = "lambda.provisioned_gb_seconds.arm"
	LambdaProvisionedDurationX86  Meter = "lambda.provisioned_duration_gb_seconds.x86"
	LambdaProvisionedDurationARM  Meter = "lambda.provisioned_duration_gb_seconds.arm"
	LambdaEphemeralGBSeconds      Meter = "lambda.ephemeral_gb_seconds"
	LambdaStreamedGB              Meter = "lambda.streamed_gb"
	LambdaSnapStartCacheGBSeconds Meter = "lambda.snapstart_cache_gb_seconds"
	LambdaSnapStartRestoredGB     Meter = "lambda.snapstart_restored_gb"

	EdgeRequests                Meter = "edge.requests"
	EdgeGBSeconds               Meter = "edge.gb_seconds"
	CFFInvocations              Meter = "cff.invocations"
	CloudFrontInvalidationPaths Meter = "cloudfront.invalidation_paths"

	RESTRequests      Meter = "apigw.rest.requests"
	HTTPRequests      Meter = "apigw.http.requests"
	WebSocketMessages Meter = "apigw.websocket.messages"
	WebSocketMinutes  Meter = "apigw.websocket.minutes"

	ALBHours    Meter = "alb.hours"
	ALBLCUHours Meter = "alb.lcu_hours"
	IPv4Hours   Meter = "ipv4.hours"
	EgressGB    Meter = "egress.internet_gb"

	Route53Zones           Meter = "route53.zones"
	Route53StandardQueries Meter = "route53.queries.standard"
	Route53LatencyQueries  Meter = "route53.queries.latency"
	Route53GeoQueries      Meter = "route53.queries.geo"

	DynamoDBReadUnits            Meter = "dynamodb.read_units"
	DynamoDBWriteUnits           Meter = "dynamodb.write_units"
	DynamoDBReplicatedWriteUnits Meter = "dynamodb.replicated_write_units"
	DynamoDBStorageGBMonths      Meter = "dynamodb.storage_gb_months"
	CognitoMAU                   Meter = "cognito.mau"
	S3Gets                       Meter = "s3.get"
	S3Puts                       Meter = "s3.put"
	S3StorageGBMonths            Meter = "s3.storage_gb_months"

	LogsIngestedGB       Meter = "logs.ingested_gb.vended"
	LogsCustomIngestedGB Meter = "logs.ingested_gb.custom"
	LogsStoredGBMonths   Meter = "logs.storage_gb_months"
	LogsScannedGB        Meter = "logs.insights_scanned_gb" // by queries of Logs Insights
	GetMetricData        Meter = "cloudwatch.get_metric_data"
	StandardAlarms       Meter = "cloudwatch.alarms.standard"

	WAFWebACLs  Meter = "waf.web_acls"
	WAFRules    Meter = "waf.rules"
	WAFRequests Meter = "waf.requests"

	AkamaiRequests           Meter = "akamai.requests"
	AkamaiEgressGB           Meter = "akamai.egress_gb"
	AkamaiNetStorageGBMonths Meter = "akamai.netstorage_gb_months"
	AkamaiPurges             Meter = "akamai.purges"
)

// The stems of CloudFront's meters; Zone.Meter appends the zone.
const (
	CloudFrontHTTP     = "cloudfront.requests.http"
	CloudFrontHTTPS    = "cloudfront.requests.https"
	CloudFrontEgressGB = "cloudfront.egress_gb"
	CloudFrontOriginGB = "cloudfront.to_origin_gb"
)

// InterRegionGB is the meter of bytes sent from one Region, which is the Region
// of the item, to another, such as "eu-west-1".
func InterRegionGB(destination string) Meter {
	return Meter("egress.interregion_gb." + destination)
}

// CacheHours is the meter of a REST stage's cache of a size in GB as AWS
// writes it: 0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118 or 237.
func CacheHours(size string) Meter { return Meter("apigw.cache_hours." + size) }

// Global is the Region of meters that no Region divides.
const Global = "global"

// Zone is one of CloudFront's price zones.
type Zone string

// Zones lists CloudFront's price zones in the order of the price list: United
// States, Canada, Europe, Japan, Asia Pacific, Australia, India, South Africa,
// Middle East, South America.
func Zones() []Zone {
	return []Zone{"us", "ca", "eu", "jp", "ap", "au", "in", "za", "me", "sa"}
}

// Meter is the CloudFront meter with the given stem in the zone.
func (z Zone) Meter(stem string) Meter { return Meter(stem + "." + string(z)) }

// ZoneOf is the price zone of viewers whose edge function ran in a
// Region: CloudFront runs it at the regional edge near the viewer.
func ZoneOf(region string) (Zone, bool) {
	switch region {
	case "ap-northeast-1", "ap-northeast-3":
		return "jp", true
	case "ap-southeast-2", "ap-southeast-4":
		return "au", true
	case "ap-south-1", "ap-south-2":
		return "in", true
	}
	prefix, _, _ := strings.Cut(region, "-")
	zone := map[string]Zone{"mx": "us", "il": "eu", "af": "za"}[prefix]
	if zone == "" {
		zone = Zone(prefix)
	}
	return zone, slices.Contains(Zones(), zone)
}

// serviceOf names the service under whose heading bills show a meter.
// Lambda@Edge stands under Amazon CloudFront, NAT gateways under EC2.
func serviceOf(m Meter) (string, error) {
	services := []struct{ prefix, service string }{
		{"lambda.", "AWS Lambda"},
		{"edge.", "Amazon CloudFront"},
		{"cff.", "Amazon CloudFront"},
		{"cloudfront.", "Amazon CloudFront"},
		{"apigw.", "Amazon API Gateway"},
		{"alb.", "Elastic Load Balancing"},
		{"nlb.", "Elastic Load Balancing"},
		{"ipv4.", "Amazon Virtual Private Cloud"},
		{"vpc_endpoint.", "Amazon Virtual Private Cloud"},
		{"nat.", "Amazon Elastic Compute Cloud"},
		{"egress.", "AWS Data Transfer"},
		{"route53.", "Amazon Route 53"},
		{"dynamodb.", "Amazon DynamoDB"},
		{"cognito.", "Amazon Cognito"},
		{"s3.", "Amazon Simple Storage Service"},
		{"logs.", "AmazonCloudWatch"},
		{"cloudwatch.", "AmazonCloudWatch"},
		{"waf.", "AWS WAF"},
		{"akamai.", "Akamai"},
	}
	for _, s := range services {
		if strings.HasPrefix(string(m), s.prefix) {
			return s.service, nil
		}
	}
	return "", fmt.Errorf("meter %q belongs to no known service", m)
}
