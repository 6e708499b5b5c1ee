package apply

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"frontdoor/awscall"
)

// newToken marks the events of one operation on a stack.
func newToken() string { return "bench-" + rand.Text() }

// failure makes of a waiter's error, which says no more than that it failed, the
// reason of the first event that failed in the operation.
func (c *Cloud) failure(ctx context.Context, client *cloudformation.Client, stack *string, token string, waited error) error {
	if waited == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	first, err := firstFailure(ctx, client, stack, token)
	if err != nil {
		return errors.Join(waited, fmt.Errorf("read the stack's events: %w", awscall.Explain(err)))
	}
	if first == nil {
		return waited
	}
	return fmt.Errorf("%s %s: %s: %s%s", aws.ToString(first.ResourceType), aws.ToString(first.LogicalResourceId), first.ResourceStatus, aws.ToString(first.ResourceStatusReason), standsAlready(*first))
}

// standsAlready says what a resource of a name that the account has already means; ""
// where it failed for another reason. CloudFormation takes over nothing that stands:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html
func standsAlready(e types.StackEvent) string {
	switch {
	case !strings.Contains(aws.ToString(e.ResourceStatusReason), "already exists"):
		return ""
	case aws.ToString(e.ResourceType) == "AWS::DynamoDB::Table":
		return " (it is not this deployment's, and is left alone: handlers call their table by that name, so deploy to an account without one)"
	}
	return " (it is not this deployment's, and is left alone: delete it, or give another --name)"
}

// firstFailure is the earliest event of the operation that failed on its own account,
// nil when there is none. Events come newest first, in pages; those of the operations
// before this one end them.
func firstFailure(ctx context.Context, client *cloudformation.Client, stack *string, token string) (*types.StackEvent, error) {
	var first *types.StackEvent
	pages := cloudformation.NewDescribeStackEventsPaginator(client, &cloudformation.DescribeStackEventsInput{StackName: stack})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		for _, e := range page.StackEvents {
			if by := aws.ToString(e.ClientRequestToken); by != "" && by != token {
				return first, nil
			}
			if failedItself(e) {
				first = &e
			}
		}
	}
	return first, nil
}

// failedItself leaves out what only ended because something else had failed.
func failedItself(e types.StackEvent) bool {
	reason := aws.ToString(e.ResourceStatusReason)
	return strings.HasSuffix(string(e.ResourceStatus), "_FAILED") && reason != "" &&
		!strings.HasPrefix(reason, "Resource creation cancelled") && !strings.HasPrefix(reason, "Resource update cancelled")
}
