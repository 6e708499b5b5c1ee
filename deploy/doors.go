package deploy

import (
	"cmp"
	"fmt"
	"maps"
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
		return doorway{"rest.yaml", c.restParameters(f.Gateway)}, nil
	case front.APIGatewayNonProxy:
		if passesThrough(f.Gateway) {
			return doorway{"rest-passthrough.yaml", c.restParameters(f.Gateway)}, nil
		}
		return doorway{"rest-nonproxy.yaml", c.restParameters(f.Gateway)}, nil
	case front.APIGatewayHTTP:
		return doorway{"http.yaml", c.httpParameters(f.Gateway)}, nil
	case front.ALB:
		return doorway{"alb.yaml", map[string]string{
			"BalancerName":      short(maxBalancer, c.Name, f.ID),
			"MultiValueHeaders": strconv.FormatBool(f.MultiValueHeaders),
			"CertificateArn":    c.Certificate.ARN,
			"HostName":          c.Certificate.Host,
			"From":              cmp.Or(c.From, anywhere),
		}}, nil
	case front.FunctionURL:
		return doorway{"url.yaml", map[string]string{"AuthType": c.authType()}}, nil
	}
	return doorway{}, fmt.Errorf("no template for kind %q", f.Kind)
}

// authType is who may call an API or a function URL, in the word that both have for it.
func (c Config) authType() string {
	if c.Signed {
		return signed
	}
	return everybody
}

// anywhere is every IPv4 address.
const anywhere = "0.0.0.0/0"

const (
	signed    = "AWS_IAM"
	everybody = "NONE"
)

// restParameters is what a REST API has beyond its integration.
func (c Config) restParameters(g *scenarios.Gateway) map[string]string {
	p := map[string]string{"Endpoint": "REGIONAL", "AuthType": c.authType()}
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
	maps.Copy(p, throttle(g))
	maps.Copy(p, cors(g))
	return p
}

// httpParameters is what an HTTP API has beyond its integration.
func (c Config) httpParameters(g *scenarios.Gateway) map[string]string {
	p := throttle(g)
	p["AuthType"] = c.authType()
	maps.Copy(p, cors(g))
	return p
}

// cors is what browsers are told of other sites; nothing where the scenario says nothing.
func cors(g *scenarios.Gateway) map[string]string {
	if g == nil || g.CORS == nil {
		return nil
	}
	p := map[string]string{"CorsCredentials": strconv.FormatBool(g.CORS.Credentials), "CorsMaxAge": strconv.Itoa(int(time.Duration(g.CORS.MaxAge) / time.Second))} // as the lab has it
	for name, list := range map[string][]string{"CorsOrigins": g.CORS.Origins, "CorsMethods": g.CORS.Methods, "CorsHeaders": g.CORS.Headers, "CorsExpose": g.CORS.Expose} {
		p[name] = strings.Join(list, ",")
	}
	return p
}

// throttle is what all callers together may use of a stage.
func throttle(g *scenarios.Gateway) map[string]string {
	if g == nil || g.Throttle == nil {
		return map[string]string{}
	}
	return map[string]string{"ThrottleBurst": strconv.Itoa(g.Throttle.Burst), "ThrottleRate": perSecond(g.Throttle.Rate)}
}

func perSecond(r scenarios.Rate) string { return strconv.FormatFloat(float64(r), 'f', -1, 64) }
