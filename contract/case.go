package contract

import (
	"slices"

	"frontdoor/front"
)

// Case is one question to a handler.
type Case struct {
	Name   string
	What   string // the request, in words
	Why    string // why fronts, or handlers behind them, differ on it
	Do     string // what a handler does about it
	Source string // AWS's page
	Kinds  []front.Kind

	change func(*Request, front.Limits)
	over   func(front.Limits) int // the limit that it goes over; 0 where the front states none
}

// Cases lists every case, in the order in which they are sent.
func Cases() []Case {
	return slices.Concat(methodCases(), bodyCases(), queryCases(), pathCases(), headerCases(), limitCases())
}

// For reports whether the case is one for the front.
func (c Case) For(d front.Door) bool {
	return (len(c.Kinds) == 0 || slices.Contains(c.Kinds, d.Kind)) && (c.over == nil || c.over(d.Limits) > 0)
}

// Request is the case's request, made of the one that the handler is known to answer.
func (c Case) Request(base Request, l front.Limits) Request {
	r := base
	r.Header = slices.Clone(base.Header)
	if c.change != nil {
		c.change(&r, l)
	}
	return r
}

// The pages that several cases and findings rest on.
const (
	albPage     = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html"
	restPage    = "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html"
	payloadPage = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html"
	urlPage     = "https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html"
	edgeEvents  = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-event-structure.html"
	edgeAnswers = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-generating-http-responses-in-requests.html"
	edgeLimits  = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-lambda-at-edge"
	edgeRules   = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html"
	edgeHeaders = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html"
	edgeOrigin  = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html"
	edgeMethods = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html"
	issuesPage  = "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html"
	quotaPage   = "https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html"
	elbPage     = "https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html#http-header-limits"
	scalingPage = "https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html"
	healthPage  = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html"
	initPage    = "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html"
)
