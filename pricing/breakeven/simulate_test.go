package breakeven

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"frontdoor/pricing"
)

// httpOrALB is HTTP API (0) and a load balancer (1) with slope c, in us-east-1.
func httpOrALB(c float64) []pricing.FloatCurve {
	return []pricing.FloatCurve{
		{From: []float64{0, 300e6}, Intercept: []float64{0, 30}, Slope: []float64{1e-6, 0.9e-6}},
		{From: []float64{0}, Intercept: []float64{16.425}, Slope: []float64{c}},
	}
}

const c7KB = 7.0 / 52428800 // TestPairClosedForms

// Forecast of 15 million requests, 7 to 32 million. Everything follows from the
// normal distribution; the numbers were worked out apart from this code, in
// Python with math.erfc and by a sum over 400,000 slices of the normal density:
// the load balancer wins above 18.956 M, which is 1 - Phi(ln(18.956/15)/0.59119)
// = 34.61 % of months, and so on.
func TestSimulateClosedForm(t *testing.T) {
	requests, err := Spread{7e6, 15e6, 32e6}.Positive()
	if err != nil {
		t.Fatal(err)
	}
	world := func(rng *rand.Rand, _ int) ([]pricing.FloatCurve, float64, error) {
		return httpOrALB(c7KB), requests.Draw(rng), nil
	}
	run := Simulation{Draws: 100_000, Seed: 1, Pairs: [][2]int{{0, 1}, {1, 0}}, Material: 5}
	o, err := Simulate(run, world)
	if err != nil {
		t.Fatal(err)
	}
	// Margins are four standard errors of 100,000 draws.
	for _, c := range []struct {
		what              string
		got, want, margin float64
	}{
		{"HTTP API cheapest", o.Fronts[0].Cheapest, 0.65391, 0.006},
		{"ALB cheapest", o.Fronts[1].Cheapest, 0.34609, 0.006},
		{"HTTP API within $5", o.Fronts[0].Immaterial, 0.80105, 0.005},
		{"ALB within $5", o.Fronts[1].Immaterial, 0.58582, 0.0062},
		{"HTTP API regret", o.Fronts[0].Regret, 3.2538, 0.1},
		{"ALB regret", o.Fronts[1].Regret, 4.2085, 0.06},
		{"HTTP API mean", o.Fronts[0].Mean, 17.8540, 0.15},
		{"ALB mean", o.Fronts[1].Mean, 18.8088, 0.02},
		{"HTTP API 10 %", o.Fronts[0].Low, 7, 0.09},
		{"HTTP API 90 %", o.Fronts[0].High, 32, 0.41},
		{"ALB 10 %", o.Fronts[1].Low, 17.3596, 0.012},
		{"ALB 90 %", o.Fronts[1].High, 20.6975, 0.055},
		{"crossing 10 %", o.Pairs[0].Low, 18955883.49, 0.01},
		{"crossing 90 %", o.Pairs[0].High, 18955883.49, 0.01},
		{"never", o.Pairs[0].Never + o.Pairs[0].Start + o.Pairs[0].Again, 0, 0},
		{"ALB to HTTP API: from the start", o.Pairs[1].Start, 1, 1e-9},
		{"ALB to HTTP API", o.Pairs[1].High, 0, 0},
		{"ALB to HTTP API: never, again", o.Pairs[1].Never + o.Pairs[1].Again, 0, 0},
	} {
		if math.Abs(c.got-c.want) > c.margin {
			t.Errorf("%s: %g, want %g +- %g", c.what, c.got, c.want, c.margin)
		}
	}
	// 65:35 looks like a decision; a dollar a month says that it is none.
	if o.Choice != 0 || !slices.Equal(o.Close, []int{1}) || o.Draws != run.Draws {
		t.Errorf("choice %d, close %v, %d draws", o.Choice, o.Close, o.Draws)
	}
	run.Material = 0.5
	if o, _ = Simulate(run, world); o.Choice != 0 || len(o.Close) != 0 {
		t.Errorf("at 50 cents: choice %d, close %v", o.Choice, o.Close)
	}
}

// The crossing falls with the payload alone: its quantiles are F/(1e-6 - c) at
// those of the payload, 17.782 M at 4 KB, 18.956 M at 7 KB, 21.300 M at 12 KB.
// A payload of 49.558 KB makes c 0.94525 $/M, where the crossing would be at the
// end of the first tier, 300 M; above it there is none. With 7, 30, 130 KB that
// is 1 - Phi(ln(49.558/30)/(ln(130/30)/1.28155)) = 33.04 % of worlds. The 10 %
// point is again at 7 KB, and there is no 90 % point. (Python, math.erfc.)
func TestSimulateCrossing(t *testing.T) {
	for _, c := range []struct {
		payload                  Spread
		low, median, high, never float64
	}{
		{Spread{4, 7, 12}, 17.7816, 18.9559, 21.3002, 0},
		{Spread{7, 30, 130}, 18.9559, 16.425 / (1 - c7KB*1e6*30/7), math.Inf(1), 0.33044},
	} {
		payload, err := c.payload.Positive()
		if err != nil {
			t.Fatal(err)
		}
		o, err := Simulate(Simulation{Draws: 50_000, Seed: 2, Pairs: [][2]int{{0, 1}}}, func(rng *rand.Rand, _ int) ([]pricing.FloatCurve, float64, error) {
			return httpOrALB(c7KB * payload.Draw(rng) / 7), 15e6, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		got := o.Pairs[0]
		// Four standard errors of the median, where the curves are nearly parallel.
		near := func(got, want float64) bool { return got/1e6 == want || math.Abs(got/1e6-want) < 0.035*want }
		if !near(got.Low, c.low) || !near(got.Median, c.median) || !near(got.High, c.high) || math.Abs(got.Never-c.never) > 0.0085 {
			t.Errorf("%v: %+v, want %g, %g, %g and never %g", c.payload, got, c.low, c.median, c.high, c.never)
		}
		if got.Start != 0 || got.First != 0 || got.Second != 1 {
			t.Errorf("%v: %+v", c.payload, got)
		}
	}
}

// ALB at 0.92 $/M wins at 205 M and loses at 679 M (TestPairClosedForms), so
// HTTP API, cheaper from the start, is cheaper again.
func TestSimulateAgain(t *testing.T) {
	o, err := Simulate(Simulation{Draws: 10, Pairs: [][2]int{{0, 1}, {1, 0}}}, func(_ *rand.Rand, i int) ([]pricing.FloatCurve, float64, error) {
		if i%5 == 0 {
			return httpOrALB(0.92e-6), 1, nil
		}
		return httpOrALB(c7KB), 1, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if a, b := o.Pairs[0], o.Pairs[1]; a.Again != 0 || b.Again != 0.2 || math.Abs(b.Start-0.8) > 1e-12 || b.Low != 0 || math.Abs(b.High-678750000) > 1 || a.Start != 0 || math.Abs(a.High-205312500) > 1 {
		t.Errorf("%+v", o.Pairs)
	}
}

// Fronts that cost the same share the worlds, and nobody regrets.
func TestSimulateTies(t *testing.T) {
	o, err := Simulate(Simulation{Draws: 20}, func(*rand.Rand, int) ([]pricing.FloatCurve, float64, error) {
		return []pricing.FloatCurve{httpOrALB(0)[0], httpOrALB(0)[0]}, 1e6, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range o.Fronts {
		if f != (Prospect{Cheapest: 0.5, Immaterial: 1, Mean: f.Mean, Low: f.Mean, High: f.Mean, UnitLow: f.Mean / 1e6, UnitHigh: f.Mean / 1e6}) || math.Abs(f.Mean-1) > 1e-12 {
			t.Errorf("%+v", f)
		}
	}
}

func TestSimulateRefuses(t *testing.T) {
	world := func(n int, x float64) Draw {
		return func(_ *rand.Rand, i int) ([]pricing.FloatCurve, float64, error) {
			return httpOrALB(0)[:2-n*i], x, nil
		}
	}
	for _, c := range []struct {
		s    Simulation
		draw Draw
		want string
	}{
		{Simulation{Draws: 9}, world(0, 1), "simulation of 9 draws: it needs at least 10"},
		{Simulation{Draws: 10, Material: -1}, world(0, 1), "material difference of -1 dollars: it must not be negative"},
		{Simulation{Draws: 10, Pairs: [][2]int{{0, 2}}}, world(0, 1), "world 0: pair [0 2]: it must name two of the fronts 0 to 1"},
		{Simulation{Draws: 10}, world(1, 1), "world 1: 1 cost curves, and the worlds before had 2: each needs those of all fronts"},
		{Simulation{Draws: 10}, world(0, -1), "world 0: x of -1: it must be finite and not negative"},
		{Simulation{Draws: 10}, world(2, 1), "world 1: no cost curves to compare"},
	} {
		if _, err := Simulate(c.s, c.draw); text(err) != c.want {
			t.Errorf("got %q, want %q", text(err), c.want)
		}
	}
}

// Same seed, same worlds; another seed, others.
func TestSimulateRepeats(t *testing.T) {
	mean := func(seed uint64) float64 {
		o, err := Simulate(Simulation{Draws: 50, Seed: seed}, func(rng *rand.Rand, _ int) ([]pricing.FloatCurve, float64, error) {
			return httpOrALB(c7KB), rng.Float64() * 1e7, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return o.Fronts[0].Mean
	}
	if mean(1) != mean(1) || mean(1) == mean(2) {
		t.Errorf("means %g, %g, %g", mean(1), mean(1), mean(2))
	}
}

// A front that does not exist in some worlds is judged by the others: nobody is
// credited with a world that no front can carry, and crossings are those of
// worlds in which both are there. One world in two has no B, one in four no A.
func TestSimulateWithoutAFront(t *testing.T) {
	line := func(intercept, slope float64) pricing.FloatCurve {
		return pricing.FloatCurve{From: []float64{0}, Intercept: []float64{intercept}, Slope: []float64{slope}}
	}
	world := func(_ *rand.Rand, i int) ([]pricing.FloatCurve, float64, error) {
		curves := []pricing.FloatCurve{line(0, 1), line(10, 0)} // they cross at 10
		if i%2 == 0 {
			curves[1] = pricing.FloatCurve{}
		}
		if i%4 == 0 {
			curves[0] = pricing.FloatCurve{}
		}
		return curves, 30, nil
	}
	o, err := Simulate(Simulation{Draws: 1000, Seed: 1, Pairs: [][2]int{{0, 1}}}, world)
	if err != nil {
		t.Fatal(err)
	}
	a, b := o.Fronts[0], o.Fronts[1]
	if a.Absent != 0.25 || b.Absent != 0.5 || a.Cheapest != 0.25 || b.Cheapest != 0.5 {
		t.Errorf("absent in %g and %g, cheapest in %g and %g", a.Absent, b.Absent, a.Cheapest, b.Cheapest)
	}
	// A costs 30 in each of its worlds, 20 too much in two of three of them.
	if a.Mean != 30 || math.Abs(a.Regret-40.0/3) > 1e-12 || b.Mean != 10 || b.Regret != 0 || o.Choice != 0 || o.Close != nil {
		t.Errorf("%+v, %+v, choice %d, close %v", a, b, o.Choice, o.Close)
	}
	if p := o.Pairs[0]; p.Low != 10 || p.High != 10 || p.Never != 0 || p.Start != 0 {
		t.Errorf("crossing %+v", p)
	}
	none, err := Simulate(Simulation{Draws: 10, Pairs: [][2]int{{0, 1}}}, func(*rand.Rand, int) ([]pricing.FloatCurve, float64, error) {
		return []pricing.FloatCurve{line(0, 1), {}}, 1, nil
	})
	if err != nil || none.Fronts[1].Absent != 1 || !math.IsNaN(none.Fronts[1].Mean) || none.Pairs[0].Never != 1 || none.Choice != 0 {
		t.Errorf("%+v, %v", none, err)
	}
}
