package worlds

import (
	"fmt"
	"math/rand/v2"

	"frontdoor/stats"
)

// size is a length of session.
type size struct{ rounds, requests int }

func (s size) String() string { return fmt.Sprintf("%d × %d", s.rounds, s.requests) }

func sizes() []size { return []size{{12, 150}, {6, 500}, {12, 500}, {6, 2000}} }

// own is about the interval of one front's quantile.
func own(times int) Experiment {
	e := Experiment{
		Title: "One front: intervals that hold the true quantile",
		Text: `Nominal 95 %. Only worlds that stand still: elsewhere a front by itself has no one true quantile. "shown" is the share of sessions in which the
quantile was not refused; coverage is among those. Six trials of 500, or twelve of 150, hold four or five bursts: a session that met fewer looks calm, so its p99 is shown, and is
too low. Nothing in such a session tells; longer trials and more of them do.`,
		Columns: []string{"**p50**", "**p99**", "p50 shown", "p99 shown"},
		Times:   times,
	}
	for _, w := range Worlds() {
		for _, s := range sizes() {
			if w.Still() {
				e.Rows = append(e.Rows, Row{fmt.Sprintf("%s, %s", w.Name, s), func(rng *rand.Rand) []Outcome { return ownCovered(w, s, rng) }})
			}
		}
	}
	return e
}

func ownCovered(w World, s size, rng *rand.Rand) []Outcome {
	times := equal(1, s.rounds, s.requests, blocks).run(w, rng)
	qs := []float64{0.5, 0.99}
	estimates := stats.Quantiles(times[0], qs, rng.Uint64())
	return []Outcome{
		covered(estimates[0], w.Quantile(qs[0])), covered(estimates[1], w.Quantile(qs[1])),
		outcome(estimates[0].HasInterval()), outcome(estimates[1].HasInterval()),
	}
}

// covered is silent about an interval that was not given.
func covered(e stats.Estimate, truth float64) Outcome {
	if !e.HasInterval() {
		return Silent
	}
	return outcome(e.Lo <= truth && truth <= e.Hi)
}

// ratios is about the interval of B/A.
func ratios(times int) Experiment {
	e := Experiment{
		Title: "Two fronts: intervals that hold the true ratio",
		Text: `Nominal 95 %, random order; the second front takes as long as the first, or 10 % longer (every request, so that the truth is the same at every quantile).
"shown" as above, of the equal fronts.`,
		Columns: []string{"**p50, equal**", "**p50, +10 %**", "**p99, equal**", "**p99, +10 %**", "p50 shown", "p99 shown"},
		Times:   times,
	}
	for _, w := range Worlds() {
		for _, s := range sizes() {
			e.Rows = append(e.Rows, Row{fmt.Sprintf("%s, %s", w.Name, s), func(rng *rand.Rand) []Outcome { return ratioCovered(w, s, rng) }})
		}
	}
	return e
}

func ratioCovered(w World, s size, rng *rand.Rand) []Outcome {
	same, slower := pair(s.rounds, s.requests, 1).run(w, rng), pair(s.rounds, s.requests, 1.1).run(w, rng)
	ratio := func(times [][][]float64, f stats.Figure) stats.Estimate {
		return stats.Compare(times[0], times[1], f, rng.Uint64()).Ratio
	}
	middle, tail := ratio(same, p50()), ratio(same, p99())
	return []Outcome{
		covered(middle, 1), covered(ratio(slower, p50()), 1.1), covered(tail, 1), covered(ratio(slower, p99()), 1.1),
		outcome(middle.HasInterval()), outcome(tail.HasInterval()),
	}
}
