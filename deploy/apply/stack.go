package apply

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"frontdoor/awscall"
	"frontdoor/deploy"
)

// blueprint is a stack as CloudFormation is to make it.
type blueprint struct {
	name, region string
	template     string // its text
	parameters   map[string]string
	tags         map[string]string
}

// stand makes the stack or brings it up to date, waits until it stands, and returns
// its outputs. A stack of an earlier try that never stood is deleted first: it cannot be
// updated. The error of a stack that fails is the reason of the first thing that failed in it.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
func (c *Cloud) stand(ctx context.Context, b blueprint) (outputs map[string]string, err error) {
	found, err := c.settled(ctx, b.region, b.name)
	if err != nil {
		return nil, err
	}
	if found != nil && tagOf(found.Tags, deploy.TagDeployment) != b.tags[deploy.TagDeployment] {
		return nil, fmt.Errorf("stack %q in %s stands already and is not this deployment's: its tag %s is %q", b.name, b.region, deploy.TagDeployment, tagOf(found.Tags, deploy.TagDeployment))
	}
	if found != nil && neverStood(found.StackStatus) {
		c.sayf("%s: removing what an earlier try left (%s)", b.name, found.StackStatus)
		if err := c.fell(ctx, b.region, b.name, aws.ToString(found.StackId)); err != nil {
			return nil, err
		}
		found = nil
	}
	if found == nil {
		err = c.create(ctx, b)
	} else {
		err = c.update(ctx, b)
	}
	if err != nil {
		return nil, fmt.Errorf("stack %q in %s: %w", b.name, b.region, awscall.Explain(err))
	}
	found, err = c.describe(ctx, b.region, b.name)
	if err == nil && found == nil {
		err = errors.New("it stood, and is gone")
	}
	if err != nil {
		return nil, fmt.Errorf("stack %q in %s: %w", b.name, b.region, awscall.Explain(err))
	}
	outputs = map[string]string{}
	for _, o := range found.Outputs {
		outputs[aws.ToString(o.OutputKey)] = aws.ToString(o.OutputValue)
	}
	return outputs, nil
}

// capabilities say that the caller knows that a template makes roles.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
func capabilities() []types.Capability {
	return []types.Capability{types.CapabilityCapabilityIam, types.CapabilityCapabilityNamedIam}
}

func (c *Cloud) create(ctx context.Context, b blueprint) error {
	client, token := c.cloudformation(b.region), newToken()
	c.sayf("%s: making it in %s", b.name, b.region)
	made, err := client.CreateStack(ctx, &cloudformation.CreateStackInput{
		StackName: &b.name, TemplateBody: &b.template, Parameters: parameters(b.parameters), Tags: tags(b.tags),
		Capabilities: capabilities(), ClientRequestToken: &token,
	})
	if err != nil {
		return err
	}
	waiter := cloudformation.NewStackCreateCompleteWaiter(client, func(o *cloudformation.StackCreateCompleteWaiterOptions) {
		o.MinDelay, o.MaxDelay = c.pace.Poll, 4*c.pace.Poll
	})
	err = waiter.Wait(ctx, &cloudformation.DescribeStacksInput{StackName: made.StackId}, c.pace.Stack)
	return c.failure(ctx, client, made.StackId, token, err)
}

func (c *Cloud) update(ctx context.Context, b blueprint) error {
	client, token := c.cloudformation(b.region), newToken()
	made, err := client.UpdateStack(ctx, &cloudformation.UpdateStackInput{
		StackName: &b.name, TemplateBody: &b.template, Parameters: parameters(b.parameters), Tags: tags(b.tags),
		Capabilities: capabilities(), ClientRequestToken: &token,
	})
	if unchanged(err) {
		c.sayf("%s: stands in %s as it is", b.name, b.region)
		return nil
	}
	if err != nil {
		return err
	}
	c.sayf("%s: bringing it up to date in %s", b.name, b.region)
	waiter := cloudformation.NewStackUpdateCompleteWaiter(client, func(o *cloudformation.StackUpdateCompleteWaiterOptions) {
		o.MinDelay, o.MaxDelay = c.pace.Poll, 4*c.pace.Poll
	})
	err = waiter.Wait(ctx, &cloudformation.DescribeStacksInput{StackName: made.StackId}, c.pace.Stack)
	return c.failure(ctx, client, made.StackId, token, err)
}

// unchanged reports whether CloudFormation refused an update because there is nothing
// to do; it has no code of its own, only this text:
// https://github.com/Nextdoor/kingpin/issues/298
func unchanged(err error) bool {
	return err != nil && codeOf(err) == "ValidationError" && strings.Contains(err.Error(), "No updates are to be performed")
}

func parameters(values map[string]string) []types.Parameter {
	var list []types.Parameter
	for _, name := range slices.Sorted(maps.Keys(values)) {
		list = append(list, types.Parameter{ParameterKey: aws.String(name), ParameterValue: aws.String(values[name])})
	}
	return list
}

func tags(values map[string]string) []types.Tag {
	var list []types.Tag
	for _, name := range slices.Sorted(maps.Keys(values)) {
		list = append(list, types.Tag{Key: aws.String(name), Value: aws.String(values[name])})
	}
	return list
}

func tagOf(tags []types.Tag, key string) string {
	for _, t := range tags {
		if aws.ToString(t.Key) == key {
			return aws.ToString(t.Value)
		}
	}
	return ""
}
