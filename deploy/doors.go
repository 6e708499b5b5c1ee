package deploy

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"frontdoor/front"
	"frontdoor/scenarios"
)

// doorway is a front's template with the parameters that it alone has.
type doorway struct {
	template   string
	parameters map[string]string
}

// door is the template for a front, and what the scenario says of it.
func (c Config) door(f scenarios.Front) (doorway, error) {
	switch f.Kind {
	case front.APIGatewayREST:
		return doorway{"rest.yaml", restParameters(f.Gateway)}, nil
	case front.FunctionURL:
		auth := "NONE"
		if c.SignedURLs {
			auth = "AWS_IAM"
		}
		return doorway{"url.yaml", map[string]string{"AuthType": auth}}, nil
	}
	return doorway{}, fmt.Errorf("no template for kind %q", f.Kind)
}

// restParameters is what a REST API has beyond its integration.
func restParameters(g *scenarios.Gateway) map[string]string {
	p := map[string]string{"Endpoint": "REGIONAL"}
	if g == nil {
		return p
	}
	if g.Endpoint == scenarios.EdgeOptimized {
		p["Endpoint"] = "EDGE"
	}
	p["ApiKeyRequired"] = strconv.FormatBool(g.APIKeyRequired)
	if u := g.UsagePlan; u != nil && u.Burst > 0 {
		p["PlanBurst"], p["PlanRate"] = strconv.Itoa(u.Burst), perSecond(u.Rate)
	}
	if u := g.UsagePlan; u != nil && u.Quota != nil {
		p["QuotaLimit"], p["QuotaPeriod"] = strconv.FormatInt(int64(u.Quota.Limit), 10), strings.ToUpper(u.Quota.Period)
	}
	if t := g.Throttle; t != nil {
		p["ThrottleBurst"], p["ThrottleRate"] = strconv.Itoa(t.Burst), perSecond(t.Rate)
	}
	return p
}

func perSecond(r scenarios.Rate) string { return strconv.FormatFloat(float64(r), 'f', -1, 64) }

// errorTTL is CloudFront's own, and the format's default.
const errorTTL = scenarios.Duration(10 * time.Second)

func keyed(p *scenarios.CachePolicy) bool {
	return p.Query.All || p.Query.Some != nil || p.Cookies.All || p.Cookies.Some != nil || p.Headers != nil
}
