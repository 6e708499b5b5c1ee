package telemetry

import (
	"frontdoor/front"
	"frontdoor/record"
)

// Wanted is one statistic of one metric that is read for a front.
type Wanted struct {
	Namespace  string
	Name       string
	Dimensions []record.Dimension
	Region     string // whose CloudWatch holds it
	Stat       string
	Unit       string // the unit that AWS publishes it in; "None" for plain numbers
	// Sparse metrics have datapoints only where something was counted, so
	// that their absence is no sign of trouble.
	Sparse bool
	Also   []string // further Regions whose values are read with it
}

// CloudFront's metrics are in this Region wherever the requests went:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
const cloudFrontRegion = "us-east-1"

// Units as CloudWatch spells them.
const (
	count        = "Count"
	milliseconds = "Milliseconds"
	seconds      = "Seconds"
	bytes        = "Bytes"
	percent      = "Percent"
	none         = "None"
)

// tables returns the front door's own metrics by kind; those of its function
// are the same everywhere.
func tables() map[front.Kind]func(record.Front) []Wanted {
	return map[front.Kind]func(record.Front) []Wanted{
		front.APIGatewayREST:     restMetrics,
		front.APIGatewayNonProxy: restMetrics,
		front.APIGatewayHTTP:     httpMetrics,
		front.ALB:                albMetrics,
		front.FunctionURL:        urlMetrics,
		front.EdgeViewerRequest:  cloudFrontMetrics,
		front.EdgeOriginRequest:  cloudFrontMetrics,
		front.EdgeOriginResponse: cloudFrontMetrics,
		front.EdgeViewerResponse: cloudFrontMetrics,
		front.CloudFrontFunction: cffMetrics,
	}
}

// Metrics lists what is read for a front, its function's metrics first. It is
// empty for an unknown kind.
func Metrics(f record.Front) []Wanted {
	own, ok := tables()[f.Kind]
	if !ok {
		return nil
	}
	list := alsoIn(own(f), f.Also)
	// A CloudFront Function is no Lambda function, and one at the edge may not be found yet.
	if f.Kind != front.CloudFrontFunction && f.FunctionIn != "" {
		list = append(alsoIn(functionMetrics(f), functionAlso(f)), list...)
	}
	return append(list, furtherMetrics(f)...)
}

// functionAlso is the further Regions that hold metrics of the front's function.
func functionAlso(f record.Front) []string {
	if f.Kind.Edge() {
		return f.AlsoIn
	}
	return f.Also
}

// source is where a group of metrics is kept.
type source struct {
	namespace  string
	region     string
	dimensions []record.Dimension
}

// wants adds one metric under each of the statistics.
func (s source) wants(list []Wanted, name, unit string, sparse bool, stats ...string) []Wanted {
	for _, stat := range stats {
		list = append(list, Wanted{Namespace: s.namespace, Name: name, Dimensions: s.dimensions, Region: s.region, Stat: stat, Unit: unit, Sparse: sparse})
	}
	return list
}

// dims builds dimensions from pairs of name and value; pairs without a value
// are left out.
func dims(pairs ...string) []record.Dimension {
	var list []record.Dimension
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			list = append(list, record.Dimension{Name: pairs[i], Value: pairs[i+1]})
		}
	}
	return list
}

// lambda is where a function's metrics are. For Lambda@Edge that is the Region
// in which the function ran, under the name us-east-1.NAME (users' reports:
// https://github.com/aws/aws-cdk/issues/5449).
func lambda(f record.Front) source {
	return source{"AWS/Lambda", f.FunctionIn, dims("FunctionName", f.Function)}
}

// https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics.html
func functionMetrics(f record.Front) []Wanted {
	s := lambda(f)
	list := s.wants(nil, "Invocations", count, false, "Sum")
	list = s.wants(list, "Errors", count, true, "Sum")
	list = s.wants(list, "Throttles", count, true, "Sum")
	list = s.wants(list, "Duration", milliseconds, false, "SampleCount", "Sum", "Minimum", "Maximum", "Average", "p50", "p99")
	list = s.wants(list, "ConcurrentExecutions", count, false, "Maximum")
	return logMetrics(f.Function, f.FunctionIn).wants(list, "IncomingBytes", bytes, true, "Sum")
}

// logMetrics is where CloudWatch Logs counts what it takes in of a function's log. The lab
// counts nothing there.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Monitoring-CloudWatch-Metrics.html
func logMetrics(function, region string) source {
	return source{"AWS/Logs", region, dims("LogGroupName", LogGroup(function))}
}

// furtherMetrics are those of a distribution's further functions. One of Lambda@Edge that
// is never reached has none.
func furtherMetrics(f record.Front) []Wanted {
	var list []Wanted
	for _, one := range f.Further {
		if one.Kind == front.CloudFrontFunction {
			list = append(list, scriptMetrics(one.Function)...)
			continue
		}
		if one.In == "" {
			continue
		}
		s := source{"AWS/Lambda", one.In, dims("FunctionName", one.Function)}
		own := s.wants(nil, "Invocations", count, true, "Sum")
		own = s.wants(own, "Errors", count, true, "Sum")
		own = s.wants(own, "Duration", milliseconds, true, "SampleCount", "Sum", "p50", "p99")
		list = append(list, alsoIn(own, one.AlsoIn)...)
	}
	return list
}

// latencyStats are the statistics read of a front door's latencies.
func latencyStats() []string { return []string{"SampleCount", "Average", "Maximum", "p50", "p99"} }

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
func restMetrics(f record.Front) []Wanted {
	s := source{"AWS/ApiGateway", f.Region, dims("ApiName", f.Resource.APIName, "Stage", f.Resource.Stage)}
	list := s.wants(nil, "Count", count, false, "Sum")
	list = s.wants(list, "4XXError", count, true, "Sum")
	list = s.wants(list, "5XXError", count, true, "Sum")
	list = s.wants(list, "Latency", milliseconds, false, latencyStats()...)
	return s.wants(list, "IntegrationLatency", milliseconds, false, latencyStats()...)
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
func httpMetrics(f record.Front) []Wanted {
	s := source{"AWS/ApiGateway", f.Region, dims("ApiId", f.Resource.APIID, "Stage", f.Resource.Stage)}
	list := s.wants(nil, "Count", count, false, "Sum")
	list = s.wants(list, "4xx", count, true, "Sum")
	list = s.wants(list, "5xx", count, true, "Sum")
	list = s.wants(list, "Latency", milliseconds, false, latencyStats()...)
	list = s.wants(list, "IntegrationLatency", milliseconds, false, latencyStats()...)
	return s.wants(list, "DataProcessed", bytes, false, "Sum")
}

// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
// "There is a nonzero value" is that page's reporting criterion for all but
// RequestCount and ConsumedLCUs.
func albMetrics(f record.Front) []Wanted {
	balancer := source{"AWS/ApplicationELB", f.Region, dims("LoadBalancer", f.Resource.LoadBalancer)}
	list := balancer.wants(nil, "RequestCount", count, false, "Sum")
	for _, name := range []string{"HTTPCode_ELB_4XX_Count", "HTTPCode_ELB_5XX_Count", "NewConnectionCount", "RuleEvaluations"} {
		list = balancer.wants(list, name, count, true, "Sum")
	}
	// Each load balancer node reports its own connections: the largest of the
	// reports is a lower bound of what was open at once.
	list = balancer.wants(list, "ActiveConnectionCount", count, true, "Maximum")
	list = balancer.wants(list, "ProcessedBytes", bytes, true, "Sum")
	list = balancer.wants(list, "LambdaTargetProcessedBytes", bytes, true, "Sum")
	list = balancer.wants(list, "ConsumedLCUs", count, false, "Sum", "Average")
	return append(list, targetMetrics(f)...)
}

func targetMetrics(f record.Front) []Wanted {
	group := source{"AWS/ApplicationELB", f.Region,
		dims("LoadBalancer", f.Resource.LoadBalancer, "TargetGroup", f.Resource.TargetGroup)}
	list := group.wants(nil, "TargetResponseTime", seconds, false, latencyStats()...)
	for _, name := range []string{"HTTPCode_Target_2XX_Count", "HTTPCode_Target_3XX_Count", "HTTPCode_Target_4XX_Count",
		"HTTPCode_Target_5XX_Count", "LambdaUserError", "LambdaInternalError"} {
		list = group.wants(list, name, count, true, "Sum")
	}
	return list
}

// https://docs.aws.amazon.com/lambda/latest/dg/urls-monitoring.html
func urlMetrics(f record.Front) []Wanted {
	s := lambda(f)
	list := s.wants(nil, "UrlRequestCount", count, false, "Sum")
	list = s.wants(list, "Url4xxError", count, true, "Sum")
	list = s.wants(list, "Url5xxError", count, true, "Sum")
	return s.wants(list, "UrlRequestLatency", milliseconds, false, latencyStats()...)
}

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
func cloudFrontMetrics(f record.Front) []Wanted {
	s := distribution(f)
	list := s.wants(nil, "Requests", none, false, "Sum")
	list = s.wants(list, "BytesDownloaded", none, false, "Sum")
	list = s.wants(list, "BytesUploaded", none, true, "Sum")
	list = s.wants(list, "4xxErrorRate", percent, false, "Average")
	return s.wants(list, "5xxErrorRate", percent, false, "Average")
}

// cffMetrics are those of the distribution and of the function.
func cffMetrics(f record.Front) []Wanted {
	return append(scriptMetrics(f.Function), cloudFrontMetrics(f)...)
}

// scriptMetrics are those of a CloudFront Function. The page has FunctionInvocations,
// -ValidationErrors, -ExecutionErrors and -ComputeUtilization in one table and other names
// elsewhere; these are the names of the API's:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
// The utilisation is AWS's own measure and is not read. Its log is in us-east-1 wherever it
// runs, and has what its code writes alone.
func scriptMetrics(function string) []Wanted {
	s := source{"AWS/CloudFront", cloudFrontRegion, dims("FunctionName", function, "Region", "Global")}
	list := s.wants(nil, "FunctionInvocations", none, false, "Sum")
	list = s.wants(list, "FunctionValidationErrors", none, true, "Sum")
	list = s.wants(list, "FunctionExecutionErrors", none, true, "Sum")
	log := source{"AWS/Logs", cloudFrontRegion, dims("LogGroupName", "/aws/cloudfront/function/"+function)}
	return log.wants(list, "IncomingBytes", bytes, true, "Sum")
}

func distribution(f record.Front) source {
	return source{"AWS/CloudFront", cloudFrontRegion, dims("DistributionId", f.Resource.Distribution, "Region", "Global")}
}
