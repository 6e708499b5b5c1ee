package breakeven

import (
	"math/rand/v2"
	"slices"
	"testing"

	"frontdoor/pricing"
)

// List prices of us-east-1: the API Gateway, Elastic Load Balancing, Lambda and
// CloudFront pages, as in pricing/books. x is requests a month.
const (
	albHour    = "0.0225"
	albMonth   = "730"
	httpFirst  = "0.000001"  // the first 300 million
	httpRest   = "0.0000009" // more
	restFirst  = "0.0000035"
	ipv4Hour   = "0.005"
	httpsEdge  = "0.000001"
	edgeCall   = "0.0000006"
	edgeGBs    = "0.00005001"
	lambdaCall = "0.0000002"
	lambdaGBs  = "0.0000166667"
)

func httpAPI(t testing.TB) pricing.Curve {
	return tiered("HTTP API", pricing.USD{}, []pricing.Quantity{{}, pricing.Count(300e6)}, []pricing.USD{usd(t, httpFirst), usd(t, httpRest)})
}

// alb is a load balancer with Lambda targets, for which an LCU is 0.4 GB an
// hour: a request of the given bytes in and out costs 0.008*bytes/(0.4*2^30).
func alb(t testing.TB, bytes int64, addresses int64) pricing.Curve {
	fixed := usd(t, albHour).Add(usd(t, ipv4Hour).Mul(pricing.Count(addresses))).Mul(quantity(t, albMonth))
	lcus := pricing.Count(bytes).Div(quantity(t, "0.4").Mul(pricing.Count(1 << 30)))
	return tiered("ALB", fixed, []pricing.Quantity{{}}, []pricing.USD{usd(t, "0.008").Mul(lcus)})
}

func perRequest(price pricing.USD) pricing.Curve {
	return tiered("per request", pricing.USD{}, []pricing.Quantity{{}}, []pricing.USD{price})
}

// TestPairClosedForms: each expected number was worked out by hand from the
// list prices, and is exact where it ends.
//
// Against a load balancer the crossing is F/(p-c), with F = 730*0.0225 = 16.425.
// 7 KB are 7*1024/(0.4*2^30) = 35/2^21 LCU-hours, so c = 0.008*35/2^21 =
// 7/52428800 = 0.1335 $/M, and with p = 1 $/M the crossing is
// 16.425*52428800/(52.4288-7) = 861143040/45.4288 = 18.956 M.
// With two addresses F = 730*(0.0225+0.01) = 23.725: 27.381 M.
// REST, p = 3.5: 861143040/(3.5*52.4288-7) = 861143040/176.5008 = 4.879 M.
//
// c = 0.92 $/M lies between the two tiers of HTTP API: the load balancer wins
// at 16.425/0.08 = 205.3125 M, and loses where 30+0.9N = 16.425+0.92N: at 678.75 M.
func TestPairClosedForms(t *testing.T) {
	between := alb(t, 0, 0)
	between.Pieces[0].Slope = usd(t, "0.00000092")
	for name, c := range map[string]struct {
		a, b pricing.Curve
		wins []string // of b, in thousands
		lost []string // a cheaper again
	}{
		"HTTP API, ALB":                  {httpAPI(t), alb(t, 7*1024, 0), []string{"18956"}, []string{"0"}},
		"HTTP API, ALB with addresses":   {httpAPI(t), alb(t, 7*1024, 2), []string{"27381"}, []string{"0"}},
		"REST, ALB":                      {perRequest(usd(t, restFirst)), alb(t, 7*1024, 0), []string{"4879"}, []string{"0"}},
		"falling tiers: ALB loses again": {httpAPI(t), between, []string{"205313"}, []string{"0", "678750"}},
		"ALB above both tiers":           {httpAPI(t), alb(t, 64*1024, 0), nil, []string{"0"}},
		"equal":                          {httpAPI(t), httpAPI(t), nil, nil},
		"from the start":                 {perRequest(usd(t, restFirst)), httpAPI(t), []string{"0"}, nil},
	} {
		v, err := Pair(c.a, c.b)
		if err != nil {
			t.Fatal(err)
		}
		if got := thousands(v.Wins(B)); !slices.Equal(got, c.wins) {
			t.Errorf("%s: second wins at %v, want %v", name, got, c.wins)
		}
		if got := thousands(v.Wins(A)); !slices.Equal(got, c.lost) {
			t.Errorf("%s: first wins at %v, want %v", name, got, c.lost)
		}
		if v.Never(B) != (len(c.wins) == 0) || v.Again(B) != (len(c.wins) > 1) || v.Again(A) != (len(c.lost) > 1) ||
			v.FromStart(B) != (len(c.wins) > 0 && c.wins[0] == "0") || v.FromStart(A) != (len(c.lost) > 0 && c.lost[0] == "0") {
			t.Errorf("%s: never %t, from the start %t %t, again %t %t", name, v.Never(B), v.FromStart(A), v.FromStart(B), v.Again(A), v.Again(B))
		}
	}
}

// thousands rounds to thousands, a half up.
func thousands(xs []pricing.Quantity) []string {
	var all []string
	for _, x := range xs {
		all = append(all, x.Div(pricing.Count(1000)).Rat().FloatString(0))
	}
	return all
}

// Between fronts that are paid by the request alone the boundary is a billed
// duration, whatever the month's requests: with 128 MB = 1/8 GB it is
// (3.5+0.2-1.0-0.6)/M / (0.125*(0.00005001-0.0000166667)) =
// 2.1e-6/4.1679125e-6 s = 503.85 ms. Six KB out at 0.09 against 0.085 $/GB add
// 6*1024/2^30*0.005 = 2.861e-8 to the numerator: 510.71 ms. For HTTP API it is
// (1.0+0.2-1.0-0.6)/M, negative: Lambda@Edge is never cheaper.
// x is billed milliseconds, the cost is that of one request.
func TestPairDurationClosedForms(t *testing.T) {
	out := pricing.Count(6 * 1024).Div(pricing.Count(1 << 30))
	door := func(rate, perGBs string, prices ...string) pricing.Curve {
		fixed := usd(t, rate).Mul(out)
		for _, p := range prices {
			fixed = fixed.Add(usd(t, p))
		}
		return tiered("door", fixed, []pricing.Quantity{{}}, []pricing.USD{usd(t, perGBs).Div(pricing.Count(8000))})
	}
	for _, c := range []struct {
		name       string
		edge, door pricing.Curve
		want       string // where Lambda@Edge stops being cheaper, in ms; "" for never
	}{
		{"REST", door("0", edgeGBs, httpsEdge, edgeCall), door("0", lambdaGBs, restFirst, lambdaCall), "503.85"},
		{"REST, 6 KB out", door("0.085", edgeGBs, httpsEdge, edgeCall), door("0.09", lambdaGBs, restFirst, lambdaCall), "510.71"},
		{"HTTP API", door("0", edgeGBs, httpsEdge, edgeCall), door("0", lambdaGBs, httpFirst, lambdaCall), ""},
	} {
		v, err := Pair(c.edge, c.door)
		if err != nil {
			t.Fatal(err)
		}
		if c.want == "" {
			if !v.Never(A) || !v.FromStart(B) || len(v.Stretches) != 1 {
				t.Errorf("%s: %+v", c.name, v)
			}
			continue
		}
		if len(v.Stretches) != 2 || !v.FromStart(A) || v.Stretches[1].Cheaper != B || v.Stretches[1].From.Rat().FloatString(2) != c.want {
			t.Errorf("%s: %+v, want B from %s ms", c.name, v, c.want)
		}
	}
}

// Pair is the sign of the difference, everywhere from 0 on.
func TestPairIsTheSignOfTheDifference(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	again := 0
	for n := range 600 {
		coarse := n%2 == 0
		curves := append(world(rng, coarse, n%5 == 0), world(rng, coarse, n%7 == 0)...)[:2]
		v, err := Pair(curves[0], curves[1])
		if err != nil {
			t.Fatal(err)
		}
		if v.Again(A) || v.Again(B) {
			again++
		}
		var e Envelope
		for i, s := range v.Stretches {
			e.Crossings = append(e.Crossings, Crossing{X: s.From})
			if i > 0 && (s.Cheaper == v.Stretches[i-1].Cheaper || s.From.Cmp(v.Stretches[i-1].From) <= 0) {
				t.Fatalf("stretches %+v do not follow each other", v.Stretches)
			}
			if differ := !curves[0].At(s.From).Equal(curves[1].At(s.From)); i > 0 && s.Jump != differ {
				t.Fatalf("at %s the costs differ: %t, jump %t", s.From, differ, s.Jump)
			}
		}
		for _, x := range probes(rng, curves, e, pricing.Quantity{}, reach(coarse).Mul(pricing.Count(1000)), 30) {
			want := Neither
			p, q := inForce(curves[0], x), inForce(curves[1], x)
			// Right of x: at a crossing the slopes say who is cheaper.
			c := p.At(x).Cmp(q.At(x))
			if c == 0 {
				c = p.Slope.Cmp(q.Slope)
			}
			if c != 0 {
				want = [...]Side{A, B}[(c+1)/2]
			}
			last := Neither
			for _, s := range v.Stretches {
				if s.From.Cmp(x) <= 0 {
					last = s.Cheaper
				}
			}
			if last != want {
				t.Fatalf("world %d: at %s side %d is cheaper, want %d\n%v\n%+v", n, x, last, want, curves, v)
			}
		}
	}
	if again < 20 {
		t.Errorf("worlds too plain: only %d came back", again)
	}
}
