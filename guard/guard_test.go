package guard_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"frontdoor/guard"
	"frontdoor/pricing"
	"frontdoor/pricing/spend"
)

func usd(t testing.TB, s string) *pricing.USD {
	t.Helper()
	u, err := pricing.ParseUSD(s)
	if err != nil {
		t.Fatal(err)
	}
	return &u
}

// usage is n requests to a REST API of us-east-1 in one hour of a load balancer, and 100
// metrics that are read back however many requests there are: $0.0225 for the hour,
// $0.0000035 a request, $0.00001 a metric (the book's sources).
func usage(t testing.TB, n int64) guard.Usage {
	t.Helper()
	book, err := pricing.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	hour := time.Date(2026, 11, 29, 7, 0, 0, 0, time.UTC)
	s := spend.Spent{Run: "r", Day: pricing.DateOf(hour), Uses: []spend.Use{
		{Front: "rest", Meter: pricing.RESTRequests, Region: "us-east-1", Hour: hour, Quantity: pricing.Count(n)},
		{Front: "alb", Meter: pricing.ALBHours, Region: "us-east-1", Hour: hour, Quantity: pricing.Count(1)},
		{Meter: pricing.GetMetricData, Region: "us-east-1", Hour: hour, Quantity: pricing.Count(100)},
	}, Traffic: spend.Traffic{Requests: pricing.Count(n), Out: pricing.Count(100 * n), In: pricing.Count(300 * n)}}
	u, err := guard.UsageOf(s, time.Minute, book)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func plan(t testing.TB) guard.Plan {
	return guard.Plan{Name: "p", Expected: usage(t, 1000), AtMost: usage(t, 1250)}
}

// 1,000 requests cost 0.0225 + 0.0010 + 0.0035 = 0.0270.
func TestDecide(t *testing.T) {
	for _, c := range []struct {
		max             string // "" is none
		requests, bytes int64
		over            bool
	}{
		{"", 1375, 550_000, false},       // 1.1 x 1,250 requests of 400 bytes
		{"0.03", 1375, 550_000, false},   // pays for 1,857
		{"0.027", 1000, 400_000, false},  // 0.0035/0.0000035 to the request, and as large a share of the bytes
		{"0.0275", 1142, 456_800, false}, // 0.004/0.0000035 = 1142.86
		{"0.0269", 0, 0, true},
		{"0", 0, 0, true},
	} {
		p, choice := plan(t), guard.Choice{ErrorRate: 0.5}
		if c.max != "" {
			choice.MaxCost = usd(t, c.max)
		}
		err := p.Decide(choice)
		var over *guard.Over
		if errors.As(err, &over) != c.over {
			t.Errorf("max %q: %v", c.max, err)
		}
		if !c.over && (p.Bounds.Requests != c.requests || p.Bounds.Bytes != c.bytes || p.Bounds.ErrorRate != 0.5 || p.Bounds.After != 50) {
			t.Errorf("max %q: bounds %+v, want %d requests and %d bytes", c.max, p.Bounds, c.requests, c.bytes)
		}
	}
}

// What the bound lets through is never over the budget at the mean price of a request,
// and one request more would be.
func TestBoundIsTheBudgetsLastRequest(t *testing.T) {
	p := plan(t)
	if err := p.Decide(guard.Choice{MaxCost: usd(t, "0.0275")}); err != nil {
		t.Fatal(err)
	}
	last, beyond := usage(t, p.Bounds.Requests).Total, usage(t, p.Bounds.Requests+1).Total
	if max := *usd(t, "0.0275"); last.Cmp(max) > 0 || beyond.Cmp(max) <= 0 {
		t.Errorf("%d requests cost %s and one more %s: want %s between them", p.Bounds.Requests, last, beyond, max)
	}
}

func TestOverSaysBoth(t *testing.T) {
	p := plan(t)
	err := p.Decide(guard.Choice{MaxCost: usd(t, "0.01")})
	if err == nil || err.Error() != "what the plan is expected to cost, 0.0270 USD at list prices, is over the budget of 0.01 USD" {
		t.Errorf("%v", err)
	}
}

// A host that nobody claims is refused before money is looked at.
func TestStrangersAreRefused(t *testing.T) {
	p := plan(t)
	p.Hosts = []guard.Host{{Name: "127.0.0.1:80", Fronts: []string{"a"}, Why: "this machine"}, {Name: "example.com", Fronts: []string{"b", "c"}}}
	var stranger *guard.Stranger
	if err := p.Decide(guard.Choice{MaxCost: usd(t, "0")}); !errors.As(err, &stranger) || !strings.Contains(err.Error(), "example.com (front b, c)") {
		t.Errorf("%v", err)
	}
}

// The free tier's requests and GB-seconds of Lambda cover a run: AWS gives every
// account 1,000,000 requests a month (https://aws.amazon.com/lambda/pricing/).
func TestFreeBillIsBehindTheAllowance(t *testing.T) {
	u := usage(t, 1000)
	u.Spent.Uses = append(u.Spent.Uses, spend.Use{Meter: pricing.LambdaRequests, Region: "us-east-1", Quantity: pricing.Count(1000)})
	book, _ := pricing.Shipped()
	with, err := guard.UsageOf(u.Spent, 0, book)
	if err != nil {
		t.Fatal(err)
	}
	if got := with.Total.Sub(with.Free.Total); got.Rat().FloatString(7) != "0.0002000" {
		t.Errorf("%s USD stay in the free tier, want 1,000 x 0.0000002", got)
	}
	if with.Invocations().String() != "1000" {
		t.Errorf("%s invocations", with.Invocations())
	}
}
