package deploy

import (
	"strings"

	"frontdoor/front"
	"frontdoor/scenarios"
)

// Function is a function at an event of a distribution.
type Function struct {
	Event string // "viewer-request"
	Name  string // without the "us-east-1." that Lambda@Edge has in logs and metrics
	Own   bool   // the front's own, not a further one
}

// edgeFunction is what a scenario has at an event of a distribution.
type edgeFunction struct {
	event, name string
	own         bool
	handler     string // built-in; "" where something else runs
	command     []string
	timeout     scenarios.Duration
	script      bool   // a CloudFront Function
	code        string // of a script
}

func (e edgeFunction) kind() front.Kind {
	if e.script {
		return front.CloudFrontFunction
	}
	return front.Kind("edge-" + e.event)
}

// edgeFunctions lists the functions of a front's distribution, its own first. A CloudFront
// Function of a front's own is at viewer-request.
func (c Config) edgeFunctions(f scenarios.Front) []edgeFunction {
	own := edgeFunction{event: "viewer-request", name: c.functionName(f), own: true, timeout: f.Timeout, script: !f.Kind.Edge()}
	own.handler, own.command = c.runs(f)
	if f.Code != "" {
		own.handler, own.command = "", nil
	}
	if f.Kind.Edge() {
		own.event = strings.TrimPrefix(string(f.Kind), "edge-")
	} else {
		own.code = c.script(own.handler, f.Code)
	}
	all := []edgeFunction{own}
	if f.CloudFront == nil {
		return all
	}
	for _, one := range f.CloudFront.Functions {
		further := edgeFunction{event: one.Event, name: short(maxFunction, c.Name, f.ID, one.Event), handler: one.Handler, command: one.Command, timeout: one.Timeout,
			script: one.Kind() == front.CloudFrontFunction}
		if further.script {
			further.code = c.script(one.Handler, one.Code)
		}
		all = append(all, further)
	}
	return all
}

// script is the code of a CloudFront Function, "" where nobody can tell.
func (c Config) script(handler, file string) string {
	if c.Script == nil {
		return ""
	}
	return c.Script(handler, file)
}
