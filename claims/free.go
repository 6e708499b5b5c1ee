package claims

import (
	"fmt"
	"slices"
	"strings"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/report/words"
)

// noFreeTier looks for a free quantity of the edge's own meters.
func noFreeTier(e *Evidence) (Verdict, error) {
	var v Verdict
	holds, of := 0, 0
	for _, day := range days(claimDay(launched()), e.AsOf) {
		if err := e.begun(front.EdgeViewerRequest, day); e.leaveOut(&v, day, err) {
			continue
		}
		var free []string
		for _, m := range []pricing.Meter{pricing.EdgeRequests, pricing.EdgeGBSeconds} {
			for _, q := range e.Book.FreeQuantities(m, day) {
				free = append(free, fmt.Sprintf("%s of %s", q.Quantity, m))
			}
		}
		if of++; len(free) == 0 {
			holds++
		}
		regional := e.Book.FreeQuantities(pricing.LambdaRequests, day)
		v.add(Bill, e.book(day), "%s: free at the edge: %s; of Lambda in a Region: %s", day, listed(free), freeWords(regional))
		bill, err := e.edgeFunction(day)
		if err != nil {
			return v, err
		}
		v.add(Bill, e.book(day), "%s: 1M invocations of %d ms at the edge are %s with every free tier of a new account, %s without", day, usualMS, words.Dollars(bill[1]), words.Dollars(bill[0]))
		if !bill[0].Equal(bill[1]) {
			holds--
		}
	}
	v.add(Rule, "https://aws.amazon.com/cloudfront/pricing/pay-as-you-go/", "CloudFront's own page: no complimentary tier applies to Lambda@Edge; that of CloudFront (requests, transfer) does")
	v.Word = either(max(holds, 0), of)
	return v, nil
}

// edgeFunction is a million invocations at the edge, without and with free tiers:
// the function's lines alone.
func (e *Evidence) edgeFunction(day pricing.Date) ([2]pricing.USD, error) {
	var out [2]pricing.USD
	for i, tier := range []pricing.FreeTier{pricing.FreeNone, pricing.FreeNewAccount} {
		bill, err := e.Book.Price(month(front.EdgeViewerRequest, "us-east-1", 1_000_000, usualMS), pricing.BillOptions{AsOf: day, FreeTier: tier})
		if err != nil {
			return out, err
		}
		for _, l := range bill.Lines {
			if strings.HasPrefix(string(l.Meter), "edge.") {
				out[i] = out[i].Add(l.Amount)
			}
		}
	}
	return out, nil
}

func listed(all []string) string {
	if len(all) == 0 {
		return "nothing"
	}
	slices.Sort(all)
	return words.And(all)
}

func freeWords(all []pricing.FreeQuantity) string {
	var parts []string
	for _, q := range all {
		parts = append(parts, wholeDown(q.Quantity)+" requests a month")
	}
	return listed(parts)
}
