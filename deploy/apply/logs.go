package apply

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"

	"frontdoor/awscall"
	"frontdoor/deploy"
)

// groupsOf are the names of the log groups of a function in a Region: its own, the one
// that Lambda@Edge makes by itself in each Region where a replica runs, and the one of a
// CloudFront Function, wherever it runs.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-logs.html
func groupsOf(function, region string) []string {
	groups := []string{"/aws/lambda/" + function, "/aws/lambda/" + Global + "." + function}
	if region == Global {
		groups = append(groups, scriptGroup+function)
	}
	return groups
}

const scriptGroup = "/aws/cloudfront/function/"

// sweepLogs deletes the log groups of functions that are left once the stacks are gone:
// in Regions for which there was no stack, and those that a late line made anew. It
// says where it could not.
func (c *Cloud) sweepLogs(ctx context.Context, regions, functions []string) (unseen []string) {
	for _, err := range each(regions, func(region string) error { return c.sweepRegion(ctx, region, functions) }) {
		if err != nil {
			unseen = append(unseen, err.Error())
		}
	}
	return unseen
}

func (c *Cloud) sweepRegion(ctx context.Context, region string, functions []string) error {
	for _, f := range functions {
		for _, name := range groupsOf(f, region) {
			groups, err := c.groups(ctx, region, name)
			if err != nil {
				return err
			}
			for _, g := range groups {
				if aws.ToString(g.LogGroupName) != name { // the name is the beginning of another's
					continue
				}
				c.sayf("deleting log group %s from %s", name, region)
				if _, err := c.logs(region).DeleteLogGroup(ctx, &cloudwatchlogs.DeleteLogGroupInput{LogGroupName: &name}); err != nil {
					return fmt.Errorf("delete log group %q in %s: %w", name, region, awscall.Explain(err))
				}
			}
		}
	}
	return nil
}

// groups lists the log groups of a Region whose names begin so.
func (c *Cloud) groups(ctx context.Context, region, beginning string) ([]types.LogGroup, error) {
	var all []types.LogGroup
	pages := cloudwatchlogs.NewDescribeLogGroupsPaginator(c.logs(region), &cloudwatchlogs.DescribeLogGroupsInput{LogGroupNamePrefix: &beginning})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("list log groups in %s: %w", region, awscall.Explain(err))
		}
		all = append(all, page.LogGroups...)
	}
	return all, nil
}

// groupsLeft is the ARNs of a deployment's log groups in a Region: by their tag, or,
// where Lambda made them and they have none, by their function. Where the functions are
// not known, an untagged group with a name like theirs is an error: it may be of a
// deployment whose name begins with this one's.
func (c *Cloud) groupsLeft(ctx context.Context, region string, s search) ([]string, error) {
	var arns []string
	for _, beginning := range groupsOf("bench-"+s.deployment+"-", region) {
		groups, err := c.groups(ctx, region, beginning)
		if err != nil {
			return nil, err
		}
		for _, g := range groups {
			arn, name := arnOf(g), aws.ToString(g.LogGroupName)
			out, err := c.logs(region).ListTagsForResource(ctx, &cloudwatchlogs.ListTagsForResourceInput{ResourceArn: &arn})
			if codeOf(err) == "ResourceNotFoundException" { // gone since it was listed
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("list tags of log group %q in %s: %w", name, region, awscall.Explain(err))
			}
			function := strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(name, scriptGroup), "/aws/lambda/"), Global+".")
			switch of := out.Tags[deploy.TagDeployment]; {
			case of == s.deployment || of == "" && s.functions[function]:
				arns = append(arns, arn)
			case of == "" && len(s.functions) == 0:
				return nil, fmt.Errorf("log group %q in %s has no tags: it may be of this deployment, or of another whose name begins like it", name, region)
			}
		}
	}
	return arns, nil
}

// arnOf is a log group's ARN as tags name it, without the ":*" of its streams.
func arnOf(g types.LogGroup) string {
	return strings.TrimSuffix(aws.ToString(g.Arn), ":*")
}
