package apply

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"frontdoor/deploy"
)

// found is a stack that there is.
type found struct {
	name, id, region string
	front            string // id of its front; "" when several share it
	function         string // its function's name, "" for none
	associated       bool   // a distribution has its function
	distribution     bool   // it has one
	bucket           string // its bucket's name, "" for none
}

// stacks lists the stacks of a deployment in a Region, by the tag that each has: a
// name alone is the beginning of another's too. The service of tags finds them, so that
// nobody needs to be allowed to look at all stacks of the account; those called names
// are looked at besides, since it hears late of what is new.
func (c *Cloud) stacks(ctx context.Context, region, deployment string, names []string) ([]found, error) {
	ids, err := c.taggedIn(ctx, region, deployment, "cloudformation:stack")
	if err != nil {
		return nil, err
	}
	var all []found
	for _, id := range append(ids, names...) {
		s, err := c.describe(ctx, region, id)
		if err != nil {
			return nil, err
		}
		if s == nil || tagOf(s.Tags, deploy.TagDeployment) != deployment {
			continue
		}
		if f := foundOf(*s, region); !slices.Contains(all, f) {
			all = append(all, f)
		}
	}
	return all, nil
}

func foundOf(s types.Stack, region string) found {
	f := found{name: aws.ToString(s.StackName), id: aws.ToString(s.StackId), region: region, front: tagOf(s.Tags, deploy.TagFront)}
	for _, p := range s.Parameters {
		switch aws.ToString(p.ParameterKey) {
		case "FunctionName":
			f.function = aws.ToString(p.ParameterValue)
		case "EventType":
			f.associated = true
		case "ViewerProtocol":
			f.distribution = true
		}
	}
	for _, o := range s.Outputs {
		if aws.ToString(o.OutputKey) == "Bucket" {
			f.bucket = aws.ToString(o.OutputValue)
		}
	}
	return f
}
