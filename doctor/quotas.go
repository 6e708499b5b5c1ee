package doctor

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/servicequotas"
	"github.com/aws/aws-sdk-go-v2/service/servicequotas/types"
)

// Limited is something of which an account may have so many in a Region.
type Limited string

// What is limited, by the codes of Service Quotas:
// https://docs.aws.amazon.com/general/latest/gr/vpc-service.html,
// https://docs.aws.amazon.com/general/latest/gr/elb.html,
// https://docs.aws.amazon.com/general/latest/gr/cf_region.html
// The addresses of a load balancer are AWS's own and count as no Elastic IPs.
const (
	VPCs             Limited = "VPCs"
	InternetGateways Limited = "internet gateways"
	LoadBalancers    Limited = "Application Load Balancers"
	Distributions    Limited = "distributions"
)

func codeOfQuota(l Limited) (service, code string) {
	switch l {
	case VPCs:
		return "vpc", "L-F678F1CE"
	case InternetGateways:
		return "vpc", "L-A4707A72"
	case LoadBalancers:
		return "elasticloadbalancing", "L-53DA6B97"
	case Distributions:
		return "cloudfront", "L-24B04930"
	}
	return "", ""
}

// Amount is how many of something are made in a Region.
type Amount struct {
	What   Limited
	Region string
	N      int
}

// quotas compares what is made with what the account may have in all. How many it has
// already is not looked at: that takes permissions of every service.
func (r *Report) quotas(ctx context.Context, cfg aws.Config, makes []Amount) {
	for _, m := range makes {
		limit, err := quotaOf(ctx, servicequotas.NewFromConfig(at(cfg, m.Region)), m.What)
		_, code := codeOfQuota(m.What)
		switch {
		case err != nil:
			r.add("quotas", Unknown, unless(err, "servicequotas:GetServiceQuota"), "%s in %s, of which this makes %d: %s", m.What, m.Region, m.N, because(err))
		case float64(m.N) > limit:
			r.add("quotas", Missing, "ask for more under Service Quotas, "+code, "%s in %s: this makes %d, and the account may have %g in all", m.What, m.Region, m.N, limit)
		default:
			r.add("quotas", OK, "", "%s in %s: this makes %d, and the account may have %g in all", m.What, m.Region, m.N, limit)
		}
	}
}

// quotaOf is what applies to the account, or AWS's default where nothing was ever asked
// for. The error is AWS's, or that a quota has no value.
func quotaOf(ctx context.Context, client *servicequotas.Client, l Limited) (float64, error) {
	service, code := codeOfQuota(l)
	var quota *types.ServiceQuota
	applied, err := client.GetServiceQuota(ctx, &servicequotas.GetServiceQuotaInput{ServiceCode: &service, QuotaCode: &code})
	if err == nil {
		quota = applied.Quota
	} else if codeOf(err) == "NoSuchResourceException" {
		var plain *servicequotas.GetAWSDefaultServiceQuotaOutput
		if plain, err = client.GetAWSDefaultServiceQuota(ctx, &servicequotas.GetAWSDefaultServiceQuotaInput{ServiceCode: &service, QuotaCode: &code}); err == nil {
			quota = plain.Quota
		}
	}
	if err != nil {
		return 0, err
	}
	if quota == nil || quota.Value == nil {
		return 0, fmt.Errorf("quota %s of %s has no value", code, service)
	}
	return *quota.Value, nil
}

// unless is what to allow when an error is of a missing permission.
func unless(err error, action string) string {
	if denied(err) {
		return "allow " + action + " to have it looked at"
	}
	return ""
}

// perEnvironment is how many requests a second Lambda lets through for each concurrent
// execution of an account's limit:
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html#api-requests-per-second
const perEnvironment = 10

// concurrency compares the load with how many executions the account may have at once
// in a Region. Functions at the edge share the limit of the Region that runs them:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
// The limit of new accounts may be 10.
func (r *Report) concurrency(ctx context.Context, cfg aws.Config, s Subject) {
	const help = "ask for more concurrent executions under Service Quotas, L-B99A9384, or lower load.rate"
	for _, region := range regionsOf(s.Functions) {
		out, err := lambda.NewFromConfig(at(cfg, region)).GetAccountSettings(ctx, nil)
		if err == nil && out.AccountLimit == nil {
			err = errors.New("the answer has no limit")
		}
		if err != nil {
			r.add("quotas", Unknown, unless(err, "lambda:GetAccountSettings"), "concurrent executions in %s: %s", region, because(err))
			continue
		}
		limit := int(out.AccountLimit.ConcurrentExecutions)
		if free := out.AccountLimit.UnreservedConcurrentExecutions; free != nil && int(*free) < limit {
			limit = int(*free) // what other functions have reserved is not to be had
		}
		worst, front := s.worst(region)
		switch {
		case s.Load.PerSecond > float64(perEnvironment*limit):
			r.add("quotas", Missing, help, "concurrent executions in %s: %d are free, and Lambda then lets %d requests a second through; the load sends %g", region, limit, perEnvironment*limit, s.Load.PerSecond)
		case worst > limit:
			r.add("quotas", Warning, help, "concurrent executions in %s: %d are free, and up to %d run at once should %s take its whole timeout", region, limit, worst, front)
		default:
			r.add("quotas", OK, "", "concurrent executions in %s: %d are free, and %d run at once at most", region, limit, worst)
		}
	}
}

// worst is how many executions run at once in a Region when every call takes its whole
// timeout, bounded by the connections, and the front that this is of. Fronts are visited
// one after the other.
func (s Subject) worst(region string) (most int, front string) {
	for _, p := range s.Functions {
		n := int(math.Ceil(s.Load.PerSecond * float64(p.Timeout)))
		if s.Load.Connections > 0 {
			n = min(n, s.Load.Connections)
		}
		if p.Region == region && n >= most {
			most, front = n, p.Front
		}
	}
	return most, front
}

func regionsOf(places []Place) []string {
	var regions []string
	seen := map[string]bool{}
	for _, p := range places {
		if !seen[p.Region] {
			seen[p.Region] = true
			regions = append(regions, p.Region)
		}
	}
	return regions
}
