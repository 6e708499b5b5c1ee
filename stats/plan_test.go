package stats

import (
	"math"
	"testing"
)

// The first row is the worked example of Wikipedia's "Holm-Bonferroni method"
// (read 2026-11-22; the second and the third smallest are not rejected), the
// second that of R's p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm").
func TestHolm(t *testing.T) {
	nan := math.NaN()
	for name, c := range map[string]struct{ ps, want []float64 }{
		"Wikipedia": {[]float64{0.01, 0.04, 0.03, 0.005}, []float64{0.03, 0.06, 0.06, 0.02}},
		"R":         {[]float64{0.01, 0.02, 0.03, 0.04, 0.05}, []float64{0.05, 0.08, 0.09, 0.09, 0.09}},
		"capped":    {[]float64{0.9, 0.6}, []float64{1, 1}},
		"one":       {[]float64{0.03}, []float64{0.03}},
		"missing":   {[]float64{nan, 0.01, 0.2}, []float64{nan, 0.03, 0.4}},
		"none":      {nil, nil},
	} {
		got := Holm(c.ps)
		if len(got) != len(c.want) {
			t.Fatalf("%s: %v", name, got)
		}
		for i := range got {
			if math.Abs(got[i]-c.want[i]) > 1e-12 || math.IsNaN(got[i]) != math.IsNaN(c.want[i]) {
				t.Errorf("%s: %v, want %v", name, got, c.want)
				break
			}
		}
	}
}

// Adjusting never makes a p smaller nor changes who is before whom.
func FuzzHolm(f *testing.F) {
	f.Add([]byte{1, 2, 3, 255})
	f.Add([]byte{0, 0, 128})
	f.Fuzz(func(t *testing.T, raw []byte) {
		ps := make([]float64, len(raw))
		for i, b := range raw {
			ps[i] = float64(b) / 255
		}
		adjusted := Holm(ps)
		for i := range ps {
			if adjusted[i] < ps[i] || adjusted[i] > 1 || adjusted[i] > ps[i]*float64(len(ps)) {
				t.Errorf("%g of %d became %g", ps[i], len(ps), adjusted[i])
			}
			for j := range ps {
				if ps[i] < ps[j] && adjusted[i] > adjusted[j] {
					t.Errorf("%g and %g became %g and %g", ps[i], ps[j], adjusted[i], adjusted[j])
				}
			}
		}
	})
}

// Below 6 pairs no table of the signed-rank test has a value at 5 % two-sided,
// and below 4 and 4 none of the rank-sum test; for families, k*2/2^R and
// k*2/C(2R, R) by hand: 10*2/2^9 = 3.9 %, 25*2/2^10 = 4.9 %, 10*2/924 = 2.2 %,
// 25*2/3432 = 1.5 %.
func TestLeastRounds(t *testing.T) {
	for _, c := range []struct {
		comparisons int
		alpha       float64
		paired, run int
	}{
		{0, 0.05, 6, 4}, {1, 0.05, 6, 4}, {1, 0.01, 8, 5}, {10, 0.05, 9, 6}, {25, 0.05, 10, 7}, {1, 0, 0, 0}, {1, 1, 0, 0},
	} {
		if paired, run := LeastRounds(c.comparisons, c.alpha), leastRoundsOfRuns(c.comparisons, c.alpha); paired != c.paired || run != c.run {
			t.Errorf("%d at %g: %d and %d, want %d and %d", c.comparisons, c.alpha, paired, run, c.paired, c.run)
		}
	}
}

// By hand from the normal deviates 1.96 and 0.84 of the published table:
// (pi/3)(2.80*0.05/ln 1.05)^2 + 2 = 10.6, and so on.
func TestPlanRounds(t *testing.T) {
	for _, c := range []struct {
		sd, delta float64
		want      int
	}{
		{0.05, 0.05, 11}, {0.05, 0.10, 6}, {0.10, 0.05, 37}, {0.10, 0.10, 12}, {0, 0.05, 6},
		{0.05, 0, 0}, {-1, 0.05, 0}, {math.NaN(), 0.05, 0}, {1e9, 0.05, 0},
	} {
		if got := PlanRounds(c.sd, c.delta); got != c.want {
			t.Errorf("sd %g, %g: %d rounds, want %d", c.sd, c.delta, got, c.want)
		}
	}
}
