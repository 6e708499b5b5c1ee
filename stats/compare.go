package stats

import (
	"fmt"
	"math"
)

// Compare compares a figure of B with that of A, whose values came in the same
// rounds: a[i] and b[i] are those of round i. A round that is empty on either
// side is left out for both.
//
// The ratio is that of the pooled figures. Its interval draws rounds for both
// sides together, so that what slowed both in a round cancels, takes the
// deviation of the log ratio and widens it as Quantiles does. P is the exact
// signed-rank test on the log ratio of each round, which needs no assumption but
// that a round treats both alike when they are equal.
//
// The verdict is left to Judge, which knows the family.
func Compare(a, b [][]float64, f Figure, seed uint64) Comparison {
	a, b = common(a, b)
	pa, pb := newPool(a), newPool(b)
	c := contrast(pa, pb, f, len(a))
	c.Test, c.Pairs = "signed-rank", len(a)
	if c.Ratio.Refused == "" && c.Ratio.Note == "" {
		r := NewResample(len(a), resamples, seed)
		draws, over := r.of(pb, []Figure{f})[0], r.of(pa, []Figure{f})[0]
		for d := range draws {
			draws[d] /= over[d]
		}
		c.Ratio.Lo, c.Ratio.Hi = LogInterval(c.Ratio.Point, draws, len(a))
	}
	if len(a) == 0 || !pa.positive() || !pb.positive() {
		return c
	}
	d := logRatios(pa.byRound(f), pb.byRound(f))
	c.P, c.SD = SignedRank(d), Deviation(d)
	c.Adjusted = c.P
	c.shifted(pseudomedian(d))
	if least := LeastRounds(1, 0.05); len(d) < least {
		c.note(fmt.Sprintf("%s: no result of the signed-rank test is below 5 %% with fewer than %d", rounds(len(d)), least))
	}
	return c
}

// common is the rounds that have values on both sides.
func common(a, b [][]float64) (both, with [][]float64) {
	for i := range min(len(a), len(b)) {
		if len(a[i]) > 0 && len(b[i]) > 0 {
			both, with = append(both, a[i]), append(with, b[i])
		}
	}
	return both, with
}

// contrast is a comparison of pooled values without intervals and tests, over
// the rounds that its intervals would rest on.
func contrast(a, b *pool, f Figure, rounds int) Comparison {
	nan := math.NaN()
	none := Estimate{Point: nan, Lo: nan, Hi: nan, N: len(a.sorted) + len(b.sorted), Rounds: rounds}
	c := Comparison{Ratio: none, Shift: none, Wins: wins(a.sorted, b.sorted), P: nan, Adjusted: nan, SD: nan, Verdict: Inconclusive}
	c.Ratio.Point = f.of(b.sorted) / f.of(a.sorted)
	if c.Ratio.Refused = refusal(a, b, f); c.Ratio.Refused == "" {
		c.Ratio.Note = noInterval(rounds, a.positive() && b.positive())
	}
	c.Shift.Note = "no rank test: it needs rounds of positive values"
	return c
}

// refusal says which side cannot bear the figure, and why.
func refusal(a, b *pool, f Figure) string {
	if why := a.refusal(f); why != "" {
		return "A: " + why
	}
	if why := b.refusal(f); why != "" {
		return "B: " + why
	}
	return ""
}

// shifted sets the shift from its logarithms.
func (c *Comparison) shifted(point, lo, hi float64) {
	c.Shift.Point, c.Shift.Lo, c.Shift.Hi, c.Shift.Note = math.Exp(point), math.Exp(lo), math.Exp(hi), ""
	if !c.Shift.HasInterval() {
		c.Shift.Note = fmt.Sprintf("no interval: the %s test has none with %s", c.Test, rounds(c.Pairs))
	}
}

// note adds what is not said yet.
func (c *Comparison) note(text string) {
	for _, said := range c.Notes {
		if said == text {
			return
		}
	}
	c.Notes = append(c.Notes, text)
}

func logRatios(a, b []float64) []float64 {
	d := make([]float64, len(a))
	for i := range a {
		d[i] = math.Log(b[i] / a[i])
	}
	return d
}

// wins is the share of pairs of a value of a and one of b in which b is the
// lower, ties half; both sorted. NaN when a side has none.
func wins(a, b []float64) float64 {
	below, upTo, sum := 0, 0, 0
	for _, v := range a {
		for below < len(b) && b[below] < v {
			below++
		}
		for upTo < len(b) && b[upTo] <= v {
			upTo++
		}
		sum += below + upTo
	}
	return float64(sum) / 2 / float64(len(a)) / float64(len(b))
}
