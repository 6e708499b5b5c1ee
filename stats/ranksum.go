package stats

import (
	"math"
	"slices"
)

// exactValues is up to how many values on both sides together the distribution
// of the rank-sum statistic is computed exactly: some 50 ms at 100.
const exactValues = 100

// RankSum is the two-sided p of the rank-sum test of Wilcoxon, Mann and Whitney
// that a and b come from one distribution: exact, with ties sharing the mean of
// their ranks, for up to 100 values on both sides together, and by the normal
// approximation with correction for ties beyond. NaN when a side is empty or
// holds a NaN.
//
// Its values must be independent: of rounds, never of the requests of a round.
func RankSum(a, b []float64) float64 {
	all := slices.Concat(a, b)
	if len(a) == 0 || len(b) == 0 || slices.ContainsFunc(all, math.IsNaN) {
		return math.NaN()
	}
	ranks := midranks(all)
	sum := 0
	for _, r := range ranks[:len(a)] {
		sum += r
	}
	if len(all) > exactValues {
		return normalRankSum(ranks, len(a), sum)
	}
	return twoSided(rankSumNull(ranks, len(a)), sum)
}

// rankSumNull is the probability of each sum of m of the ranks, when every
// choice of m is equally likely.
func rankSumNull(ranks []int, m int) []float64 {
	largest := 0
	for _, r := range slices.Sorted(slices.Values(ranks))[len(ranks)-m:] {
		largest += r
	}
	ways := make([][]float64, m+1) // by how many were chosen, and by their sum
	for j := range ways {
		ways[j] = make([]float64, largest+1)
	}
	ways[0][0] = 1
	for i, r := range ranks {
		for j := min(i+1, m); j >= 1; j-- {
			for s := largest; s >= r; s-- {
				ways[j][s] += ways[j-1][s-r]
			}
		}
	}
	total := 0.0
	for _, w := range ways[m] {
		total += w
	}
	for s := range ways[m] {
		ways[m][s] /= total
	}
	return ways[m]
}

// normalRankSum uses the variance of a sum drawn from a finite population, which
// holds with ties as it does without.
func normalRankSum(ranks []int, m, sum int) float64 {
	n := float64(len(ranks))
	mean, squares := n+1, 0.0 // doubled ranks have the mean n+1, ties or not
	for _, r := range ranks {
		squares += (float64(r) - mean) * (float64(r) - mean)
	}
	variance := float64(m) * (n - float64(m)) / (n * (n - 1)) * squares
	return normalTwoSided(float64(sum)-float64(m)*mean, math.Sqrt(variance))
}
