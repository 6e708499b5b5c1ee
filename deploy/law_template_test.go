package deploy

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// untagged are the types that take no tags: "tagging": {"taggable": false} in their
// schemas (https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html),
// which cfn-lint 1.51 has a copy of. Those of API Gateway V2 say nothing there, and have
// no property Tags: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ApiGatewayV2.html
func untagged() []string {
	return []string{
		"AWS::ApiGateway::Deployment", "AWS::ApiGateway::Method", "AWS::ApiGateway::Resource", "AWS::ApiGateway::UsagePlanKey",
		"AWS::ApiGatewayV2::Integration", "AWS::ApiGatewayV2::Route", "AWS::CloudFront::CachePolicy", "AWS::CloudFront::OriginAccessControl",
		"AWS::EC2::Route", "AWS::EC2::SecurityGroupIngress", "AWS::EC2::SubnetRouteTableAssociation", "AWS::EC2::VPCGatewayAttachment",
		"AWS::ElasticLoadBalancingV2::Listener", "AWS::Lambda::Permission", "AWS::Lambda::Url", "AWS::Lambda::Version",
		"AWS::S3::BucketPolicy", "AWS::SNS::Subscription",
	}
}

// tags wants the deployment's tags on everything that takes tags.
func tags(_ string, t template) []string {
	want := map[string]string{TagDeployment: "Deployment", TagScenario: "Scenario"}
	if t.Parameters["Front"] != nil {
		want[TagFront] = "Front"
	}
	var problems []string
	for id, r := range t.Resources {
		if slices.Contains(untagged(), r.Type) {
			continue
		}
		got := map[string]string{}
		switch list := r.Properties["Tags"].(type) {
		case []any:
			for _, tag := range list {
				got[textOf(at(tag, "Key"))] = textOf(at(tag, "Value"))
			}
		case map[string]any:
			for key, value := range list {
				got[key] = textOf(value)
			}
		}
		delete(got, "Name")
		if !maps.Equal(got, want) {
			problems = append(problems, fmt.Sprintf("%s (%s) has tags %v, want %v", id, r.Type, got, want))
		}
	}
	return problems
}

var substituted = regexp.MustCompile(`\$\{([A-Za-z0-9:.]+)\}`)

// mentions collects the names that a value refers to: of parameters and resources, and
// of conditions.
func mentions(v any, names, conditions map[string]bool) {
	switch v := v.(type) {
	case []any:
		for _, inner := range v {
			mentions(inner, names, conditions)
		}
	case map[string]any:
		for key, inner := range v {
			switch key {
			case "Ref":
				names[fmt.Sprint(inner)] = true
			case "Fn::GetAtt":
				names[fmt.Sprint(inner.([]any)[0])] = true
			case "Fn::Sub":
				for _, m := range substituted.FindAllStringSubmatch(fmt.Sprint(inner), -1) {
					name, _, _ := strings.Cut(m[1], ".")
					names[name] = true
				}
			case "Fn::If":
				conditions[fmt.Sprint(inner.([]any)[0])] = true
				mentions(inner, names, conditions)
			case "Condition":
				if name, ok := inner.(string); ok {
					conditions[name] = true
				}
			default:
				mentions(inner, names, conditions)
			}
		}
	}
}

// mentioned is all that a template refers to.
func (t template) mentioned() (names, conditions map[string]bool) {
	names, conditions = map[string]bool{}, map[string]bool{}
	for _, r := range t.Resources {
		mentions(r.Properties, names, conditions)
		for _, name := range each(r.DependsOn) {
			names[fmt.Sprint(name)] = true
		}
		if r.Condition != "" {
			conditions[r.Condition] = true
		}
	}
	for _, o := range t.Outputs {
		mentions(map[string]any(o), names, conditions)
	}
	for _, c := range t.Conditions {
		mentions(c, names, conditions)
	}
	return names, conditions
}

// references wants every name to be of a parameter, a resource, a condition, or AWS's.
func references(_ string, t template) []string {
	names, conditions := t.mentioned()
	var problems []string
	for name := range names {
		if t.Parameters[name] == nil && t.Resources[name].Type == "" && !strings.HasPrefix(name, "AWS::") {
			problems = append(problems, name+" is nowhere")
		}
	}
	for name := range conditions {
		if t.Conditions[name] == nil {
			problems = append(problems, "condition "+name+" is nowhere")
		}
	}
	return problems
}

// used wants every parameter and condition to be referred to.
func used(_ string, t template) []string {
	names, conditions := t.mentioned()
	var problems []string
	for name := range t.Parameters {
		if !names[name] {
			problems = append(problems, "parameter "+name+" is not used")
		}
	}
	for name := range t.Conditions {
		if !conditions[name] {
			problems = append(problems, "condition "+name+" is not used")
		}
	}
	return problems
}

// outputs wants what a client and CloudWatch need to know a front by: scenarios has the
// identifiers of each kind.
func outputs(name string, t template) []string {
	want := map[string][]string{
		"alb.yaml":              {"Function", "LoadBalancer", "TargetGroup", "Url"},
		"artifacts.yaml":        {"Bucket"},
		"billing.yaml":          {"Alarm"},
		"edge-logs.yaml":        {"LogGroup"},
		"cff-logs.yaml":         {"LogGroup"},
		"edge-function.yaml":    {"Function", "Version"},
		"edge.yaml":             {"Bucket", "Distribution", "Url"},
		"http.yaml":             {"ApiId", "Function", "Stage", "Url"},
		"rest-nonproxy.yaml":    {"ApiId", "ApiKeyId", "ApiName", "Function", "Stage", "Url"},
		"rest-passthrough.yaml": {"ApiId", "ApiKeyId", "ApiName", "Function", "Stage", "Url"},
		"rest.yaml":             {"ApiId", "ApiKeyId", "ApiName", "Function", "Stage", "Url"},
		"table.yaml":            {"Arn", "Table"},
		"url.yaml":              {"Function", "Url"},
	}[name]
	if got := slices.Sorted(maps.Keys(t.Outputs)); !slices.Equal(got, want) {
		return []string{fmt.Sprintf("outputs %q, want %q", got, want)}
	}
	return nil
}
