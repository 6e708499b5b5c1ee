package worlds

import (
	"fmt"
	"math/rand/v2"

	"frontdoor/stats"
)

// power is about how many rounds find a difference.
func power(times int) Experiment {
	w := Worlds()[6]
	e := Experiment{
		Title: "Power: sessions that find a true difference",
		Text: fmt.Sprintf(`World: %s; 400 requests a trial, random order, one comparison, a margin of 5 %%. "slower" is the right verdict; what is neither is
inconclusive, and says how many more rounds would tell.`, w.Name),
		Columns: []string{"**p50 slower**", "p50 equivalent", "p50 faster (wrong)", "**p99 slower**", "p99 equivalent", "p99 faster (wrong)"},
		Times:   times,
	}
	for _, effect := range []float64{1.02, 1.05, 1.1, 1.2} {
		for _, rounds := range []int{6, 8, 10, 15, 20, 30} {
			name := fmt.Sprintf("+%.0f %%, %d rounds", 100*(effect-1), rounds)
			e.Rows = append(e.Rows, Row{name, func(rng *rand.Rand) []Outcome { return found(w, pair(rounds, 400, effect), rng) }})
		}
	}
	return e
}

func found(w World, s session, rng *rand.Rand) []Outcome {
	times := s.run(w, rng)
	var outcomes []Outcome
	for _, f := range []stats.Figure{p50(), p99()} {
		c := stats.Compare(times[0], times[1], f, rng.Uint64())
		verdict := judged(&c)[0]
		outcomes = append(outcomes, outcome(verdict == stats.Slower), outcome(verdict == stats.Equivalent), outcome(verdict == stats.Faster))
	}
	return outcomes
}

// outside is the least true ratio that must not be called equivalent, about.
const outside = 1.0501

// equivalence is about the opposite error.
func equivalence(times int) Experiment {
	e := Experiment{
		Title: "Fronts that differ by just more than the margin: sessions that call them equivalent",
		Text: fmt.Sprintf(`A true ratio of %g where the margin is 5 %%; random order, p50. An interval of 95 %% leaves 2.5 %% on either side, so that is what is promised.
The last two columns are for comparison: equal fronts that are called equivalent, as they should be.`, outside),
		Columns: []string{"**12 × 500**", "**30 × 500**", "equal, 12 × 500", "equal, 30 × 500"},
		Times:   times,
	}
	for _, w := range Worlds() {
		e.Rows = append(e.Rows, Row{w.Name, func(rng *rand.Rand) []Outcome {
			return []Outcome{
				equivalent(w, pair(12, 500, outside), rng), equivalent(w, pair(30, 500, outside), rng),
				equivalent(w, pair(12, 500, 1), rng), equivalent(w, pair(30, 500, 1), rng),
			}
		}})
	}
	return e
}

func equivalent(w World, s session, rng *rand.Rand) Outcome {
	times := s.run(w, rng)
	c := stats.Compare(times[0], times[1], p50(), rng.Uint64())
	return outcome(judged(&c)[0] == stats.Equivalent)
}
