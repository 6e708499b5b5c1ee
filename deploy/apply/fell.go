package apply

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/cloudformation"

	"frontdoor/awscall"
)

// ErrReplicated is that a function cannot be deleted because CloudFront still has
// replicas of it, which it deletes by itself within a few hours of the distribution's end.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-delete-replicas.html
var ErrReplicated = errors.New("CloudFront still has replicas of the function")

// fell deletes the stack with an id and waits until it is gone; one that is gone already
// is no error.
func (c *Cloud) fell(ctx context.Context, region, name, stack string) error {
	client, token := c.cloudformation(region), newToken()
	if _, err := client.DeleteStack(ctx, &cloudformation.DeleteStackInput{StackName: &stack, ClientRequestToken: &token}); err != nil {
		return fmt.Errorf("delete stack %q in %s: %w", name, region, awscall.Explain(err))
	}
	waiter := cloudformation.NewStackDeleteCompleteWaiter(client, func(o *cloudformation.StackDeleteCompleteWaiterOptions) {
		o.MinDelay, o.MaxDelay = c.pace.Poll, 4*c.pace.Poll
	})
	err := waiter.Wait(ctx, &cloudformation.DescribeStacksInput{StackName: &stack}, c.pace.Stack)
	if err = c.failure(ctx, client, &stack, token, err); err == nil {
		return nil
	}
	if replicated(err) {
		err = fmt.Errorf("%w: %w", ErrReplicated, err)
	}
	return fmt.Errorf("delete stack %q in %s: %w", name, region, awscall.Explain(err))
}

// replicated recognises Lambda's refusal, which has no code of its own:
// https://github.com/terraform-aws-modules/terraform-aws-cloudfront/issues/126
func replicated(err error) bool {
	return strings.Contains(err.Error(), "because it is a replicated function")
}
