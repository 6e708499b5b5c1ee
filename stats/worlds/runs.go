package worlds

import (
	"fmt"
	"math"
	"math/rand/v2"

	"frontdoor/stats"
)

// runs is about two runs of the same fronts, an hour or a week apart: whatever
// differed between the hours is in the difference, and no test can tell.
func runs(times int) Experiment {
	e := Experiment{
		Title: "Two runs of equal fronts: sessions in which something seems to have changed",
		Text: `Four fronts in 12 rounds of 400 requests, run twice, with trials that differ by 3 % and AR(1) .5 inside; all fronts of a run share the factor of its hour, which is lognormal with the sd given.
CompareRuns and Judge at p50, a family of four, 5 %. A comparison of two runs has one sample of an hour on either side: what its test promises holds for hours that are alike, and for no others.`,
		Columns: []string{"**some front slower**", "**some front faster or slower**"},
		Times:   times,
	}
	for _, sd := range []float64{0, 0.02, 0.05, 0.1} {
		e.Rows = append(e.Rows, Row{fmt.Sprintf("hours differ by %g %%", 100*sd), func(rng *rand.Rand) []Outcome { return changed(sd, rng) }})
	}
	return e
}

func changed(sd float64, rng *rand.Rand) []Outcome {
	const fronts, rounds, requests = 4, 12, 400
	w := World{Name: "hours", Rho: 0.5, Trial: 0.03}
	hour := func() [][][]float64 {
		s := equal(fronts, rounds, requests, blocks)
		level := math.Exp(sd * rng.NormFloat64())
		for i := range s.effects {
			s.effects[i] = level
		}
		return s.run(w, rng)
	}
	before, after := hour(), hour()
	var family []*stats.Comparison
	for f := range fronts {
		c := stats.CompareRuns(before[f], after[f], p50(), rng.Uint64())
		family = append(family, &c)
	}
	slower, any := false, false
	for _, v := range judged(family...) {
		slower = slower || v == stats.Slower
		any = any || v == stats.Slower || v == stats.Faster
	}
	return []Outcome{outcome(slower), outcome(any)}
}
