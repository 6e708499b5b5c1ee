package pricing

import (
	"fmt"
	"slices"
	"strings"
)

// Meter names a billed quantity. CloudFront meters end in the zone of the edge
// that served: "cloudfront.egress_gb.jp".
type Meter string

// The meters of the shipped book that do not depend on a zone.
const (
	LambdaRequests     Meter = "lambda.requests"
	LambdaGBSecondsX86 Meter = "lambda.gb_seconds.x86"
	LambdaGBSecondsARM Meter = "lambda.gb_seconds.arm"
	EdgeRequests       Meter = "edge.requests"
	EdgeGBSeconds      Meter = "edge.gb_seconds"
	RESTRequests       Meter = "apigw.rest.requests"
	HTTPRequests       Meter = "apigw.http.requests"
	ALBHours           Meter = "alb.hours"
	ALBLCUHours        Meter = "alb.lcu_hours"
	IPv4Hours          Meter = "ipv4.hours"
	EgressGB           Meter = "egress.internet_gb"
	LogsIngestedGB     Meter = "logs.ingested_gb.vended"
	LogsStoredGBMonths Meter = "logs.storage_gb_months"

	DynamoDBReads            Meter = "dynamodb.read_units"
	DynamoDBWrites           Meter = "dynamodb.write_units"
	DynamoDBReplicatedWrites Meter = "dynamodb.replicated_write_units"
)

// The stems of CloudFront's meters; Zone.Meter appends the zone.
const (
	CloudFrontHTTP     = "cloudfront.requests.http"
	CloudFrontHTTPS    = "cloudfront.requests.https"
	CloudFrontEgressGB = "cloudfront.egress_gb"
	CloudFrontOriginGB = "cloudfront.to_origin_gb"
)

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

// zoneOfRegion is the price zone of viewers whose edge function ran in a
// Region: CloudFront runs it at the regional edge near the viewer.
func zoneOfRegion(region string) (Zone, bool) {
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

// serviceOf names the AWS service under whose heading bills show a meter.
// Lambda@Edge stands under Amazon CloudFront.
func serviceOf(m Meter) (string, error) {
	services := []struct{ prefix, service string }{
		{"lambda.", "AWS Lambda"},
		{"edge.", "Amazon CloudFront"},
		{"cloudfront.", "Amazon CloudFront"},
		{"apigw.", "Amazon API Gateway"},
		{"alb.", "Elastic Load Balancing"},
		{"ipv4.", "Amazon Virtual Private Cloud"},
		{"egress.", "AWS Data Transfer"},
		{"logs.", "AmazonCloudWatch"},
	}
	for _, s := range services {
		if strings.HasPrefix(string(m), s.prefix) {
			return s.service, nil
		}
	}
	return "", fmt.Errorf("meter %q belongs to no known service", m)
}
