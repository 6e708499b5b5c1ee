package apply

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/cloudfront"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// present reports whether what has a tag is there: the service of tags lists things for
// a while after they are gone. What cannot be asked for, for want of a call or of
// permission, is taken to be there.
func (c *Cloud) present(ctx context.Context, arn string) bool {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 {
		return true
	}
	service, region, resource := parts[2], parts[3], parts[5]
	kind, name, _ := strings.Cut(strings.ReplaceAll(resource, ":", "/"), "/")
	switch service + " " + kind {
	case "cloudformation stack":
		found, err := c.describe(ctx, region, arn)
		return err != nil || found != nil
	case "lambda function":
		_, err := lambda.NewFromConfig(c.cfg, func(o *lambda.Options) { o.Region = region }).
			GetFunctionConfiguration(ctx, &lambda.GetFunctionConfigurationInput{FunctionName: &arn})
		return !missing(err)
	case "dynamodb table":
		_, err := c.dynamodb(region).DescribeTable(ctx, &dynamodb.DescribeTableInput{TableName: &name})
		return !missing(err)
	case "elasticloadbalancing loadbalancer", "elasticloadbalancing targetgroup":
		return c.balances(ctx, region, kind, arn)
	case "cloudfront distribution":
		_, err := c.cloudfront().GetDistribution(ctx, &cloudfront.GetDistributionInput{Id: &name})
		return !missing(err)
	case "cloudfront function":
		_, err := c.cloudfront().DescribeFunction(ctx, &cloudfront.DescribeFunctionInput{Name: &name})
		return !missing(err)
	}
	if service == "s3" {
		_, err := c.s3(Global).HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &resource})
		return !missing(err)
	}
	return true
}

func (c *Cloud) balances(ctx context.Context, region, kind, arn string) bool {
	client := elasticloadbalancingv2.NewFromConfig(c.cfg, func(o *elasticloadbalancingv2.Options) { o.Region = region })
	if kind == "targetgroup" {
		_, err := client.DescribeTargetGroups(ctx, &elasticloadbalancingv2.DescribeTargetGroupsInput{TargetGroupArns: []string{arn}})
		return !missing(err)
	}
	_, err := client.DescribeLoadBalancers(ctx, &elasticloadbalancingv2.DescribeLoadBalancersInput{LoadBalancerArns: []string{arn}})
	return !missing(err)
}

// missing reports an error that says that there is no such thing, by the codes of the
// calls' references. Of a bucket S3 says no more than 404, which the SDK calls NotFound.
func missing(err error) bool {
	return slices.Contains([]string{"ResourceNotFoundException", "LoadBalancerNotFound", "TargetGroupNotFound", "NoSuchDistribution", "NoSuchFunctionExists", "NotFound"}, codeOf(err))
}

// stillThere is those of the ARNs that are present, in their order.
func (c *Cloud) stillThere(ctx context.Context, arns []string) []string {
	there := each(arns, func(arn string) bool { return c.present(ctx, arn) })
	var left []string
	for i, arn := range arns {
		if there[i] {
			left = append(left, arn)
		}
	}
	return left
}
