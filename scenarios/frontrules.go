package scenarios

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"frontdoor/front"
)

func (f Front) check(c *checker, path string, s *Scenario) {
	if f.Lab() {
		f.checkLab(c, path, s)
	} else {
		f.checkDeployed(c, path)
	}
	f.checkDomain(c, path, s)
	if f.Kind.CloudFront() {
		f.checkEdge(c, path)
	}
	f.checkCloudFront(c, path, s)
	f.checkGateway(c, path)
	if f.MultiValueHeaders && f.Kind != front.ALB {
		c.fail(path+".multi_value_headers", fmt.Sprintf("kind %s has no such setting", f.Kind), "it with kind alb only")
	}
}

// checkLab wants a program to run and nothing that only a deployed front has.
func (f Front) checkLab(c *checker, path string, s *Scenario) {
	if s.Handler == "" && f.Handler == "" && f.Code == "" && len(f.Command) == 0 {
		c.fail(path, "has nothing to run", "handler or command, for all fronts or for this one, or the url of a deployed front")
	}
	f.checkRuntime(c, path+".runtime")
	if c.given(path+".handler") && (c.given(path+".command") || f.Code != "") {
		c.fail(path+".handler", "something else to run is given too", "either handler, command or code")
	}
	for _, name := range append(names(f.identifiers()), names(f.access())...) {
		if c.given(path + "." + name) {
			c.fail(path+"."+name, "names a deployed front, and no url is given", "it together with url")
		}
	}
}

// checkRuntime refuses a version of the built-in handler that would not be run. The
// Node.js ones read CloudFront's events.
func (f Front) checkRuntime(c *checker, path string) {
	switch {
	case len(f.Command) > 0 && c.given(path):
		c.fail(path, "chooses the version of a built-in handler, and command is given", "either runtime or command")
	case f.Runtime == RuntimeNodeJS && !f.Kind.Edge():
		c.fail(path, fmt.Sprintf("%q is for Lambda@Edge, and kind %s runs in a Region", f.Runtime, f.Kind), RuntimeGo+", or an edge kind")
	}
}

// checkDeployed wants the identifiers of the kind, none of the others and nothing
// that only the lab has.
func (f Front) checkDeployed(c *checker, path string) {
	for _, name := range []string{"timeout", "concurrency", "environment", "command", "runtime", "gateway", "handler", "code", "version", "cloudfront"} {
		if c.given(path + "." + name) {
			c.fail(path+"."+name, "is the lab's to set, and url names a deployed front", "it without url only")
		}
	}
	f.checkURL(c, path+".url")
	f.checkIdentifiers(c, path, identifiersOf(f.Kind), func(name string) bool { return c.given(path + "." + name) })
	f.Auth.check(c, path+".auth")
}

// checkURL wants nothing that an address of its own has beside it; what of that may be a
// secret is not shown.
func (d Deployed) checkURL(c *checker, path string) {
	u, err := url.Parse(d.URL)
	problem := "is not the address of a front"
	switch {
	case err != nil || u.Hostname() == "":
	case u.User != nil:
		problem = "has a user name or password, which is not shown"
	case u.RawQuery != "":
		problem = "has a query, which is not shown"
	case u.Fragment != "":
		problem = "has a fragment, which is not shown"
	default:
		return
	}
	c.fail(path, address(d.URL)+" "+problem, "scheme, host and path alone, such as https://a1b2c3d4.execute-api.us-east-1.amazonaws.com/prod")
}

func (f Front) checkIdentifiers(c *checker, path string, needs []string, has func(name string) bool) {
	for _, name := range names(f.identifiers())[1:] { // [0] is metrics
		given, needed := has(name), slices.Contains(needs, name)
		switch {
		case given && !needed && name != "function_region":
			c.fail(path+"."+name, fmt.Sprintf("kind %s has no such identifier", f.Kind), "only "+strings.Join(needs, ", "))
		case !given && needed && f.Metrics == MetricsCloudWatch:
			c.fail(path, fmt.Sprintf("field %q is missing", name), fmt.Sprintf("%s, which CloudWatch needs for kind %s, or metrics: none", strings.Join(needs, ", "), f.Kind))
		}
	}
	if f.Metrics == MetricsNone {
		c.warn(path+".metrics", "no durations and counts are collected", "name the function and its front to have a whole bill")
	}
}

// identifiersOf lists what CloudWatch needs to find the metrics of a deployed
// front. Those of Lambda@Edge are in the Regions that answered, which are looked for.
func identifiersOf(k front.Kind) []string {
	switch k {
	case front.APIGatewayREST, front.APIGatewayNonProxy:
		return []string{"function", "api_name", "stage"}
	case front.APIGatewayHTTP:
		return []string{"function", "api_id", "stage"}
	case front.ALB:
		return []string{"function", "load_balancer", "target_group"}
	case front.FunctionURL:
		return []string{"function"}
	case front.EdgeViewerRequest, front.EdgeOriginRequest, front.EdgeOriginResponse, front.EdgeViewerResponse:
		return []string{"function", "distribution"}
	case front.CloudFrontFunction:
		return []string{"function", "distribution"}
	}
	return nil
}

// associationRefusal is what CloudFront answers when a function with environment
// variables is to be put on a distribution; front.CheckAssociation has its source.
const associationRefusal = "The function cannot have environment variables"

// checkEdge tests what CloudFront refuses of a Lambda@Edge function:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
func (f Front) checkEdge(c *checker, path string) {
	door, err := front.Of(f.Kind)
	if err != nil {
		c.fail(path+".kind", err.Error(), "another kind")
		return
	}
	if f.Kind == front.CloudFrontFunction { // neither Region, memory nor timeout are the owner's to set
		return
	}
	if len(f.Environment) > 0 {
		c.fail(path+".environment", fmt.Sprintf("CloudFront refuses the association: %q", associationRefusal), "constants in the code")
	}
	if f.Version != "" && strings.Trim(f.Version, "0123456789") != "" {
		c.fail(path+".version", fmt.Sprintf("CloudFront refuses the association: %q", f.association()), "the number of a published version")
	}
	if f.Architecture != "x86_64" {
		c.fail(path+".architecture", fmt.Sprintf("%q is not what Lambda@Edge runs on", f.Architecture), "x86_64")
	}
	if f.Region != "us-east-1" {
		problem := fmt.Sprintf("%q is not where a Lambda@Edge function is made", f.Region)
		if f.ID != "" { // else it is a workload's, which has no function to associate
			problem = fmt.Sprintf("CloudFront refuses the association: %q", f.association())
		}
		c.fail(path+".region", problem, "us-east-1")
	}
	if most := door.Limits.MaxMemoryMB; int(f.Memory) > most {
		c.fail(path+".memory", fmt.Sprintf("\"%dMB\" is more than kind %s has", f.Memory, f.Kind), fmt.Sprintf("%dMB or less", most))
	}
	if f.CloudFront != nil {
		era, err := front.EdgeEraNamed(f.CloudFront.Era)
		if err != nil {
			c.fail(path+".cloudfront.era", err.Error(), "an era that is known")
			return
		}
		door = door.In(era)
	}
	if most := door.Limits.MaxTimeout; time.Duration(f.Timeout) > most {
		c.fail(path+".timeout", fmt.Sprintf("%s is longer than kind %s may run", f.Timeout, f.Kind), most.String()+" or less")
	}
}
