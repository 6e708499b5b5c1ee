package deploy

import (
	"maps"
	"slices"
	"strconv"

	"frontdoor/scenarios"
)

// EdgeRegions lists the Regions with a regional edge cache, in which functions of
// Lambda@Edge run and leave metrics and logs: the one nearest to the viewer. AWS
// publishes their places, not Region names
// (https://aws.amazon.com/cloudfront/features/), so this is how users found them in
// their accounts: https://github.com/aws/aws-cdk/issues/5449 (unconfirmed by AWS).
func EdgeRegions() []string {
	return []string{"ap-northeast-1", "ap-northeast-2", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "eu-central-1",
		"eu-west-1", "eu-west-2", "sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2"}
}

// viewers are the Regions whose logs of a front at the edge are kept, the one of the
// front's own viewers first.
func (c Config) viewers(f scenarios.Front) []string {
	regions := slices.Clone(c.ViewerRegions)
	if len(regions) == 0 {
		for _, other := range c.Scenario.Fronts {
			if other.Kind.Edge() && other.Viewer != "" {
				regions = append(regions, other.Viewer)
			}
		}
	}
	if len(regions) == 0 {
		regions = []string{edgeRegion}
	}
	if slices.Contains(regions, f.Viewer) {
		regions = slices.Insert(regions, 0, f.Viewer)
	}
	var once []string
	for _, r := range regions {
		if !slices.Contains(once, r) {
			once = append(once, r)
		}
	}
	return once
}

// addEdge adds a front's distribution behind the functions at its events, those behind
// their logs.
func (d *Deployment) addEdge(f scenarios.Front) {
	c := d.config
	p := c.edgeParameters(f)
	p["Name"] = c.functionName(f)
	s := Stack{Name: c.frontStack(f), Region: edgeRegion, Template: "edge.yaml", Parameters: p, Kind: f.Kind, Scripts: map[string]string{}}
	if f.CloudFront != nil {
		s.Errors = errorResponses(f.CloudFront)
	}
	d.setOrigin(&s, f)
	for _, one := range c.edgeFunctions(f) {
		s.Functions = append(s.Functions, Function{Event: one.event, Name: one.name, Own: one.own})
		if one.script {
			p[scriptParameter(one.event)], s.Scripts[one.event] = one.name, one.code
			s.Needs = append(s.Needs, d.addScriptLogs(f, one))
			continue
		}
		stack := d.addEdgeFunction(f, one)
		p[associationParameter(one.event)] = "${" + stack + ".Version}"
		s.Needs = append(s.Needs, stack)
	}
	d.add(f.ID, s)
}

// addEdgeFunction adds a function of Lambda@Edge, with its log group and alarms in each
// Region of its viewers: where the function runs is where it writes, and where its
// metrics are. It returns the name of the function's stack.
func (d *Deployment) addEdgeFunction(f scenarios.Front, one edgeFunction) string {
	c := d.config
	code := Code{Kind: one.kind(), Runtime: NodeJS, Handler: one.handler, Artifacts: c.artifacts(edgeRegion)}
	s := Stack{Name: short(maxStack, c.Name, f.ID, one.event), Region: edgeRegion, Template: "edge-function.yaml", Code: &code, Needs: []string{code.Artifacts}}
	s.Parameters = c.packaged(one.name, f.Memory, one.timeout)
	maps.Copy(s.Parameters, map[string]string{"Handler": one.handler + ".handler", "EventType": one.event})
	d.table(&s, one.handler, nil)
	for _, region := range c.viewers(f) {
		name := short(maxStack, c.Name, f.ID, "logs", region)
		if !one.own {
			name = short(maxStack, c.Name, f.ID, one.event, "logs", region)
		}
		d.add(f.ID, Stack{Name: name, Region: region, Template: "edge-logs.yaml", Parameters: map[string]string{"FunctionName": one.name, "LogRetentionDays": c.retention()}})
		s.Needs = append(s.Needs, name)
	}
	d.add(f.ID, s)
	return s.Name
}

// addScriptLogs adds the log group and the alarms of a CloudFront Function, and returns
// the name of their stack.
func (d *Deployment) addScriptLogs(f scenarios.Front, one edgeFunction) string {
	name := short(maxStack, d.Name, f.ID, one.event, "logs")
	d.add(f.ID, Stack{Name: name, Region: edgeRegion, Template: "cff-logs.yaml", Parameters: map[string]string{"FunctionName": one.name, "LogRetentionDays": d.config.retention()}})
	return name
}

// associationParameter and scriptParameter are what the template calls an event's
// function.
func associationParameter(event string) string {
	return map[string]string{"viewer-request": "ViewerRequest", "origin-request": "OriginRequest", "origin-response": "OriginResponse", "viewer-response": "ViewerResponse"}[event]
}

func scriptParameter(event string) string {
	return map[string]string{"viewer-request": "RequestScript", "viewer-response": "ResponseScript"}[event]
}

// packaged is the parameters of every template with a function's package.
func (c Config) packaged(name string, memory scenarios.Memory, timeout scenarios.Duration) map[string]string {
	p := map[string]string{
		"FunctionName": name,
		"Memory":       strconv.Itoa(int(memory)),
		"Timeout":      strconv.Itoa(wholeSeconds(timeout)),
		"CodeBucket":   "${code.Bucket}",
		"CodeKey":      "${code.Key}",
	}
	if c.Boundary != "" {
		p["PermissionsBoundary"] = c.Boundary
	}
	return p
}

// table gives a stack's function the table that its handler uses, if any.
func (d *Deployment) table(s *Stack, handler string, variables map[string]string) {
	if use, ok := tableUse(handler, variables); ok {
		table := d.config.tableStack(use.table, use.region)
		s.Parameters["TableArn"], s.Parameters["TableActions"] = "${"+table+".Arn}", use.actions
		s.Needs = append(s.Needs, table)
	}
}
