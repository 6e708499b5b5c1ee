package deploy

// MeasurePolicy is what whoever measures the deployment has to be allowed: to read
// metrics, REPORT lines and the keys that requests are sent with.
func (d *Deployment) MeasurePolicy() Policy {
	p := Policy{Version: "2012-10-17", Statement: []Statement{
		// None of these takes a resource; a query that was started reads its own group alone.
		{Sid: "Metrics", Effect: "Allow", Action: []string{"cloudwatch:GetMetricData", "cloudwatch:ListMetrics", "logs:DescribeLogGroups", "logs:GetQueryResults", "logs:StopQuery"}, Resource: []string{"*"}},
		allow("Reports", "logs", []string{"FilterLogEvents", "StartQuery"}, logResources()),
	}}
	if d.keys() {
		p.Statement = append(p.Statement, allow("Keys", "apigateway", []string{"GET"}, []string{"arn:aws:apigateway:*::/apikeys/*"}))
	}
	if d.config.SignedURLs && d.has("url.yaml") { // both, since October 2025
		p.Statement = append(p.Statement, allow("Call", "lambda", []string{"InvokeFunction", "InvokeFunctionUrl"}, []string{"arn:aws:lambda:*:*:function:bench-*"}))
	}
	return p
}

// keys reports whether a front has an API key.
func (d *Deployment) keys() bool {
	for _, s := range d.Stacks {
		if s.Parameters["ApiKeyRequired"] == "true" {
			return true
		}
	}
	return false
}
