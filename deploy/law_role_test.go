package deploy

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// trusts is who may take the role of a template: Lambda, and at the edge edgelambda, whose
// the replicas are.
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html,
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html
func trusts(name string) string {
	service := `"lambda.amazonaws.com"`
	if name == "edge-function.yaml" {
		service = `["lambda.amazonaws.com","edgelambda.amazonaws.com"]`
	}
	return `[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{"Service":` + service + `}}]`
}

// done is all that functions do: they write their logs, and built-in handlers read or
// change one item of a table.
func done() []string {
	return []string{"logs:CreateLogStream", "logs:PutLogEvents", "dynamodb:GetItem", "dynamodb:UpdateItem"}
}

// roles wants a role to be its service's, and to name its actions and its resources: those
// of logs to be of the function's own group. No exception is needed: what functions do
// has resources.
func roles(name string, t template) []string {
	var problems []string
	for id, r := range t.Resources {
		if strings.HasPrefix(r.Type, "AWS::IAM::") && r.Type != "AWS::IAM::Role" {
			problems = append(problems, id+" gives rights outside of a role")
		}
	}
	for _, id := range t.of("AWS::IAM::Role") {
		p := t.Resources[id].Properties
		const bound = `{"Fn::If":["HasBoundary",{"Ref":"PermissionsBoundary"},{"Ref":"AWS::NoValue"}]}`
		if got := written(p["PermissionsBoundary"]); got != bound {
			problems = append(problems, id+" is bounded by "+got)
		}
		if p["ManagedPolicyArns"] != nil {
			problems = append(problems, id+" has policies of AWS's")
		}
		if trust := written(each(at(p["AssumeRolePolicyDocument"], "Statement"))); trust != trusts(name) {
			problems = append(problems, fmt.Sprintf("%s is trusted by %s, want %s", id, trust, trusts(name)))
		}
		for _, policy := range each(p["Policies"]) {
			for _, branch := range branches(policy) {
				for _, statement := range each(at(branch, "PolicyDocument", "Statement")) {
					problems = append(problems, loose(id, statement, t)...)
				}
			}
		}
	}
	return problems
}

// branches are what a value may be: both of an If.
func branches(v any) []any {
	if list, ok := at(v, "Fn::If").([]any); ok {
		return append(branches(list[1]), branches(list[2])...)
	}
	return []any{v}
}

// ownTable is the ARN of a table of the deployment, as a plan writes it.
var ownTable = regexp.MustCompile(`^\$\{bench-[a-zA-Z0-9-]+-table-[a-zA-Z0-9-]+\.Arn\}$`)

func loose(id string, statement any, t template) []string {
	var problems []string
	m, _ := statement.(map[string]any)
	if got := slices.Sorted(maps.Keys(m)); !slices.Equal(got, []string{"Action", "Effect", "Resource"}) || m["Effect"] != "Allow" {
		problems = append(problems, fmt.Sprintf("%s has a statement of %q, want an Allow of Action and Resource", id, got))
	}
	for _, a := range each(m["Action"]) {
		for _, action := range t.values(a) {
			if !slices.Contains(done(), action) {
				problems = append(problems, fmt.Sprintf("%s may do %s", id, action))
			}
		}
	}
	for _, r := range each(m["Resource"]) {
		for _, text := range t.values(r) {
			own := text == "" || ownTable.MatchString(text) || text == "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/${FunctionName}:*" ||
				text == "arn:${AWS::Partition}:logs:*:${AWS::AccountId}:log-group:/aws/lambda/us-east-1.${FunctionName}:*"
			if !own {
				problems = append(problems, fmt.Sprintf("%s may do it to %q", id, text))
			}
		}
	}
	return problems
}

// values are the texts of a value: of a parameter those of its default, which a plan
// may have set.
func (t template) values(v any) []string {
	if name, ok := at(v, "Ref").(string); ok && t.Parameters[name] != nil {
		return strings.Split(textOf(t.Parameters[name]["Default"]), ",")
	}
	return []string{textOf(v)}
}

// planned is a template with a stack's values in place of its defaults.
func (t template) planned(parameters map[string]string) template {
	t.Parameters = maps.Clone(t.Parameters)
	for name, value := range parameters {
		t.Parameters[name] = maps.Clone(t.Parameters[name])
		t.Parameters[name]["Default"] = value
	}
	return t
}

// The law of roles sees what a plan puts into them.
func TestRolesOfPlans(t *testing.T) {
	parsed := parse(t, texts(t)["url.yaml"])
	const table = "${bench-small-1-table-Jobs-us-east-1.Arn}"
	for _, c := range []struct {
		actions, arn string
		breaks       bool
	}{
		{"dynamodb:GetItem", table, false}, {"dynamodb:UpdateItem,dynamodb:GetItem", table, false},
		{"dynamodb:*", table, true}, {"*", table, true}, {"dynamodb:GetItem,iam:PassRole", table, true}, {"", table, true},
		{"dynamodb:GetItem", "*", true}, {"dynamodb:GetItem", "arn:aws:dynamodb:us-east-1:123456789012:table/*", true}, {"dynamodb:GetItem", "${bench-small-1-other.Arn}", true},
	} {
		problems := roles("url.yaml", parsed.planned(map[string]string{"TableActions": c.actions, "TableArn": c.arn}))
		if (len(problems) > 0) != c.breaks {
			t.Errorf("%q on %q: %q", c.actions, c.arn, problems)
		}
	}
}
