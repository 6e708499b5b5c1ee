package stats

import (
	"math"
	"math/rand/v2"
)

// Apart is what no arithmetic mends in a comparison of two runs.
const Apart = "the runs were made apart: what changed between them besides what was meant to looks like a difference; fronts in one run share their rounds"

// CompareRuns compares a figure of two runs, whose rounds are not pairs; empty
// rounds are left out. Each side is resampled by itself, and the interval takes
// Student's t with the degrees of freedom of Welch and Satterthwaite (Biometrika
// 34, 1947, 28; rounded down, which widens it). P is the exact rank-sum test on
// the figures of rounds, SD the deviation of the log ratio of a round of either.
func CompareRuns(a, b [][]float64, f Figure, seed uint64) Comparison {
	a, b = filled(a), filled(b)
	pa, pb := newPool(a), newPool(b)
	pairs := min(len(a), len(b))
	c := contrast(pa, pb, f, pairs)
	c.Test, c.Pairs = "rank-sum", pairs
	c.Ratio.Rounds, c.Shift.Rounds = len(a)+len(b), len(a)+len(b)
	c.note(Apart)
	if c.Ratio.Refused == "" && c.Ratio.Note == "" {
		half := welch(logVariance(pa, f, seed, 1), logVariance(pb, f, seed, 2), len(a), len(b))
		c.Ratio.Lo, c.Ratio.Hi = c.Ratio.Point*math.Exp(-half), c.Ratio.Point*math.Exp(half)
	}
	if pairs == 0 || !pa.positive() || !pb.positive() {
		return c
	}
	logA, logB := logs(pa.byRound(f)), logs(pb.byRound(f))
	c.P, c.SD = RankSum(logA, logB), math.Hypot(Deviation(logA), Deviation(logB))
	c.Adjusted = c.P
	c.shifted(shift(logA, logB))
	return c
}

func filled(rounds [][]float64) [][]float64 {
	var some [][]float64
	for _, round := range rounds {
		if len(round) > 0 {
			some = append(some, round)
		}
	}
	return some
}

// logVariance is the variance of the log figure over resampled rounds.
func logVariance(p *pool, f Figure, seed, side uint64) float64 {
	rounds := len(p.rounds)
	r := newResample(rounds, resamples, rand.New(rand.NewPCG(seed, side)))
	sd := scatter(logs(r.of(p, []Figure{f})[0])) * widening(rounds)
	return sd * sd
}

// welch is half the width of the 95 % interval of a difference, given the
// variances of its sides and the rounds that they came from.
func welch(va, vb float64, ra, rb int) float64 {
	variance := va + vb
	if variance == 0 {
		return 0
	}
	df := variance * variance / (va*va/float64(ra-1) + vb*vb/float64(rb-1))
	return StudentT(0.975, int(df)) * math.Sqrt(variance)
}
