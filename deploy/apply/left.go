package apply

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/resourcegroupstaggingapi"
	"github.com/aws/aws-sdk-go-v2/service/resourcegroupstaggingapi/types"

	"frontdoor/awscall"
	"frontdoor/deploy"
)

// remaining looks for everything of the deployment, for a while when there is
// something: what is deleted stays known to the service of tags for a time.
func (c *Cloud) remaining(ctx context.Context, s search, settle time.Duration) (left, unseen []string) {
	until := time.Now().Add(settle)
	for {
		left, unseen = c.look(ctx, s)
		left = c.stillThere(ctx, left)
		if len(left) == 0 || !time.Now().Before(until) || sleep(ctx, c.pace.Poll) != nil {
			return left, unseen
		}
	}
}

// search is what is looked for, and where.
type search struct {
	deployment    string
	regions       []string
	functions     map[string]bool // names of the deployment's functions; empty when they are not known
	distributions bool            // it had some
}

// look is the ARNs of what is there, sorted: what has the tag, by the service of tags in
// each Region, and for what that does not list by the services themselves.
func (c *Cloud) look(ctx context.Context, s search) (arns, unseen []string) {
	looks := []func() ([]string, error){
		func() ([]string, error) { return c.taggedRoles(ctx, s.deployment) },
		func() ([]string, error) { return c.ofDistributions(ctx, s) },
	}
	for _, region := range s.regions {
		looks = append(looks,
			func() ([]string, error) { return c.taggedIn(ctx, region, s.deployment) },
			func() ([]string, error) { return c.groupsLeft(ctx, region, s) })
	}
	for _, l := range each(looks, func(look func() ([]string, error)) seen { arns, err := look(); return seen{arns, err} }) {
		arns = append(arns, l.arns...)
		if l.err != nil {
			unseen = append(unseen, l.err.Error())
		}
	}
	slices.Sort(arns)
	return slices.Compact(arns), unseen
}

type seen struct {
	arns []string
	err  error
}

// taggedIn asks the Resource Groups Tagging API. It lists what is in no Region in
// us-east-1, but no roles:
// https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/supported-services.html
func (c *Cloud) taggedIn(ctx context.Context, region, deployment string, kinds ...string) ([]string, error) {
	var arns []string
	pages := resourcegroupstaggingapi.NewGetResourcesPaginator(c.tagging(region), &resourcegroupstaggingapi.GetResourcesInput{
		TagFilters:          []types.TagFilter{{Key: aws.String(deploy.TagDeployment), Values: []string{deployment}}},
		ResourceTypeFilters: kinds, // none are all
	})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("list what is tagged in %s: %w", region, awscall.Explain(err))
		}
		for _, r := range page.ResourceTagMappingList {
			arns = append(arns, aws.ToString(r.ResourceARN))
		}
	}
	return arns, nil
}

// rolePath is the path of every role that the templates make.
const rolePath = "/bench/"

func (c *Cloud) taggedRoles(ctx context.Context, deployment string) ([]string, error) {
	client := c.iam()
	var arns []string
	pages := iam.NewListRolesPaginator(client, &iam.ListRolesInput{PathPrefix: aws.String(rolePath)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("list roles: %w", awscall.Explain(err))
		}
		for _, r := range page.Roles {
			tags, err := client.ListRoleTags(ctx, &iam.ListRoleTagsInput{RoleName: r.RoleName})
			if err != nil && codeOf(err) != "NoSuchEntity" { // gone since it was listed
				return nil, fmt.Errorf("list tags of role %q: %w", aws.ToString(r.RoleName), awscall.Explain(err))
			}
			if err != nil {
				continue
			}
			for _, t := range tags.Tags {
				if aws.ToString(t.Key) == deploy.TagDeployment && aws.ToString(t.Value) == deployment {
					arns = append(arns, aws.ToString(r.Arn))
				}
			}
		}
	}
	return arns, nil
}
