package claims

import (
	"fmt"
	"slices"
	"strings"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/report/words"
)

// Who made the claims about prices.
func moved() Said {
	return Said{"blog.nightonly.com, on DynamoDB data through CloudFront and Lambda@Edge", "2022-05-10", "https://blog.nightonly.com/2022/05/10/cloudfrontlambdaedge%E3%81%A7dynamodbmediaconvert%E3%81%AE%E6%83%85%E5%A0%B1%E3%82%92%E8%BF%94%E3%81%99/"}
}

func launched() Said {
	return Said{"Daniel Bryant, InfoQ, on the release of Lambda@Edge", "2017-07-23", "https://www.infoq.com"}
}

func serverless() Said {
	return Said{"Ryan Kelly, Going Serverless with AWS Lambda and API Gateway", "2016-08-07", "http://blog.ryankelly.us/2016/08/07/going-serverless-with-aws-lambda-and-api-gateway.html"}
}

func priceClaims() []Claim {
	return []Claim{
		{
			ID: "C1", Expected: Conditional, judge: cheaperAtTheEdge, Said: []Said{moved()},
			Text: "For a program with little memory (128 MB) that ends soon (5 s), CloudFront with Lambda@Edge at viewer request is cheaper than API Gateway or ALB.",
		},
		{
			ID: "C2", Expected: False, judge: finerSteps, Said: []Said{launched()},
			Text: "Metering by 50 ms in place of the 100 ms of Lambda makes short functions cheaper at the edge.",
		},
		{
			ID: "C3", Expected: True, judge: memoryPrice, Said: []Said{launched()},
			Text: "Lambda@Edge costs $0.00005001 a GB-second, which is $0.00000625125 for 128 MB and a second.",
		},
		{
			ID: "C11", Expected: Conditional, judge: idle, Said: []Said{serverless()},
			Text: "There is no billing when there is no execution.",
		},
		{
			ID: "C14", Expected: True, judge: balancer,
			Said: []Said{{"blog.nightonly.com, on the same API behind ALB", "2022-05-07", "https://blog.nightonly.com/?p=1875"},
				{"Jeremy Thomerson, serverless-training.com: 450 requests/s are $136 a day at API Gateway", "2018-12", "https://serverless-training.com/articles/save-money-by-replacing-api-gateway-with-application-load-balancer/"}},
			Text: "With much traffic ALB is cheaper than API Gateway, which bills by the request.",
		},
		{
			ID: "C15", Expected: True, judge: noFreeTier, Said: []Said{launched()},
			Text: "Lambda@Edge has no free tier.",
		},
	}
}

// claimDay is the day of a claim, on which the book is asked too.
func claimDay(s Said) pricing.Date {
	day, err := pricing.ParseDate(s.Date)
	if err != nil {
		panic(err) // a constant of this file
	}
	return day
}

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

// function is what one invocation of a 128 MB function costs: its request and its
// rounded duration.
func (e *Evidence) function(requests, seconds pricing.Meter, region string, billing pricing.Billing, durationMS int64, day pricing.Date) (pricing.USD, error) {
	perRequest, err := e.first(requests, region, day)
	if err != nil {
		return pricing.USD{}, err
	}
	perSecond, err := e.first(seconds, region, day)
	if err != nil {
		return pricing.USD{}, err
	}
	billed := pricing.BilledMS(durationMS*1000, 0, billing)
	return perRequest.Add(perSecond.Mul(pricing.Ratio(billed*memoryMB, 1024*1000))), nil
}

// first is the price of a meter's first band.
func (e *Evidence) first(m pricing.Meter, region string, day pricing.Date) (pricing.USD, error) {
	rates, err := e.Book.Rates(m, region, day)
	if err != nil {
		return pricing.USD{}, err
	}
	return rates[0].USD, nil
}

// finerSteps looks for a duration at which the finer metering makes an invocation
// at the edge cheaper than one of Lambda, on the day of the claim.
func finerSteps(e *Evidence) (Verdict, error) {
	var v Verdict
	day := claimDay(launched())
	rules, err := e.Book.Rules(day, pricing.InitSwitch{})
	if err != nil {
		return v, err
	}
	const longest = 1000 // the timeout of a viewer event in 2017, ms
	cheaper := 0
	var least pricing.Quantity // edge / Lambda
	leastAt := int64(0)
	for ms := int64(1); ms <= longest; ms++ {
		edge, err := e.function(pricing.EdgeRequests, pricing.EdgeGBSeconds, "us-east-1", rules.Edge, ms, day)
		if err != nil {
			return v, err
		}
		regional, err := e.function(pricing.LambdaRequests, pricing.LambdaGBSecondsX86, "us-east-1", rules.Lambda, ms, day)
		if err != nil {
			return v, err
		}
		if edge.Cmp(regional) < 0 {
			cheaper++
		}
		if ratio := ratioOf(edge, regional); leastAt == 0 || ratio.Cmp(least) < 0 {
			least, leastAt = ratio, ms
		}
	}
	v.Word = either(cheaper, longest)
	dearer, err := e.dearer(day)
	if err != nil {
		return v, err
	}
	v.Boundary = fmt.Sprintf("of the durations up to %d ms, in whole milliseconds, %s: a GB-second costs %s times that of Lambda there", longest, howMany(cheaper, "is cheaper at the edge"), decimals(dearer, 1))
	v.add(Bill, e.book(day), "the nearest is %d ms: an invocation at the edge costs %s times one of Lambda, requests included", leastAt, decimals(least, 2))
	v.add(Rule, rules.Edge.Granularity.Source, "durations were rounded up to %d ms at the edge and to %d ms in Lambda on %s", rules.Edge.Granularity.Value, rules.Lambda.Granularity.Value, day)
	today, err := e.Book.Rules(e.AsOf, pricing.InitSwitch{})
	if err != nil {
		return v, err
	}
	v.add(Rule, today.Edge.Granularity.Source, "on %s both round: to %d ms at the edge, to %d ms in Lambda", e.AsOf, today.Edge.Granularity.Value, today.Lambda.Granularity.Value)
	return v, nil
}

// dearer is how many times Lambda's price a GB-second costs at the edge.
func (e *Evidence) dearer(day pricing.Date) (pricing.Quantity, error) {
	edge, err := e.first(pricing.EdgeGBSeconds, "us-east-1", day)
	if err != nil {
		return pricing.Quantity{}, err
	}
	regional, err := e.first(pricing.LambdaGBSecondsX86, "us-east-1", day)
	return ratioOf(edge, regional), err
}

func howMany(n int, what string) string {
	if n == 0 {
		return "none " + what
	}
	return words.Group(int64(n)) + " " + what
}

func ratioOf(a, b pricing.USD) pricing.Quantity {
	r := a.Rat()
	return pricing.QuantityOf(r.Quo(r, b.Rat()))
}

func decimals(q pricing.Quantity, n int) string { return q.Rat().FloatString(n) }

// The prices that the claim states.
const (
	statedGBSecond    = "0.00005001"
	stated128MBSecond = "0.00000625125"
)

// memoryPrice multiplies the book's price out.
func memoryPrice(e *Evidence) (Verdict, error) {
	var v Verdict
	gb, err := pricing.ParseUSD(statedGBSecond)
	if err != nil {
		return v, err
	}
	mb, err := pricing.ParseUSD(stated128MBSecond)
	if err != nil {
		return v, err
	}
	holds, of := 0, 0
	for _, day := range []pricing.Date{claimDay(launched()), e.AsOf} {
		price, err := e.first(pricing.EdgeGBSeconds, "us-east-1", day)
		if err != nil {
			return v, err
		}
		product := price.Mul(pricing.Ratio(memoryMB, 1024))
		if of++; price.Equal(gb) && product.Equal(mb) {
			holds++
		}
		v.add(Bill, e.book(day), "%s: $%s a GB-second x %d/1024 = $%s", day, price, memoryMB, product)
		v.add(Bill, e.book(day), "%s: 50 ms are $%s", day, product.Mul(pricing.Ratio(50, 1000)))
	}
	v.Word = either(holds, of)
	return v, nil
}

// noFreeTier looks for a free quantity of the edge's own meters.
func noFreeTier(e *Evidence) (Verdict, error) {
	var v Verdict
	holds, of := 0, 0
	for _, day := range []pricing.Date{claimDay(launched()), e.AsOf} {
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
