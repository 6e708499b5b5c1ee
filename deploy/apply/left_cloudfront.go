package apply

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront/types"

	"frontdoor/awscall"
)

// ofDistributions is the ARNs of what belonged to a deployment's distributions and has no
// tags: cache policies and access controls. Whose they are their comment says, which the
// template writes. Who made no distribution may not be allowed to look.
func (c *Cloud) ofDistributions(ctx context.Context, s search) ([]string, error) {
	comment := "bench deployment " + s.deployment
	policies, err := c.cachePolicies(ctx, comment)
	if !s.distributions && codeOf(err) == "AccessDenied" {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list cache policies: %w", awscall.Explain(err))
	}
	controls, err := c.accessControls(ctx, comment)
	if err != nil {
		return nil, fmt.Errorf("list origin access controls: %w", awscall.Explain(err))
	}
	return append(policies, controls...), nil
}

// cachePolicies asks page by page: the SDK has no pages for this call.
func (c *Cloud) cachePolicies(ctx context.Context, comment string) ([]string, error) {
	var arns []string
	in := &cloudfront.ListCachePoliciesInput{Type: types.CachePolicyTypeCustom}
	for {
		out, err := c.cloudfront().ListCachePolicies(ctx, in)
		if err != nil || out.CachePolicyList == nil {
			return arns, err
		}
		for _, p := range out.CachePolicyList.Items {
			if p.CachePolicy != nil && p.CachePolicy.CachePolicyConfig != nil && aws.ToString(p.CachePolicy.CachePolicyConfig.Comment) == comment {
				arns = append(arns, c.globalARN("cache-policy/"+aws.ToString(p.CachePolicy.Id)))
			}
		}
		if in.Marker = out.CachePolicyList.NextMarker; aws.ToString(in.Marker) == "" {
			return arns, nil
		}
	}
}

func (c *Cloud) accessControls(ctx context.Context, description string) ([]string, error) {
	var arns []string
	pages := cloudfront.NewListOriginAccessControlsPaginator(c.cloudfront(), &cloudfront.ListOriginAccessControlsInput{})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil || page.OriginAccessControlList == nil {
			return arns, err
		}
		for _, o := range page.OriginAccessControlList.Items {
			if aws.ToString(o.Description) == description {
				arns = append(arns, c.globalARN("origin-access-control/"+aws.ToString(o.Id)))
			}
		}
	}
	return arns, nil
}

// globalARN is the ARN of something of CloudFront's, which is in no Region.
func (c *Cloud) globalARN(resource string) string {
	return "arn:aws:cloudfront::" + c.Account + ":" + resource
}
