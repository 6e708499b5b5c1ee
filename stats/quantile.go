// Package stats turns samples into numbers that can be defended: quantiles,
// intervals, rates, and comparisons with a verdict. It does not know what the
// numbers measure. How often it is wrong is measured in stats/worlds.
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
