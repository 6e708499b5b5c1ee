package offers

import "frontdoor/pricing"

// The reasons that several rows share.
const (
	amongOthers = "whole usage type: the offer has others that contain it"
	freeInBand  = "the first band is the free tier, at $0"
	docsUsage   = "usage type in https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/tracking-free-tier-usage.html"
	edgeUsage   = "usage type in https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/reports-billing.html"
	listUsage   = "usage type in the price list's products"
	billUsage   = "usage type on bills"
)

// Lambda, whose usage types have no prefix in us-east-1.
func computeSelectors() []selector {
	const o = "AWSLambda"
	return []selector{
		{offer: o, usage: "Request", billed: "Request-ARM", meter: pricing.LambdaRequests, unit: "Requests", want: with("group", "AWS-Lambda-Requests"),
			why: "requests of arm functions are a product of their own at the same price; Lambda@Edge's is Lambda-Edge-Request"},
		{offer: o, usage: "Lambda-GB-Second", meter: pricing.LambdaGBSecondsX86, unit: "GB-Seconds", want: with("group", "AWS-Lambda-Duration"), why: amongOthers},
		{offer: o, usage: "Lambda-GB-Second-ARM", meter: pricing.LambdaGBSecondsARM, unit: "GB-Seconds", want: with("group", "AWS-Lambda-Duration-ARM"), why: amongOthers},
		{offer: o, usage: "Lambda-Provisioned-Concurrency", meter: "lambda.provisioned_gb_seconds.x86", unit: "GB-Seconds", why: amongOthers},
		{offer: o, usage: "Lambda-Provisioned-Concurrency-ARM", meter: "lambda.provisioned_gb_seconds.arm", unit: "GB-Seconds", why: amongOthers},
		{offer: o, usage: "Lambda-Provisioned-GB-Second", meter: "lambda.provisioned_duration_gb_seconds.x86", unit: "GB-Seconds", why: amongOthers},
		{offer: o, usage: "Lambda-Provisioned-GB-Second-ARM", meter: "lambda.provisioned_duration_gb_seconds.arm", unit: "GB-Seconds", why: amongOthers},
		{offer: o, usage: "Lambda-Storage-GB-Second", billed: "Lambda-Storage-GB-Second-ARM", meter: "lambda.ephemeral_gb_seconds", unit: "GB-Seconds",
			why: "arm has a product of its own at the same price"},
		{offer: o, usage: "Lambda-Streaming-Response-Processed-Bytes", meter: "lambda.streamed_gb", unit: "GB", freeBand: true, why: docsUsage},
		{offer: o, usage: "Lambda-SnapStart-Cached-GB-S", meter: "lambda.snapstart_cache_gb_seconds", unit: "GB-Seconds", why: billUsage},
		{offer: o, usage: "Lambda-SnapStart-Restored-GB", meter: "lambda.snapstart_restored_gb", unit: "GB", why: billUsage},
	}
}

// API Gateway, whose usage types have a prefix in us-east-1 too, and load balancers.
func doorSelectors() []selector {
	const gateway, balancer = "AmazonApiGateway", "AWSELB"
	rows := []selector{
		{offer: gateway, usage: "ApiGatewayRequest", meter: pricing.RESTRequests, unit: "Requests", why: amongOthers},
		{offer: gateway, usage: "ApiGatewayHttpRequest", meter: pricing.HTTPRequests, unit: "Requests", why: amongOthers},
		{offer: gateway, usage: "ApiGatewayMessage", meter: "apigw.websocket.messages", unit: "Messages", why: listUsage},
		{offer: gateway, usage: "ApiGatewayMinute", meter: "apigw.websocket.minutes", unit: "Minutes", why: listUsage},
		{offer: balancer, usage: "LoadBalancerUsage", meter: pricing.ALBHours, unit: "Hours", want: with("operation", "LoadBalancing:Application"),
			why: "Classic, Network and Gateway Load Balancers have the same usage type; TS-, Outposts- and Reserved ones contain it"},
		{offer: balancer, usage: "LCUUsage", meter: pricing.ALBLCUHours, unit: "LCU-Hours", want: with("operation", "LoadBalancing:Application"),
			why: "Network and Gateway Load Balancers have the same usage type; ReservedLCUUsage contains it"},
		{offer: "AmazonVPC", usage: "PublicIPv4:InUseAddress", meter: pricing.IPv4Hours, unit: "Hours", why: listUsage},
	}
	for _, size := range []string{"0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237"} {
		rows = append(rows, selector{offer: gateway, usage: "ApiGatewayCacheUsage:" + size + "GB",
			meter: pricing.Meter("apigw.cache_hours." + size), unit: "Hours", why: billUsage})
	}
	return rows
}

// CloudFront with what runs at its edges, and transfer out of Regions.
// Requests-HTTP-Proxy and Requests-HTTPS-Proxy are the other methods at the same
// price, which our meters count with GET and HEAD.
func deliverySelectors() []selector {
	const front, transfer = "AmazonCloudFront", "AWSDataTransfer"
	return []selector{
		{offer: front, usage: "Requests-Tier1", billed: "Requests-HTTP-Proxy", scope: zonal, meter: pricing.CloudFrontHTTP, unit: "Requests", why: edgeUsage},
		{offer: front, usage: "Requests-Tier2-HTTPS", billed: "Requests-HTTPS-Proxy", scope: zonal, meter: pricing.CloudFrontHTTPS, unit: "Requests", why: edgeUsage},
		{offer: front, usage: "DataTransfer-Out-Bytes", scope: zonal, meter: pricing.CloudFrontEgressGB, unit: "GB", why: edgeUsage},
		{offer: front, usage: "DataTransfer-Out-OBytes", scope: zonal, meter: pricing.CloudFrontOriginGB, unit: "GB", why: edgeUsage},
		{offer: front, usage: "Executions-CloudFrontFunctions", scope: worldwide, meter: "cff.invocations", unit: "Invocations", freeBand: true, why: edgeUsage + "; " + freeInBand},
		{offer: front, usage: "Invalidations", scope: worldwide, meter: "cloudfront.invalidation_paths", unit: "Paths", freeBand: true, why: edgeUsage + "; " + freeInBand},
		{offer: front, usage: "Lambda-Edge-Request", meter: pricing.EdgeRequests, unit: "Requests", want: with("group", "AWS-Lambda-Edge-Requests"),
			why: "AWSLambda has it too, under another SKU at the same price: bills use this offer's"},
		{offer: front, usage: "Lambda-Edge-GB-Second", meter: pricing.EdgeGBSeconds, unit: "GB-Seconds", want: with("group", "AWS-Lambda-Edge-Duration"),
			why: "AWSLambda has it too, under another SKU at the same price: bills use this offer's"},
		{offer: transfer, usage: "DataTransfer-Out-Bytes", meter: pricing.EgressGB, unit: "GB", freeBand: true, want: with("transfertype", "AWS Outbound"),
			why: "until November 2021 the first GB was a band at $0"},
		{offer: transfer, usage: "AWS-Out-Bytes", scope: between, meter: "egress.interregion_gb", unit: "GB", want: with("transfertype", "InterRegion Outbound"),
			why: "the price depends on source and destination"},
	}
}

// What stands behind the doors.
func otherSelectors() []selector {
	const dns, table, bucket, watch, wall = "AmazonRoute53", "AmazonDynamoDB", "AmazonS3", "AmazonCloudWatch", "awswaf"
	return []selector{
		{offer: dns, usage: "HostedZone", scope: worldwide, meter: "route53.zones", unit: "Zone-Months", why: listUsage},
		{offer: dns, usage: "DNS-Queries", scope: worldwide, meter: "route53.queries.standard", unit: "Queries", why: "with a Region before it, it is Route 53 Resolver's"},
		{offer: dns, usage: "LBR-Queries", scope: worldwide, meter: "route53.queries.latency", unit: "Queries", why: "Intra-AWS-LBR-Queries are aliases, at $0"},
		{offer: dns, usage: "Geo-Queries", scope: worldwide, meter: "route53.queries.geo", unit: "Queries", why: "Intra-AWS-Geo-Queries are aliases, at $0"},
		{offer: dns, usage: "Health-Check-AWS", scope: worldwide, meter: "route53.health_checks.aws", unit: "Check-Months", freeBand: true, why: listUsage + "; " + freeInBand},
		{offer: dns, usage: "Health-Check-Non-AWS", scope: worldwide, meter: "route53.health_checks.other", unit: "Check-Months", why: listUsage},
		{offer: dns, usage: "Health-Check-Option-AWS", scope: worldwide, meter: "route53.health_check_options.aws", unit: "Option-Months", why: listUsage},
		{offer: dns, usage: "Health-Check-Option-Non-AWS", scope: worldwide, meter: "route53.health_check_options.other", unit: "Option-Months", why: listUsage},
		{offer: table, usage: "ReadRequestUnits", meter: "dynamodb.read_units", unit: "Request-Units", why: "IA-ReadRequestUnits is another table class"},
		{offer: table, usage: "WriteRequestUnits", meter: "dynamodb.write_units", unit: "Request-Units", why: "IA-WriteRequestUnits is another table class"},
		{offer: table, usage: "ReplWriteRequestUnits", meter: "dynamodb.replicated_write_units", unit: "Request-Units", why: listUsage},
		{offer: table, usage: "TimedStorage-ByteHrs", meter: "dynamodb.storage_gb_months", unit: "GB-Months", freeBand: true, why: "IA-TimedStorage-ByteHrs is another table class; " + freeInBand},
		{offer: "AmazonCognito", usage: "CognitoUserPoolsMAU", scope: everywhere, meter: "cognito.mau", unit: "MAU", freeBand: true, why: "essentials, plus and enterprise users have usage types of their own"},
		{offer: bucket, usage: "Requests-Tier1", meter: "s3.put", unit: "Requests", want: with("group", "S3-API-Tier1"), why: "other storage classes have usage types of their own"},
		{offer: bucket, usage: "Requests-Tier2", meter: "s3.get", unit: "Requests", want: with("group", "S3-API-Tier2"), why: "other storage classes have usage types of their own"},
		{offer: bucket, usage: "TimedStorage-ByteHrs", meter: "s3.storage_gb_months", unit: "GB-Months", want: with("volumetype", "Standard"), why: "other storage classes have usage types of their own"},
		{offer: watch, usage: "VendedLog-Bytes", meter: pricing.LogsIngestedGB, unit: "GB", why: "VendedLog-Bytes-CFLogs and -WAFLogs are other services'"},
		{offer: watch, usage: "DataProcessing-Bytes", meter: "logs.ingested_gb.custom", unit: "GB", freeBand: true, why: amongOthers},
		{offer: watch, usage: "TimedStorage-ByteHrs", meter: pricing.LogsStoredGBMonths, unit: "GB-Months", freeBand: true, why: listUsage},
		{offer: watch, usage: "CW:GMD-Metrics", meter: "cloudwatch.get_metric_data", unit: "Metrics", why: "never free: no first band at $0"},
		{offer: watch, usage: "CW:Requests", meter: "cloudwatch.api_requests", unit: "Requests", freeBand: true, why: freeInBand},
		{offer: watch, usage: "CW:AlarmMonitorUsage", meter: "cloudwatch.alarms.standard", unit: "Alarm-Months", freeBand: true, why: "CW:HighResAlarmMonitorUsage contains it"},
		{offer: wall, usage: "WebACLV2", meter: "waf.web_acls", unit: "ACL-Months", why: "ShieldProtected-WebACLV2 is $0 with Shield Advanced"},
		{offer: wall, usage: "RuleV2", meter: "waf.rules", unit: "Rule-Months", why: "ShieldProtected-RuleV2 is $0 with Shield Advanced"},
		{offer: wall, usage: "RequestV2-Tier1", meter: "waf.requests", unit: "Requests", why: "ShieldProtected-RequestV2-Tier1 is $0 with Shield Advanced"},
	}
}
