package claims

import (
	"fmt"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/report/words"
)

// The shipped scenarios whose runs are evidence.
const (
	cacheScenario  = "cache-ttl-straddle"
	globalScenario = "global-api"
	alarmScenario  = "meditations"
)

func edgeClaims() []Claim {
	return []Claim{
		{
			ID: "C4", Expected: False, Needs: cacheScenario, judge: littleCache, Said: []Said{moved()},
			Text: "A cache policy with a very short time to live (1 to 5 s) lets a function at viewer request bear mass access.",
		},
		{
			ID: "C16", Expected: False, Needs: alarmScenario, judge: billingAlarms,
			Said: []Said{serverless(), {"deploy.py of f0rk/meditations, namespaces AWS/Lambda and AWS/APIGateway", "2016-12-13", "https://github.com/f0rk/meditations"}},
			Text: "Billing alarms on EstimatedCharges of Lambda and API Gateway warn of a large bill.",
		},
	}
}

const (
	triggersPage = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-cloudfront-trigger-events.html"
	billingPage  = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html"
)

// littleCache counts the invocations of a function at viewer request behind a
// cache that may keep answers, and at origin request behind the same one.
func littleCache(e *Evidence) (Verdict, error) {
	var v Verdict
	v.add(Rule, triggersPage, "a viewer-request function runs before the cache is looked into, and what it answers is not kept; an origin-request function runs when the cache has nothing")
	run := e.run(cacheScenario)
	if run == nil {
		return lacking(v, cacheScenario), nil
	}
	helped, of := 0, 0
	for _, f := range run.Fronts {
		requests, invocations := traffic(run, f.ID)
		if requests == 0 {
			continue
		}
		switch f.Kind {
		case front.EdgeViewerRequest:
			if of++; invocations < requests {
				helped++
			}
			v.add(Record, run.ID, "%s (viewer request): %s", f.ID, invoked(invocations, requests))
		case front.EdgeOriginRequest:
			v.add(Record, run.ID, "%s (origin request): %s", f.ID, invoked(invocations, requests))
		}
	}
	if of == 0 {
		return lacking(v, cacheScenario), nil
	}
	v.Word = either(helped, of)
	v.Boundary = "no time to live changes it: every request invokes the function; at origin request the same policy does help"
	return v, nil
}

// invoked is a relation and no rate: the lab's times are this machine's.
func invoked(invocations, requests int) string {
	switch {
	case invocations == requests:
		return "every request invoked the function"
	case invocations == 0:
		return "no request invoked the function"
	case invocations < requests:
		return "the cache answered requests without the function"
	}
	return fmt.Sprintf("%s invocations for %s requests", words.Group(int64(invocations)), words.Group(int64(requests)))
}

// traffic is the answered requests of a front over a run, and the invocations that
// they caused; warm-ups included.
func traffic(run *record.Recording, id string) (requests, invocations int) {
	for _, m := range run.Of(id) {
		invocations += len(m.Reports)
		for _, h := range m.Hits {
			if h.Status != 0 {
				requests++
			}
		}
	}
	return requests, invocations
}

// billingAlarms needs the states of the alarms of the deploy script.
func billingAlarms(e *Evidence) (Verdict, error) {
	var v Verdict
	v.add(Rule, billingPage, "EstimatedCharges is published in the namespace AWS/Billing, in us-east-1; an alarm on AWS/Lambda or AWS/APIGateway has no data")
	if err := e.thresholds(&v); err != nil {
		return v, err
	}
	return lacking(v, alarmScenario), nil
}

// thresholds is what the script's limits would have been worth in requests.
func (e *Evidence) thresholds(v *Verdict) error {
	day := claimDay(serverless())
	rest, err := e.first(pricing.RESTRequests, "us-east-1", day)
	if err != nil {
		return err
	}
	rules, err := e.Book.Rules(day, pricing.InitSwitch{})
	if err != nil {
		return err
	}
	lambda, err := e.function(pricing.LambdaRequests, pricing.LambdaGBSecondsX86, "us-east-1", rules.Lambda, 100, day)
	if err != nil {
		return err
	}
	for _, limit := range []struct {
		usd  string
		each pricing.USD
		what string
	}{{"0.5", rest, "requests to a REST API"}, {"0.1", lambda, "invocations of 100 ms and 128 MB"}} {
		usd, err := pricing.ParseUSD(limit.usd)
		if err != nil {
			return err
		}
		v.add(Bill, e.book(day), "the limit of $%s would be %s %s on %s", usd.Rat().FloatString(2), wholeDown(ratioOf(usd, limit.each)), limit.what, day)
	}
	return nil
}
