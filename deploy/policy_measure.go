package deploy

import (
	"slices"

	"frontdoor/scenarios"
)

// Reading is what a run on AWS reads and sends besides its requests.
type Reading struct {
	LogGroups []string // ARNs
	Functions []string // ARNs of those whose URLs let in signed requests alone
	APIs      []string // ARNs of the stages that do
	Keys      bool     // API Gateway is asked for API keys
	Tables    []string // ARNs of those whose items change while a run is made
}

// Policy is what whoever measures has to be allowed: to read metrics, REPORT lines and
// the keys that requests are sent with.
func (r Reading) Policy() Policy {
	p := Policy{Version: "2012-10-17", Statement: []Statement{
		// None of these takes a resource; a query that was started reads its own group alone.
		{Sid: "Metrics", Effect: "Allow", Action: []string{"cloudwatch:GetMetricData", "cloudwatch:ListMetrics", "logs:DescribeLogGroups", "logs:GetQueryResults", "logs:StopQuery"}, Resource: []string{"*"}},
	}}
	if r.LogGroups != nil {
		p.Statement = append(p.Statement, allow("Reports", "logs", []string{"FilterLogEvents", "StartQuery"}, r.LogGroups))
	}
	if r.Keys {
		p.Statement = append(p.Statement, allow("Keys", "apigateway", []string{"GET"}, []string{"arn:aws:apigateway:*::/apikeys/*"}))
	}
	if r.Tables != nil {
		p.Statement = append(p.Statement, allow("Items", "dynamodb", []string{"PutItem"}, r.Tables))
	}
	if r.Functions != nil { // both, since October 2025
		p.Statement = append(p.Statement, allow("Call", "lambda", []string{"InvokeFunction", "InvokeFunctionUrl"}, r.Functions))
	}
	if r.APIs != nil {
		p.Statement = append(p.Statement, allow("CallAPIs", "execute-api", []string{"Invoke"}, r.APIs))
	}
	return p
}

// Stages are the ARNs of what is below an API's stages; AWS makes up the ids, so that id
// is an asterisk until the API stands.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
func Stages(region, id string) string { return "arn:aws:execute-api:" + region + ":*:" + id + "/*" }

// MeasurePolicy is what whoever measures the deployment has to be allowed.
func (d *Deployment) MeasurePolicy() Policy {
	r := Reading{LogGroups: logResources(), Tables: TimedTables(d.scenario)}
	for _, s := range d.Stacks {
		r.Keys = r.Keys || s.Parameters["ApiKeyRequired"] == "true"
		switch arn := Stages(s.Region, "*"); {
		case s.Parameters["AuthType"] != signed:
		case s.Template == "url.yaml":
			r.Functions = []string{ownFunctions}
		case !slices.Contains(r.APIs, arn):
			r.APIs = append(r.APIs, arn)
		}
	}
	return r.Policy()
}

// TimedTables are the ARNs of a scenario's tables whose items change in a trial: bench
// writes them. Nil are none.
func TimedTables(s *scenarios.Scenario) []string {
	var arns []string
	for _, t := range s.Tables {
		if t.Timed() {
			arns = append(arns, tableARN(t.Region, t.Name))
		}
	}
	return arns
}

// LogGroups are the ARNs of a function's log groups in every Region, and of what is in
// them. At the edge the name has the function's home Region in it.
func LogGroups(function string, edge bool) []string {
	group := "arn:aws:logs:*:*:log-group:/aws/lambda/" + function
	if edge {
		group = "arn:aws:logs:*:*:log-group:/aws/lambda/us-east-1." + function
	}
	return []string{group, group + ":*"}
}
