package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

// depression is X - Y of Hollander and Wolfe, Nonparametric Statistical Methods
// (1973), 29: patients' depression scale before and after a tranquilizer. The
// first example on R's help page of wilcox.test.
func depression() []float64 {
	x := []float64{1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30}
	y := []float64{0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29}
	for i := range x {
		x[i] -= y[i]
	}
	return x
}

// permeability is Hollander and Wolfe's table of the chorioamnion (1973, 69), the
// second example of that help page.
func permeability() (x, y []float64) {
	return []float64{0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46}, []float64{1.15, 0.88, 0.90, 0.74, 1.21}
}

// sleep is Student's data of 1908, in R as sleep: hours won with two drugs, by
// the same ten persons. Its differences hold a zero and a tie.
func sleep() (first, second, differences []float64) {
	first = []float64{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2}
	second = []float64{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4}
	return first, second, []float64{1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4}
}

// The first row is R's wilcox.test (V = 40, one-sided p 0.01953); the others are
// from a Python program that goes through all patterns of signs in fractions.
func TestSignedRank(t *testing.T) {
	_, _, slept := sleep()
	for name, c := range map[string]struct {
		d    []float64
		want float64
	}{
		"depression":     {depression(), 20.0 / 512},
		"zero and ties":  {slept, 1.0 / 256},
		"zeros and ties": {[]float64{3, -1, -1, 2, 0, 0, 5, 2, 4, 2}, 7.0 / 128},
		"all alike":      {[]float64{1, 1, 1, 1, 1, 1}, 1.0 / 32},
		"one":            {[]float64{-7}, 1},
		"all zero":       {[]float64{0, 0, 0}, 1},
	} {
		if got := SignedRank(c.d); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s: p = %.9f, want %.9f", name, got, c.want)
		}
	}
	for name, d := range map[string][]float64{"nothing": nil, "not a number": {1, math.NaN()}} {
		if got := SignedRank(d); !math.IsNaN(got) {
			t.Errorf("%s: p = %g", name, got)
		}
	}
}

// The distribution is that of all 2^n patterns of signs, with ties and zeros.
func TestSignedRankIsThatOfAllSigns(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for n := 1; n <= 12; n++ {
		for range 10 {
			d := make([]float64, n)
			for i := range d {
				d[i] = float64(rng.IntN(13) - 5)
			}
			if got, want := SignedRank(d), allSigns(d); math.Abs(got-want) > 1e-12 {
				t.Fatalf("%v: p = %.12f, of all signs %.12f", d, got, want)
			}
		}
	}
}

// allSigns goes through every pattern of signs. The rank of a size is how many
// are below it, half of those equal to it, itself included, and a half.
func allSigns(d []float64) float64 {
	ranks := make([]float64, len(d))
	observed := 0.0
	for i, v := range d {
		for _, other := range d {
			if math.Abs(other) < math.Abs(v) {
				ranks[i]++
			} else if math.Abs(other) == math.Abs(v) {
				ranks[i] += 0.5
			}
		}
		ranks[i] += 0.5
		if v == 0 {
			ranks[i] = 0
		}
		if v > 0 {
			observed += ranks[i]
		}
	}
	lower, upper := 0, 0
	for signs := range 1 << len(d) {
		sum := 0.0
		for i, rank := range ranks {
			sum += rank * float64(signs>>i&1)
		}
		if sum <= observed {
			lower++
		}
		if sum >= observed {
			upper++
		}
	}
	return min(1, 2*float64(min(lower, upper))/float64(int(1)<<len(d)))
}

// Permeability is R's wilcox.test (W = 35, one-sided p 0.1272); the others are
// from a Python program that goes through all choices in fractions. The smallest
// p of 4 and 4 is 2 of 70.
func TestRankSum(t *testing.T) {
	x, y := permeability()
	first, second, _ := sleep()
	for name, c := range map[string]struct {
		a, b []float64
		want float64
	}{
		"permeability": {x, y, 764.0 / 3003},
		"sleep, ties":  {first, second, 160.0 / 2431},
		"ties":         {[]float64{1, 2, 2, 3}, []float64{2, 3, 4, 4, 5}, 1.0 / 9},
		"all equal":    {[]float64{1, 1, 1}, []float64{1, 1, 1}, 1},
		"apart":        {[]float64{1, 2, 3, 4}, []float64{5, 6, 7, 8}, 2.0 / 70},
	} {
		if got := RankSum(c.a, c.b); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s: p = %.9f, want %.9f", name, got, c.want)
		}
		if got := RankSum(c.b, c.a); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s, sides exchanged: p = %.9f, want %.9f", name, got, c.want)
		}
	}
	for name, got := range map[string]float64{"no side": RankSum(nil, y), "not a number": RankSum(x, []float64{math.NaN()})} {
		if !math.IsNaN(got) {
			t.Errorf("%s: p = %g", name, got)
		}
	}
}

// Where the exact distributions end, the normal ones are close to them.
func TestNormalRankTestsMeetTheExactOnes(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	for range 3 {
		d := make([]float64, exactDifferences)
		for i := range d {
			d[i] = math.Round(20*rng.NormFloat64() + 2)
		}
		ranks, positive := signedRanks(d)
		if exact, normal := SignedRank(d), normalSignedRank(ranks, positive); math.Abs(exact-normal) > 0.005 {
			t.Errorf("signed-rank: exact %.4f, normal %.4f", exact, normal)
		}
		a, b := d[:50], d[50:100]
		ranks = midranks(d[:100])
		sum := 0
		for _, r := range ranks[:50] {
			sum += r
		}
		if exact, normal := RankSum(a, b), normalRankSum(ranks, 50, sum); math.Abs(exact-normal) > 0.005 {
			t.Errorf("rank-sum: exact %.4f, normal %.4f", exact, normal)
		}
	}
}

// R's wilcox.test(conf.int = TRUE) gives 0.46 and 0.010 to 0.786, and 0.305 and
// -0.15 to 0.76, for Hollander and Wolfe's data. The one sample is worked through
// at www.public.iastate.edu/~wrstephe/stat403/membrane/membrane.html (read
// 2026-11-22): estimate 1.385, the 9th and the 47th of 55 averages, 1.13 to 1.67.
func TestHodgesLehmann(t *testing.T) {
	membrane := []float64{0.90, 1.13, 1.89, 1.14, 1.45, 1.38, 1.91, 1.64, 0.83, 1.46}
	x, y := permeability()
	type estimate struct{ point, lo, hi float64 }
	of := func(point, lo, hi float64) estimate { return estimate{point, lo, hi} }
	for name, c := range map[string]struct{ got, want estimate }{
		"depression":   {of(pseudomedian(depression())), estimate{0.46, 0.010, 0.786}},
		"membrane":     {of(pseudomedian(membrane)), estimate{1.385, 1.13, 1.67}},
		"permeability": {of(shift(y, x)), estimate{0.305, -0.15, 0.76}},
	} {
		if math.Abs(c.got.point-c.want.point) > 1e-3 || math.Abs(c.got.lo-c.want.lo) > 5e-3 || math.Abs(c.got.hi-c.want.hi) > 5e-3 {
			t.Errorf("%s: %+v, want %+v", name, c.got, c.want)
		}
	}
	if point, lo, hi := pseudomedian([]float64{1, 2, 3, 4, 5}); point != 3 || !math.IsNaN(lo) || !math.IsNaN(hi) {
		t.Errorf("five differences: %g [%g, %g]; five have no 95 %% interval", point, lo, hi)
	}
	if point, lo, hi := shift([]float64{0, 0, 0}, []float64{1, 2, 3}); point != 2 || !math.IsNaN(lo) || !math.IsNaN(hi) {
		t.Errorf("three and three: %g [%g, %g]; they have no 95 %% interval", point, lo, hi)
	}
	if point, _, _ := pseudomedian(nil); !math.IsNaN(point) {
		t.Errorf("centre of nothing: %g", point)
	}
}

// Critical values from the published tables: Wilcoxon's T at 5 % two-sided is 0,
// 8 and 52 for 6, 10 and 20 pairs; Mann and Whitney's U is 0, 23 and 127 for 4
// and 4, 10 and 10, 20 and 20. The cut is one above.
func TestCutsAreThoseOfTheTables(t *testing.T) {
	for n, want := range map[int]int{5: 0, 6: 1, 10: 9, 20: 53} {
		if got := signedRankCut(n); got != want {
			t.Errorf("signed-rank, %d: cut %d, want %d", n, got, want)
		}
	}
	for n, want := range map[int]int{3: 0, 4: 1, 10: 24, 20: 128} {
		if got := rankSumCut(n, n); got != want {
			t.Errorf("rank-sum, %d and %d: cut %d, want %d", n, n, got, want)
		}
	}
	exact, n := signedRankCut(exactDifferences), float64(exactDifferences)
	if normal := normalCut(n*(n+1)/4, n*(n+1)*(2*n+1)/24); math.Abs(float64(exact-normal)) > 5 {
		t.Errorf("signed-rank, %g: cut %d, normal %d", n, exact, normal)
	}
}

// The evidence that differences are not zero is the same for either direction,
// at any scale, and between 0 and 1.
func FuzzSignedRank(f *testing.F) {
	f.Add([]byte{1, 2, 3, 250, 0, 0, 7})
	f.Add([]byte{128, 129, 127})
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) > 40 {
			raw = raw[:40]
		}
		d, opposite := make([]float64, len(raw)), make([]float64, len(raw))
		for i, b := range raw {
			d[i] = float64(int8(b))
			opposite[i] = -3 * d[i]
		}
		p := SignedRank(d)
		if len(d) == 0 {
			return
		}
		if !(p >= 0 && p <= 1) || math.Abs(p-SignedRank(opposite)) > 1e-12 {
			t.Errorf("%v: p = %g, of the opposite %g", d, p, SignedRank(opposite))
		}
	})
}
