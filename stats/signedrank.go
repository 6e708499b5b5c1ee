package stats

import (
	"cmp"
	"math"
	"slices"
)

// exactDifferences is up to how many differences the distribution of the
// signed-rank statistic is computed exactly; it takes steps in proportion to the
// cube of the number, a few milliseconds at 200.
const exactDifferences = 200

// SignedRank is the two-sided p of Wilcoxon's signed-rank test that differences
// are symmetric about zero: exact, with ties, for up to 200 differences that are
// not zero, and by the normal approximation beyond. NaN when there are no
// differences or one is NaN.
//
// Ties share the mean of their ranks. Zeros are ranked with the others and then
// left out (Pratt, Journal of the American Statistical Association 54, 1959,
// 655). Wilcoxon dropped them before ranking; then a round in which nothing
// differed can make the evidence for a difference stronger.
func SignedRank(d []float64) float64 {
	if len(d) == 0 || slices.ContainsFunc(d, math.IsNaN) {
		return math.NaN()
	}
	ranks, positive := signedRanks(d)
	if len(ranks) > exactDifferences {
		return normalSignedRank(ranks, positive)
	}
	return twoSided(signedRankNull(ranks), positive)
}

// signedRanks is the doubled ranks of the differences that are not zero, and the
// sum of those of positive ones.
func signedRanks(d []float64) (ranks []int, positive int) {
	sizes := make([]float64, len(d))
	for i, v := range d {
		sizes[i] = math.Abs(v)
	}
	for i, rank := range midranks(sizes) {
		if d[i] != 0 {
			ranks = append(ranks, rank)
		}
		if d[i] > 0 {
			positive += rank
		}
	}
	return ranks, positive
}

// midranks are twice the ranks of the values, from 2, ties having the mean of
// theirs: doubled they are whole numbers.
func midranks(values []float64) []int {
	order := ascending(values)
	ranks := make([]int, len(values))
	for first := 0; first < len(order); {
		last := first
		for last+1 < len(order) && values[order[last+1]] == values[order[first]] {
			last++
		}
		for _, i := range order[first : last+1] {
			ranks[i] = first + last + 2
		}
		first = last + 1
	}
	return ranks
}

// ascending is the order of values from the least to the greatest, equal ones as
// they come and NaN last.
func ascending(values []float64) []int {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return -cmp.Compare(-values[i], -values[j]) })
	return order
}

// signedRankNull is the probability of each sum of the ranks that have a
// positive sign, when each sign is a coin.
func signedRankNull(ranks []int) []float64 {
	total := 0
	for _, r := range ranks {
		total += r
	}
	p := make([]float64, total+1)
	p[0] = 1
	top := 0
	for _, r := range ranks {
		top += r
		for s := top; s >= 0; s-- {
			p[s] /= 2
			if s >= r {
				p[s] += p[s-r] / 2
			}
		}
	}
	return p
}

// twoSided is twice the smaller tail of a distribution at an observed value, and
// at most 1: what R's wilcox.test does.
func twoSided(distribution []float64, observed int) float64 {
	lower, upper := 0.0, 0.0
	for _, p := range distribution[:observed+1] {
		lower += p
	}
	for _, p := range distribution[observed:] {
		upper += p
	}
	return min(1, 2*min(lower, upper))
}

func normalSignedRank(ranks []int, positive int) float64 {
	sum, squares := 0.0, 0.0
	for _, r := range ranks {
		sum += float64(r)
		squares += float64(r) * float64(r)
	}
	return normalTwoSided(float64(positive)-sum/2, math.Sqrt(squares)/2)
}

// normalTwoSided is the two-sided p of a deviation of a sum of doubled ranks,
// with the correction for its being a whole number.
func normalTwoSided(deviation, sd float64) float64 {
	if sd == 0 {
		return 1
	}
	return min(1, math.Erfc(max(0, math.Abs(deviation)-1)/sd/math.Sqrt2))
}
