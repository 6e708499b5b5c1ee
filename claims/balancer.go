package claims

import (
	"fmt"
	"math/big"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/report/words"
)

// balancer finds the volume from which on ALB is cheaper than each API, for good.
func balancer(e *Evidence) (Verdict, error) {
	var v Verdict
	holds, of := 0, 0
	for _, region := range []string{"us-east-1", "ap-northeast-1"} {
		for _, api := range []front.Kind{front.APIGatewayREST, front.APIGatewayHTTP} {
			where, err := e.cheaper(month(front.ALB, region, 10_000_000, usualMS), month(api, region, 10_000_000, usualMS), pricing.AlongRequests, listPrice(e.AsOf))
			if err != nil {
				return v, err
			}
			if of++; where.endless() {
				holds++
			}
			v.add(Bill, e.book(e.AsOf), "%s: ALB is cheaper than %s: %s", region, name(api), where.words("requests a month", wholeUp))
			if region == "us-east-1" {
				v.Boundary = join(v.Boundary, fmt.Sprintf("than %s %s", name(api), where.words("requests a month", wholeUp)))
			}
		}
	}
	if err := e.wideAnswers(&v); err != nil {
		return v, err
	}
	if err := e.thomerson(&v); err != nil {
		return v, err
	}
	v.Boundary = "cheaper in us-east-1 " + v.Boundary
	v.add(Bill, "", "assumed: %s, %d ms, spread evenly over the month, 2 zones; list prices, no free tier", systemWords, usualMS)
	v.Word = either(holds, of)
	return v, e.order(&v, front.ALB, front.APIGatewayREST, front.APIGatewayHTTP)
}

// endless reports whether the last stretch goes on for ever.
func (s stretches) endless() bool { return len(s) > 0 && s[len(s)-1].to == nil }

// wholeUp is a quantity in whole units, the next one where there is a rest.
func wholeUp(q pricing.Quantity) string {
	r := q.Rat()
	whole, rest := new(big.Int).DivMod(r.Num(), r.Denom(), new(big.Int))
	if rest.Sign() > 0 {
		whole.Add(whole, big.NewInt(1))
	}
	return words.Thousands(whole.String())
}

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
