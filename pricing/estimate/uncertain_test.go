package estimate

import (
	"math"
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/pricing/breakeven"
)

// HTTP API and ALB behind one function, 7,000 bytes: the load balancer costs
// 23.725 - 0.00000086 N more in a month of N requests, and overtakes at N* =
// 27.587 M (breakeven_test.go). N is 15 M in the median, 7 M and 32 M are its 10 %
// and 90 % quantiles: ln N is normal with a deviation of ln(32/15)/z above and
// ln(15/7)/z below the median, z = 1.2815515655. With s the upper deviation and
// k = ln(N*/15M)/s,
//
//	P(HTTP API is cheapest) = Phi(k)
//	regret of HTTP API = 0.00000086 E[(N-N*)+] = 0.00000086 (15M exp(s^2/2) Phi(s-k) - N* Phi(-k))
//	regret of ALB      = the same + 0.00000086 (N* - E[N])
//	E[N] = 15M (exp(s^2/2) Phi(s) + exp(b^2/2) Phi(-b)), b the lower deviation
//
// A share of 10,000 worlds has a standard error of sqrt(p(1-p))/100; 4 of them,
// and 4 % for means, are allowed. 10,000 worlds of one seed are the same on every run.
func TestTrafficAloneHasAClosedForm(t *testing.T) {
	in := input(t, sized(door(front.APIGatewayHTTP, 15_000_000, 12), 7000, 0), sized(door(front.ALB, 15_000_000, 12), 7000, 0))
	for i := range in.Fronts {
		in.Fronts[i].Low, in.Fronts[i].High = 7_000_000, 32_000_000
	}
	e := estimateOf(t, in)
	u, sensitivity := e.Uncertainty, e.Sensitivity
	const z, median, crossing, slope = 1.2815515655446004, 15e6, 1186250000.0 / 43, 0.00000086
	phi := func(x float64) float64 { return math.Erfc(-x/math.Sqrt2) / 2 }
	s, b := math.Log(32.0/15)/z, math.Log(15.0/7)/z
	k := math.Log(crossing/median) / s
	mean := median * (math.Exp(s*s/2)*phi(s) + math.Exp(b*b/2)*phi(-b))
	regret := slope * (median*math.Exp(s*s/2)*phi(s-k) - crossing*phi(-k))
	http, alb := u.Outcome.Fronts[0], u.Outcome.Fronts[1]
	if p := phi(k); math.Abs(http.Cheapest-p) > 4*math.Sqrt(p*(1-p))/100 || math.Abs(alb.Cheapest-(1-http.Cheapest)) > 1e-12 {
		t.Errorf("cheapest in %g and %g of worlds, want %g", http.Cheapest, alb.Cheapest, p)
	}
	if math.Abs(http.Regret/regret-1) > 0.04 {
		t.Errorf("regret of HTTP API is %g, want %g", http.Regret, regret)
	}
	if want := regret + slope*(crossing-mean); math.Abs(alb.Regret/want-1) > 0.04 {
		t.Errorf("regret of ALB is %g, want %g", alb.Regret, want)
	}
	if u.Outcome.Choice != 0 || sensitivity.Incumbent != 0 || u.Draws != 10_000 || u.Bounded || u.Seed != 1 || u.Material != 10 {
		t.Errorf("%+v", u)
	}
	for _, c := range u.Outcome.Pairs { // only the traffic differs between worlds: the crossing is the same in all
		if c.First == 0 && (c.Second != 1 || math.Abs(c.Low/crossing-1) > 1e-9 || c.Low != c.High || c.Never != 0) {
			t.Errorf("crossing %+v, want %g in every world", c, crossing)
		}
	}
	if len(sensitivity.Effects) != 1 || sensitivity.Effects[0].Name != "requests_per_month" || sensitivity.Effects[0].FlipsAbove == nil || sensitivity.Effects[0].FlipsBelow != nil || sensitivity.Effects[0].Cancels ||
		math.Abs(*sensitivity.Effects[0].FlipsAbove/crossing-1) > 1e-6 || math.Abs(sensitivity.Effects[0].Low.Margin-(23.725-slope*7e6)) > 1e-9 || math.Abs(sensitivity.Effects[0].High.Margin-(23.725-slope*32e6)) > 1e-9 {
		t.Errorf("effects %+v", sensitivity.Effects)
	}
}

// durationRange is one duration for all the fronts, in milliseconds.
func durationRange(low, expected, high int64, fronts ...string) Variable {
	us := func(ms int64) pricing.Quantity { return pricing.Count(1000 * ms) }
	return Variable{Name: "duration", Fronts: fronts, Low: us(low), Expected: us(expected), High: us(high),
		Set: func(w *pricing.Workload, q pricing.Quantity) error {
			w.Duration = pricing.WithWarm(w.Duration, pricing.Constant(q.Float()))
			return nil
		}}
}

// What two fronts share cancels in their difference; a price that only one of
// them has does not: a millisecond at the edge costs three times that in a Region.
func TestSharedDurationsCancel(t *testing.T) {
	rest, http, edge := door(front.APIGatewayREST, 1_000_000, 50), door(front.APIGatewayHTTP, 1_000_000, 50), door(front.EdgeViewerRequest, 1_000_000, 50)
	for _, c := range []struct {
		name      string
		fronts    []pricing.Workload
		durations pricing.Durations // nil: the range
		cancels   bool
		low, high float64 // margins, USD a month
	}{
		{"Regional fronts", []pricing.Workload{rest, http}, nil, true, 2.5, 2.5},
		// 1.6 + 0.2 - 3.7 = -2.1 and 0.0333433/8 a million requests and millisecond
		{"an edge front", []pricing.Workload{rest, edge}, nil, false, 2.1 - 10*0.0333433/8, 2.1 - 90*0.0333433/8},
		{"Regional fronts, bounds", []pricing.Workload{rest, http}, summary(50, 10, 90), true, 2.5, 2.5},
		{"an edge front, bounds", []pricing.Workload{rest, edge}, summary(50, 50, 50), true, 0, 0}, // no bounds: nothing uncertain
	} {
		in := input(t, c.fronts...)
		name := "duration"
		for i := range in.Fronts {
			if c.durations != nil {
				name, in.Fronts[i].Workload.Duration = "duration, 0 at its lower bound, 1 at its upper", c.durations
			}
		}
		if c.durations == nil {
			in.Variables = []Variable{durationRange(10, 50, 90, c.fronts[0].Front, c.fronts[1].Front)}
		}
		e := estimateOf(t, in)
		if e.Fronts[0].Usage.BilledMS.Exact() && c.durations != nil {
			if e.Uncertainty != nil {
				t.Errorf("%s: nothing is uncertain, and %+v", c.name, e.Uncertainty)
			}
			continue
		}
		u, effect := e.Uncertainty, effectOf(t, e, name)
		if u == nil || effect.Cancels != c.cancels || u.Bounded != (c.durations != nil) {
			t.Errorf("%s: %+v, %+v", c.name, u, effect)
			continue
		}
		if low, high := effect.Low.Margin, effect.High.Margin; math.Abs(low-c.low) > 1e-9 || math.Abs(high-c.high) > 1e-9 {
			t.Errorf("%s: margins %g and %g, want %g and %g", c.name, low, high, c.low, c.high)
		}
	}
}

// A range of cold starts counts also where durations are known within bounds:
// INIT of 1 s in none to a tenth of the invocations is 0 to 100 ms each, and a
// millisecond of the difference costs 0.0333433/8 USD a million requests.
func TestColdStartsUnderBounds(t *testing.T) {
	rest, edge := door(front.APIGatewayREST, 1_000_000, 50), door(front.EdgeViewerRequest, 1_000_000, 50)
	in := input(t, rest, edge)
	for i := range in.Fronts {
		in.Fronts[i].Workload.Duration = pricing.WithCold{Warm: summary(50, 10, 90), Share: pricing.Ratio(1, 20), InitUS: 1_000_000}
	}
	in.Variables = []Variable{{Name: "cold.share", Fronts: []string{rest.Front, edge.Front}, Share: true,
		Low: pricing.Ratio(1, 1000), Expected: pricing.Ratio(1, 20), High: pricing.Ratio(1, 10),
		Set: func(w *pricing.Workload, q pricing.Quantity) error {
			cold := w.Duration.(pricing.WithCold)
			cold.Share = q
			w.Duration = cold
			return nil
		}}}
	e := estimateOf(t, in)
	effect := effectOf(t, e, "cold.share")
	if !e.Uncertainty.Bounded || len(e.Sensitivity.Effects) != 3 || e.Sensitivity.Effects[0].Name != "cold.share" || effect.Cancels {
		t.Fatalf("%+v", e.Sensitivity)
	}
	if swing, want := effect.Swing, 99*0.0333433/8; math.Abs(swing-want) > 1e-6 {
		t.Errorf("cold starts swing the margin by %g, want %g", swing, want)
	}
}

// The wrong ranges are refused by name.
func TestWrongRanges(t *testing.T) {
	rest, http := door(front.APIGatewayREST, 1000, 50), door(front.APIGatewayHTTP, 1000, 50)
	for want, change := range map[string]func(in *Input){
		"requests_per_month: positive spread of 2000, 1000, 3000": func(in *Input) {
			for i := range in.Fronts {
				in.Fronts[i].Low, in.Fronts[i].High = 2000, 3000
			}
		},
		"duration: positive spread of 90000, 50000, 10000": func(in *Input) { in.Variables = []Variable{durationRange(90, 50, 10)} },
	} {
		in := input(t, rest, http)
		change(&in)
		if _, err := New(in); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("error is %v, want %s...", err, want)
		}
	}
}

// A share of none or all is taken as the nearest that can be spread.
func TestSharesAtTheEnds(t *testing.T) {
	v, err := Variable{Name: "cache_hit_ratio", Share: true, Expected: pricing.Ratio(1, 2), High: pricing.Count(1)}.variable()
	if err != nil || v.low != 0 || v.high != 1 || math.Abs(v.draw.Quantile(0.5)-0.5) > 1e-12 || v.draw.Quantile(0.999) > 1 {
		t.Errorf("%+v, %v", v, err)
	}
	for x, want := range map[float64]string{0: "0", math.Inf(1): "0", 123456789: "123456789", 1234.56789: "1234.57", 0.000123456789: "0.000123457", -2.5: "-2.5", 1e-30: "0"} {
		if got := sixDigits(x).String(); got != want {
			t.Errorf("%g has the six digits %s, want %s", x, got, want)
		}
	}
}

// The worlds follow from the seed.
func TestOneSeedOneAnswer(t *testing.T) {
	run := func(seed uint64) breakeven.Prospect {
		in := input(t, sized(door(front.APIGatewayHTTP, 15_000_000, 12), 7000, 0), sized(door(front.ALB, 15_000_000, 12), 7000, 0))
		for i := range in.Fronts {
			in.Fronts[i].Low, in.Fronts[i].High = 7_000_000, 32_000_000
		}
		in.Seed = seed
		return estimateOf(t, in).Uncertainty.Outcome.Fronts[0]
	}
	if a, b, c := run(1), run(1), run(2); a != b || a == c {
		t.Errorf("%+v, %+v and another seed %+v", a, b, c)
	}
}

// effectOf is what one input does to the choice.
func effectOf(t *testing.T, e *Estimate, name string) breakeven.Effect {
	t.Helper()
	for _, effect := range e.Sensitivity.Effects {
		if effect.Name == name {
			return effect
		}
	}
	t.Fatalf("no input %q in %+v", name, e.Sensitivity.Effects)
	return breakeven.Effect{}
}
