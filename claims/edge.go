package claims

import (
	"fmt"
	"slices"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/report/words"
)

// The shipped scenarios whose runs are evidence.
const (
	cacheScenario  = "cache-ttl-straddle"
	globalScenario = "global-api"
)

func edgeClaims() []Claim {
	return []Claim{
		{
			ID: "C4", Expected: False, Needs: cacheScenario, judge: littleCache, Said: []Said{moved()},
			Text: "A cache policy with a very short time to live (1 to 5 s) lets a function at viewer request bear mass access.",
		},
		{
			ID: "C16", Expected: False, judge: billingAlarms,
			Said: []Said{serverless(), {"deploy.py of f0rk/meditations, namespaces AWS/Lambda and AWS/APIGateway", "2016-12-13", "https://github.com/f0rk/meditations"}},
			Text: "Billing alarms on EstimatedCharges of Lambda and API Gateway warn of a large bill.",
		},
	}
}

const (
	triggersPage = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-cloudfront-trigger-events.html"
	billingPage  = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html"
)

// littleCache counts the invocations of a function at viewer request in runs in
// which a cache does help: there a function at origin request ran less often than it
// was asked.
func littleCache(e *Evidence) (Verdict, error) {
	var v Verdict
	v.add(Rule, triggersPage, "a viewer-request function runs before the cache is looked into, and what it answers is not kept; an origin-request function runs when the cache has nothing")
	helped, of := 0, 0
	var spared []string // fronts at origin request
	for _, run := range e.Runs {
		if !caching(run) {
			continue
		}
		for _, f := range run.Fronts {
			requests, invocations := traffic(run, f.ID)
			if requests == 0 || f.Kind != front.EdgeViewerRequest && f.Kind != front.EdgeOriginRequest {
				continue
			}
			if f.Kind == front.EdgeViewerRequest {
				of++
				helped += truth(invocations < requests)
				v.add(Record, run.ID, "%s (%s): %s", f.ID, f.Kind, invoked(invocations, requests))
			} else if spares(invocations, requests) {
				spared = append(spared, f.ID)
				v.add(Record, run.ID, "%s (%s): %s", f.ID, f.Kind, invoked(invocations, requests))
			}
		}
	}
	if of == 0 {
		return lacking(v, cacheScenario), nil
	}
	v.Word = either(helped, of)
	if helped == 0 {
		v.Boundary = "no time to live changes it: every request invokes the function; " + helps(spared)
	}
	return v, nil
}

// samePolicy is the front of the shipped scenario that has the author's policy at
// origin request. A record does not tell policies, so that its id stands for it.
const samePolicy = "origin-5s"

// helps says what the runs show at origin request, and no more.
func helps(spared []string) string {
	if slices.Contains(spared, samePolicy) {
		return "at origin request the same policy does help (" + samePolicy + ")"
	}
	return "at origin request a short time to live does help (" + words.And(spared) + ")"
}

// caching reports whether some function at origin request was spared requests.
func caching(run *record.Recording) bool {
	return slices.ContainsFunc(run.Fronts, func(f record.Front) bool {
		requests, invocations := traffic(run, f.ID)
		return f.Kind == front.EdgeOriginRequest && spares(invocations, requests)
	})
}

// spares reports whether a cache spared a function a share to speak of.
func spares(invocations, requests int) bool {
	return requests > 0 && float64(requests-invocations) >= little*float64(requests)
}

// little is the share of requests below which a cache spared a function nothing to
// speak of: polls just above a time to live meet it now and then.
const little = 0.05

// invoked is a relation and no rate: the lab's times are this machine's.
func invoked(invocations, requests int) string {
	switch spared := float64(requests-invocations) / float64(requests); {
	case spared == 0:
		return "every request invoked the function"
	case spared < 0:
		return fmt.Sprintf("%s invocations for %s requests", words.Group(int64(invocations)), words.Group(int64(requests)))
	case spared < little:
		return "nearly every request invoked the function"
	}
	return "the cache answered requests without the function"
}

// traffic is the answered requests of a front over a run, and the invocations that
// they caused; warm-ups included. An error that names no invocation is no request here:
// CloudFront made it because the function could not run, and not out of its cache.
func traffic(run *record.Recording, id string) (requests, invocations int) {
	for _, m := range run.Of(id) {
		invocations += len(m.Reports)
		for _, h := range m.Hits {
			ids, _ := h.Invocations()
			requests += truth(h.Status != 0 && (h.Status < 500 || len(ids) > 0))
		}
	}
	return requests, invocations
}

// Alarm is a billing alarm of the script and what it comes to, as written and in the
// namespace where AWS publishes charges.
type Alarm struct {
	Name, Namespace   string
	Written, Repaired string // states, as CloudWatch spells them
}

// firing is the state of an alarm that warns.
const firing = "ALARM"

// billingAlarms lets the lab's CloudWatch look at the script's alarms in a month
// that costs far more than they allow.
func billingAlarms(e *Evidence) (Verdict, error) {
	var v Verdict
	v.add(Rule, billingPage, "EstimatedCharges is published in the namespace AWS/Billing, in us-east-1; an alarm on AWS/Lambda or AWS/APIGateway has no data")
	api, lambda, err := e.thresholds(&v)
	if err != nil {
		return v, err
	}
	if e.Alarms == nil {
		v.Word, v.Boundary = NotJudged, "needs a CloudWatch to look at the alarms"
		return v, nil
	}
	const requests = 10_000_000
	owed := [2]pricing.USD{lambda.Mul(pricing.Count(requests)), api.Mul(pricing.Count(requests))}
	alarms, err := e.Alarms(claimDay(serverless()), owed[0], owed[1])
	if err != nil {
		return v, err
	}
	warned, would := 0, 0
	for _, a := range alarms {
		warned += truth(a.Written == firing)
		would += truth(a.Repaired == firing)
		v.add(Simulation, "the lab's CloudWatch, which has charges where AWS has them", "%s owed to Lambda and %s to API Gateway after %s requests: %s is %s in %s, and %s in AWS/Billing", words.Dollars(owed[0]), words.Dollars(owed[1]), words.Count(requests), a.Name, a.Written, a.Namespace, a.Repaired)
	}
	v.Word = either(warned, len(alarms))
	v.Boundary = fmt.Sprintf("as written %s; in AWS/Billing, by service, %d of %d would", howMany(warned, "warns"), would, len(alarms))
	return v, nil
}

// thresholds is what the script's limits are worth in requests; it gives the price of
// a request to the API and of an invocation.
func (e *Evidence) thresholds(v *Verdict) (rest, lambda pricing.USD, err error) {
	day := claimDay(serverless())
	if rest, err = e.first(pricing.RESTRequests, "us-east-1", day); err != nil {
		return rest, lambda, err
	}
	rules, err := e.Book.Rules(day, pricing.InitSwitch{})
	if err != nil {
		return rest, lambda, err
	}
	lambda, err = e.function(pricing.LambdaRequests, pricing.LambdaGBSecondsX86, "us-east-1", rules.Lambda, 100, day)
	if err != nil {
		return rest, lambda, err
	}
	for _, limit := range []struct {
		usd  string
		each pricing.USD
		what string
	}{{"0.5", rest, "requests to a REST API"}, {lambdaLimit, lambda, "invocations of 100 ms and 128 MB"}} {
		usd, err := pricing.ParseUSD(limit.usd)
		if err != nil {
			return rest, lambda, err
		}
		v.add(Bill, e.book(day), "the limit of $%s would be %s %s on %s", usd.Rat().FloatString(2), wholeDown(ratioOf(usd, limit.each)), limit.what, day)
	}
	return rest, lambda, e.pageRate(v, rules.Lambda, day)
}

// lambdaLimit is the script's limit for Lambda, USD.
const lambdaLimit = "0.1"

// What AWS's page printed for a GB-second from 2014 to 2020, rounded up from the
// price list's: https://aws.amazon.com/lambda/pricing/ as it stood then.
const (
	pageGBSecond = "0.00001667"
	lambdaPage   = "https://aws.amazon.com/lambda/pricing/ of 2014 to 2020"
)

// pageRate is why others count fewer invocations up to the limit: they multiply
// with the page's rate.
func (e *Evidence) pageRate(v *Verdict, billing pricing.Billing, day pricing.Date) error {
	list, err := e.first(pricing.LambdaGBSecondsX86, "us-east-1", day)
	if err != nil {
		return err
	}
	page, err := pricing.ParseUSD(pageGBSecond)
	if err != nil {
		return err
	}
	limit, err := pricing.ParseUSD(lambdaLimit)
	if err != nil {
		return err
	}
	perRequest, err := e.first(pricing.LambdaRequests, "us-east-1", day)
	if err != nil {
		return err
	}
	each := invocation(perRequest, page, billing, 100)
	v.add(Bill, lambdaPage, "the page's $%s a GB-second is the price list's $%s rounded: at the page's, invocation %s reaches the $%s, and many count with it", page, list, wholeUp(ratioOf(limit, each)), limit.Rat().FloatString(2))
	return nil
}
