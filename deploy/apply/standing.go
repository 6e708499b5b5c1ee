package apply

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"frontdoor/awscall"
)

// describe returns a stack by name or id, nil when there is none.
func (c *Cloud) describe(ctx context.Context, region, name string) (*types.Stack, error) {
	out, err := c.cloudformation(region).DescribeStacks(ctx, &cloudformation.DescribeStacksInput{StackName: &name})
	switch {
	case err != nil && codeOf(err) == "ValidationError" && strings.Contains(err.Error(), "does not exist"):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("look at stack %q in %s: %w", name, region, awscall.Explain(err))
	case len(out.Stacks) == 0 || out.Stacks[0].StackStatus == types.StackStatusDeleteComplete:
		return nil, nil
	}
	return &out.Stacks[0], nil
}

// settled is describe once nothing is under way in the stack: a deploy that was
// stopped leaves CloudFormation at work.
func (c *Cloud) settled(ctx context.Context, region, name string) (*types.Stack, error) {
	said := false
	for {
		found, err := c.describe(ctx, region, name)
		if err != nil || found == nil || !underWay(found.StackStatus) {
			return found, err
		}
		if !said {
			c.sayf("%s: waiting for what is under way there (%s)", name, found.StackStatus)
			said = true
		}
		if err := sleep(ctx, c.pace.Poll); err != nil {
			return nil, err
		}
	}
}

// underWay reports a status that will change by itself. A stack in review has a change
// set that somebody else made, and waits for them.
func underWay(s types.StackStatus) bool {
	return strings.HasSuffix(string(s), "_IN_PROGRESS") && s != types.StackStatusReviewInProgress
}

// neverStood reports a status that only a deletion ends.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html#cfn-console-view-stack-data-resources-status-codes
func neverStood(s types.StackStatus) bool {
	return slices.Contains([]types.StackStatus{types.StackStatusRollbackComplete, types.StackStatusRollbackFailed,
		types.StackStatusCreateFailed, types.StackStatusDeleteFailed, types.StackStatusReviewInProgress}, s)
}
