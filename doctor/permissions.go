package doctor

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"frontdoor/deploy"
)

// permissions has IAM decide on each action of the policies for the caller, as it would
// if the caller used it. The simulator knows the caller's own policies, boundary and,
// where it is told, the organization's; policies of resources it is not asked for.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
func (r *Report) permissions(ctx context.Context, cfg aws.Config, s Subject) {
	if len(s.Purposes) == 0 {
		return
	}
	const help = "give the caller the policy: bench doctor --policy"
	client := iam.NewFromConfig(at(cfg, home))
	principal, ok := r.principal(ctx, client)
	if !ok {
		return
	}
	for _, p := range s.Purposes {
		n, lacking, err := r.simulate(ctx, client, principal, p.Policy, regionOf(s))
		switch {
		case denied(err):
			r.add("permissions", Unknown, "allow iam:SimulatePrincipalPolicy, or compare with bench doctor --policy", "to %s: %s may not ask which permissions it has", p.Name, principal)
		case err != nil:
			r.add("permissions", Unknown, "compare with bench doctor --policy", "to %s: %s", p.Name, because(err))
		case len(lacking) == 0:
			r.add("permissions", OK, "", "to %s: all of %d actions are allowed", p.Name, n)
		}
		for _, l := range lacking {
			r.add("permissions", Missing, help, "to %s: %s", p.Name, l)
		}
	}
}

func regionOf(s Subject) string {
	if len(s.Regions) == 0 {
		return home
	}
	return s.Regions[0]
}

// simulate counts the actions of a policy and lists those that are not allowed, one line
// for each statement and reason.
func (r *Report) simulate(ctx context.Context, client *iam.Client, principal string, policy deploy.Policy, region string) (n int, lacking []string, err error) {
	for _, s := range policy.Statement {
		var actions []string
		for _, a := range s.Action {
			actions = append(actions, deploy.Simulated(a)...)
		}
		input := &iam.SimulatePrincipalPolicyInput{PolicySourceArn: &principal, ActionNames: actions, ContextEntries: contextOf(s)}
		for _, resource := range s.Resource {
			input.ResourceArns = append(input.ResourceArns, samples(resource, region, r.Account)...)
		}
		verdicts, err := decide(ctx, client, input)
		if err != nil {
			return n, nil, err
		}
		n += len(actions)
		lacking = append(lacking, told(actions, verdicts, s.Resource)...)
	}
	return n, lacking, nil
}

// verdict is why an action is not allowed; "" when it is for one of the resources.
type verdict map[string]string

// decide asks the simulator page by page. An action that takes another type of resource
// is denied for those of the wrong type: one that is allowed is enough.
func decide(ctx context.Context, client *iam.Client, input *iam.SimulatePrincipalPolicyInput) (verdict, error) {
	verdicts := verdict{}
	pages := iam.NewSimulatePrincipalPolicyPaginator(client, input)
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		for _, e := range page.EvaluationResults {
			action := aws.ToString(e.EvalActionName)
			if known, seen := verdicts[action]; !seen || known != "" {
				verdicts[action] = reason(e)
			}
		}
	}
	return verdicts, nil
}

func reason(e types.EvaluationResult) string {
	switch {
	case e.EvalDecision == types.PolicyEvaluationDecisionTypeAllowed:
		return ""
	case e.OrganizationsDecisionDetail != nil && !e.OrganizationsDecisionDetail.AllowedByOrganizations:
		return "a policy of the organization forbids"
	case e.PermissionsBoundaryDecisionDetail != nil && !e.PermissionsBoundaryDecisionDetail.AllowedByPermissionsBoundary:
		return "the permissions boundary leaves out"
	case e.EvalDecision == types.PolicyEvaluationDecisionTypeExplicitDeny:
		return "a policy denies"
	}
	return "nothing allows"
}

// told is a line for each reason, with the actions that it is of.
func told(actions []string, verdicts verdict, resources []string) []string {
	by := map[string][]string{}
	var reasons []string
	for _, a := range actions {
		why, ok := verdicts[a]
		if !ok {
			why = "the simulator said nothing of"
		}
		if why == "" {
			continue
		}
		if by[why] == nil {
			reasons = append(reasons, why)
		}
		by[why] = append(by[why], a)
	}
	var lines []string
	for _, why := range reasons {
		lines = append(lines, fmt.Sprintf("%s %s on %s", why, strings.Join(by[why], ", "), strings.Join(resources, ", ")))
	}
	return lines
}
