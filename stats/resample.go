package stats

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// resamples of rounds; the interval's ends move by about 2 % of its width
// between seeds at this number.
const resamples = 1000

// Resample is draws of rounds with replacement. One Resample serves all fronts
// of a run: a round that was slow for one was slow for all, and only a common
// draw lets that cancel in a difference or a ratio.
type Resample struct {
	rounds int
	times  [][]int32 // how often each round is in a draw, by draw
}

// NewResample draws as many rounds as there are, draws times, from a seed. It
// panics when a number is negative.
func NewResample(rounds, draws int, seed uint64) Resample {
	return newResample(rounds, draws, rand.New(rand.NewPCG(seed, uint64(rounds))))
}

func newResample(rounds, draws int, rng *rand.Rand) Resample {
	r := Resample{rounds, make([][]int32, draws)}
	for d := range r.times {
		r.times[d] = make([]int32, rounds)
		for range rounds {
			r.times[d][rng.IntN(rounds)]++
		}
	}
	return r
}

// Draws is each figure of the pooled values (points, by figure) and its value in
// each draw (draws, by figure and then by draw). A round may be empty: the draws
// that it is in then have fewer values; a draw of nothing but empty rounds is
// NaN. It panics unless there are as many rounds as the Resample was made for.
func (r Resample) Draws(rounds [][]float64, figures []Figure) (points []float64, draws [][]float64) {
	if len(rounds) != r.rounds {
		panic(fmt.Sprintf("stats: a resample of %d rounds was given %d", r.rounds, len(rounds)))
	}
	p := newPool(rounds)
	points = make([]float64, len(figures))
	for i, f := range figures {
		points[i] = f.of(p.sorted)
	}
	return points, r.of(p, figures)
}

// of is each figure of the pool in each draw, by figure and then by draw.
func (r Resample) of(p *pool, figures []Figure) [][]float64 {
	qs := make([]float64, len(figures))
	draws := make([][]float64, len(figures))
	for i, f := range figures {
		qs[i], draws[i] = f.q, make([]float64, len(r.times))
	}
	order := ascending(qs)
	sorted := make([]Figure, len(figures))
	for k, i := range order {
		sorted[k] = figures[i]
	}
	drawn := make([]float64, len(figures))
	for d, times := range r.times {
		p.drawn(times, sorted, drawn)
		for k, i := range order {
			draws[i][d] = drawn[k]
		}
	}
	return draws
}

// Interval is the 95 % interval of a point from its draws: their standard
// deviation, widened by sqrt(R/(R-1)) because R rounds were drawn from R, times
// Student's t with R-1 degrees of freedom. Rounds is the number of rounds that
// hold values. NaN below 3 rounds and when a draw is infinite; draws that are
// NaN are left out.
func Interval(point float64, draws []float64, rounds int) (lo, hi float64) {
	if rounds < 3 {
		return math.NaN(), math.NaN()
	}
	half := StudentT(0.975, rounds-1) * scatter(draws) * widening(rounds)
	return point - half, point + half
}

// LogInterval is Interval on the log scale, for figures that are ratios or
// times: its ends are positive. NaN too when the point or a draw is not positive.
func LogInterval(point float64, draws []float64, rounds int) (lo, hi float64) {
	if !(point > 0) || slices.ContainsFunc(draws, func(v float64) bool { return v <= 0 }) {
		return math.NaN(), math.NaN()
	}
	lo, hi = Interval(0, logs(draws), rounds)
	return point * math.Exp(lo), point * math.Exp(hi)
}

// scatter is the deviation of the draws that hold values.
func scatter(draws []float64) float64 {
	return Deviation(slices.DeleteFunc(slices.Clone(draws), math.IsNaN))
}

// widening is what a deviation of draws of R rounds out of R lacks.
func widening(rounds int) float64 {
	r := float64(rounds)
	return math.Sqrt(r / (r - 1))
}

func logs(values []float64) []float64 {
	l := make([]float64, len(values))
	for i, v := range values {
		l[i] = math.Log(v)
	}
	return l
}

// Deviation is the sample standard deviation; NaN below two values.
func Deviation(values []float64) float64 {
	if len(values) < 2 {
		return math.NaN()
	}
	mean, sum := Mean(values), 0.0
	for _, v := range values {
		sum += (v - mean) * (v - mean)
	}
	return math.Sqrt(sum / float64(len(values)-1))
}
