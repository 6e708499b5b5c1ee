package worlds

import (
	"math/rand/v2"

	"frontdoor/stats"
)

// rule is the one that the program judges with unless told otherwise.
func rule() stats.Rule { return stats.Rule{Alpha: 0.05, Delta: 0.05} }

func p50() stats.Figure { return stats.QuantileOf(0.5) }
func p99() stats.Figure { return stats.QuantileOf(0.99) }

// pairs is about two equal fronts: who calls one the winner?
func pairs(times int) Experiment {
	e := Experiment{
		Title: "Two equal fronts: sessions with a false winner",
		Text: `10 rounds of 400 requests of each front. The first two columns are what this program does: rounds in random order, Judge. The others are habits:
Mann-Whitney on requests; the rank-sum test on the median of each trial, fronts one after the other; the signed-rank test on the same medians when the order of a round never changes; and
the signed-rank test in random order that is looked at after every round from 6 to 30, until it says what one hoped for. All at 5 %.`,
		Columns: []string{
			"**Judge, p50**", "**Judge, p99**", "requests, random order", "requests, AAABBB",
			"medians, AAABBB", "medians, ABAB", "a look after every round",
		},
		Times: times,
	}
	for _, w := range Worlds() {
		e.Rows = append(e.Rows, Row{w.Name, func(rng *rand.Rand) []Outcome { return falseWinners(w, rng) }})
	}
	return e
}

func falseWinners(w World, rng *rand.Rand) []Outcome {
	const rounds, requests = 10, 400
	random := equal(2, rounds, requests, blocks).run(w, rng)
	turns := equal(2, rounds, requests, alternating).run(w, rng)
	apart := equal(2, rounds, requests, sequential).run(w, rng)
	return []Outcome{
		winner(random, p50(), rng.Uint64()),
		winner(random, p99(), rng.Uint64()),
		outcome(stats.RankSum(flat(random[0]), flat(random[1])) < rule().Alpha),
		outcome(stats.RankSum(flat(apart[0]), flat(apart[1])) < rule().Alpha),
		outcome(stats.RankSum(stats.ByRound(apart[0], p50()), stats.ByRound(apart[1], p50())) < rule().Alpha),
		outcome(stats.SignedRank(differences(turns)) < rule().Alpha),
		outcome(sooner(equal(2, 30, requests, blocks).run(w, rng))),
	}
}

// winner reports whether the comparison of two fronts names one.
func winner(times [][][]float64, f stats.Figure, seed uint64) Outcome {
	c := stats.Compare(times[0], times[1], f, seed)
	return outcome(won(judged(&c)))
}

// judged is the verdicts of a family.
func judged(family ...*stats.Comparison) []stats.Verdict {
	if err := stats.Judge(family, rule()); err != nil {
		panic(err) // the rule is a constant of this file
	}
	var verdicts []stats.Verdict
	for _, c := range family {
		verdicts = append(verdicts, c.Verdict)
	}
	return verdicts
}

// won reports whether a verdict names a winner.
func won(verdicts []stats.Verdict) bool {
	for _, v := range verdicts {
		if v == stats.Faster || v == stats.Slower {
			return true
		}
	}
	return false
}

// sooner looks after every round from the sixth on.
func sooner(times [][][]float64) bool {
	d := differences(times)
	for rounds := 6; rounds <= len(d); rounds++ {
		if stats.SignedRank(d[:rounds]) < rule().Alpha {
			return true
		}
	}
	return false
}

// differences are those of the medians of each round.
func differences(times [][][]float64) []float64 {
	d := stats.ByRound(times[1], p50())
	for i, median := range stats.ByRound(times[0], p50()) {
		d[i] -= median
	}
	return d
}

func flat(rounds [][]float64) []float64 {
	var all []float64
	for _, round := range rounds {
		all = append(all, round...)
	}
	return all
}

// families is about five equal fronts.
func families(times int) Experiment {
	e := Experiment{
		Title: "Five equal fronts: sessions with any false winner",
		Text: `10 rounds of 200 requests of each front, random order, p50. Judge adjusts by Holm over its family, all ten pairs or the four against a reference; the habit
takes each signed-rank test by itself at 5 %.`,
		Columns: []string{"**Judge, 10 pairs**", "**Judge, 4 against one**", "10 tests at 5 %", "4 tests at 5 %"},
		Times:   times,
	}
	for _, w := range Worlds() {
		e.Rows = append(e.Rows, Row{w.Name, func(rng *rand.Rand) []Outcome { return familyWinners(w, rng) }})
	}
	return e
}

func familyWinners(w World, rng *rand.Rand) []Outcome {
	times := equal(5, 10, 200, blocks).run(w, rng)
	var all, reference []*stats.Comparison
	some, someOfReference := false, false
	for i := range times {
		for j := range i {
			c := stats.Compare(times[j], times[i], p50(), rng.Uint64())
			small := c.P < rule().Alpha
			all, some = append(all, &c), some || small
			if j == 0 {
				again := c
				reference, someOfReference = append(reference, &again), someOfReference || small
			}
		}
	}
	return []Outcome{outcome(won(judged(all...))), outcome(won(judged(reference...))), outcome(some), outcome(someOfReference)}
}
