package apply

import (
	"fmt"
	"strings"
	"time"

	"frontdoor/deploy"
	"frontdoor/front"
	"frontdoor/scenarios"
)

// Targets is what targets.yaml says of a deployment that stands. The error names a
// front whose stack lacks an output.
func (c *Cloud) Targets(o Order, s Standing, made time.Time) (*scenarios.Targets, error) {
	d := &scenarios.Deployment{Name: o.Deployment.Name, Account: c.Account, Made: made.UTC().Truncate(time.Second)}
	t := &scenarios.Targets{Version: scenarios.Version, Scenario: o.Scenario.Name, Deployment: d}
	for _, stack := range o.Deployment.Stacks {
		d.Stacks = append(d.Stacks, scenarios.DeployedStack{Name: stack.Name, Region: stack.Region})
		if stack.Kind == "" {
			continue
		}
		deployed, err := deployedAs(stack, s.Outputs[stack.Name])
		if err != nil {
			return nil, err
		}
		region := stack.Region
		if stack.Kind.CloudFront() { // whose stack may stand where its bucket is
			region = Global
		}
		t.Fronts = append(t.Fronts, scenarios.Target{ID: stack.Front, Region: region, Deployed: deployed})
	}
	d.HostsSum = t.HostsSum()
	return t, nil
}

// deployedAs is a front by the outputs of its stack: those that its kind is known by.
func deployedAs(stack deploy.Stack, outputs map[string]string) (scenarios.Deployed, error) {
	var d scenarios.Deployed
	fields := map[string]*string{"Url": &d.URL, "Function": &d.Function}
	switch k := stack.Kind; {
	case k.REST():
		fields["ApiName"], fields["Stage"] = &d.APIName, &d.Stage
	case k == front.APIGatewayHTTP:
		fields["ApiId"], fields["Stage"] = &d.APIID, &d.Stage
	case k == front.ALB:
		fields["LoadBalancer"], fields["TargetGroup"] = &d.LoadBalancer, &d.TargetGroup
	case k.CloudFront():
		fields["Distribution"] = &d.Distribution
		delete(fields, "Function") // it is in a stack of its own
		d.Function, d.Functions = functionsOf(stack)
	}
	for name, into := range fields {
		if *into = outputs[name]; *into == "" {
			return d, fmt.Errorf("stack %q of front %q has no output %s", stack.Name, stack.Front, name)
		}
	}
	d.URL = strings.TrimSuffix(d.URL, "/")
	if key := outputs["ApiKeyId"]; key != "" {
		d.Auth = &scenarios.Auth{APIKey: &scenarios.APIKey{APIGateway: key}}
	}
	if stack.Parameters["AuthType"] == "AWS_IAM" {
		if d.Auth == nil { // a REST API may want a key too
			d.Auth = &scenarios.Auth{}
		}
		d.Auth.IAM = &scenarios.IAM{}
	}
	return d, nil
}

// functionsOf are the functions of a distribution as targets.yaml has them: the front's
// own, and those at other events.
func functionsOf(stack deploy.Stack) (own string, further []scenarios.DeployedFunction) {
	for _, f := range stack.Functions {
		if f.Own {
			own = f.Name
		} else {
			further = append(further, scenarios.DeployedFunction{Event: f.Event, Function: f.Name})
		}
	}
	return own, further
}
