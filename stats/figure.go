package stats

import (
	"fmt"
	"math"
)

// Figure is what is estimated of values: a quantile or the mean. The zero
// Figure is the mean.
type Figure struct {
	q float64 // 0 for the mean
}

// QuantileOf is the nearest-rank q-quantile, as Quantile computes it. It panics
// unless 0 < q < 1: which figures there are is written in programs, not in data.
func QuantileOf(q float64) Figure {
	if !(q > 0 && q < 1) {
		panic(fmt.Sprintf("stats: quantile %g is not between 0 and 1", q))
	}
	return Figure{q: q}
}

// MeanOf is the arithmetic mean.
func MeanOf() Figure { return Figure{} }

// Name is "p50", "p99.9" or "mean".
func (f Figure) Name() string {
	if f.q == 0 {
		return "mean"
	}
	return "p" + percent(f.q)
}

// of sorted values; NaN when there are none.
func (f Figure) of(sorted []float64) float64 {
	if f.q == 0 {
		return Mean(sorted)
	}
	return Quantile(sorted, f.q)
}

// minSamples is the least number of independent values that the figure is shown
// for. A mean has no bound of order statistics; it takes the median's.
func (f Figure) minSamples() int {
	if f.q == 0 {
		return MinSamples(0.5)
	}
	return MinSamples(f.q)
}

// ByRound is the figure of each round by itself, NaN for an empty round. It is
// what tests pair and what a chart of rounds shows; the mean of it is not the
// figure of the whole (a mean of p99s is too low).
func ByRound(rounds [][]float64, f Figure) []float64 {
	figures := make([]float64, len(rounds))
	for i, round := range rounds {
		figures[i] = f.of(Sorted(round))
	}
	return figures
}

// percent writes a share of one as a percentage: 0.999 as 99.9.
func percent(q float64) string {
	return fmt.Sprintf("%g", math.Round(q*1e6)/1e4)
}
