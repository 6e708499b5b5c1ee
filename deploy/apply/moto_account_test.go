package apply_test

import (
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	dynamodbtypes "github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"frontdoor/deploy/apply"
)

// account looks at what there is, by describe calls of its own.
type account struct{ cfg aws.Config }

func newAccount(t *testing.T) account {
	t.Helper()
	cfg, err := config.LoadDefaultConfig(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return account{cfg}
}

func (a account) in(region string) aws.Config {
	cfg := a.cfg.Copy()
	cfg.Region = region
	return cfg
}

// got is what a call gives that must not fail.
func got[T any](out T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
}

// deployedFunction is what a function has to be.
type deployedFunction struct {
	region, runtime, handler string
	memory, timeout          int32
	environment              map[string]string
}

func deployedFunctions() map[string]deployedFunction {
	program := func(kind, handler string) deployedFunction {
		return deployedFunction{"us-east-1", "provided.al2023", "bootstrap", 128, 3, map[string]string{"BENCH_FRONT_KIND": kind, "BENCH_HANDLER": handler}}
	}
	rest, httpAPI, alb, url := program("apigw-rest", "hello"), program("apigw-http", "hello"), program("alb", "hello"), program("function-url", "status")
	rest.memory, alb.timeout, url.region = 256, 5, "eu-west-1"
	return map[string]deployedFunction{"rest": rest, "http-api": httpAPI, "alb": alb, "url": url,
		"edge": {"us-east-1", "nodejs22.x", "status.handler", 128, 3, nil},
		"site": {"us-east-1", "nodejs22.x", "security-headers.handler", 128, 3, nil}}
}

// functions wants each function to be as the scenario says, with the code of its
// package, by Lambda's hash of it, and the edge's to have a version with a number. Its
// architecture and tags are not proved: moto 5.2.1 reads neither out of a template.
func (a account) functions(t *testing.T, packages map[string]apply.Package) {
	t.Helper()
	for id, want := range deployedFunctions() {
		client, name := lambda.NewFromConfig(a.in(want.region)), "bench-every-1-"+id
		found, err := client.GetFunction(t.Context(), &lambda.GetFunctionInput{FunctionName: &name})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		c := found.Configuration
		is := deployedFunction{want.region, string(c.Runtime), aws.ToString(c.Handler), aws.ToInt32(c.MemorySize), aws.ToInt32(c.Timeout), nil}
		if c.Environment != nil && len(c.Environment.Variables) > 0 {
			is.environment = c.Environment.Variables
		}
		if !reflect.DeepEqual(is, want) {
			t.Errorf("%s is %+v, want %+v", name, is, want)
		}
		sum := sha256.Sum256(packages[name].Zip)
		if hash := base64.StdEncoding.EncodeToString(sum[:]); aws.ToString(c.CodeSha256) != hash {
			t.Errorf("%s has the code %s, want %s", name, aws.ToString(c.CodeSha256), hash)
		}
		if id == "edge" || id == "site" {
			versions := got(client.ListVersionsByFunction(t.Context(), &lambda.ListVersionsByFunctionInput{FunctionName: &name}))(t)
			if last := versions.Versions[len(versions.Versions)-1]; aws.ToString(last.Version) != "1" {
				t.Errorf("%s: the last version is %s, want 1", name, aws.ToString(last.Version))
			}
		}
	}
}

// tagged wants the tags of a deployment, with those of a front where id is given.
func tagged(t *testing.T, what string, tags map[string]string, id string) {
	t.Helper()
	want := map[string]string{"bench:deployment": "every-1", "bench:scenario": "every", "bench:front": id}
	if id == "" {
		delete(want, "bench:front")
	}
	maps.DeleteFunc(tags, func(name, _ string) bool { return strings.HasPrefix(name, "aws:") })
	if !maps.Equal(tags, want) {
		t.Errorf("%s has the tags %v, want %v", what, tags, want)
	}
}

// balancer wants a load balancer on the internet with a listener and a target group of
// Lambda's. Its attributes, and the function in it, are not proved: moto 5.2.1 reads
// neither TargetGroupAttributes nor Targets out of a template.
func (a account) balancer(t *testing.T) {
	t.Helper()
	client := elasticloadbalancingv2.NewFromConfig(a.in("us-east-1"))
	lb := got(client.DescribeLoadBalancers(t.Context(), &elasticloadbalancingv2.DescribeLoadBalancersInput{Names: []string{"bench-every-1-alb"}}))(t).LoadBalancers[0]
	if lb.Scheme != "internet-facing" || lb.Type != "application" || len(lb.AvailabilityZones) != 2 || len(lb.SecurityGroups) != 1 {
		t.Errorf("the load balancer is %+v", lb)
	}
	group := got(client.DescribeTargetGroups(t.Context(), &elasticloadbalancingv2.DescribeTargetGroupsInput{Names: []string{"bench-every-1-alb"}}))(t).TargetGroups[0]
	if group.TargetType != "lambda" {
		t.Errorf("the target group is of %s", group.TargetType)
	}
	listeners := got(client.DescribeListeners(t.Context(), &elasticloadbalancingv2.DescribeListenersInput{LoadBalancerArn: lb.LoadBalancerArn}))(t).Listeners
	if len(listeners) != 1 || aws.ToInt32(listeners[0].Port) != 80 || listeners[0].Protocol != "HTTP" || aws.ToString(listeners[0].DefaultActions[0].TargetGroupArn) != aws.ToString(group.TargetGroupArn) {
		t.Errorf("the listeners are %+v", listeners)
	}
}

// table wants the table with its key and its items, as they stand in the scenario.
func (a account) table(t *testing.T) {
	t.Helper()
	client, name := dynamodb.NewFromConfig(a.in("ap-northeast-1")), aws.String("MediaConvertJobIdToStatus")
	table := got(client.DescribeTable(t.Context(), &dynamodb.DescribeTableInput{TableName: name}))(t).Table
	if len(table.KeySchema) != 1 || aws.ToString(table.KeySchema[0].AttributeName) != "JobId" || table.BillingModeSummary.BillingMode != "PAY_PER_REQUEST" {
		t.Errorf("the table is %+v", table)
	}
	items := got(client.Scan(t.Context(), &dynamodb.ScanInput{TableName: name}))(t).Items
	text := func(s string) dynamodbtypes.AttributeValue { return &dynamodbtypes.AttributeValueMemberS{Value: s} }
	want := map[string]dynamodbtypes.AttributeValue{
		"JobId": text("job-1"), "JobStatus": text("PROGRESSING"), "ProgressRate": &dynamodbtypes.AttributeValueMemberN{Value: "42"},
		"Tags": &dynamodbtypes.AttributeValueMemberL{Value: []dynamodbtypes.AttributeValue{text("a"), &dynamodbtypes.AttributeValueMemberBOOL{Value: true}, &dynamodbtypes.AttributeValueMemberNULL{Value: true}}},
		"Size": &dynamodbtypes.AttributeValueMemberM{Value: map[string]dynamodbtypes.AttributeValue{"Width": &dynamodbtypes.AttributeValueMemberN{Value: "1.5"}}},
	}
	aside := map[string]dynamodbtypes.AttributeValue{"JobId": text("job-url-0.0.0-0"), "JobStatus": text("SUBMITTED")} // what the front is asked for
	for _, want := range []map[string]dynamodbtypes.AttributeValue{want, aside} {
		if len(items) != 3 || !slices.ContainsFunc(items, func(i map[string]dynamodbtypes.AttributeValue) bool { return reflect.DeepEqual(i, want) }) {
			t.Errorf("the items are %v, want %v among them", items, want)
		}
	}
}

// groups wants a log group for each function, kept for the days that were asked for.
func (a account) groups(t *testing.T) {
	t.Helper()
	for name, region := range logGroups() {
		groups := got(cloudwatchlogs.NewFromConfig(a.in(region)).DescribeLogGroups(t.Context(), &cloudwatchlogs.DescribeLogGroupsInput{LogGroupNamePrefix: &name}))(t).LogGroups
		if len(groups) != 1 || aws.ToInt32(groups[0].RetentionInDays) != 7 {
			t.Errorf("%s in %s: %+v, want one kept for 7 days", name, region, groups)
		}
	}
}

func logGroups() map[string]string {
	return map[string]string{"/aws/lambda/bench-every-1-rest": "us-east-1", "/aws/lambda/bench-every-1-http-api": "us-east-1", "/aws/lambda/bench-every-1-alb": "us-east-1",
		"/aws/lambda/bench-every-1-url": "eu-west-1", "/aws/lambda/us-east-1.bench-every-1-edge": "us-east-1",
		"/aws/lambda/us-east-1.bench-every-1-site": "us-east-1", "/aws/cloudfront/function/bench-every-1-site-viewer-request": "us-east-1"}
}

// buckets wants the packages in the bucket of their Region, which encrypts what it has.
// That it lets nobody in is not proved: moto 5.2.1 reads no PublicAccessBlockConfiguration
// out of a template.
func (a account) buckets(t *testing.T, standing apply.Standing, packages map[string]apply.Package) {
	t.Helper()
	for region, fronts := range map[string][]string{"us-east-1": {"alb", "edge"}, "eu-west-1": {"url"}} {
		client, bucket := s3.NewFromConfig(a.in(region)), aws.String(standing.Outputs["bench-every-1-artifacts-"+region]["Bucket"])
		rules := got(client.GetBucketEncryption(t.Context(), &s3.GetBucketEncryptionInput{Bucket: bucket}))(t).ServerSideEncryptionConfiguration.Rules
		if len(rules) != 1 || rules[0].ApplyServerSideEncryptionByDefault.SSEAlgorithm != "AES256" {
			t.Errorf("the bucket in %s encrypts by %+v, want AES256", region, rules)
		}
		for _, id := range fronts {
			got(client.HeadObject(t.Context(), &s3.HeadObjectInput{Bucket: bucket, Key: aws.String(packages["bench-every-1-"+id].Key)}))(t)
		}
	}
}
