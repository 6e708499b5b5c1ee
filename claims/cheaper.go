package claims

import (
	"fmt"

	"frontdoor/front"
	"frontdoor/pricing"
)

// The functions of that system run for tens of milliseconds: a read of a table.
const usualMS = 20

// tally counts the cases looked at, and those in which a claim holds.
type tally struct{ holds, of int }

// others are the fronts that the edge is compared with.
func others() []front.Kind {
	return []front.Kind{front.APIGatewayREST, front.APIGatewayHTTP, front.ALB}
}

// cheaperAtTheEdge compares the edge with each other front, along the duration with
// the gateways, which bill by the request, and along the volume with ALB.
func cheaperAtTheEdge(e *Evidence) (Verdict, error) {
	var v Verdict
	var t tally
	for _, day := range days(e.AsOf, claimDay(moved())) {
		for _, region := range []string{"ap-northeast-1", "us-east-1"} {
			for _, other := range others() {
				if err := e.edgeAgainst(&v, &t, other, region, day); err != nil && !e.leaveOut(&v, day, err) {
					return v, err
				}
			}
		}
	}
	if v.Boundary == "" {
		return unpriced(v, e.AsOf), nil // what it was on its own day is in the lines
	}
	v.Boundary = "cheaper in Tokyo, where the system is, " + v.Boundary
	v.add(Bill, "", "assumed: %s; list prices, no free tier", systemWords)
	if err := e.freeAtTheEdge(&v); err != nil {
		return v, err
	}
	v.Word = either(t.holds, t.of)
	return v, e.order(&v, front.EdgeViewerRequest, others()...)
}

// edgeAgainst compares the edge with one front in a Region on a day.
func (e *Evidence) edgeAgainst(v *Verdict, t *tally, other front.Kind, region string, day pricing.Date) error {
	along, unit, most, what := pricing.AlongBilledMS, "billed ms", pricing.Count(5000), "at 10M requests a month"
	if other == front.ALB {
		along, unit, most = pricing.AlongRequests, "requests a month", pricing.Count(10_000_000_000)
		what = fmt.Sprintf("at %d ms", usualMS)
	}
	where, err := e.cheaper(month(front.EdgeViewerRequest, region, 10_000_000, usualMS), month(other, region, 10_000_000, usualMS), along, listPrice(day))
	if err != nil {
		return err
	}
	t.of++
	if where.everywhere(most) {
		t.holds++
	} else if len(where) > 0 {
		t.holds, t.of = t.holds+1, t.of+1 // on one side only
	}
	text := where.words(unit)
	v.add(Bill, e.book(day), "%s, %s: Lambda@Edge is cheaper than %s: %s (%s)", region, day, name(other), text, what)
	if day == e.AsOf && region == "ap-northeast-1" {
		v.Boundary = join(v.Boundary, fmt.Sprintf("than %s %s", name(other), text))
	}
	return nil
}

// freeAtTheEdge is the same by volume with what every account gets free each month:
// nothing of Lambda@Edge is, and 10 million of CloudFront's requests are.
func (e *Evidence) freeAtTheEdge(v *Verdict) error {
	for _, region := range []string{"ap-northeast-1", "us-east-1"} {
		for _, other := range others() {
			where, err := e.cheaper(month(front.EdgeViewerRequest, region, 10_000_000, usualMS), month(other, region, 10_000_000, usualMS), pricing.AlongRequests,
				pricing.BillOptions{AsOf: e.AsOf, FreeTier: pricing.FreeAlways})
			if e.leaveOut(v, e.AsOf, err) {
				continue
			}
			if err != nil {
				return err
			}
			text := where.words("requests a month")
			v.add(Bill, e.book(e.AsOf), "%s, with the free quantities that every account gets: Lambda@Edge is cheaper than %s: %s (at %d ms)", region, name(other), text, usualMS)
			if region == "ap-northeast-1" && other == front.APIGatewayHTTP {
				v.Boundary = join(v.Boundary, fmt.Sprintf("with what every account gets free, than %s %s", name(other), text))
			}
		}
	}
	return nil
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}

func name(k front.Kind) string {
	d, err := front.Of(k)
	if err != nil {
		panic(err) // a constant
	}
	return d.Name
}
