package deploy

import (
	"fmt"
	"slices"
	"strings"

	"frontdoor/front"
	"frontdoor/scenarios"
)

// refuseGateway tests what an API has beyond its integration.
func (c Config) refuseGateway(path string, f scenarios.Front) error {
	g := f.Gateway
	path += ".gateway"
	switch {
	case g == nil:
		return nil
	case !g.Permission:
		return c.refuse(path+".permission", "bench deploys no function that its front may not invoke", "true")
	}
	if g.CORS != nil {
		if err := c.refuseCORS(path+".cors", f.Kind, *g.CORS); err != nil {
			return err
		}
	}
	return c.refuseResponses(path+".responses", g.Responses)
}

// refuseCORS wants preflights to get in: the route $default of an HTTP API catches them,
// and browsers do not sign them.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
// And for a REST API it wants values that can be a fixed text of an integration response,
// which stands between single quotes; AWS documents no way to write one inside:
// https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping-sources.html
func (c Config) refuseCORS(path string, kind front.Kind, cors scenarios.CORS) error {
	if !kind.REST() {
		if c.Signed {
			return c.refuse(path, "an HTTP API that lets in signed requests alone would want preflights signed, which browsers do not do", "an API without it, or one that lets in everybody")
		}
		return nil
	}
	for _, list := range []struct {
		name   string
		values []string
	}{{"allow_origins", cors.Origins}, {"allow_headers", cors.Headers}, {"expose_headers", cors.Expose}} {
		for i, value := range list.values {
			if strings.Contains(value, "'") {
				return c.refuse(fmt.Sprintf("%s.%s[%d]", path, list.name, i), fmt.Sprintf("%q has a single quote, and a REST API's fixed texts can have none", value), "a text without")
			}
		}
	}
	return nil
}

// refuseResponses wants every status once: API Gateway keeps integration responses by
// their status, and the default has 200.
// https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegrationResponse.html
func (c Config) refuseResponses(path string, responses []scenarios.SelectedResponse) error {
	seen := []int{defaultStatus}
	for i, r := range responses {
		path := fmt.Sprintf("%s[%d].status", path, i)
		switch {
		case r.Status == defaultStatus:
			return c.refuse(path, "the default response has the status 200, and API Gateway keeps one response for a status", "another status, or no such response")
		case slices.Contains(seen, r.Status):
			return c.refuse(path, fmt.Sprintf("API Gateway keeps one response for a status, and %d has one", r.Status), "one response with both patterns, joined by |")
		}
		seen = append(seen, r.Status)
	}
	return nil
}
