package deploy

import (
	"encoding/json"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

// everything is the deployment of a scenario that uses every template.
func everything(t *testing.T) *Deployment {
	t.Helper()
	s := shipped(t, "mediaconvert-status")
	tutorial, _ := shipped(t, "meditations").Front("tutorial")
	tutorial.Handler = "meditate"
	url, _ := shipped(t, "quickstart").Front("url")
	templated, _ := shipped(t, "idle-cost").Front("rest-nonproxy")
	templated.Handler = "hello"
	edge := shipped(t, "edge-events")
	script, _ := edge.Front("normalised-cff")
	script.Handler, s.Buckets = "url-normalise", edge.Buckets
	s.Fronts = append(s.Fronts, tutorial, templated, url, script)
	d := planOf(t, Config{Name: "everything-1", Scenario: s, Signed: true, BillingAlarmUSD: usd(t, "5"), AlarmEmail: "me@example.com"})
	var used []string
	for _, stack := range d.Stacks {
		used = append(used, stack.Template)
	}
	slices.Sort(used)
	if got := slices.Compact(used); !slices.Equal(got, Templates()) {
		t.Fatalf("templates %q, want %q", got, Templates())
	}
	return d
}

// grant is one action of a statement.
type grant struct {
	Action    string
	Resources []string
	Condition map[string]map[string]any
}

func grants(p Policy) []grant {
	var all []grant
	for _, s := range p.Statement {
		for _, a := range s.Action {
			all = append(all, grant{a, s.Resource, s.Condition})
		}
	}
	return all
}

// allowed reports whether a policy has an action, by IAM's rule of asterisks.
func allowed(p Policy, action string) bool {
	for _, g := range grants(p) {
		if ok, _ := path.Match(strings.ToLower(g.Action), strings.ToLower(action)); ok {
			return true
		}
	}
	return false
}

// What AWS's own schemas say that CloudFormation calls to make, read, change and delete
// a resource the policy allows, but for what none of the templates asks for. The file has
// them as far as public copies were read:
// https://github.com/hashicorp/terraform-provider-awscc (internal/service/cloudformation/schemas),
// https://github.com/pulumi/pulumi-aws-native (aws-cloudformation-schema)
func TestPolicyHasWhatHandlersCall(t *testing.T) {
	text, err := os.ReadFile("testdata/handlers.json")
	if err != nil {
		t.Fatal(err)
	}
	var handlers map[string][]string
	if err := json.Unmarshal(text, &handlers); err != nil {
		t.Fatal(err)
	}
	if len(handlers) < 10 {
		t.Fatalf("%d types", len(handlers))
	}
	left := map[string]string{
		"ec2:RevokeSecurityGroupEgress":                  "the way out is left as AWS makes it",
		"ec2:AuthorizeSecurityGroupEgress":               "the same",
		"ec2:DeleteTags":                                 "no part of a network loses a tag",
		"ec2:ModifySubnetAttribute":                      "no attribute is set",
		"ec2:AssociateSubnetCidrBlock":                   "of IPv6",
		"ec2:DisassociateSubnetCidrBlock":                "the same",
		"ec2:ReplaceRoute":                               "nothing of the route changes",
		"ec2:CreateVpcEncryptionControl":                 "it is not set",
		"ec2:ModifyVpcTenancy":                           "the same",
		"cognito-idp:DescribeUserPoolClient":             "no listener signs users in",
		"lambda:PutProvisionedConcurrencyConfig":         "CloudFront takes none",
		"lambda:PutRuntimeManagementConfig":              "it is not set",
		"iam:AttachRolePolicy":                           "no role has a policy of AWS's",
		"iam:DetachRolePolicy":                           "the same",
		"iam:DeleteRolePermissionsBoundary":              "a role that has a boundary keeps it",
		"iam:PutRolePermissionsBoundary":                 "with a boundary alone: see TestPolicyWithABoundary",
		"iam:UpdateRole":                                 "nothing that it changes is set",
		"iam:UpdateRoleDescription":                      "no role has one",
		"logs:PutDataProtectionPolicy":                   "no group has one",
		"logs:DeleteDataProtectionPolicy":                "the same",
		"logs:CreateLogDelivery":                         "groups are of the standard class",
		"s3:REST.PUT.OBJECT":                             "the same",
		"firehose:TagDeliveryStream":                     "the same",
		"logs:PutResourcePolicy":                         "no group has one",
		"logs:DescribeResourcePolicies":                  "the same",
		"logs:AssociateKmsKey":                           "no group has a key",
		"logs:DisassociateKmsKey":                        "the same",
		"elasticloadbalancing:SetIpAddressType":          "it is not set",
		"cloudfront:CreateConnectionGroup":               "of multi-tenant distributions",
		"cloudfront:GetConnectionGroup":                  "the same",
		"cloudfront:GetVpcOrigin":                        "no origin is in a VPC",
		"cloudfront:UpdateDistributionWithStagingConfig": "there is no staging distribution",
		"sns:PutDataProtectionPolicy":                    "no topic has one",
		"s3:getObject":                                   "no API has its definition in a bucket",
	}
	policy := everything(t).DeployPolicy()
	for kind, actions := range handlers {
		for _, action := range actions {
			if left[action] == "" && !allowed(policy, action) {
				t.Errorf("%s needs %s, which the policy does not allow", kind, action)
			}
		}
	}
}

// narrow lists what a policy allows beyond its purpose.
func narrow(p Policy) []string {
	// AWS limits none of these to a resource, or they find one by its name:
	// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
	anywhere := []string{"cloudwatch:DescribeAlarms", "cloudwatch:GetMetricData", "cloudwatch:ListMetrics", "ec2:Describe", "elasticloadbalancing:Describe", "apigateway:GET",
		"cloudfront:List", "iam:ListRoles", "logs:DescribeLogGroups", "logs:GetQueryResults", "logs:StopQuery", "tag:GetResources"}
	// Where AWS makes up the name, the type is all that can be said.
	unnamed := []string{"arn:aws:apigateway:*::/", "arn:aws:cloudfront::*:cache-policy/", "arn:aws:cloudfront::*:distribution/", "arn:aws:cloudfront::*:origin-access-control/", "arn:aws:ec2:*:*:", "arn:aws:iam::*:role/aws-service-role/", "arn:aws:execute-api:"}
	var problems []string
	for _, g := range grants(p) {
		service, verb, _ := strings.Cut(g.Action, ":")
		stem := strings.TrimSuffix(verb, "*")
		if service == "cloudfront" && slices.Contains([]string{"*CachePolicy", "*OriginAccessControl", "*Function"}, verb) || g.Action == "lambda:*FunctionUrlConfig" {
			stem = verb // the resources of the statement that it is of are of the type
		}
		if verb != stem && !slices.ContainsFunc([]string{"Get", "List", "Describe", "Tag", "Untag", "EnableReplication", "DisableReplication", "DeleteBucket", "DeleteObject", "PutBucket", "ModifyListener", "ModifyTargetGroup"}, func(v string) bool { return strings.HasPrefix(stem, v) }) {
			problems = append(problems, g.Action+" is more than reading")
		}
		for _, r := range g.Resources {
			switch {
			case r == "*" && slices.ContainsFunc(anywhere, func(a string) bool { return strings.HasPrefix(g.Action, a) }):
			case strings.Contains(r, "bench-"), strings.Contains(r, "role/bench/"), service == "dynamodb" && strings.HasSuffix(r, ":table/MediaConvertJobIdToStatus"):
			case slices.ContainsFunc(unnamed, func(u string) bool { return strings.HasPrefix(r, u) }):
			default:
				problems = append(problems, g.Action+" on "+r)
			}
		}
		switch {
		case g.Action == "iam:PassRole" && g.Condition["StringEquals"]["iam:PassedToService"] == nil,
			g.Action == "iam:CreateServiceLinkedRole" && g.Condition["StringEquals"]["iam:AWSServiceName"] == nil,
			g.Action == "ec2:DeleteVpc" && g.Condition["Null"]["aws:ResourceTag/bench:deployment"] != "false",
			slices.Contains([]string{"apigateway:DELETE", "apigateway:PATCH"}, g.Action) && slices.ContainsFunc(g.Resources, ofREST) && g.Condition["Null"]["aws:ResourceTag/bench:deployment"] != "false",
			slices.Contains([]string{"ec2:AuthorizeSecurityGroupIngress", "ec2:ModifyVpcAttribute", "cloudfront:UpdateDistribution", "cloudfront:DeleteDistribution"}, g.Action) && g.Condition["Null"]["aws:ResourceTag/bench:deployment"] != "false",
			g.Action == "ec2:CreateTags" && g.Condition["Null"]["ec2:CreateAction"] != "false" && !(slices.Equal(g.Resources, []string{"arn:aws:ec2:*:*:security-group/*"}) && g.Condition["Null"]["aws:RequestTag/bench:deployment"] == "false"):
			problems = append(problems, g.Action+" without a condition")
		}
	}
	return problems
}

// ofREST reports whether an ARN is of a REST API, a key or a plan.
func ofREST(arn string) bool {
	return slices.ContainsFunc([]string{"/restapis/", "/apikeys/", "/usageplans/"}, func(s string) bool { return strings.Contains(arn, s) })
}

func TestPoliciesAreNarrow(t *testing.T) {
	d := everything(t)
	for name, p := range map[string]Policy{"deploy": d.DeployPolicy(), "measure": d.MeasurePolicy()} {
		for _, problem := range narrow(p) {
			t.Errorf("%s: %s", name, problem)
		}
		if p.Size() > MaxPolicy {
			t.Errorf("%s: %d characters, IAM takes %d", name, p.Size(), MaxPolicy)
		}
	}
}

// With a boundary no role can be made, given rights or have another boundary: those are
// the actions that the key is documented for, beside attaching policies.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
func TestPolicyWithABoundary(t *testing.T) {
	const boundary = "arn:aws:iam::123456789012:policy/a-boundary-with-quite-a-long-name"
	d := planOf(t, Config{Name: "quickstart-1", Scenario: shipped(t, "quickstart"), Boundary: boundary, BillingAlarmUSD: usd(t, "5"), AlarmEmail: "me@example.com"})
	p := d.DeployPolicy()
	for _, action := range []string{"iam:CreateRole", "iam:PutRolePolicy", "iam:DeleteRolePolicy", "iam:PutRolePermissionsBoundary"} {
		found := false
		for _, g := range grants(p) {
			if g.Action != action {
				continue
			}
			found = true
			if got, _ := g.Condition["StringEquals"]["iam:PermissionsBoundary"].([]string); !slices.Equal(got, []string{boundary}) {
				t.Errorf("%s has the condition %v", action, g.Condition)
			}
		}
		if !found {
			t.Errorf("%s is not allowed", action)
		}
	}
	if allowed(p, "iam:DeleteRolePermissionsBoundary") || allowed(p, "iam:AttachRolePolicy") || p.Size() > MaxPolicy {
		t.Errorf("%d characters; a boundary can be taken away: %t", p.Size(), allowed(p, "iam:DeleteRolePermissionsBoundary"))
	}
	for _, s := range d.Stacks {
		if want := map[bool]string{true: boundary}[s.Code != nil]; s.Parameters["PermissionsBoundary"] != want {
			t.Errorf("%s: boundary %q, want %q", s.Name, s.Parameters["PermissionsBoundary"], want)
		}
	}
	if _, err := Plan(Config{Name: "q", Scenario: shipped(t, "quickstart"), Boundary: "bench"}); err == nil || !strings.Contains(err.Error(), `permissions boundary "bench": want the ARN of a policy`) {
		t.Errorf("a name in place of an ARN: %v", err)
	}
}

func TestNarrowFindsWide(t *testing.T) {
	for name, s := range map[string]Statement{
		"all of a service":   allow("A", "lambda", []string{"*"}, []string{"arn:aws:lambda:*:*:function:bench-*"}),
		"writing":            allow("A", "lambda", []string{"Update*"}, []string{"arn:aws:lambda:*:*:function:bench-*"}),
		"every function":     allow("A", "lambda", []string{"DeleteFunction"}, []string{"arn:aws:lambda:*:*:function:*"}),
		"everywhere":         allow("A", "s3", []string{"GetObject"}, []string{"*"}),
		"passing to anybody": allow("A", "iam", []string{"PassRole"}, []string{ownRoles}),
		"tagging any VPC":    allow("A", "ec2", []string{"CreateTags"}, []string{anyNetwork}).when("Null", "aws:RequestTag/bench:deployment", "false"),
		"opening any group":  allow("A", "ec2", []string{"AuthorizeSecurityGroupIngress"}, []string{anyNetwork}),
		"every API":          allow("A", "apigateway", []string{"PATCH"}, apiPaths("restapis/*")),
		"every distribution": allow("A", "cloudfront", []string{"UpdateDistribution"}, []string{anyDistribution}),
		"any network":        allow("A", "ec2", []string{"DeleteVpc"}, []string{anyNetwork}),
	} {
		if len(narrow(Policy{Statement: []Statement{s}})) == 0 {
			t.Errorf("%s is not found", name)
		}
	}
}

// A deployment needs what it has, and no more.
func TestPolicyOfLess(t *testing.T) {
	d := planOf(t, Config{Scenario: scenarioOf(t, "handler: hello\nfronts: [{id: url, kind: function-url}]")})
	for _, action := range []string{"ec2:CreateVpc", "cloudfront:CreateDistribution", "apigateway:POST", "dynamodb:CreateTable", "lambda:EnableReplication*", "sns:CreateTopic", "iam:CreateServiceLinkedRole"} {
		if allowed(d.DeployPolicy(), action) {
			t.Errorf("a function URL alone needs no %s", action)
		}
	}
	if allowed(d.MeasurePolicy(), "apigateway:GET") || allowed(d.MeasurePolicy(), "lambda:InvokeFunctionUrl") || allowed(d.MeasurePolicy(), "execute-api:Invoke") {
		t.Error("without keys and signatures there is nothing to fetch or to sign for")
	}
}

// policyTemplate is a template with a policy, which cfn-lint reads.
func policyTemplate(t *testing.T, p Policy) string {
	t.Helper()
	text, err := json.Marshal(map[string]any{"Resources": map[string]any{"Policy": map[string]any{
		"Type": "AWS::IAM::ManagedPolicy", "Properties": map[string]any{"PolicyDocument": p},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Every action can be asked of the simulator, in names that the policy allows.
func TestSimulated(t *testing.T) {
	d := everything(t)
	for _, p := range []Policy{d.DeployPolicy(), d.MeasurePolicy()} {
		for _, g := range grants(p) {
			names := Simulated(g.Action)
			if len(names) == 0 {
				t.Errorf("%s has no simulated actions", g.Action)
			}
			for _, name := range names {
				if ok, _ := path.Match(g.Action, name); !ok || strings.Contains(name, "*") {
					t.Errorf("%s is simulated as %s", g.Action, name)
				}
			}
		}
	}
}
