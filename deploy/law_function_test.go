package deploy

import (
	"encoding/json"
	"fmt"
	"slices"
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

// written is a value as JSON, in which equal values are equal texts.
func written(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(text)
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
		if name != "edge-function.yaml" && t.Resources[group].Type != "AWS::Logs::LogGroup" { // at the edge Lambda names them
			problems = append(problems, id+" has no log group of the stack")
		}
	}
	return problems
}

// alarms wants one of errors and one of throttles for each function, and the bill's to
// be of the metric that is published:
// https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html,
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html,
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
	case name == "cff-logs.yaml":
		want = []string{"AWS/CloudFront FunctionExecutionErrors FunctionName=FunctionName", "AWS/CloudFront FunctionThrottles FunctionName=FunctionName"}
	case name != "edge-function.yaml" && len(t.of("AWS::Lambda::Function")) > 0:
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

// healthChecks wants no target group to check its function: each check is an invocation,
// which is paid for and counted among the run's.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html#lambda-health-checks
func healthChecks(_ string, t template) []string {
	var problems []string
	for _, id := range t.of("AWS::ElasticLoadBalancingV2::TargetGroup") {
		if t.Resources[id].Properties["HealthCheckEnabled"] != false {
			problems = append(problems, id+" has health checks")
		}
	}
	return problems
}
