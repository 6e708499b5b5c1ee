package front

import (
	"fmt"
	"maps"
	"time"
)

// Ability is one row of the functional parity matrix: what a door can do, or
// does to a function behind it, besides its price and its latency.
//
// Value is a few words, short enough for a table. "no" is the answer where AWS
// says so, or where AWS's list of what the door does leaves it out. Where neither
// was found, Value ends in " (unconfirmed)", and Source is the page where the
// answer was looked for.
//
// Source is a page's address with, in parentheses, the day on which a copy of it
// was read (2006-01-02), or the month of AWS's text where the copy was dated
// (2006-01). AWS may have changed the page since.
type Ability struct {
	Name   string
	Value  string
	Source string
}

// claim is an Ability without its name.
type claim struct{ value, source string }

// The names of the abilities, the same for every kind.
const (
	timeoutAbility    = "integration timeout"
	requestAbility    = "largest request body"
	answerAbility     = "largest answer"
	streamAbility     = "response streaming"
	webSocketAbility  = "WebSocket"
	authAbility       = "authorisation built in"
	keysAbility       = "API keys and usage plans"
	throttleAbility   = "throttling per client"
	validateAbility   = "request validation"
	cacheAbility      = "caching of answers"
	wafAbility        = "AWS WAF"
	domainAbility     = "custom domain name"
	mutualTLSAbility  = "mutual TLS"
	privateAbility    = "private access from a VPC"
	staticIPAbility   = "static IP addresses"
	httpAbility       = "HTTP versions to the viewer"
	ipv6Ability       = "IPv6"
	placeAbility      = "where the function runs"
	envAbility        = "function: environment variables"
	vpcAbility        = "function: access to a VPC"
	layersAbility     = "function: layers"
	runtimesAbility   = "function: runtimes"
	accessLogsAbility = "access logs"
	canaryAbility     = "canary or weighted routing"
	idleAbility       = "cost when idle"
)

// CachingAbility is the name of the ability that a distribution's cache gives to what
// stands behind it.
const CachingAbility = cacheAbility

// abilityNames is the order of the rows: limits, what the door does with a
// request, how it is reached, what the function may have, operation.
func abilityNames() []string {
	return []string{
		timeoutAbility, requestAbility, answerAbility, streamAbility, webSocketAbility,
		authAbility, keysAbility, throttleAbility, validateAbility, cacheAbility, wafAbility,
		domainAbility, mutualTLSAbility, privateAbility, staticIPAbility, httpAbility, ipv6Ability,
		placeAbility, envAbility, vpcAbility, layersAbility, runtimesAbility,
		accessLogsAbility, canaryAbility, idleAbility,
	}
}

// Abilities returns what the door of kind k can do, the same names in the same
// order for every kind, and nil for an unknown kind. gRPC and TCP are left out:
// no door of this package hands them to a function.
func Abilities(k Kind) []Ability {
	claims := claimsOf(k)
	if claims == nil {
		return nil
	}
	rows := make([]Ability, 0, len(abilityNames()))
	for _, name := range abilityNames() {
		c := claims[name]
		rows = append(rows, Ability{Name: name, Value: c.value, Source: c.source})
	}
	return rows
}

func claimsOf(k Kind) map[string]claim {
	switch k {
	case APIGatewayREST:
		return restClaims()
	case APIGatewayNonProxy:
		return nonProxyClaims()
	case APIGatewayHTTP:
		return httpClaims()
	case ALB:
		return albClaims()
	case FunctionURL:
		return urlClaims()
	case EdgeViewerRequest, EdgeOriginRequest, EdgeOriginResponse, EdgeViewerResponse:
		return edgeClaims(k)
	case CloudFrontFunction:
		return cffClaims()
	}
	return nil
}

// inRegion is the claims of a door in a Region with what every function of a
// Region may have.
func inRegion(claims map[string]claim) map[string]claim {
	all := map[string]claim{
		envAbility:      {"yes", lambdaGuide("configuration-envvars.html")},
		vpcAbility:      {"yes", lambdaGuide("configuration-vpc.html")},
		layersAbility:   {"yes", lambdaGuide("configuration-layers.html")},
		runtimesAbility: {"all of Lambda's, container images", lambdaGuide("images-create.html")},
	}
	maps.Copy(all, claims)
	return all
}

// lambdaPage is where the limits that Lambda sets come from; see lambdaLimits.
const lambdaPage = "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (2023-06)"

// wafPage lists what a web ACL protects; wafRatePage is its limit per client.
const (
	wafPage     = "https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html (2026-11-22)"
	wafRatePage = "https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html (2026-11-22)"
)

func lambdaGuide(page string) string {
	return "https://docs.aws.amazon.com/lambda/latest/dg/" + page + " (2026-11-22)"
}

// seconds and size write a limit as AWS does: "29 s", "40 KB", "6 MB", with 1,024
// bytes to the KB.
func seconds(d time.Duration) string { return fmt.Sprintf("%d s", int(d/time.Second)) }

func size(bytes int) string {
	if bytes >= 1<<20 {
		return fmt.Sprintf("%d MB", bytes>>20)
	}
	return fmt.Sprintf("%d KB", bytes>>10)
}
