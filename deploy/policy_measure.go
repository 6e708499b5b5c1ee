package deploy

// Reading is what a run on AWS reads and sends besides its requests.
type Reading struct {
	LogGroups []string // ARNs
	Functions []string // ARNs of those whose URLs let in signed requests alone
	Keys      bool     // API Gateway is asked for API keys
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
	if r.Functions != nil { // both, since October 2025
		p.Statement = append(p.Statement, allow("Call", "lambda", []string{"InvokeFunction", "InvokeFunctionUrl"}, r.Functions))
	}
	return p
}

// MeasurePolicy is what whoever measures the deployment has to be allowed.
func (d *Deployment) MeasurePolicy() Policy {
	r := Reading{LogGroups: logResources()}
	for _, s := range d.Stacks {
		r.Keys = r.Keys || s.Parameters["ApiKeyRequired"] == "true"
		if s.Parameters["AuthType"] == "AWS_IAM" {
			r.Functions = []string{ownFunctions}
		}
	}
	return r.Policy()
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
