package scenarios

import (
	"fmt"

	"frontdoor/front"
)

// checkGateway tests what depends on the kind: keys, plans, endpoints and execution
// logs are a REST API's alone, as
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html
// has it.
func (f Front) checkGateway(c *checker, path string) {
	g := f.Gateway
	if g == nil {
		return
	}
	path += ".gateway"
	if !f.Kind.REST() && f.Kind != front.APIGatewayHTTP {
		c.fail(path, fmt.Sprintf("kind %s is not one of API Gateway", f.Kind), "it with the kinds of API Gateway only")
		return
	}
	for _, name := range []string{"endpoint", "api_key_required", "api_key", "usage_plan"} {
		if c.given(path+"."+name) && !f.Kind.REST() {
			c.fail(path+"."+name, fmt.Sprintf("kind %s has no such setting", f.Kind), "it with the REST kinds only")
		}
	}
	for _, name := range []string{"mapping", "responses"} {
		if c.given(path+"."+name) && f.Kind != front.APIGatewayNonProxy {
			c.fail(path+"."+name, fmt.Sprintf("kind %s has no such setting", f.Kind), "it with kind apigw-rest-nonproxy only")
		}
	}
	g.checkKey(c, path)
	g.checkResponses(c, path)
	if f.Kind.REST() && g.CORS != nil && len(g.CORS.Origins) != 1 {
		c.fail(path+".cors.allow_origins", fmt.Sprintf("has %d elements, and a REST API's OPTIONS method answers with a fixed text", len(g.CORS.Origins)), "one origin, or *")
	}
}

// checkKey: a plan limits callers by their keys, and does nothing for a method that
// requires none.
func (g *Gateway) checkKey(c *checker, path string) {
	switch {
	case g.APIKeyRequired && g.APIKey == "":
		c.fail(path, `field "api_key" is missing`, "the key that api_key_required asks for")
	case !g.APIKeyRequired && g.APIKey != "":
		c.fail(path+".api_key", "no method requires it", "it with api_key_required: true")
	case !g.APIKeyRequired && g.UsagePlan != nil:
		c.fail(path+".usage_plan", "no method requires a key, and a plan knows callers by theirs", "it with api_key_required: true, or throttle")
	}
	u := g.UsagePlan
	switch {
	case u == nil:
	case (u.Burst > 0) != (u.Rate > 0):
		c.fail(path+".usage_plan", "has half a rate limit", "both burst and rate")
	case u.Burst == 0 && u.Quota == nil:
		c.fail(path+".usage_plan", "limits nothing", "burst and rate, quota, or all three")
	}
}

func (g *Gateway) checkResponses(c *checker, path string) {
	for i, r := range g.Responses {
		if err := front.CheckSelections([]front.Selection{{Pattern: r.Pattern, Status: r.Status}}); err != nil {
			c.fail(fmt.Sprintf("%s.responses[%d].pattern", path, i), err.Error(), "a regular expression")
		}
	}
}
