package stats

import "math"

// Steady is where a series stops warming up.
type Steady struct {
	Cut     int  // values to leave out at the start, 0 unless Reached
	Reached bool // a steady state was found
	Known   bool // the series was long enough, and positive, to look for one
}

// leastBatches of five values are what the search wants: it looks at the first
// half, and the variance of fewer than ten means is mostly chance.
const leastBatches = 20

// WarmUp looks for the end of a warm-up in the values of one trial, in the order
// of time, with MSER-5 (White, Cobb and Spratt, Winter Simulation Conference
// 2000, 755) on the logarithm: the cut after which the mean of what is left has
// the least estimated error, in batches of five values. The cut is lengthened by
// half, since on the log scale it comes out short where values scatter widely; a
// least error that lies beyond half of the series means that no steady state was
// reached. It is a check, and no replacement for warming up: a change in the last
// part of a series is not what it looks for.
func WarmUp(values []float64) Steady {
	means := logMeans(values, 5)
	if len(means) < leastBatches {
		return Steady{}
	}
	cut := mser(means)
	if cut > len(means)/2 {
		return Steady{Known: true}
	}
	return Steady{Cut: (cut*5*3 + 1) / 2, Reached: true, Known: true}
}

// logMeans is the mean logarithm of each whole batch; none when a value has no
// logarithm.
func logMeans(values []float64, batch int) []float64 {
	means := make([]float64, len(values)/batch)
	for i, v := range values[:len(means)*batch] {
		if !(v > 0) || math.IsInf(v, 1) {
			return nil
		}
		means[i/batch] += math.Log(v) / float64(batch)
	}
	return means
}

// mser is the number of leading values without which the variance of the rest,
// over their number, is least. The last five never stand alone: so few are close
// together by chance.
func mser(values []float64) int {
	best, least := 0, math.Inf(1)
	mean, squares, n := 0.0, 0.0, 0.0 // Welford's, from the end
	for i := len(values) - 1; i >= 0; i-- {
		n++
		off := values[i] - mean
		mean += off / n
		squares += off * (values[i] - mean)
		if n > 5 && squares/(n*n) <= least {
			best, least = i, squares/(n*n)
		}
	}
	return best
}
