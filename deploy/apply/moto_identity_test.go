package apply_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
)

// document is a policy as IAM keeps it.
type document struct {
	Statement []struct {
		Effect    string
		Principal any
		Action    any
		Resource  any
		Condition map[string]map[string]string
	}
}

func parsed(t *testing.T, text string) document {
	t.Helper()
	if plain, err := url.QueryUnescape(text); err == nil && strings.HasPrefix(text, "%") {
		text = plain
	}
	if strings.HasPrefix(text, "{'") { // as moto writes one that came by a template
		text = strings.ReplaceAll(text, "'", `"`)
	}
	var d document
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return d
}

// roles wants a role for each function, below /bench/, that its service alone takes, and
// that may write to its own log group and read its own table and nothing else.
func (a account) roles(t *testing.T) {
	t.Helper()
	client := iam.NewFromConfig(a.in("us-east-1"))
	all := got(client.ListRoles(t.Context(), &iam.ListRolesInput{PathPrefix: aws.String("/bench/")}))(t).Roles
	if len(all) != 6 {
		t.Errorf("%d roles, want 6", len(all))
	}
	const logs, table = "arn:aws:logs:%s:123456789012:log-group:/aws/lambda/%s:*", "arn:aws:dynamodb:ap-northeast-1:123456789012:table/MediaConvertJobIdToStatus"
	may := map[string]string{ // resource of the logs policy, and of the table's
		"rest": fmt.Sprintf(logs, "us-east-1", "bench-every-1-rest"), "http-api": fmt.Sprintf(logs, "us-east-1", "bench-every-1-http-api"),
		"alb": fmt.Sprintf(logs, "us-east-1", "bench-every-1-alb"), "url": fmt.Sprintf(logs, "eu-west-1", "bench-every-1-url") + " " + table,
		"edge": fmt.Sprintf(logs, "*", "us-east-1.bench-every-1-edge") + " " + table, "site": fmt.Sprintf(logs, "*", "us-east-1.bench-every-1-site"),
	}
	for _, role := range all {
		tags := map[string]string{}
		for _, tag := range got(client.ListRoleTags(t.Context(), &iam.ListRoleTagsInput{RoleName: role.RoleName}))(t).Tags {
			tags[aws.ToString(tag.Key)] = aws.ToString(tag.Value)
		}
		id := tags["bench:front"]
		tagged(t, aws.ToString(role.RoleName), tags, id)
		trusted := fmt.Sprint(parsed(t, aws.ToString(role.AssumeRolePolicyDocument)).Statement[0].Principal)
		want := "map[Service:lambda.amazonaws.com]"
		if id == "edge" || id == "site" {
			want = "map[Service:[lambda.amazonaws.com edgelambda.amazonaws.com]]"
		}
		if trusted != want {
			t.Errorf("role of %s is trusted to %s, want %s", id, trusted, want)
		}
		var resources, actions []string
		for _, name := range got(client.ListRolePolicies(t.Context(), &iam.ListRolePoliciesInput{RoleName: role.RoleName}))(t).PolicyNames {
			policy := got(client.GetRolePolicy(t.Context(), &iam.GetRolePolicyInput{RoleName: role.RoleName, PolicyName: &name}))(t)
			for _, s := range parsed(t, aws.ToString(policy.PolicyDocument)).Statement {
				resources, actions = append(resources, fmt.Sprint(s.Resource)), append(actions, fmt.Sprint(s.Action))
			}
		}
		slices.Sort(resources)
		wantResources := strings.Fields(may[id])
		slices.Sort(wantResources)
		if !slices.Equal(resources, wantResources) {
			t.Errorf("role of %s may use %q, want %q", id, resources, wantResources)
		}
		wantActions := []string{"[logs:CreateLogStream logs:PutLogEvents]"}
		if strings.Contains(may[id], table) {
			wantActions = append(wantActions, "[dynamodb:GetItem]")
		}
		if !slices.Equal(actions, wantActions) {
			t.Errorf("role of %s may %q, want %q", id, actions, wantActions)
		}
	}
}

// permissions wants each front, and nobody else, to be allowed to invoke its function.
func (a account) permissions(t *testing.T) {
	t.Helper()
	for id, want := range map[string]string{
		"rest":     `apigateway.amazonaws.com lambda:InvokeFunction arn:aws:execute-api:us-east-1:123456789012:[a-z0-9]+/prod/\*`,
		"http-api": `apigateway.amazonaws.com lambda:InvokeFunction arn:aws:execute-api:us-east-1:123456789012:not-made-by-moto/\*/\$default`,
		"alb":      `elasticloadbalancing.amazonaws.com lambda:InvokeFunction arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/bench-every-1-alb/\*`,
		"url":      `\* lambda:InvokeFunction |\* lambda:InvokeFunctionUrl `,
	} {
		client := lambda.NewFromConfig(a.in(deployedFunctions()[id].region))
		policy, err := client.GetPolicy(t.Context(), &lambda.GetPolicyInput{FunctionName: aws.String("bench-every-1-" + id)})
		if err != nil {
			t.Errorf("%s: %v", id, err)
			continue
		}
		var all []string
		for _, s := range parsed(t, aws.ToString(policy.Policy)).Statement {
			principal := s.Principal
			if m, ok := principal.(map[string]any); ok {
				principal = m["Service"]
			}
			all = append(all, fmt.Sprint(principal, " ", s.Action, " ", s.Condition["ArnLike"]["AWS:SourceArn"]))
		}
		slices.Sort(all)
		for i, form := range strings.Split(want, "|") {
			if i >= len(all) || !regexp.MustCompile("^"+form+"$").MatchString(all[i]) {
				t.Errorf("%s may be invoked by %q, want %q", id, all, want)
			}
		}
	}
}
