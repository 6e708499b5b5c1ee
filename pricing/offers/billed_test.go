package offers

import (
	"strings"
	"testing"

	"frontdoor/pricing"
)

// Usage types and operations as AWS writes them: AWS's page on usage types of the
// free tier (docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/tracking-free-tier-usage.html),
// its page on CloudFront's (docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/reports-billing.html),
// price lists and the AWS rows of the FOCUS 1.0 sample (September 2024); short codes
// are those of docs.aws.amazon.com/global-infrastructure/latest/regions/aws-region-billing-codes.html.
func TestMeterOf(t *testing.T) {
	for _, c := range []struct {
		service, usage, operation, region string
		meter                             pricing.Meter
		in                                string
	}{
		{"AWSLambda", "Request", "Invoke", "us-east-1", "lambda.requests", "us-east-1"},
		{"AWSLambda", "Request", "Invoke", "", "lambda.requests", "us-east-1"},
		{"AWSLambda", "USE1-Request", "Invoke", "", "lambda.requests", "us-east-1"},
		{"AWSLambda", "APN1-Request-ARM", "Invoke", "", "lambda.requests", "ap-northeast-1"},
		{"AWSLambda", "EU-Lambda-GB-Second", "Invoke", "eu-west-1", "lambda.gb_seconds.x86", "eu-west-1"},
		{"AWSLambda", "EUC1-Lambda-GB-Second-ARM", "Invoke", "", "lambda.gb_seconds.arm", "eu-central-1"},
		{"AWSLambda", "USW2-Lambda-Storage-GB-Second-ARM", "Invoke", "us-west-2", "lambda.ephemeral_gb_seconds", "us-west-2"},
		// Lambda-Edge-Request ends in Request, and stands under CloudFront.
		{"AmazonCloudFront", "APN1-Lambda-Edge-Request", "", "", "edge.requests", "ap-northeast-1"},
		{"AmazonCloudFront", "APS3-Lambda-Edge-GB-Second", "", "", "edge.gb_seconds", "ap-south-1"},
		{"AWSLambda", "Lambda-Edge-Request", "", "us-east-1", "edge.requests", "us-east-1"},
		{"AmazonCloudFront", "US-Requests-Tier2-HTTPS", "GET", "", "cloudfront.requests.https.us", "global"},
		{"AmazonCloudFront", "EU-Requests-HTTPS-Proxy", "POST", "", "cloudfront.requests.https.eu", "global"},
		{"AmazonCloudFront", "JP-Requests-Tier1", "GET", "", "cloudfront.requests.http.jp", "global"},
		{"AmazonCloudFront", "EU-DataTransfer-Out-Bytes", "GET", "eu-west-1", "cloudfront.egress_gb.eu", "global"},
		{"AmazonCloudFront", "US-DataTransfer-Out-OBytes", "", "", "cloudfront.to_origin_gb.us", "global"},
		{"AmazonCloudFront", "Executions-CloudFrontFunctions", "", "", "cff.invocations", "global"},
		{"AmazonApiGateway", "USE1-ApiGatewayRequest", "ApiGatewayRequest", "us-east-1", "apigw.rest.requests", "us-east-1"},
		{"AmazonApiGateway", "USE1-ApiGatewayHttpRequest", "ApiGatewayHttpApi", "us-east-1", "apigw.http.requests", "us-east-1"},
		{"AWSELB", "LoadBalancerUsage", "LoadBalancing:Application", "us-east-1", "alb.hours", "us-east-1"},
		{"AWSELB", "USE2-LCUUsage", "LoadBalancing:Application", "us-east-2", "alb.lcu_hours", "us-east-2"},
		{"AmazonVPC", "USE1-PublicIPv4:InUseAddress", "AllocateAddressVPC", "us-east-1", "ipv4.hours", "us-east-1"},
		{"AmazonApiGateway", "USW2-DataTransfer-Out-Bytes", "ApiGatewayRequest", "us-west-2", "egress.internet_gb", "us-west-2"},
		{"AWSELB", "EU-DataTransfer-Out-Bytes", "LoadBalancing:Application", "", "egress.internet_gb", "eu-west-1"},
		{"AWSDataTransfer", "DataTransfer-Out-Bytes", "", "us-east-1", "egress.internet_gb", "us-east-1"},
		{"AWSLambda", "USE1-EUC1-AWS-Out-Bytes", "Invoke", "us-east-1", "egress.interregion_gb.eu-central-1", "us-east-1"},
		{"AmazonCloudWatch", "USE1-VendedLog-Bytes", "PutLogEvents", "us-east-1", "logs.ingested_gb.vended", "us-east-1"},
		{"AmazonCloudWatch", "USE1-DataProcessing-Bytes", "PutLogEvents", "us-east-1", "logs.ingested_gb.custom", "us-east-1"},
		{"AmazonCloudWatch", "CW:GMD-Metrics", "GetMetricData", "us-east-1", "cloudwatch.get_metric_data", "us-east-1"},
		{"AmazonCloudWatch", "USE1-CW:AlarmMonitorUsage", "Unknown", "us-east-1", "cloudwatch.alarms.standard", "us-east-1"},
		{"AmazonDynamoDB", "APN1-ReadRequestUnits", "GetItem", "ap-northeast-1", "dynamodb.read_units", "ap-northeast-1"},
		{"AmazonS3", "EU-Requests-Tier1", "PutObject", "eu-west-1", "s3.put", "eu-west-1"},
	} {
		meter, region, err := MeterOf(Usage{c.service, c.usage, c.operation, c.region})
		if meter != c.meter || region != c.in || err != nil {
			t.Errorf("%s %s %q in %q: %s in %q: %v, want %s in %s", c.service, c.usage, c.operation, c.region, meter, region, err, c.meter, c.in)
		}
	}
}

// What looks like a meter of ours and is another is refused with a reason.
func TestMeterOfRefuses(t *testing.T) {
	for _, c := range []struct{ service, usage, operation, region, why string }{
		{"AWSELB", "LoadBalancerUsage", "LoadBalancing:Network", "us-east-1", "no meter"},
		{"AWSELB", "LoadBalancerUsage", "LoadBalancing", "us-east-1", "no meter"},
		{"AWSELB", "LCUUsage", "LoadBalancing:Network", "us-east-1", "no meter"},
		{"AWSELB", "ReservedLCUUsage", "LoadBalancing:Application", "us-east-1", "no meter"},
		{"AmazonDynamoDB", "IA-ReadRequestUnits", "GetItem", "us-east-1", "no meter"},
		{"AmazonVPC", "USE1-PublicIPv4:IdleAddress", "", "us-east-1", "no meter"},
		{"AmazonCloudFront", "USE1-DataTransfer-Out-Bytes", "", "us-east-1", "no meter"},
		{"AmazonS3", "Request", "", "us-east-1", "no meter"},
		{"AmazonCloudWatch", "CW:HighResAlarmMonitorUsage", "", "us-east-1", "no meter"},
		{"AWSLambda", "XYZ9-Request", "", "", `begins with "XYZ9"`},
		{"AWSLambda", "EUC1-Request", "", "us-east-1", "is of eu-central-1 and its Region is us-east-1"},
	} {
		_, _, err := MeterOf(Usage{c.service, c.usage, c.operation, c.region})
		if err == nil || !strings.Contains(err.Error(), c.why) {
			t.Errorf("%s %s %q: %v, want %q", c.service, c.usage, c.operation, err, c.why)
		}
	}
}
