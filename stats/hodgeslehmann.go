package stats

import (
	"math"
	"slices"
)

// pseudomedian is the Hodges-Lehmann estimate of the centre of differences, the
// median of their Walsh averages, with the 95 % interval that belongs to the
// signed-rank test: NaN below 6 differences, where the test has none
// (Hollander and Wolfe, Nonparametric Statistical Methods, 3.2 and 3.3).
func pseudomedian(d []float64) (point, lo, hi float64) {
	var walsh []float64
	for i := range d {
		for j := range i + 1 {
			walsh = append(walsh, (d[i]+d[j])/2)
		}
	}
	return centre(walsh, signedRankCut(len(d)))
}

// shift is the Hodges-Lehmann estimate of how far b lies above a, the median of
// all differences, with the 95 % interval that belongs to the rank-sum test: NaN
// where the test has none, as with 3 values on either side (the same, 4.2, 4.3).
func shift(a, b []float64) (point, lo, hi float64) {
	var differences []float64
	for _, x := range a {
		for _, y := range b {
			differences = append(differences, y-x)
		}
	}
	return centre(differences, rankSumCut(len(a), len(b)))
}

// centre is the median of values, and the cut-th of them from either end.
func centre(values []float64, cut int) (point, lo, hi float64) {
	slices.Sort(values)
	n := len(values)
	if n == 0 {
		return math.NaN(), math.NaN(), math.NaN()
	}
	point = (values[(n-1)/2] + values[n/2]) / 2
	if cut < 1 {
		return point, math.NaN(), math.NaN()
	}
	return point, values[cut-1], values[n-cut]
}

// signedRankCut is the largest c for which fewer than c Walsh averages lie below
// the centre in at most 2.5 % of samples: R's qsignrank(0.025, n).
func signedRankCut(n int) int {
	if n <= exactDifferences {
		return quantileIndex(signedRankNull(untied(n)), 0)
	}
	m := float64(n)
	return normalCut(m*(m+1)/4, m*(m+1)*(2*m+1)/24)
}

// rankSumCut is the same for the differences between two samples: R's
// qwilcox(0.025, m, n).
func rankSumCut(m, n int) int {
	if m == 0 || n == 0 {
		return 0
	}
	if m+n <= exactValues {
		return quantileIndex(rankSumNull(untied(m+n), m), m*(m+1)/2)
	}
	x, y := float64(m), float64(n)
	return normalCut(x*y/2, x*y*(x+y+1)/12)
}

func untied(n int) []int {
	ranks := make([]int, n)
	for i := range ranks {
		ranks[i] = i + 1
	}
	return ranks
}

// quantileIndex is the least x, counted from start, at which the distribution
// function reaches 2.5 %.
func quantileIndex(distribution []float64, start int) int {
	below := 0.0
	for x, p := range distribution[start:] {
		if below += p; below >= 0.025 {
			return x
		}
	}
	return 0
}

func normalCut(mean, variance float64) int {
	return int(math.Round(mean - 1.959963984540054*math.Sqrt(variance)))
}
