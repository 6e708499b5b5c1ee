// Package stats turns samples into numbers that can be defended: quantiles,
// intervals, rates. It does not know what the numbers measure.
//
// The unit of replication is the round, never the request: requests of one
// round share instances, caches and the minute, so intervals come from
// resampling rounds. Where a sample cannot bear a figure, the figure is refused
// with a reason rather than printed.
package stats

import (
	"math"
	"slices"
)

// Quantile is the nearest-rank quantile of sorted values, always a value that
// was observed; NaN when there are none. (Hyndman and Fan's type 1.)
func Quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	rank := int(math.Ceil(q * float64(len(sorted))))
	return sorted[min(max(rank, 1), len(sorted))-1]
}

// Mean is the arithmetic mean; NaN when there are no values.
func Mean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}

// Sorted returns the values in ascending order and leaves its argument alone.
func Sorted(values []float64) []float64 {
	s := slices.Clone(values)
	slices.Sort(s)
	return s
}

// MinSamples is the smallest number of independent samples for which a
// two-sided 95 % order-statistic interval of the q-quantile is finite: the least
// n with q^n <= 2.5 % and (1-q)^n <= 2.5 %. That is 6 for the median, 36 for
// p90, 368 for p99 and 3,688 for p99.9.
func MinSamples(q float64) int {
	extreme := max(q, 1-q)
	return int(math.Ceil(math.Log(0.025) / math.Log(extreme)))
}

// EffectiveSamples is how many independent samples the rounds are worth for the
// q-quantile: their number divided by the integrated autocorrelation time of
// "at most the quantile", estimated with Geyer's initial positive sequence
// (Statistical Science 7, 1992, 473) within rounds, in the order given.
func EffectiveSamples(rounds [][]float64, q float64) float64 {
	pooled := Sorted(slices.Concat(rounds...))
	n := len(pooled)
	if n == 0 {
		return 0
	}
	cut := Quantile(pooled, q)
	series := make([][]float64, len(rounds))
	below := 0.0
	for i, round := range rounds {
		series[i] = make([]float64, len(round))
		for j, v := range round {
			if v <= cut {
				series[i][j] = 1
				below++
			}
		}
	}
	return float64(n) / autocorrelationTime(series, below/float64(n))
}

// autocorrelationTime is 1 + 2*sum of autocorrelations, cut where a pair of
// neighbouring lags stops being positive. It is at least 1: negative
// autocorrelation is not taken as a gain.
func autocorrelationTime(series [][]float64, mean float64) float64 {
	variance := covariance(series, mean, 0)
	if variance <= 0 {
		return 1
	}
	longest := 0
	for _, s := range series {
		longest = max(longest, len(s))
	}
	tau := -1.0
	for lag := 0; lag+1 < longest; lag += 2 {
		pair := (covariance(series, mean, lag) + covariance(series, mean, lag+1)) / variance
		if pair <= 0 {
			break
		}
		tau += 2 * pair
	}
	return max(tau, 1)
}

// covariance at a lag, over all rounds together, divided by the number of
// values (the biased form, which Geyer's sequence wants).
func covariance(series [][]float64, mean float64, lag int) float64 {
	sum, n := 0.0, 0
	for _, s := range series {
		n += len(s)
		for i := lag; i < len(s); i++ {
			sum += (s[i] - mean) * (s[i-lag] - mean)
		}
	}
	return sum / float64(n)
}
