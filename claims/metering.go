package claims

import (
	"fmt"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/report/words"
)

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
	return invocation(perRequest, perSecond, billing, durationMS), nil
}

// invocation is what one costs at given prices of a request and a GB-second.
func invocation(perRequest, perSecond pricing.USD, billing pricing.Billing, durationMS int64) pricing.USD {
	billed := pricing.BilledMS(durationMS*1000, 0, billing)
	return perRequest.Add(perSecond.Mul(pricing.Ratio(billed*memoryMB, 1024*1000)))
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
	if err := e.begun(front.EdgeViewerRequest, e.AsOf); e.leaveOut(&v, e.AsOf, err) || e.AsOf == day {
		return v, nil
	}
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
	for _, day := range days(claimDay(launched()), e.AsOf) {
		price, err := e.first(pricing.EdgeGBSeconds, "us-east-1", day)
		if e.leaveOut(&v, day, err) {
			continue
		}
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
