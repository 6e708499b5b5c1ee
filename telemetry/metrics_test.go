package telemetry

import (
	"slices"
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/record"
)

// everyFront is a front of the kind with every identifier set.
func everyFront(kind front.Kind) record.Front {
	f := record.Front{ID: "f-" + string(kind), Kind: kind, Region: "eu-west-1", Function: "fn-" + string(kind), FunctionIn: "eu-west-1",
		MemoryMB: 128, Resource: record.Resource{APIName: "shop", APIID: "a1b2c3", Stage: "prod",
			LoadBalancer: "app/shop/50dc6c495c0c9188", TargetGroup: "targetgroup/shop/73e2d6bc24d8a067", Distribution: "EDFDVBD6EXAMPLE"}}
	if kind.Edge() {
		f.Function, f.FunctionIn = "us-east-1."+f.Function, "eu-central-1"
	}
	return f
}

func TestMetricsKnowsEveryKind(t *testing.T) {
	for _, kind := range front.Kinds() {
		own := 0
		for _, w := range Metrics(everyFront(kind)) {
			if w.Namespace == "" || w.Name == "" || len(w.Dimensions) == 0 || w.Region == "" || w.Stat == "" || w.Unit == "" {
				t.Errorf("%s: incomplete %+v", kind, w)
			}
			for _, d := range w.Dimensions {
				if d.Name == "" || d.Value == "" {
					t.Errorf("%s: empty dimension in %+v", kind, w)
				}
			}
			if w.Namespace != "AWS/Lambda" || strings.HasPrefix(w.Name, "Url") {
				own++
			}
		}
		if own == 0 {
			t.Errorf("%s: the front door has no metrics of its own", kind)
		}
	}
	if got := Metrics(record.Front{Kind: "nonsense"}); got != nil {
		t.Errorf("an unknown kind has metrics: %v", got)
	}
}

// Names, units, dimensions and Regions as the services' pages list them; see
// the addresses in metrics.go.
func TestMetricsByKind(t *testing.T) {
	const rest, http = "AWS/ApiGateway eu-west-1 ApiName=shop,Stage=prod ", "AWS/ApiGateway eu-west-1 ApiId=a1b2c3,Stage=prod "
	const balancer = "AWS/ApplicationELB eu-west-1 LoadBalancer=app/shop/50dc6c495c0c9188 "
	const target = "AWS/ApplicationELB eu-west-1 LoadBalancer=app/shop/50dc6c495c0c9188,TargetGroup=targetgroup/shop/73e2d6bc24d8a067 "
	const url, edge = "AWS/Lambda eu-west-1 FunctionName=fn-function-url ", "AWS/CloudFront us-east-1 DistributionId=EDFDVBD6EXAMPLE,Region=Global "
	cloudFront := []string{edge + "Requests Sum None", edge + "BytesDownloaded Sum None", edge + "BytesUploaded Sum None",
		edge + "4xxErrorRate Average Percent", edge + "5xxErrorRate Average Percent"}
	for kind, want := range map[front.Kind][]string{
		front.APIGatewayREST: {"AWS/Lambda eu-west-1 FunctionName=fn-apigw-rest Duration p99 Milliseconds",
			rest + "Count Sum Count", rest + "4XXError Sum Count", rest + "5XXError Sum Count", rest + "Latency p99 Milliseconds", rest + "IntegrationLatency p50 Milliseconds"},
		front.APIGatewayNonProxy: {rest + "Count Sum Count", rest + "4XXError Sum Count", rest + "5XXError Sum Count", rest + "IntegrationLatency p50 Milliseconds"},
		front.APIGatewayHTTP: {http + "Count Sum Count", http + "4xx Sum Count", http + "5xx Sum Count", http + "Latency Average Milliseconds",
			http + "IntegrationLatency p99 Milliseconds", http + "DataProcessed Sum Bytes"},
		front.ALB: {balancer + "RequestCount Sum Count", balancer + "HTTPCode_ELB_5XX_Count Sum Count", balancer + "NewConnectionCount Sum Count",
			balancer + "ActiveConnectionCount Maximum Count", balancer + "ProcessedBytes Sum Bytes", balancer + "LambdaTargetProcessedBytes Sum Bytes",
			balancer + "RuleEvaluations Sum Count", balancer + "ConsumedLCUs Sum Count", target + "TargetResponseTime p99 Seconds", target + "HTTPCode_Target_2XX_Count Sum Count"},
		front.FunctionURL: {url + "UrlRequestCount Sum Count", url + "Url4xxError Sum Count", url + "Url5xxError Sum Count",
			url + "UrlRequestLatency p99 Milliseconds", url + "Invocations Sum Count", url + "Throttles Sum Count", url + "ConcurrentExecutions Maximum Count"},
		front.EdgeViewerRequest: append([]string{"AWS/Lambda eu-central-1 FunctionName=us-east-1.fn-edge-viewer-request Invocations Sum Count"}, cloudFront...),
		front.EdgeOriginRequest: append([]string{"AWS/Lambda eu-central-1 FunctionName=us-east-1.fn-edge-origin-request Duration SampleCount Milliseconds"}, cloudFront...),

		front.EdgeOriginResponse: append([]string{"AWS/Lambda eu-central-1 FunctionName=us-east-1.fn-edge-origin-response Invocations Sum Count"}, cloudFront...),
		front.EdgeViewerResponse: append([]string{"AWS/Lambda eu-central-1 FunctionName=us-east-1.fn-edge-viewer-response Invocations Sum Count"}, cloudFront...),
		front.CloudFrontFunction: append([]string{"AWS/CloudFront us-east-1 FunctionName=fn-cloudfront-function,Region=Global FunctionInvocations Sum None"}, cloudFront...),
	} {
		var got []string
		for _, w := range Metrics(everyFront(kind)) {
			var d []string
			for _, x := range w.Dimensions {
				d = append(d, x.Name+"="+x.Value)
			}
			got = append(got, strings.Join([]string{w.Namespace, w.Region, strings.Join(d, ","), w.Name, w.Stat, w.Unit}, " "))
		}
		for _, line := range want {
			if !slices.Contains(got, line) {
				t.Errorf("%s: no %q in\n%s", kind, line, strings.Join(got, "\n"))
			}
		}
		if slices.Sort(got); len(slices.Compact(got)) != len(Metrics(everyFront(kind))) {
			t.Errorf("%s: something is asked for twice", kind)
		}
	}
}

// An API with no stage of its own name has its metrics under the API alone.
func TestMetricsWithoutStage(t *testing.T) {
	f := everyFront(front.APIGatewayREST)
	f.Resource.Stage = ""
	for _, w := range Metrics(f) {
		if w.Namespace == "AWS/ApiGateway" && !slices.Equal(w.Dimensions, []record.Dimension{{Name: "ApiName", Value: "shop"}}) {
			t.Fatalf("%+v", w)
		}
	}
}

// A distribution's further functions have metrics of their own, after the front's; those of
// a CloudFront Function are CloudFront's, and of its log.
func TestMetricsOfFurtherFunctions(t *testing.T) {
	f := everyFront(front.EdgeViewerRequest)
	before := len(Metrics(f))
	f.Further = []record.Function{
		{Event: "origin-response", Kind: front.EdgeOriginResponse, Function: "us-east-1.fn-origin-response", In: "ap-northeast-1"},
		{Event: "viewer-response", Kind: front.CloudFrontFunction, Function: "fn-viewer-response", In: "us-east-1"},
	}
	further := Metrics(f)[before:]
	for _, w := range further[:min(6, len(further))] {
		if w.Namespace != "AWS/Lambda" || w.Region != "ap-northeast-1" || !w.Sparse || len(w.Dimensions) != 1 || w.Dimensions[0].Value != "us-east-1.fn-origin-response" {
			t.Errorf("%+v", w)
		}
	}
	if len(further) != 10 || further[0].Name != "Invocations" {
		t.Fatalf("%d metrics: %+v", len(further), further)
	}
	if runs, log := further[6], further[9]; runs.Name != "FunctionInvocations" || runs.Region != "us-east-1" || runs.Sparse || runs.Dimensions[0].Value != "fn-viewer-response" || log.Name != "IncomingBytes" || log.Dimensions[0].Value != "/aws/cloudfront/function/fn-viewer-response" {
		t.Errorf("of the script %+v and %+v", runs, log)
	}
}
