package estimate

import (
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/pricing"
)

// The limits are AWS's quotas: an answer of 40 KB at viewer-request and 1 MB at
// origin-request, timeouts of 5 s and 30 s
// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html),
// 29 s for REST APIs and 30 s for HTTP APIs
// (https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html), 1 MB
// through a load balancer
// (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html),
// 6 MB and 900 s for Lambda itself
// (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
func TestCannotAtTheDoorsLimits(t *testing.T) {
	for _, c := range []struct {
		kind  front.Kind
		bytes int64
		ms    int64
	}{
		{front.APIGatewayREST, 6 << 20, 29_000},
		{front.APIGatewayHTTP, 6 << 20, 30_000},
		{front.ALB, 1 << 20, 900_000},
		{front.FunctionURL, 6 << 20, 900_000},
		{front.EdgeViewerRequest, 40 << 10, 5_000},
		{front.EdgeOriginRequest, 1 << 20, 30_000},
	} {
		at := sized(door(c.kind, 1000, c.ms), 0, c.bytes)
		big := sized(at, 0, c.bytes+1)
		long := at
		long.Duration = pricing.Constant(1000*c.ms + 1) // billed as a millisecond more
		cold := at
		cold.Duration = pricing.WithCold{Warm: at.Duration, Share: pricing.Ratio(1, 2), InitUS: 9_000_000} // INIT is not the handler's time
		small := sized(door(c.kind, 1000, 1), 0, 1)
		for name, try := range map[string]struct {
			w    pricing.Workload
			want string
		}{
			"at the limits": {at, ""},
			"too big":       {big, "its answers of " + pricing.Count(c.bytes+1).String() + " bytes are over the door's limit of " + pricing.Count(c.bytes).String()},
			"too long":      {long, "its invocations of " + pricing.Count(c.ms+1).String() + " ms are over the door's limit of " + pricing.Count(c.ms).String() + " ms"},
			"with INIT":     {cold, ""},
		} {
			other := small
			other.Front, other.Kind, other.Invocations = "other", front.FunctionURL, nil
			e := estimateOf(t, input(t, try.w, other, small))
			if got := e.Fronts[0].Cannot; got != try.want {
				t.Errorf("%s %s: cannot %q, want %q", c.kind, name, got, try.want)
			}
			if compared := len(e.Requests.Fronts) == 3; compared != (try.want == "") {
				t.Errorf("%s %s: compares %v", c.kind, name, e.Requests.Fronts)
			}
			if e.Fronts[0].Bill.Total.Sign() <= 0 {
				t.Errorf("%s %s: no bill", c.kind, name)
			}
		}
	}
}

// What cannot be compared is not: the estimate says why, and bills stay.
func TestNotCompared(t *testing.T) {
	rest, http := door(front.APIGatewayREST, 1000, 12), door(front.APIGatewayHTTP, 1000, 12)
	elsewhere := http
	elsewhere.Traffic.RequestsPerMonth = 1001
	sizeless := rest
	sizeless.Traffic.ResponseBytes = nil
	untimed := rest
	untimed.Duration = nil
	// 6 MiB and a byte a thousand times are 0.53 USD, 20 s of 10 GB 3.33 USD.
	tooBig := sized(door(front.FunctionURL, 1000, 12), 0, 6<<20+1)
	heavyREST, heavyHTTP := door(front.APIGatewayREST, 1000, 20_000), door(front.APIGatewayHTTP, 1000, 20_000)
	heavyREST.MemoryMB, heavyHTTP.MemoryMB = 10_240, 10_240
	book, err := pricing.ParseUser("own.csv", strings.NewReader(`meter,region,from,until,seen_from,seen_until,tier_from,tier_until,unit,usd,rate_code,confidence,source
apigw.rest.requests,us-east-1,2026-01-01,,2026-01-01,2026-12-31,0,Inf,Requests,contract,,T,ours
`))
	if err != nil {
		t.Fatal(err)
	}
	own, err := shipped(t).Over(book)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name               string
		change             func(in *Input)
		fronts             []pricing.Workload
		cheapest           string
		requests, duration bool
		note               string
	}{
		{"compared", nil, []pricing.Workload{rest, http}, string(front.APIGatewayHTTP), true, true, ""},
		{"the least bill is of a front that cannot", nil, []pricing.Workload{tooBig, heavyREST, heavyHTTP}, string(front.APIGatewayHTTP), true, true, ""},
		{"one front", nil, []pricing.Workload{rest}, "", false, false, ""},
		{"different months", nil, []pricing.Workload{rest, elsewhere}, "", false, false, `fronts "apigw-rest" and "apigw-http" have different months: no front is called the cheapest`},
		{"different ranges", func(in *Input) { in.Fronts[1].High = 2000 }, []pricing.Workload{rest, http}, "", false, false, `fronts "apigw-rest" and "apigw-http" have different months: no front is called the cheapest`},
		{"a lower bound that is not the least", nil, []pricing.Workload{sizeless, http}, string(front.APIGatewayHTTP), false, false, `front "apigw-rest" lacks egress.internet_gb (the size of an answer is not known): costs are not compared`},
		{"no duration", nil, []pricing.Workload{untimed, http}, string(front.APIGatewayHTTP), false, true, ""},
		{"a front that did not exist", func(in *Input) { in.Options.AsOf = pricing.NewDate(2018, 1, 1) }, []pricing.Workload{rest, http}, "", false, false, ""},
		{"a contract price", func(in *Input) { in.Book = own }, []pricing.Workload{rest, http}, "", false, false,
			`front "apigw-rest" lacks apigw.rest.requests (its price is agreed in a contract: 1000 Requests are not priced; a rate in a book of your own prices them): costs are not compared`},
	} {
		in := input(t, c.fronts...)
		if c.change != nil {
			c.change(&in)
		}
		e := estimateOf(t, in)
		if e.Cheapest != c.cheapest || (e.Requests != nil) != c.requests || (e.Duration != nil) != c.duration || strings.Join(e.Notes, "; ") != c.note || e.Uncertainty != nil {
			t.Errorf("%s: cheapest %q, by requests %t, by duration %t, notes %q", c.name, e.Cheapest, e.Requests != nil, e.Duration != nil, e.Notes)
		}
		if len(e.Fronts) != len(c.fronts) {
			t.Errorf("%s: %d fronts", c.name, len(e.Fronts))
		}
		in.Sweeps = []Sweep{sweepOver(SweepRequests, 10, 100)}
		if _, err := New(in); (err == nil) != c.requests {
			t.Errorf("%s: a sweep gives %v", c.name, err)
		}
	}
}

// Usage by meter has a bill and nothing to compare: here 2 x 0.0000035.
func TestUsageByMeter(t *testing.T) {
	in := input(t)
	in.Usage = &pricing.Usage{Front: "usage", Items: []pricing.Item{{Meter: pricing.RESTRequests, Region: "us-east-1", Quantity: pricing.Count(2)}}}
	e := estimateOf(t, in)
	if len(e.Fronts) != 1 || e.Fronts[0].ID != "usage" || e.Fronts[0].Bill.Total.String() != "0.000007" || e.Cheapest != "" || e.Requests != nil || e.Duration != nil || e.Eras != nil {
		t.Errorf("%+v", e)
	}
	const want = "usage by meter has no front whose input could be swept, and no durations to price in other eras: want fronts"
	for name, change := range map[string]func(*Input){
		"sweep": func(in *Input) { in.Sweeps = []Sweep{sweepOver(SweepRequests, 1, 2)} },
		"eras":  func(in *Input) { in.Eras = true },
	} {
		wrong := in
		change(&wrong)
		if _, err := New(wrong); err == nil || err.Error() != want {
			t.Errorf("%s: error is %v", name, err)
		}
	}
}
