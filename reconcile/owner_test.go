package reconcile

import (
	"slices"
	"testing"

	"frontdoor/front"
	"frontdoor/record"
)

// Keys as AWS's exports write them: CUR 2.0's resource_tags in snake case with user_
// before it (user_karpenter_sh_nodepool, user_cost_center in public queries), FOCUS's
// Tags as they are.
func TestSameKey(t *testing.T) {
	for _, c := range []struct {
		exported, key string
		same          bool
	}{
		{"bench:deployment", "bench:deployment", true},
		{"user_bench_deployment", "bench:deployment", true},
		{"user:bench:deployment", "bench:deployment", true},
		{"resourceTags/user:bench:deployment", "bench:deployment", true},
		{"user_karpenter_sh_nodepool", "karpenter.sh/nodepool", true},
		{"user_cost_center", "CostCenter", true},
		{"user_team", "team", true},
		{"bench:front", "bench:deployment", false},
		{"user_deployment", "bench:deployment", false},
		{"aws_created_by", "created_by", false},
	} {
		if got := sameKey(c.exported, c.key); got != c.same {
			t.Errorf("%q is %q: %v", c.exported, c.key, got)
		}
	}
}

// Resources as ARNs and ids have them
// (docs.aws.amazon.com/service-authorization/latest/reference, the resource types of each service).
func TestNamed(t *testing.T) {
	for _, c := range []struct {
		resource, name string
		is             bool
	}{
		{"arn:aws:lambda:us-east-1:123456789012:function:bench-rest", "bench-rest", true},
		{"arn:aws:lambda:us-east-1:123456789012:function:bench-rest:7", "bench-rest", true},
		{"arn:aws:lambda:us-east-1:123456789012:function:bench-rest-2", "bench-rest", false},
		{"arn:aws:lambda:us-east-1:123456789012:function:my-bench-rest", "bench-rest", false},
		{"arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/bench-rest", "bench-rest", true},
		{"arn:aws:apigateway:us-east-1::/restapis/a1b2c3d4/stages/prod", "a1b2c3d4", true},
		{"arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/bench/50dc6c495c0c9188", "app/bench/50dc6c495c0c9188", true},
		{"arn:aws:cloudfront::123456789012:distribution/E2EXAMPLE", "E2EXAMPLE", true},
		{"E2EXAMPLE", "E2EXAMPLE", true},
		{"xbench", "bench", false},
		{"", "bench", false},
	} {
		if got := named(c.resource, c.name); got != c.is {
			t.Errorf("%q is called %q: %v", c.resource, c.name, got)
		}
	}
}

func TestResourcesOf(t *testing.T) {
	got := ResourcesOf(record.Run{Fronts: []record.Front{
		{Kind: front.APIGatewayREST, URL: "https://a1b2c3d4.execute-api.us-east-1.amazonaws.com/prod", Function: "bench-rest", Resource: record.Resource{APIName: "bench", Stage: "prod"}},
		{Kind: front.APIGatewayHTTP, URL: "https://api.example.com", Function: "bench-http", Resource: record.Resource{APIID: "h77p"}},
		{Kind: front.ALB, URL: "http://bench-1.us-east-1.elb.amazonaws.com", Function: "bench-alb", Resource: record.Resource{LoadBalancer: "app/bench/50dc"}},
		{Kind: front.EdgeOriginRequest, URL: "https://d111.cloudfront.net", Function: "us-east-1.bench-edge", Resource: record.Resource{Distribution: "E2"}, Further: []record.Function{{Function: "us-east-1.bench-late"}}},
	}})
	want := []string{"bench-rest", "a1b2c3d4", "bench-http", "h77p", "bench-alb", "app/bench/50dc", "bench-edge", "bench-late", "E2"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
