package deploy

import (
	"cmp"
	"fmt"
	"maps"

	"frontdoor/scenarios"
)

// edgeRegion is where AWS has what is global: functions of Lambda@Edge are made there,
// and there are the metrics of bills.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html,
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html
const edgeRegion = "us-east-1"

// Plan lists the stacks of a scenario: buckets for packages, tables, logs of the edge,
// fronts, the billing alarm. The error is a *Refusal where the scenario has something
// that cannot be deployed, the first in the order of the format's fields.
func Plan(c Config) (*Deployment, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	if err := c.refusal(); err != nil {
		return nil, err
	}
	d := &Deployment{Name: c.Name, Scenario: c.Scenario.Name, scenario: c.Scenario, config: c}
	for _, region := range c.codeRegions() {
		d.add("", Stack{Name: c.artifacts(region), Region: region, Template: "artifacts.yaml"})
	}
	for _, t := range c.Scenario.Tables {
		d.addTable(t)
	}
	if err := d.addFronts(); err != nil {
		return nil, err
	}
	d.addBilling()
	d.Notes = c.notes()
	if err := d.unique(); err != nil {
		return d, err
	}
	return d, d.sized()
}

// maxBody is the most bytes of a template in a call:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
const maxBody = 51200

// sized wants every template to be one that CloudFormation takes: code of many short
// lines, or of other letters than ASCII's, is longer there.
func (d *Deployment) sized() error {
	for _, s := range d.Stacks {
		body, err := s.Body()
		if err != nil {
			return err
		}
		if len(body) > maxBody {
			return fmt.Errorf("stack %q: its template has %d bytes, and CloudFormation takes %d: want shorter CloudFront Functions of front %q", s.Name, len(body), maxBody, s.Front)
		}
	}
	return nil
}

// unique wants every stack to have a name of its own: a front may have the id "billing".
func (d *Deployment) unique() error {
	seen := map[string]bool{}
	for _, s := range d.Stacks {
		if seen[s.Name] {
			return fmt.Errorf("two stacks are called %q: want another id for front %q", s.Name, s.Front)
		}
		seen[s.Name] = true
	}
	return nil
}

// add appends a stack with the parameters and tags that every one has; id is the
// front's, "" of a stack that several share.
func (d *Deployment) add(id string, s Stack) {
	if s.Parameters == nil {
		s.Parameters = map[string]string{}
	}
	s.Parameters["Deployment"], s.Parameters["Scenario"] = d.Name, d.Scenario
	s.Tags = map[string]string{TagDeployment: d.Name, TagScenario: d.Scenario}
	if id != "" {
		s.Front, s.Parameters["Front"], s.Tags[TagFront] = id, id, id
	}
	d.Stacks = append(d.Stacks, s)
}

func (c Config) artifacts(region string) string { return short(maxStack, c.Name, "artifacts", region) }

// addFronts adds the stacks of all fronts, those behind which another one stands last.
func (d *Deployment) addFronts() error {
	var before []scenarios.Front
	for _, f := range d.config.Scenario.Fronts {
		switch o := originOf(f); {
		case o != nil && o.Front != "":
			before = append(before, f)
		case f.Kind.CloudFront():
			d.addEdge(f)
		default:
			if err := d.addRegional(f); err != nil {
				return err
			}
		}
	}
	for _, f := range before {
		d.addEdge(f)
	}
	return nil
}

// addRegional adds the stack of a front in a Region, with its function.
func (d *Deployment) addRegional(f scenarios.Front) error {
	door, err := d.config.door(f)
	if err != nil {
		return err
	}
	region := d.config.region(f)
	code := d.config.code(f, region)
	parameters := d.config.function(f)
	maps.Copy(parameters, door.parameters)
	s := Stack{Name: d.config.frontStack(f), Region: region, Template: door.template, Kind: f.Kind, Parameters: parameters, Variables: f.Environment, Mapping: d.config.mapping(f), Needs: []string{code.Artifacts}, Code: &code}
	d.table(&s, code.Handler, f.Environment)
	d.add(f.ID, s)
	return nil
}

func (c Config) frontStack(f scenarios.Front) string { return short(maxStack, c.Name, f.ID) }

// functionName is unique in the account: the deployment's name is.
func (c Config) functionName(f scenarios.Front) string { return short(maxFunction, c.Name, f.ID) }

// ownRuntime is that of a package of one's own that says no other.
const ownRuntime = "provided.al2023"

// code is the package of the function of a front in a Region.
func (c Config) code(f scenarios.Front, region string) Code {
	code := Code{Kind: f.Kind, Runtime: GoX86, File: c.Packages[f.ID], Artifacts: c.artifacts(region)}
	code.Handler, _ = c.runs(f)
	if code.File != "" {
		code.Own = cmp.Or(c.Runtime, ownRuntime)
	}
	if f.Architecture == "arm64" {
		code.Runtime = GoARM64
	}
	return code
}

// runs is the built-in handler behind a front, or the command in its place.
func (c Config) runs(f scenarios.Front) (handler string, command []string) {
	switch {
	case len(f.Command) > 0:
		return "", f.Command
	case f.Handler != "":
		return f.Handler, nil
	case c.Scenario.Handler != "":
		return c.Scenario.Handler, nil
	}
	return "", c.Scenario.Command
}

// function is the parameters that the template of every front in a Region has.
func (c Config) function(f scenarios.Front) map[string]string {
	p := c.packaged(c.functionName(f), f.Memory, f.Timeout)
	handler, _ := c.runs(f)
	if handler == "" {
		handler = "command"
		p["Runtime"], p["Entry"] = cmp.Or(c.Runtime, ownRuntime), cmp.Or(c.Entry, "bootstrap")
	}
	p["Handler"], p["Kind"], p["Architecture"] = handler, string(f.Kind), f.Architecture
	p["LogRetentionDays"] = c.retention()
	return p
}

// wholeSeconds rounds up: Lambda knows no others.
func wholeSeconds(d scenarios.Duration) int {
	const second = 1e9
	return int((int64(d) + second - 1) / second)
}
