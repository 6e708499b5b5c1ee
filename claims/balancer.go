package claims

import (
	"cmp"
	"fmt"
	"slices"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/report/words"
)

// balancer finds the volume from which on ALB is cheaper than each API, for good.
func balancer(e *Evidence) (Verdict, error) {
	var v Verdict
	var t tally
	var anywhere string
	priced, shown := e.balanced()
	for _, region := range priced {
		var than string
		for _, api := range []front.Kind{front.APIGatewayREST, front.APIGatewayHTTP} {
			where, err := e.cheaper(month(front.ALB, region, 10_000_000, usualMS), month(api, region, 10_000_000, usualMS), pricing.AlongRequests, listPrice(e.AsOf))
			if e.leaveOut(&v, e.AsOf, err) {
				continue
			}
			if err != nil {
				return v, err
			}
			t.of++
			t.holds += truth(where.endless())
			text := where.words("requests a month")
			v.add(Bill, e.book(e.AsOf), "%s: ALB is cheaper than %s: %s", region, name(api), text)
			than = join(than, fmt.Sprintf("than %s %s", name(api), text))
		}
		if than == "" {
			continue
		}
		than = fmt.Sprintf("cheaper in %s %s", region, than)
		anywhere = join(anywhere, than)
		if slices.Contains(shown, region) {
			v.Boundary = join(v.Boundary, than)
		}
	}
	v.Boundary = cmp.Or(v.Boundary, anywhere) // the runs' Regions may have no price
	for _, more := range []func(*Verdict) error{e.wideAnswers, e.thomerson} {
		if err := more(&v); err != nil && !e.leaveOut(&v, e.AsOf, err) {
			return v, err
		}
	}
	if t.of == 0 {
		return unpriced(v, e.AsOf), nil
	}
	v.add(Bill, "", "assumed: %s, %d ms, spread evenly over the month, 2 zones; list prices, no free tier", systemWords, usualMS)
	v.Word = either(t.holds, t.of)
	return v, e.order(&v, front.ALB, front.APIGatewayREST, front.APIGatewayHTTP)
}

// balanced lists the Regions in which ALB is compared, and those of them that the
// boundary is of: where the runs have a balancer, or where the claims were made.
func (e *Evidence) balanced() (priced, shown []string) {
	priced = []string{"us-east-1", "ap-northeast-1"}
	for _, run := range e.Runs {
		for _, f := range run.Fronts {
			if f.Kind == front.ALB && !slices.Contains(shown, f.Region) {
				shown = append(shown, f.Region)
			}
		}
	}
	for _, region := range shown {
		if !slices.Contains(priced, region) {
			priced = append(priced, region)
		}
	}
	if len(shown) == 0 {
		shown = priced
	}
	return priced, shown
}

// endless reports whether the last stretch goes on for ever.
func (s stretches) endless() bool { return len(s) > 0 && s[len(s)-1].to == nil }

// wideAnswers finds the size of answer from which on ALB never overtakes an HTTP
// API: capacity units count bytes, and an HTTP API counts none below 512 KB.
func (e *Evidence) wideAnswers(v *Verdict) error {
	wins := func(bytes int64) (bool, error) {
		a, b := month(front.ALB, "us-east-1", 10_000_000, usualMS), month(front.APIGatewayHTTP, "us-east-1", 10_000_000, usualMS)
		size := pricing.Count(bytes)
		a.Traffic.ResponseBytes, b.Traffic.ResponseBytes = &size, &size
		where, err := e.cheaper(a, b, pricing.AlongRequests, listPrice(e.AsOf))
		return where.endless(), err
	}
	low, high := int64(responseBytes), int64(500_000) // it wins at the one, not at the other
	for high-low > 1 {
		middle := (low + high) / 2
		ok, err := wins(middle)
		if err != nil {
			return err
		}
		if ok {
			low = middle
		} else {
			high = middle
		}
	}
	if ok, err := wins(high); err != nil || ok {
		return err
	}
	v.add(Bill, e.book(e.AsOf), "us-east-1: with answers of %s bytes or more ALB never stays cheaper than an HTTP API: capacity units count bytes, 0.4 GB an hour each", words.Group(high))
	return nil
}

// thomerson is the example that the claim cites: 450 requests a second.
func (e *Evidence) thomerson(v *Verdict) error {
	const perDay = 450 * 86400
	price, err := e.first(pricing.RESTRequests, "us-east-1", e.AsOf)
	if err != nil {
		return err
	}
	v.add(Bill, e.book(e.AsOf), "450 requests/s are %s a day: %s a day at a REST API's first band, as the source says ($136)", words.Group(perDay), words.Dollars(price.Mul(pricing.Count(perDay))))
	return nil
}
