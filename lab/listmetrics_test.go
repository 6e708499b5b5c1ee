package lab

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"

	"frontdoor/front"
)

// A function at the edge has its metrics in the Region that ran it and in no other, as
// us-east-1.NAME and with the version that ran, us-east-1.NAME:VERSION: by widgets that
// AWS's console made (https://github.com/aws/aws-cdk/issues/5449,
// https://github.com/prometheus-community/yet-another-cloudwatch-exporter/issues/1293).
func TestEdgeFunctionsInListMetrics(t *testing.T) {
	var list []Front
	for region, version := range map[string]string{"eu-central-1": "", "ap-northeast-1": "7"} {
		f := fronts(t, "hello", front.EdgeViewerRequest)[0]
		f.ID, f.Region, f.Version = "edge-"+region[:2], region, version
		list = append(list, f)
	}
	l := serve(t, list)
	for _, f := range l.Fronts() {
		storm(t, f.URL, 1, 2)
	}
	l.Settle()
	for region, want := range map[string][]string{
		"eu-central-1":   {"FunctionName=us-east-1.bench-edge-eu", "FunctionName=us-east-1.bench-edge-eu Resource=us-east-1.bench-edge-eu:1"},
		"ap-northeast-1": {"FunctionName=us-east-1.bench-edge-ap", "FunctionName=us-east-1.bench-edge-ap Resource=us-east-1.bench-edge-ap:7"},
		"us-east-1":      nil, // but CloudFront's own are there
		"eu-west-1":      nil,
	} {
		c := cloudwatch.NewFromConfig(aws.Config{Region: region, BaseEndpoint: aws.String(l.MetricsURL()),
			Credentials: credentials.NewStaticCredentialsProvider("lab", "lab", "")})
		out, err := c.ListMetrics(context.Background(), &cloudwatch.ListMetricsInput{Namespace: aws.String("AWS/Lambda"), MetricName: aws.String("Invocations")})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range out.Metrics {
			var d []string
			for _, one := range m.Dimensions {
				d = append(d, fmt.Sprintf("%s=%s", *one.Name, *one.Value))
			}
			got = append(got, strings.Join(d, " "))
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s has %q, want %q", region, got, want)
		}
	}
}
