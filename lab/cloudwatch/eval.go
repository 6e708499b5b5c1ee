package cloudwatch

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// bucket is what one period of a metric holds.
type bucket struct {
	stamp   int64 // Unix seconds of its start
	runs    []run
	sets    []statSet
	ordered bool // runs are in order of value
}

// eval computes a statistic over the bucket. There is none (false) when the
// bucket is empty, when the statistic's range is empty and a mean of it is
// asked for, and for extended statistics when values are missing (statistic
// sets) or negative, which AWS excludes too.
func (b *bucket) eval(s Stat) (float64, bool) {
	if !s.extended() {
		return b.simple(s.Kind)
	}
	if len(b.sets) > 0 || len(b.runs) == 0 {
		return 0, false
	}
	b.order()
	if b.runs[0].value < 0 {
		return 0, false
	}
	if s.Percent {
		return b.byRank(s)
	}
	return b.byValue(s)
}

func (b *bucket) order() {
	if !b.ordered {
		slices.SortFunc(b.runs, func(x, y run) int { return cmp.Compare(x.value, y.value) })
		b.ordered = true
	}
}

func (b *bucket) simple(k Kind) (float64, bool) {
	count, sum, low, high := 0.0, 0.0, math.Inf(1), math.Inf(-1)
	for _, r := range b.runs {
		count += float64(r.count)
		sum += r.value * float64(r.count)
		low, high = min(low, r.value), max(high, r.value)
	}
	for _, x := range b.sets {
		count += x.count
		sum += x.sum
		low, high = min(low, x.min), max(high, x.max)
	}
	if count == 0 {
		return 0, false
	}
	return map[Kind]float64{SampleCount: count, Sum: sum, Average: sum / count, Minimum: low, Maximum: high}[k], true
}

// byRank evaluates a statistic whose bounds are percentages: the values with
// ranks above rank(lo) and up to rank(hi).
func (b *bucket) byRank(s Stat) (float64, bool) {
	total := b.count()
	lo, hi := uint64(0), total
	if s.Lo.Set {
		lo = rank(s.Lo.Value, total)
	}
	if s.Hi.Set {
		hi = rank(s.Hi.Value, total)
	}
	switch s.Kind {
	case Percentile:
		return b.at(max(hi, 1)), true
	case WinsorizedMean:
		low, high := b.at(max(lo, 1)), b.at(max(hi, 1))
		return b.winsorized(low, high), true
	}
	var count, sum, seen float64
	for _, r := range b.runs {
		// How much of this run lies within the ranks (lo, hi].
		first, last := max(seen, float64(lo)), min(seen+float64(r.count), float64(hi))
		if last > first {
			count += last - first
			sum += r.value * (last - first)
		}
		seen += float64(r.count)
	}
	return trimmed(s.Kind, count, sum)
}

// byValue evaluates a statistic whose bounds are values: those above lo and up
// to hi. "Exclusive at the lower, inclusive at the upper bound" is AWS's rule.
func (b *bucket) byValue(s Stat) (float64, bool) {
	low, high := math.Inf(-1), math.Inf(1)
	if s.Lo.Set {
		low = s.Lo.Value
	}
	if s.Hi.Set {
		high = s.Hi.Value
	}
	if s.Kind == WinsorizedMean {
		return b.winsorized(low, high), true
	}
	// Where the range starts; the runs are in order, and a histogram asks for
	// hundreds of ranges of the same bucket.
	first, _ := slices.BinarySearchFunc(b.runs, low, func(r run, bound float64) int {
		if r.value <= bound {
			return -1
		}
		return 1
	})
	var count, sum float64
	for _, r := range b.runs[first:] {
		if r.value > high {
			break
		}
		count += float64(r.count)
		sum += r.value * float64(r.count)
	}
	if s.Kind == PercentileRank {
		return 100 * count / float64(b.count()), true
	}
	return trimmed(s.Kind, count, sum)
}

func trimmed(k Kind, count, sum float64) (float64, bool) {
	switch k {
	case TrimmedCount:
		return count, true
	case TrimmedSum:
		return sum, true
	}
	return sum / count, count > 0
}

func (b *bucket) winsorized(low, high float64) float64 {
	sum := 0.0
	for _, r := range b.runs {
		sum += min(max(r.value, low), high) * float64(r.count)
	}
	return sum / float64(b.count())
}

func (b *bucket) count() uint64 {
	n := uint64(0)
	for _, r := range b.runs {
		n += uint64(r.count)
	}
	return n
}

// at returns the value with the given rank, from 1.
func (b *bucket) at(rank uint64) float64 {
	seen := uint64(0)
	for _, r := range b.runs {
		if seen += uint64(r.count); seen >= rank {
			return r.value
		}
	}
	return b.runs[len(b.runs)-1].value
}

// rank is ceil(percent/100 * n) without rounding error: percentages have at
// most 10 decimals, so they are whole numbers of 10^-10 %.
func rank(percent float64, n uint64) uint64 {
	const whole = 100 * 1e10
	high, low := bits.Mul64(uint64(math.Round(percent*1e10)), n)
	quotient, rest := bits.Div64(high, low, whole)
	if rest > 0 {
		quotient++
	}
	return quotient
}
