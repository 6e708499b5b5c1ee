package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Nearest-rank quantiles of 15 20 35 40 50: the example of the NIST handbook's
// and Wikipedia's "Percentile" pages (p5 15, p30 20, p40 20, p50 35, p100 50).
func TestQuantileNearestRank(t *testing.T) {
	values := []float64{15, 20, 35, 40, 50}
	for q, want := range map[float64]float64{0.05: 15, 0.30: 20, 0.40: 20, 0.50: 35, 1: 50} {
		if got := Quantile(values, q); got != want {
			t.Errorf("Quantile(%g) = %g, want %g", q, got, want)
		}
	}
	if !math.IsNaN(Quantile(nil, 0.5)) {
		t.Error("quantile of nothing is a number")
	}
}

// The smallest n is ceil(ln 0.025 / ln q): the order statistics of fewer values
// cannot bound the quantile on both sides (Hahn and Meeker, Statistical
// Intervals, 5.2).
func TestMinSamples(t *testing.T) {
	for q, want := range map[float64]int{0.5: 6, 0.9: 36, 0.95: 72, 0.99: 368, 0.999: 3688} {
		if got := MinSamples(q); got != want {
			t.Errorf("MinSamples(%g) = %d, want %d", q, got, want)
		}
	}
}

// Published table of the t distribution, two-sided 5 %: NIST/SEMATECH
// e-Handbook of Statistical Methods, 1.3.6.7.2.
func TestStudentT(t *testing.T) {
	for df, want := range map[int]float64{1: 12.706, 2: 4.303, 3: 3.182, 5: 2.571, 10: 2.228, 11: 2.201, 29: 2.045, 100: 1.984} {
		if got := StudentT(0.975, df); math.Abs(got-want) > 0.0005 {
			t.Errorf("t(.975, %d) = %.4f, want %.3f", df, got, want)
		}
	}
}

// Wilson intervals as R prints them: prop.test(k, n, correct = FALSE)$conf.int.
func TestProportionWilson(t *testing.T) {
	for _, c := range []struct {
		k, n   int
		lo, hi float64
	}{
		{0, 10, 0, 0.2775328}, {1, 10, 0.01787621, 0.4041500}, {5, 10, 0.2365931, 0.7634069}, {10, 10, 0.7224672, 1},
	} {
		e := Proportion(c.k, c.n)
		if math.Abs(e.Lo-c.lo) > 1e-6 || math.Abs(e.Hi-c.hi) > 1e-6 {
			t.Errorf("%d of %d: [%.7f, %.7f], want [%.7f, %.7f]", c.k, c.n, e.Lo, e.Hi, c.lo, c.hi)
		}
	}
	if Proportion(0, 0).Refused == "" {
		t.Error("a rate of nothing is not refused")
	}
}

// AR(1) with correlation r has an integrated autocorrelation time of
// (1+r)/(1-r); for "below the median" of a Gaussian AR(1) the correlation at
// lag k is 2/pi*asin(r^k) (van Vleck).
func TestEffectiveSamplesOfAutocorrelatedSeries(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	const r, n = 0.8, 200_000
	want := 1.0
	for k := 1; k < 200; k++ {
		want += 2 * 2 / math.Pi * math.Asin(math.Pow(r, float64(k)))
	}
	series := make([]float64, n)
	x := 0.0
	for i := range series {
		x = r*x + rng.NormFloat64()
		series[i] = x
	}
	got := n / EffectiveSamples([][]float64{series}, 0.5)
	if math.Abs(got-want)/want > 0.1 {
		t.Errorf("autocorrelation time %.2f, want %.2f", got, want)
	}
	if independent := EffectiveSamples([][]float64{uniform(rng, 5000)}, 0.5); independent < 4000 {
		t.Errorf("5000 independent values are worth %.0f", independent)
	}
}

// Covariances of an indicator, 64 values at a time, are those of its values.
func TestIndicatorCovariances(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 11))
	for _, n := range []int{1, 63, 64, 65, 200} {
		values, low := uniform(rng, n), make([]float64, n)
		const cut, mean = 1.4, 0.37
		for i, v := range values {
			if v <= cut {
				low[i] = 1
			}
		}
		s := indicate(values, cut)
		for lag := range n + 2 {
			want := 0.0
			for i := lag; i < n; i++ {
				want += (low[i] - mean) * (low[i-lag] - mean)
			}
			if got := s.products(lag, mean); math.Abs(got-want) > 1e-9 {
				t.Errorf("%d values at lag %d: %g, want %g", n, lag, got, want)
			}
		}
	}
}

func uniform(rng *rand.Rand, n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = 1 + rng.Float64()
	}
	return v
}

// world draws rounds of lognormal values with a random effect per round.
func world(rng *rand.Rand, rounds, n int, effect float64) [][]float64 {
	w := make([][]float64, rounds)
	for i := range w {
		shift := effect * rng.NormFloat64()
		for range n {
			w[i] = append(w[i], math.Exp(shift+0.5*rng.NormFloat64()))
		}
	}
	return w
}

// Rounds differ by 5 %, so an interval that took requests as independent would
// cover the true median (1) far too seldom: with 12 rounds of 200 the round
// effect alone has a standard error of 1.4 % and the requests' one of 1.3 %.
func TestIntervalCoversTheTruth(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	const worlds = 150
	covered := 0
	for range worlds {
		e := Quantiles(world(rng, 12, 200, 0.05), []float64{0.5}, rng.Uint64())[0]
		if e.Lo <= 1 && 1 <= e.Hi {
			covered++
		}
	}
	if share := float64(covered) / worlds; share < 0.88 || share == 1 {
		// 150 worlds have a standard error of 1.8 points; the seed is fixed.
		t.Errorf("95 %% intervals cover the truth in %.1f %% of worlds", 100*share)
	}
}

func TestQuantilesAreRefusedWhereTheSampleCannotBearThem(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	few := Quantiles(world(rng, 6, 50, 0), []float64{0.5, 0.99}, 1)
	if few[0].Refused != "" || few[1].Refused == "" {
		t.Errorf("300 requests: p50 refused %q, p99 refused %q", few[0].Refused, few[1].Refused)
	}
	two := Quantiles(world(rng, 2, 500, 0), []float64{0.5}, 1)[0]
	if two.HasInterval() || two.Note == "" || two.Refused != "" {
		t.Errorf("two rounds gave %+v", two)
	}
	none := Quantiles(nil, []float64{0.5}, 1)[0]
	if none.Refused == "" {
		t.Error("quantile of no rounds is not refused")
	}
}

func TestQuantilesRepeatWithTheirSeed(t *testing.T) {
	w := world(rand.New(rand.NewPCG(5, 6)), 6, 200, 0.05)
	a, b := Quantiles(w, []float64{0.5, 0.9}, 42), Quantiles(w, []float64{0.5, 0.9}, 42)
	if a[0] != b[0] || a[1] != b[1] {
		t.Errorf("same seed, other interval: %+v %+v", a, b)
	}
}
