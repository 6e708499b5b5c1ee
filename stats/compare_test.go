package stats

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

func roundsA() [][]float64 {
	return [][]float64{{10, 14, 11, 13}, {12, 16, 11, 15}, {9, 13, 10, 14}, {11, 17, 12, 15}}
}

func roundsB() [][]float64 {
	return [][]float64{{9, 12, 10, 11}, {10, 15, 11, 12}, {9, 11, 8, 12}, {12, 13, 10, 14}}
}

// near allows for a thousand draws: 8 % of half an interval is three and a half
// standard errors of a deviation.
func near(got, want, point float64) bool {
	return math.Abs(math.Log(got/want)) < 0.08*math.Abs(math.Log(want/point))
}

// Expected values are from a Python program that goes through all 256 draws of
// four rounds (in pairs), all 256 and 3,125 (two runs), all signs and all
// choices. The intervals of runs are by hand from its standard errors, 0.058145
// and 0.048169, and t with 6 degrees of freedom (6.51 and 6.62 rounded down),
// 2.446912.
func TestComparisonsOfSmallSessions(t *testing.T) {
	longer := append(roundsB(), []float64{11, 12, 9, 13})
	for name, c := range map[string]struct {
		got                       Comparison
		ratio, lo, hi             float64
		shift, shiftLo, shiftHi   float64
		wins, p, sd               float64
		test                      string
		n, rounds, pairs, remarks int
	}{
		"mean": {Compare(roundsA(), roundsB(), MeanOf(), 1), 0.881773, 0.865409, 0.898447,
			0.881044, math.NaN(), math.NaN(), 0.681640625, 1.0 / 8, 0.011859383, "signed-rank", 32, 4, 4, 1},
		"p50": {Compare(roundsA(), roundsB(), QuantileOf(0.5), 1), 0.916667, 0.808930, 1.038752,
			0.914767, math.NaN(), math.NaN(), 0.681640625, 1.0 / 4, 0.048530419, "signed-rank", 32, 4, 4, 1},
		"mean of runs": {CompareRuns(roundsA(), longer, MeanOf(), 1), 0.882759, 0.882759 * math.Exp(-2.446912*0.058145), 0.882759 * math.Exp(2.446912*0.058145),
			0.881917, 0.740741, 1.043478, 0.6796875, 8.0 / 63, 0.122989907, "rank-sum", 36, 9, 4, 1},
		"p50 of runs": {CompareRuns(roundsA(), longer, QuantileOf(0.5), 1), 0.916667, 0.916667 * math.Exp(-2.446912*0.048169), 0.916667 * math.Exp(2.446912*0.048169),
			0.916667, 0.75, 1.1, 0.6796875, 11.0 / 21, 0.140023377, "rank-sum", 36, 9, 4, 1},
	} {
		g := c.got
		if math.Abs(g.Ratio.Point-c.ratio) > 1e-6 || !near(g.Ratio.Lo, c.lo, c.ratio) || !near(g.Ratio.Hi, c.hi, c.ratio) || g.Ratio.Note+g.Ratio.Refused != "" {
			t.Errorf("%s: ratio %+v, want %g [%g, %g]", name, g.Ratio, c.ratio, c.lo, c.hi)
		}
		if math.Abs(g.Shift.Point-c.shift) > 1e-6 || !same(g.Shift.Lo, c.shiftLo) || !same(g.Shift.Hi, c.shiftHi) || (g.Shift.Note == "") != g.Shift.HasInterval() {
			t.Errorf("%s: shift %+v, want %g [%g, %g]", name, g.Shift, c.shift, c.shiftLo, c.shiftHi)
		}
		if g.Wins != c.wins || math.Abs(g.P-c.p) > 1e-12 || g.Adjusted != g.P || math.Abs(g.SD-c.sd) > 1e-8 || g.Test != c.test {
			t.Errorf("%s: wins %g, p %g, adjusted %g, sd %g, test %q", name, g.Wins, g.P, g.Adjusted, g.SD, g.Test)
		}
		if g.Ratio.N != c.n || g.Shift.N != c.n || g.Ratio.Rounds != c.rounds || g.Pairs != c.pairs || len(g.Notes) != c.remarks {
			t.Errorf("%s: %d values, %d rounds, %d pairs, notes %q", name, g.Ratio.N, g.Ratio.Rounds, g.Pairs, g.Notes)
		}
		if g.Verdict != Inconclusive || g.MoreRounds != 0 {
			t.Errorf("%s: verdict %q before it was judged", name, g.Verdict)
		}
	}
}

func same(got, want float64) bool {
	return math.Abs(got-want) < 1e-6 || math.IsNaN(got) && math.IsNaN(want)
}

// W = 35 of 50 pairs of R's wilcox.test on the permeability data.
func TestWinsAreTheRankSum(t *testing.T) {
	x, y := permeability()
	if got := wins(Sorted(x), Sorted(y)); got != 35.0/50 {
		t.Errorf("wins %g, want 0.7", got)
	}
	if got := wins([]float64{1, 1}, []float64{1, 1, 1}); got != 0.5 {
		t.Errorf("wins of equals %g, want 0.5", got)
	}
}

// What both fronts feel in a round cancels: with rounds that differ threefold and
// B 10 % above A in each, the interval in pairs is narrow and that of runs is not.
func TestRoundsInPairsCancelWhatTheyShare(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	var a, b [][]float64
	for range 10 {
		level := math.Exp(rng.NormFloat64())
		a = append(a, scaled(uniform(rng, 200), level))
		b = append(b, scaled(uniform(rng, 200), 1.1*level))
	}
	paired, apart := Compare(a, b, MeanOf(), 1), CompareRuns(a, b, MeanOf(), 1)
	if !(paired.Ratio.Lo > 1.05 && paired.Ratio.Hi < 1.15) || paired.P != 2.0/1024 {
		t.Errorf("in pairs: %+v, p %g", paired.Ratio, paired.P)
	}
	if !(apart.Ratio.Lo < 0.8 && apart.Ratio.Hi > 1.3) || apart.P < 0.2 {
		t.Errorf("apart: %+v, p %g", apart.Ratio, apart.P)
	}
}

func scaled(values []float64, by float64) []float64 {
	s := make([]float64, len(values))
	for i, v := range values {
		s[i] = by * v
	}
	return s
}

// Exchanging the sides inverts the ratio and the share of wins, and nothing else.
func TestComparisonIsFair(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	a, b := world(rng, 8, 100, 0.05), world(rng, 8, 120, 0.05)
	for _, compare := range []func(a, b [][]float64, f Figure, seed uint64) Comparison{Compare, CompareRuns} {
		there, back := compare(a, b, QuantileOf(0.5), 9), compare(b, a, QuantileOf(0.5), 9)
		if math.Abs(there.Ratio.Point*back.Ratio.Point-1) > 1e-12 || math.Abs(there.Shift.Point*back.Shift.Point-1) > 1e-12 ||
			math.Abs(there.P-back.P) > 1e-12 || math.Abs(there.Wins+back.Wins-1) > 1e-12 || math.Abs(there.Shift.Lo*back.Shift.Hi-1) > 1e-12 {
			t.Errorf("%s: %+v and back %+v", there.Test, there, back)
		}
		again := compare(a, b, QuantileOf(0.5), 9)
		if again.Ratio != there.Ratio {
			t.Errorf("%s: same seed, other interval: %+v %+v", there.Test, there.Ratio, again.Ratio)
		}
	}
}

// A comparison that the values cannot bear says so, once and with what it lacks.
func TestComparisonsThatCannotBeMade(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 6))
	full, few := world(rng, 6, 200, 0), world(rng, 6, 20, 0)
	hole := world(rng, 7, 200, 0)
	hole[2], hole[6] = nil, nil
	zero := world(rng, 6, 200, 0)
	zero[3][7] = 0
	for name, c := range map[string]struct {
		a, b          [][]float64
		f             Figure
		refused, note string // parts of the ratio's
		pairs         int
		tested        bool
	}{
		"fine":           {full, full, QuantileOf(0.5), "", "", 6, true},
		"nothing":        {nil, full, QuantileOf(0.5), "A: no values", "", 0, false},
		"few in B":       {full, few, QuantileOf(0.99), "B: 120 requests are worth", "", 6, true},
		"one round":      {full[:1], full, QuantileOf(0.5), "", "it needs 3 rounds and there is 1", 1, true},
		"two rounds":     {full[:2], full, QuantileOf(0.5), "", "it needs 3 rounds and there are 2", 2, true},
		"holes":          {full, hole, QuantileOf(0.5), "", "", 5, true},
		"a zero":         {full, zero, QuantileOf(0.5), "", "a value is not positive", 6, false},
		"infinite":       {full, [][]float64{{1}, {2}, {3}, {4}, {5}, {math.Inf(1)}}, QuantileOf(0.5), "", "a value is not positive", 6, false},
		"six for a mean": {few, [][]float64{{1}, {2}, {3}, {4}, {5}}, MeanOf(), "B: 5 requests are worth", "", 5, true},
	} {
		g := Compare(c.a, c.b, c.f, 1)
		if !strings.Contains(g.Ratio.Refused, c.refused) || (g.Ratio.Refused == "") != (c.refused == "") ||
			!strings.Contains(g.Ratio.Note, c.note) || (g.Ratio.Note == "") != (c.note == "") {
			t.Errorf("%s: refused %q, note %q", name, g.Ratio.Refused, g.Ratio.Note)
		}
		if g.Pairs != c.pairs || g.Ratio.Rounds != c.pairs || math.IsNaN(g.P) == c.tested || g.Ratio.HasInterval() != (c.refused+c.note == "") {
			t.Errorf("%s: %+v", name, g)
		}
		if few := c.tested && c.pairs < 6; (len(g.Notes) > 0) != few {
			t.Errorf("%s: notes %q", name, g.Notes)
		}
		if !c.tested && (g.Shift.Note == "" || !math.IsNaN(g.Shift.Point)) {
			t.Errorf("%s: shift %+v", name, g.Shift)
		}
	}
}

// The degrees of freedom of two runs: R's t.test(extra ~ group, data = sleep) has
// the standard error 0.849091 and 17.776 of them. Rounded down to 17, t is 2.110
// (NIST/SEMATECH e-Handbook, 1.3.6.7.2).
func TestWelch(t *testing.T) {
	first, second, _ := sleep()
	v := func(values []float64) float64 { return Deviation(values) * Deviation(values) / 10 }
	if got, want := welch(v(first), v(second), 10, 10), 2.110*0.849091; math.Abs(got-want) > 0.0005 {
		t.Errorf("half an interval is %.5f, want %.5f", got, want)
	}
	if got := welch(0, 0, 3, 3); got != 0 {
		t.Errorf("of no variance: %g", got)
	}
}

// The ratio of two runs of 12 rounds of 500 requests.
func BenchmarkCompare(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	x, y := world(rng, 12, 500, 0.05), world(rng, 12, 500, 0.05)
	for b.Loop() {
		Compare(x, y, QuantileOf(0.99), 1)
	}
}
