package breakeven

import (
	"math"
	"math/rand/v2"
	"testing"

	"frontdoor/pricing"
)

// sixFronts are curves such as the price book makes for us-east-1: each sums
// the graduated tiers of what a request is billed, with 128 MB of memory, the
// given billed milliseconds and 20 KB out. x is requests a month. The bands are
// those of the Lambda, API Gateway, CloudFront and EC2 pages; 55 pieces in all.
func sixFronts(t testing.TB, ms int64) []pricing.Curve {
	perGB := pricing.Count(20).Div(pricing.Count(1 << 20)) // GB out of a request
	gbs := pricing.Ratio(ms, 8000)                         // GB-seconds of a request
	one := pricing.Count(1)
	lambda := []meter{{one, []string{"0", "0", "1000000", "0.0000002"}},
		{gbs, []string{"0", "0", "400000", "0.0000166667", "6000000000", "0.000015", "15000000000", "0.0000133334"}}}
	internet := meter{perGB, []string{"0", "0", "100", "0.09", "10340", "0.085", "51300", "0.07", "153700", "0.05"}}
	edge := meter{perGB, []string{"0", "0", "1024", "0.085", "10240", "0.080", "51200", "0.060", "153600", "0.040"}}
	requests := meter{one, []string{"0", "0", "10000000", "0.000001"}}
	lcu := meter{pricing.Ratio(100, 1<<21), []string{"0", "0.008"}}
	with := func(more ...meter) []meter { return append(more, lambda...) }
	return []pricing.Curve{
		sum(t, "REST", "0", with(internet, meter{one, []string{"0", "0.0000035", "333000000", "0.0000028", "1000000000", "0.00000238"}})),
		sum(t, "HTTP API", "0", with(internet, meter{one, []string{"0", "0.000001", "300000000", "0.0000009"}})),
		sum(t, "ALB", "23.725", with(internet, lcu)),
		sum(t, "function URL", "0", with(internet)),
		sum(t, "CloudFront, function URL", "0", with(edge, requests)),
		sum(t, "Lambda@Edge", "0", []meter{edge, requests, {one, []string{"0", "0.0000006"}}, {gbs, []string{"0", edgeGBs}}}),
	}
}

// meter is what a request counts on a billed quantity, and the quantity's
// bands: where each begins and its price.
type meter struct {
	perRequest pricing.Quantity
	bands      []string
}

// sum adds the meters' tiers up to one curve.
func sum(t testing.TB, front, fixed string, meters []meter) pricing.Curve {
	at := map[string]bool{"0": true}
	breaks := []pricing.Quantity{{}}
	for _, m := range meters {
		for i := 2; i < len(m.bands); i += 2 {
			if x := quantity(t, m.bands[i]).Div(m.perRequest); !at[x.Rat().String()] {
				at[x.Rat().String()] = true
				breaks = append(breaks, x)
			}
		}
	}
	sortQuantities(breaks)
	slopes := make([]pricing.USD, len(breaks))
	for i, x := range breaks {
		for _, m := range meters {
			price := m.bands[1]
			for k := 2; k < len(m.bands); k += 2 {
				if quantity(t, m.bands[k]).Div(m.perRequest).Cmp(x) <= 0 {
					price = m.bands[k+1]
				}
			}
			slopes[i] = slopes[i].Add(usd(t, price).Mul(m.perRequest))
		}
	}
	return tiered(front, usd(t, fixed), breaks, slopes)
}

// With 20 KB out the function URL and CloudFront before it tie until the
// URL's 100 free GB are used up, at 100*2^20/20 = 5,242,880 requests. CloudFront
// wins until its 1024 GB and ten million requests are well behind it:
// 10^-6*(N-10^7) + 0.085*(g*N-1024) = 0.09*(g*N-100) with g = 20/2^20, so
// N = 88.04/(10^-6 - 0.005*g) = 97,321,280.57. Then the URL wins again.
func TestSixFronts(t *testing.T) {
	curves := sixFronts(t, 30)
	from, to := pricing.Count(1000), pricing.Count(100e9)
	e, err := Lower(curves, from, to)
	if err != nil {
		t.Fatal(err)
	}
	const url, cloudFront = 3, 4
	if len(e.Crossings) != 2 || e.Crossings[0].X.String() != "5242880" || e.Crossings[1].X.Rat().FloatString(2) != "97321280.57" ||
		e.Crossings[0].From != url || e.Crossings[0].To != cloudFront || e.Crossings[1].To != url {
		t.Errorf("crossings %+v", e.Crossings)
	}
	if len(e.Ties) != 1 || e.Ties[0].Curve != url || e.Ties[0].With != cloudFront || !e.Ties[0].From.Equal(from) || e.Ties[0].To.String() != "5242880" {
		t.Errorf("ties %+v", e.Ties)
	}
	if again := e.Again(); len(again) != 1 || again[0] != url {
		t.Errorf("again: %v", again)
	}
}

// BenchmarkEnvelope is one exact envelope of six fronts, 1 thousand to 100
// billion requests a month.
func BenchmarkEnvelope(b *testing.B) {
	curves := sixFronts(b, 30)
	from, to := pricing.Count(1000), pricing.Count(100e9)
	for b.Loop() {
		if _, err := Lower(curves, from, to); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkEnvelopeUnfiltered decides everything by exact arithmetic.
func BenchmarkEnvelopeUnfiltered(b *testing.B) {
	curves := sixFronts(b, 30)
	from, to := pricing.Count(1000), pricing.Count(100e9)
	for b.Loop() {
		s := sweep{wantTies: true}
		if err := s.load(curves); err != nil {
			b.Fatal(err)
		}
		s.unit = math.Inf(1)
		s.lower(from, to)
	}
}

// BenchmarkFloatEnvelope is the same in float64.
func BenchmarkFloatEnvelope(b *testing.B) {
	curves := floats(sixFronts(b, 30))
	for b.Loop() {
		FloatLower(curves, 1000, 100e9)
	}
}

// BenchmarkPhase240 is a diagram of 240 x 240 cells for six given fronts.
func BenchmarkPhase240(b *testing.B) {
	rows := make([][]pricing.FloatCurve, 240)
	for i := range rows {
		rows[i] = floats(sixFronts(b, int64(1+4*i)))
	}
	xs := Axis{From: 1e3, To: 1e11, Cells: 240, Log: true}
	for b.Loop() {
		d, err := Phase(xs, 240, func(row int) ([]pricing.FloatCurve, error) { return rows[row], nil })
		if err != nil {
			b.Fatal(err)
		}
		if len(d.Regions()) == 0 || len(d.Boundaries()) == 0 {
			b.Fatal("nothing to draw")
		}
	}
}

// BenchmarkSimulate is 20,000 worlds of six given fronts with two crossings.
func BenchmarkSimulate(b *testing.B) {
	curves := floats(sixFronts(b, 30))
	requests, err := Spread{7e6, 15e6, 32e6}.Positive()
	if err != nil {
		b.Fatal(err)
	}
	run := Simulation{Draws: 20_000, Pairs: [][2]int{{1, 2}, {0, 5}}}
	for b.Loop() {
		if _, err := Simulate(run, func(rng *rand.Rand, _ int) ([]pricing.FloatCurve, float64, error) {
			return curves, requests.Draw(rng), nil
		}); err != nil {
			b.Fatal(err)
		}
	}
}
