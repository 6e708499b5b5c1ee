package stats

import (
	"fmt"
	"math"
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

// Quantiles estimates the quantiles qs of positive values that came in rounds.
//
// The point is the quantile of all values pooled (a mean of per-round p99s
// is too low, the more so the fewer values a round has). The interval resamples
// rounds: 1000 draws of R rounds with replacement, the standard deviation of the
// log quantile, widened by sqrt(R/(R-1)) and Student's t with R-1 degrees of
// freedom. docs/error-rates.md has its measured coverage.
func Quantiles(rounds [][]float64, qs []float64, seed uint64) []Estimate {
	rounds = slices.DeleteFunc(slices.Clone(rounds), func(r []float64) bool { return len(r) == 0 })
	p := newPool(rounds)
	estimates := make([]Estimate, len(qs))
	var open []int // quantiles that get an interval
	var figures []Figure
	for i, q := range qs {
		estimates[i] = p.estimate(Figure{q: q})
		if estimates[i].Refused == "" && estimates[i].Note == "" {
			open, figures = append(open, i), append(figures, Figure{q: q})
		}
	}
	if len(open) == 0 {
		return estimates
	}
	r := NewResample(len(rounds), resamples, seed)
	for k, draws := range r.of(p, figures) {
		e := &estimates[open[k]]
		e.Lo, e.Hi = LogInterval(e.Point, draws, len(rounds))
	}
	return estimates
}

// estimate is a figure of rounds none of which is empty, without its interval:
// refused, or with a note where it can have none.
func (p *pool) estimate(f Figure) Estimate {
	e := Estimate{Point: f.of(p.sorted), Lo: math.NaN(), Hi: math.NaN(), N: len(p.sorted), Rounds: len(p.rounds)}
	if e.Refused = p.refusal(f); e.Refused == "" {
		e.Note = noInterval(len(p.rounds), p.positive())
	}
	return e
}

// noInterval says why there can be none on the log scale, "" when there can.
func noInterval(n int, positive bool) string {
	switch {
	case n < 3:
		return "no interval: it needs 3 rounds and there " + isOrAre(n)
	case !positive:
		return "no interval: a value is not positive"
	}
	return ""
}

// rounds is "1 round", "2 rounds".
func rounds(n int) string {
	if n == 1 {
		return "1 round"
	}
	return fmt.Sprintf("%d rounds", n)
}

// isOrAre is "is 1", "are 2".
func isOrAre(n int) string {
	if n == 1 {
		return "is 1"
	}
	return fmt.Sprintf("are %d", n)
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
