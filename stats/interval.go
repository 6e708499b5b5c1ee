package stats

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// Estimate is a figure with its 95 % interval.
type Estimate struct {
	Point  float64
	Lo, Hi float64 // NaN when no interval could be given
	N      int     // values it rests on
	Rounds int     // rounds they came in
	// Refused says why Point must not be shown, "" when it may.
	Refused string
	// Note says why there is no interval although there is a point.
	Note string
}

// HasInterval reports whether Lo and Hi hold an interval.
func (e Estimate) HasInterval() bool { return !math.IsNaN(e.Lo) && !math.IsNaN(e.Hi) }

// resamples of rounds; the interval's ends move by about 2 % of its width
// between seeds at this number.
const resamples = 1000

// Quantiles estimates the quantiles qs of positive values that came in rounds.
//
// The point is the quantile of all values pooled (a mean of per-round p99s is
// biased by 5 % to 34 %). The interval resamples rounds: 1000 draws of R rounds
// with replacement, the standard deviation of the log quantile, widened by
// sqrt(R/(R-1)) and Student's t with R-1 degrees of freedom. In simulations
// with autocorrelated and bursty rounds it covers 89 % to 97.5 %, where the
// percentile bootstrap covers 80 % to 93 %.
func Quantiles(rounds [][]float64, qs []float64, seed uint64) []Estimate {
	rounds = slices.DeleteFunc(slices.Clone(rounds), func(r []float64) bool { return len(r) == 0 })
	pooled := Sorted(slices.Concat(rounds...))
	estimates := make([]Estimate, len(qs))
	var open []int // quantiles that get an interval
	for i, q := range qs {
		e := Estimate{Point: Quantile(pooled, q), Lo: math.NaN(), Hi: math.NaN(), N: len(pooled), Rounds: len(rounds)}
		effective := EffectiveSamples(rounds, q)
		switch {
		case len(pooled) == 0:
			e.Refused = "no values"
		case effective < float64(MinSamples(q)):
			e.Refused = fmt.Sprintf("%d requests are worth %.0f independent ones and p%s needs %d", len(pooled), effective, percent(q), MinSamples(q))
		case len(rounds) < 3:
			e.Note = fmt.Sprintf("no interval: it needs 3 rounds and there are %d", len(rounds))
		case pooled[0] <= 0:
			e.Note = "no interval: a value is not positive"
		default:
			open = append(open, i)
		}
		estimates[i] = e
	}
	for k, sd := range spread(rounds, pooled, qs, open, seed) {
		e := &estimates[open[k]]
		r := float64(len(rounds))
		half := StudentT(0.975, len(rounds)-1) * sd * math.Sqrt(r/(r-1))
		e.Lo, e.Hi = e.Point*math.Exp(-half), e.Point*math.Exp(half)
	}
	return estimates
}

// spread is the standard deviation of the log quantile over resampled rounds,
// for each quantile in open. Every value is given its rank in the pooled order
// once, so that a resample is a counting pass and no sort.
func spread(rounds [][]float64, pooled, qs []float64, open []int, seed uint64) []float64 {
	if len(open) == 0 {
		return nil
	}
	ranks := make([][]int, len(rounds))
	for i, round := range rounds {
		ranks[i] = make([]int, len(round))
		for j, v := range round {
			ranks[i][j], _ = slices.BinarySearch(pooled, v)
		}
	}
	rng := rand.New(rand.NewPCG(seed, uint64(len(pooled))))
	counts := make([]int, len(pooled))
	logs := make([][]float64, len(open))
	for range resamples {
		clear(counts)
		n := 0
		for range rounds {
			drawn := ranks[rng.IntN(len(ranks))]
			n += len(drawn)
			for _, rank := range drawn {
				counts[rank]++
			}
		}
		for k, i := range open {
			logs[k] = append(logs[k], math.Log(pooled[nth(counts, int(math.Ceil(qs[i]*float64(n))))]))
		}
	}
	sds := make([]float64, len(open))
	for k := range logs {
		sds[k] = deviation(logs[k])
	}
	return sds
}

// nth is the index at which the running count reaches n.
func nth(counts []int, n int) int {
	for i, c := range counts {
		if n -= c; n <= 0 {
			return i
		}
	}
	return len(counts) - 1
}

func deviation(values []float64) float64 {
	mean, sum := Mean(values), 0.0
	for _, v := range values {
		sum += (v - mean) * (v - mean)
	}
	return math.Sqrt(sum / float64(len(values)-1))
}

func percent(q float64) string {
	return fmt.Sprintf("%g", math.Round(q*1e6)/1e4)
}

// Proportion estimates a rate of k in n with Wilson's 95 % interval
// (Journal of the American Statistical Association 22, 1927, 209), which stays
// inside 0 to 1 and is right for rates near zero, as those of cold starts are.
func Proportion(k, n int) Estimate {
	if n == 0 {
		return Estimate{Point: math.NaN(), Lo: math.NaN(), Hi: math.NaN(), Refused: "no requests"}
	}
	const z = 1.959963984540054
	p, m := float64(k)/float64(n), float64(n)
	centre := (p + z*z/(2*m)) / (1 + z*z/m)
	half := z / (1 + z*z/m) * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	lo, hi := max(0, centre-half), min(1, centre+half)
	if k == 0 {
		lo = 0
	}
	if k == n {
		hi = 1
	}
	return Estimate{Point: p, Lo: lo, Hi: hi, N: n}
}
