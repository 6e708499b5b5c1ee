package stats

import (
	"math/bits"
	"slices"
)

// EffectiveSamples is how many independent samples the rounds are worth for the
// q-quantile: their number divided by the integrated autocorrelation time of
// "at most the quantile", estimated with Geyer's initial positive sequence
// (Statistical Science 7, 1992, 473) within rounds, in the order given.
func EffectiveSamples(rounds [][]float64, q float64) float64 {
	return effectiveBelow(rounds, Quantile(Sorted(slices.Concat(rounds...)), q))
}

// effectiveBelow is EffectiveSamples for a quantile that is already known.
func effectiveBelow(rounds [][]float64, cut float64) float64 {
	series := make([]indicator, len(rounds))
	n, below, longest := 0, 0, 0
	for i, round := range rounds {
		series[i] = indicate(round, cut)
		n, longest = n+len(round), max(longest, len(round))
		below += series[i].ones[len(round)]
	}
	if n == 0 {
		return 0
	}
	mean := float64(below) / float64(n)
	return float64(n) / autocorrelationTime(longest, func(lag int) float64 {
		sum := 0.0
		for _, s := range series {
			sum += s.products(lag, mean)
		}
		return sum / float64(n)
	})
}

// effectiveMean is how many independent samples the rounds are worth for their
// mean.
func effectiveMean(rounds [][]float64, mean float64) float64 {
	n, longest := 0, 0
	for _, round := range rounds {
		n, longest = n+len(round), max(longest, len(round))
	}
	if n == 0 {
		return 0
	}
	return float64(n) / autocorrelationTime(longest, func(lag int) float64 {
		sum := 0.0
		for _, round := range rounds {
			for i := lag; i < len(round); i++ {
				sum += (round[i] - mean) * (round[i-lag] - mean)
			}
		}
		return sum / float64(n)
	})
}

// autocorrelationTime is 1 + 2*sum of autocorrelations, cut where a pair of
// neighbouring lags stops being positive. It is at least 1: negative
// autocorrelation is not taken as a gain. The covariance at a lag is that of all
// rounds together, divided by the number of values (the biased form, which
// Geyer's sequence wants).
func autocorrelationTime(longest int, covariance func(lag int) float64) float64 {
	variance := covariance(0)
	if !(variance > 0) {
		return 1
	}
	tau := -1.0
	for lag := 0; lag+1 < longest; lag += 2 {
		pair := (covariance(lag) + covariance(lag+1)) / variance
		if !(pair > 0) {
			break
		}
		tau += 2 * pair
	}
	return max(tau, 1)
}

// indicator is a series of "at most the cut", a bit each: its covariances are
// counts, 64 values at a time. (Value by value they were nine tenths of the time
// of a chart's quantiles.)
type indicator struct {
	words []uint64
	ones  []int // how many of the first i values are at most the cut
}

func indicate(values []float64, cut float64) indicator {
	s := indicator{make([]uint64, len(values)/64+1), make([]int, len(values)+1)}
	for i, v := range values {
		s.ones[i+1] = s.ones[i]
		if v <= cut {
			s.words[i/64] |= 1 << (i % 64)
			s.ones[i+1]++
		}
	}
	return s
}

// products is the sum of (x[i]-mean)*(x[i-lag]-mean) over the series.
func (s indicator) products(lag int, mean float64) float64 {
	n := len(s.ones) - 1
	if lag >= n {
		return 0
	}
	early, late := s.ones[n-lag], s.ones[n]-s.ones[lag]
	return float64(s.both(lag)) - mean*float64(early+late) + mean*mean*float64(n-lag)
}

// both counts the i for which value i and value i-lag are at most the cut.
func (s indicator) both(lag int) int {
	word, shift, count := lag/64, lag%64, 0
	for i := word; i < len(s.words); i++ {
		earlier := s.words[i-word] << shift
		if shift > 0 && i > word {
			earlier |= s.words[i-word-1] >> (64 - shift)
		}
		count += bits.OnesCount64(s.words[i] & earlier)
	}
	return count
}
