package lab

import (
	"fmt"
	"net/http"
	"path/filepath"
	"time"

	"frontdoor/front"
)

// Gateway is what an API of API Gateway has beyond its integration. The zero value
// is an API that everybody may call, on a Regional endpoint. HTTP APIs have Stage,
// CORS and NoPermission of it.
type Gateway struct {
	EdgeOptimized bool              // the API is reached through CloudFront
	PassThrough   bool              // non-proxy: no request template, and POST / alone
	Selections    []front.Selection // non-proxy: integration responses besides the default

	APIKey string    // the key that methods require; "" is none
	Plan   *Throttle // of the key's usage plan; nil is none
	Quota  *Quota    // the same
	Stage  *Throttle // of the stage, for all callers; nil is none
	CORS   *CORS     // nil is none

	NoPermission bool // the function's policy does not let API Gateway invoke it

	Now func() time.Time // nil is time.Now
}

// What the lab counts of requests that an API answered before its integration.
// AWS charges for none of the first four:
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-pricing.html
// (missing or invalid keys, rates and quotas of the stage or a usage plan) and, for
// requests that match no method, an AWS employee's answer in
// https://repost.aws/questions/QU5y4fo-e3RWyU5r4VmyPIzA/pricing-clarification-for-api-gateway.
// A preflight is a call like another.
const (
	apigwForbidden = "apigw.forbidden"
	apigwThrottled = "apigw.throttled"
	apigwQuota     = "apigw.quota_exceeded"
	apigwNoMethod  = "apigw.no_method"
	apigwPreflight = "apigw.preflight"
)

// gateway is a Gateway at work.
type gateway struct {
	Gateway
	plan, stage *bucket
	quota       *period
	log         *executionLog
}

func newGateway(g Gateway, log *executionLog) *gateway {
	if g.Now == nil {
		g.Now = time.Now
	}
	return &gateway{Gateway: g, plan: newBucket(g.Plan), stage: newBucket(g.Stage), quota: newPeriod(g.Quota), log: log}
}

// setUp makes the gateway of an API's kind, with its execution log below logDir where
// the API is one of REST: HTTP APIs have none.
func (d *door) setUp(logDir string) error {
	g := d.served.Gateway
	switch {
	case d.Kind.REST():
		path := filepath.Join(logDir, ExecutionLogGroup(d.served.APIID, d.served.Stage), "execution.log")
		d.gateway = newGateway(g, &executionLog{path: path})
	case d.Kind == front.APIGatewayHTTP:
		d.gateway = newGateway(g, nil)
	}
	d.identity.PassThrough, d.identity.Selections = g.PassThrough, g.Selections
	if g.EdgeOptimized {
		d.identity.EdgeOptimized, d.identity.DistributionDomain = true, "d"+token(d.served.Front, 13)+".cloudfront.net"
	}
	return front.CheckSelections(g.Selections)
}

// cors puts what the API says to browsers on an integration's answer.
func (g *gateway) cors(kind front.Kind, r front.Request, a *front.Answer) {
	if g != nil {
		g.CORS.apply(kind, r, a)
	}
}

// throughEdge is what the CloudFront location of an edge-optimized API puts on every
// answer; X-Cache as users see it (unconfirmed for redirects).
func (d *door) throughEdge(id string, a front.Answer) front.Header {
	if !d.identity.EdgeOptimized {
		return nil
	}
	cache := "Miss from cloudfront"
	if a.Status >= 400 {
		cache = "Error from cloudfront"
	}
	return d.edgeFields(cache, id)
}

// edgeFields are CloudFront's own header fields.
func (d *door) edgeFields(cache, id string) front.Header {
	return front.Header{
		{Name: "X-Cache", Value: cache},
		{Name: "Via", Value: "1.1 " + d.identity.DistributionDomain + " (CloudFront)"},
		{Name: "X-Amz-Cf-Pop", Value: d.legs.location(d.served.Viewer)},
		{Name: "X-Amz-Cf-Id", Value: id},
	}
}

func (g *gateway) close() {
	if g != nil {
		g.log.close()
	}
}

// turnedAway is a request that the API answers itself: with a gateway response,
// or, without a cause, with what its OPTIONS method is set up to say.
type turnedAway struct {
	cause   front.Cause
	counter string
	reason  string // for the execution log
	answer  front.Answer
}

// admit sees to a request in the order in which API Gateway does: method, key, usage
// plan, stage. It returns nil for one that goes on to the integration.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
// has the plan's limits before the stage's. Whether the quota is looked at before
// the rate is unconfirmed.
func (g *gateway) admit(kind front.Kind, r front.Request) *turnedAway {
	alone := kind == front.APIGatewayNonProxy && g.PassThrough // an API of / and no other path
	switch {
	case g.CORS.answers(kind, r) && !(alone && r.Path != "/"):
		return &turnedAway{counter: apigwPreflight, answer: g.CORS.preflight(kind, r)}
	case alone && (r.Method != http.MethodPost || r.Path != "/"):
		return &turnedAway{cause: front.NoMethod, counter: apigwNoMethod}
	}
	if g.APIKey != "" && r.Header.Get("X-Api-Key") != g.APIKey {
		return &turnedAway{cause: front.Forbidden, counter: apigwForbidden}
	}
	now := g.Now()
	if !g.quota.take(now) {
		return &turnedAway{cause: front.QuotaExceeded, counter: apigwQuota,
			reason: fmt.Sprintf("Key quota exhausted for Usage Plan. Quota Limit: %d Period: %s", g.Quota.Limit, g.Quota.Period)}
	}
	// Only accepted requests count against the quota:
	// https://dev.classmethod.jp/articles/tsnote-api-gateway-why-is-there-a-difference-between-api-gateways-count-and-usage-plan-usage-values-en (2025)
	switch {
	case !g.plan.take(now):
		g.quota.giveBack()
		return &turnedAway{cause: front.Throttled, counter: apigwThrottled,
			reason: fmt.Sprintf("Key throttle limit exceeded for Usage Plan. Limit: %.2f Burst: %d", g.Plan.Rate, g.Plan.Burst)}
	case !g.stage.take(now):
		g.quota.giveBack()
		return &turnedAway{cause: front.Throttled, counter: apigwThrottled,
			reason: fmt.Sprintf("Method throttle limit exceeded. Limit: %.2f Burst: %d", g.Stage.Rate, g.Stage.Burst)}
	}
	return nil
}

// invalidPermissions is what the execution log of a REST API says when the function's
// policy does not name it, as in https://blog.ryankelly.us (2016), F16.
const invalidPermissions = "Execution failed due to configuration error: Invalid permissions on Lambda function"

// guard answers a request in the integration's place; false lets it through.
func (d *door) guard(r front.Request, x *exchange) (front.Answer, front.Cause, bool) {
	if d.gateway == nil {
		return front.Answer{}, 0, false
	}
	if away := d.gateway.admit(d.Kind, r); away != nil {
		d.counters.count(d.served.ID, away.counter, d.served.Region, 1)
		x.reason = away.reason
		if away.cause == 0 {
			return away.answer, 0, true
		}
		if away.reason != "" {
			d.gateway.log.write(r.ID, away.reason)
		}
		return d.Fault(away.cause), away.cause, true
	}
	if d.gateway.NoPermission {
		x.reason = invalidPermissions
		d.gateway.log.write(r.ID, invalidPermissions)
		return d.Fault(front.NoPermission), front.NoPermission, true
	}
	return front.Answer{}, 0, false
}
