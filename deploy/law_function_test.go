package deploy

import (
	"fmt"
	"slices"
	"strings"
)

// of lists the names of the resources of a type, sorted.
func (t template) of(kind string) []string {
	var names []string
	for name, r := range t.Resources {
		if r.Type == kind {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// at follows names into nested mappings; nil when one is missing.
func at(v any, path ...string) any {
	for _, name := range path {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[name]
	}
	return v
}

// text is a value, or the text of a Sub or the name of a Ref.
func textOf(v any) string {
	for _, name := range []string{"Fn::Sub", "Ref"} {
		if inner := at(v, name); inner != nil {
			return fmt.Sprint(inner)
		}
	}
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

// each lists the elements of a list, or the one value that stands for it.
func each(v any) []any {
	if list, ok := v.([]any); ok {
		return list
	}
	if v == nil {
		return nil
	}
	return []any{v}
}

// invocations wants every function in a Region to have the permissions of its front,
// each scoped by its ARN, or by conditions on the URL, which has none.
func invocations(name string, t template) []string {
	if name == "edge.yaml" { // CloudFront replicates the function: see atTheEdge
		return nil
	}
	scopes := map[string][]string{ // by the template's own resource
		"AWS::ApiGateway::RestApi":              {"execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/prod/*"},
		"AWS::ApiGatewayV2::Api":                {"execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/$default"},
		"AWS::ElasticLoadBalancingV2::Listener": {"elasticloadbalancing:${AWS::Region}:${AWS::AccountId}:targetgroup/${BalancerName}/*"},
		"AWS::Lambda::Url":                      {"FunctionUrlAuthType", "InvokedViaFunctionUrl"},
	}
	var found []string
	for _, id := range t.of("AWS::Lambda::Permission") {
		p := t.Resources[id].Properties
		switch {
		case textOf(p["FunctionName"]) != "Function":
			continue
		case p["SourceArn"] != nil:
			found = append(found, strings.TrimPrefix(textOf(p["SourceArn"]), "arn:${AWS::Partition}:"))
		case p["Action"] == "lambda:InvokeFunctionUrl" && p["FunctionUrlAuthType"] != nil:
			found = append(found, "FunctionUrlAuthType")
		case p["Action"] == "lambda:InvokeFunction" && p["InvokedViaFunctionUrl"] == true:
			found = append(found, "InvokedViaFunctionUrl")
		default:
			found = append(found, "nothing")
		}
	}
	slices.Sort(found)
	var problems []string
	for range t.of("AWS::Lambda::Function") {
		var want []string
		for kind, scope := range scopes {
			if len(t.of(kind)) > 0 {
				want = append(want, scope...)
			}
		}
		if !slices.Equal(found, want) || len(want) == 0 {
			problems = append(problems, fmt.Sprintf("permissions are scoped by %q, want %q", found, want))
		}
	}
	return problems
}

// roles wants a role to name its actions and its resources: those of logs to be of the
// function's own group. No exception is needed: what functions do has resources.
func roles(_ string, t template) []string {
	var problems []string
	for _, id := range t.of("AWS::IAM::Role") {
		p := t.Resources[id].Properties
		if p["ManagedPolicyArns"] != nil {
			problems = append(problems, id+" has policies of AWS's")
		}
		for _, policy := range each(p["Policies"]) {
			if branches, ok := at(policy, "Fn::If").([]any); ok {
				policy = branches[1]
			}
			for _, statement := range each(at(policy, "PolicyDocument", "Statement")) {
				problems = append(problems, loose(id, statement)...)
			}
		}
	}
	return problems
}

func loose(id string, statement any) []string {
	var problems []string
	for _, a := range each(at(statement, "Action")) {
		if strings.Contains(textOf(a), "*") {
			problems = append(problems, fmt.Sprintf("%s may do %s", id, textOf(a)))
		}
	}
	for _, r := range each(at(statement, "Resource")) {
		text := textOf(r)
		own := text == "TableArn" || strings.HasSuffix(text, ":log-group:/aws/lambda/${FunctionName}:*") || strings.HasSuffix(text, ":log-group:/aws/lambda/us-east-1.${FunctionName}:*")
		if !own {
			problems = append(problems, fmt.Sprintf("%s may do it to %q", id, text))
		}
	}
	return problems
}

// atTheEdge wants a function on a distribution to be one that CloudFront takes:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html,
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html
func atTheEdge(_ string, t template) []string {
	var problems []string
	for _, id := range t.of("AWS::CloudFront::Distribution") {
		for _, a := range each(at(t.Resources[id].Properties, "DistributionConfig", "DefaultCacheBehavior", "LambdaFunctionAssociations")) {
			version := t.Resources[textOf(at(a, "LambdaFunctionARN"))]
			if version.Type != "AWS::Lambda::Version" || textOf(version.Properties["Description"]) != "CodeKey" {
				return append(problems, "the association is of no numbered version that changes with the code")
			}
			function := t.Resources[textOf(version.Properties["FunctionName"])].Properties
			for _, name := range []string{"Environment", "VpcConfig", "Layers", "TracingConfig", "DeadLetterConfig", "ReservedConcurrentExecutions", "EphemeralStorage", "KmsKeyArn", "ImageConfig"} {
				if function[name] != nil {
					problems = append(problems, "the function has "+name)
				}
			}
			if fmt.Sprint(function["Architectures"]) != "[x86_64]" || !strings.HasPrefix(fmt.Sprint(function["Runtime"]), "nodejs") {
				problems = append(problems, "the function runs on another processor or runtime")
			}
			trust := at(each(at(t.Resources["Role"].Properties, "AssumeRolePolicyDocument", "Statement"))[0], "Principal", "Service")
			if fmt.Sprint(trust) != "[lambda.amazonaws.com edgelambda.amazonaws.com]" {
				problems = append(problems, fmt.Sprintf("the role is %v's", trust))
			}
		}
	}
	return problems
}

// logGroups wants every group to forget, and every function in a Region to write to one
// of the stack's.
func logGroups(name string, t template) []string {
	var problems []string
	for _, id := range t.of("AWS::Logs::LogGroup") {
		if t.Resources[id].Properties["RetentionInDays"] == nil {
			problems = append(problems, id+" keeps logs for ever")
		}
	}
	for _, id := range t.of("AWS::Lambda::Function") {
		group := textOf(at(t.Resources[id].Properties, "LoggingConfig", "LogGroup"))
		if name != "edge.yaml" && t.Resources[group].Type != "AWS::Logs::LogGroup" { // at the edge Lambda names them
			problems = append(problems, id+" has no log group of the stack")
		}
	}
	return problems
}

// alarms wants one of errors and one of throttles for each function, and the bill's to
// be of the metric that is published:
// https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html,
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html
func alarms(name string, t template) []string {
	found := map[string]bool{}
	for _, id := range t.of("AWS::CloudWatch::Alarm") {
		p := t.Resources[id].Properties
		d := each(p["Dimensions"])[0]
		found[fmt.Sprintf("%v %v %v=%s", p["Namespace"], p["MetricName"], at(d, "Name"), textOf(at(d, "Value")))] = true
	}
	var want []string
	switch {
	case name == "billing.yaml":
		want = []string{"AWS/Billing EstimatedCharges Currency=USD"}
	case name == "edge-logs.yaml":
		want = []string{"AWS/Lambda Errors FunctionName=us-east-1.${FunctionName}", "AWS/Lambda Throttles FunctionName=us-east-1.${FunctionName}"}
	case name != "edge.yaml" && len(t.of("AWS::Lambda::Function")) > 0:
		want = []string{"AWS/Lambda Errors FunctionName=Function", "AWS/Lambda Throttles FunctionName=Function"}
	}
	var problems []string
	for _, w := range want {
		if !found[w] {
			problems = append(problems, "no alarm of "+w)
		}
	}
	return problems
}
