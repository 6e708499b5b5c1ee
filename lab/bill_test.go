package lab

import (
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/pricing"
)

// charge is what a front's calls cost at list prices of 2026-11-01, durations and
// bytes left out: calls that the front is paid for, and the function's.
type charge struct {
	calls, invocations int
	usd                string
}

// charged is the charge of a front so far. What an API turns away is counted in
// CloudWatch's Count and not paid for; the lab's counters tell.
func (l logged) charged(t *testing.T, i int) charge {
	t.Helper()
	l.Settle()
	f := l.Fronts()[i]
	metric := map[front.Kind]string{
		front.APIGatewayREST: "Count", front.APIGatewayNonProxy: "Count", front.APIGatewayHTTP: "Count",
		front.ALB: "RequestCount", front.FunctionURL: "UrlRequestCount",
	}[f.Kind]
	if f.Kind.Edge() {
		metric = "Requests"
	}
	calls := total(l.sum(t, f, metric))
	for _, c := range l.Counters() {
		switch c.Name {
		case apigwForbidden, apigwThrottled, apigwQuota, apigwNoMethod:
			if c.Front == f.ID {
				calls -= int(c.Value)
			}
		}
	}
	c := charge{calls: calls, invocations: total(l.sum(t, f, "Invocations"))}
	c.usd = listPrice(t, f, c)
	return c
}

func total(sum *float64) int {
	if sum == nil {
		return 0
	}
	return int(*sum)
}

func listPrice(t *testing.T, f Served, c charge) string {
	t.Helper()
	meters := map[front.Kind][2]pricing.Meter{
		front.APIGatewayREST: {pricing.RESTRequests, pricing.LambdaRequests}, front.APIGatewayNonProxy: {pricing.RESTRequests, pricing.LambdaRequests},
		front.APIGatewayHTTP: {pricing.HTTPRequests, pricing.LambdaRequests}, front.ALB: {"", pricing.LambdaRequests},
		front.FunctionURL: {"", pricing.LambdaRequests},
	}[f.Kind]
	if f.Kind.Edge() {
		meters = [2]pricing.Meter{pricing.Zone("us").Meter(pricing.CloudFrontHTTPS), pricing.EdgeRequests}
	}
	book, err := pricing.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	day := pricing.NewDate(2026, time.November, 1)
	rules, err := book.Rules(day, pricing.InitSwitch{})
	if err != nil {
		t.Fatal(err)
	}
	u := pricing.Usage{Front: f.ID, Kind: f.Kind, Requests: pricing.Count(int64(max(c.calls, 1))), Rules: rules}
	for i, n := range []int{c.calls, c.invocations} {
		if meters[i] == "" || n == 0 {
			continue // a load balancer's calls are paid for by the hour and the capacity unit, a function URL's not at all
		}
		region := "us-east-1"
		if f.Kind.Edge() && i == 0 {
			region = pricing.Global
		}
		u.Items = append(u.Items, pricing.Item{Meter: meters[i], Region: region, Quantity: pricing.Count(int64(n))})
	}
	bill, err := book.Bill(u, pricing.BillOptions{AsOf: day, FreeTier: pricing.FreeNone})
	if err != nil {
		t.Fatal(err)
	}
	return bill.Total.String()
}
