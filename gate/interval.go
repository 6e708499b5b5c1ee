package gate

import (
	"fmt"
	"math"
	"slices"

	"frontdoor/stats"
)

// The confidence of intervals. That of worlds is lower, since a forecast is given
// as its 80 % range and says nothing of what lies further out.
const (
	ofRounds = 0.95
	ofWorlds = 0.80
)

// minRounds is the least number of rounds that has an interval, as in stats.Quantiles.
const minRounds = 3

// estimate is c with the interval that its draws give, which always holds the
// point. Without draws there is none.
func (c combination) estimate() stats.Estimate {
	e := stats.Estimate{Point: c.point(), Lo: math.NaN(), Hi: math.NaN(), N: c.values(), Rounds: c.rounds()}
	if c.exact() {
		return e
	}
	draws, err := c.draws()
	if err != nil {
		e.Note = err.Error()
		return e
	}
	if c.from(Rounds) && e.Rounds < minRounds {
		e.Note = fmt.Sprintf("no interval: needs %d rounds and there are %d", minRounds, e.Rounds)
		return e
	}
	e.Lo, e.Hi = e.Point, e.Point
	widen := func(lo, hi float64) { e.Lo, e.Hi = min(e.Lo, lo), max(e.Hi, hi) }
	if c.from(Rounds) {
		widen(c.student(draws, e.Rounds))
		widen(c.wilson())
	}
	if c.from(Worlds) {
		sorted := stats.Sorted(draws)
		widen(stats.Quantile(sorted, (1-ofWorlds)/2), stats.Quantile(sorted, (1+ofWorlds)/2))
	}
	if c.unit == Share && c.lone() {
		e.Lo, e.Hi = max(e.Lo, 0), min(e.Hi, 1)
	}
	return e
}

// confidence is that of the intervals of estimate; of both methods together the
// lower, although the interval is then the wider of the two.
func (c combination) confidence() float64 {
	switch {
	case c.from(Worlds):
		return ofWorlds
	case c.from(Rounds):
		return ofRounds
	}
	return 1
}

// student is the interval of figures whose draws are resampled rounds: Student's
// t with rounds-1 degrees of freedom, and the standard deviation widened by
// sqrt(rounds/(rounds-1)), as in stats.Quantiles. One positive figure has its
// interval on the log scale, which the quantiles of response times are nearer to
// normal on.
func (c combination) student(draws []float64, rounds int) (lo, hi float64) {
	if c.lone() && c.point() > 0 && slices.Min(draws) > 0 {
		return stats.LogInterval(c.point(), draws, rounds)
	}
	return stats.Interval(c.point(), draws, rounds)
}

// wilson is the interval that shares would have if every request were independent:
// Wilson's for one share, and Newcombe's combination of them for several (method 10
// of Statistics in Medicine 17, 1998, 873). Rounds without one failure all look
// alike, however few requests they had; this keeps "no failure in 20 requests"
// from passing for certain. Of other figures it is the point alone.
func (c combination) wilson() (lo, hi float64) {
	below, above := 0.0, 0.0
	for _, p := range c.parts {
		if c.unit != Share || p.From != Rounds {
			continue
		}
		e := stats.Proportion(int(math.Round(p.Point*float64(p.N))), p.N)
		down, up := p.Point-e.Lo, e.Hi-p.Point
		if p.sign < 0 {
			down, up = up, down
		}
		below, above = below+down*down, above+up*up
	}
	return c.point() - math.Sqrt(below), c.point() + math.Sqrt(above)
}
