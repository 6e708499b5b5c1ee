package claims

import (
	"fmt"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/report/words"
)

// The functions of that system run for tens of milliseconds: a read of a table.
const usualMS = 20

// cheaperAtTheEdge compares the edge with each other front, along the duration with
// the gateways, which bill by the request, and along the volume with ALB.
func cheaperAtTheEdge(e *Evidence) (Verdict, error) {
	var v Verdict
	holds, of := 0, 0
	for _, day := range []pricing.Date{e.AsOf, claimDay(moved())} {
		for _, region := range []string{"ap-northeast-1", "us-east-1"} {
			for _, other := range []front.Kind{front.APIGatewayREST, front.APIGatewayHTTP, front.ALB} {
				along, unit, number, most := pricing.AlongBilledMS, "billed ms", wholeDown, pricing.Count(5000)
				what := "at 10M requests a month"
				if other == front.ALB {
					along, unit, most = pricing.AlongRequests, "requests a month", pricing.Count(10_000_000_000)
					what = fmt.Sprintf("at %d ms", usualMS)
				}
				where, err := e.cheaper(month(front.EdgeViewerRequest, region, 10_000_000, usualMS), month(other, region, 10_000_000, usualMS), along, listPrice(day))
				if err != nil {
					return v, err
				}
				of++
				if where.everywhere(most) {
					holds++
				} else if len(where) > 0 {
					holds, of = holds+1, of+1 // on one side only
				}
				text := where.words(unit, number)
				v.add(Bill, e.book(day), "%s, %s: Lambda@Edge is cheaper than %s: %s (%s)", region, day, name(other), text, what)
				if day == e.AsOf && region == "ap-northeast-1" {
					v.Boundary = join(v.Boundary, fmt.Sprintf("than %s %s", name(other), text))
				}
			}
		}
	}
	v.Boundary = "cheaper in Tokyo, where the system is, " + v.Boundary
	v.add(Bill, "", "assumed: %s; list prices, no free tier", systemWords)
	if err := e.freeAtTheEdge(&v); err != nil {
		return v, err
	}
	v.Word = either(holds, of)
	return v, e.order(&v, front.EdgeViewerRequest, front.APIGatewayREST, front.APIGatewayHTTP, front.ALB)
}

// freeAtTheEdge is the same by volume with what every account gets free each month:
// nothing of Lambda@Edge is, and 10 million of CloudFront's requests are.
func (e *Evidence) freeAtTheEdge(v *Verdict) error {
	for _, region := range []string{"ap-northeast-1", "us-east-1"} {
		for _, other := range []front.Kind{front.APIGatewayREST, front.APIGatewayHTTP, front.ALB} {
			where, err := e.cheaper(month(front.EdgeViewerRequest, region, 10_000_000, usualMS), month(other, region, 10_000_000, usualMS), pricing.AlongRequests,
				pricing.BillOptions{AsOf: e.AsOf, FreeTier: pricing.FreeAlways})
			if err != nil {
				return err
			}
			text := where.words("requests a month", wholeDown)
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

// wholeDown is a quantity in whole units.
func wholeDown(q pricing.Quantity) string {
	r := q.Rat()
	whole := r.Num()
	return words.Thousands(whole.Div(whole, r.Denom()).String())
}
