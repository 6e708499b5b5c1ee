package stats

import "math"

// Holm is the p-values adjusted for their being a family, by Holm's step-down
// method (Scandinavian Journal of Statistics 6, 1979, 65), in the order given:
// to call those below alpha different is wrong about any of them in at most
// alpha of families. A NaN stays one and counts as a comparison that was made:
// a figure that was refused after the fact does not make the others surer.
func Holm(ps []float64) []float64 {
	order := ascending(ps)
	adjusted := make([]float64, len(ps))
	least := 0.0
	for k, i := range order {
		least = max(least, min(1, float64(len(ps)-k)*ps[i]))
		adjusted[i] = least // NaN, which sorts last here, passes through max
	}
	return adjusted
}

// LeastRounds is the least number of rounds with which the signed-rank test can
// fall below alpha after Holm over so many comparisons: its p is at least 2/2^R.
// That is 6 for one comparison at 5 %, 9 for ten. 0 when alpha is not between 0
// and 1.
func LeastRounds(comparisons int, alpha float64) int {
	return leastRounds(comparisons, alpha, func(rounds int) float64 { return 2 / math.Exp2(float64(rounds)) })
}

// leastRoundsOfRuns is the same for the rank-sum test, whose p with R rounds on
// either side is at least 2/C(2R, R).
func leastRoundsOfRuns(comparisons int, alpha float64) int {
	return leastRounds(comparisons, alpha, func(rounds int) float64 {
		p := 2.0
		for i := 1; i <= rounds; i++ {
			p *= float64(i) / float64(rounds+i)
		}
		return p
	})
}

func leastRounds(comparisons int, alpha float64, leastP func(rounds int) float64) int {
	if !(alpha > 0 && alpha < 1) {
		return 0
	}
	rounds := 1
	for float64(max(comparisons, 1))*leastP(rounds) >= alpha {
		rounds++
	}
	return rounds
}

// PlanRounds is about how many rounds find a difference of the share delta (0.05
// for 5 %) in four of five sessions at alpha 5 %, given the standard deviation of
// the log ratio of a round: Student's test's number times pi/3, the price of
// using ranks, plus 2 for t in place of z, and never below 6. 0 when it cannot be
// said: delta or sd is not a positive number, or the number is beyond a million.
func PlanRounds(sd, delta float64) int { return planRounds(sd, delta, 0.05) }

// planRounds is PlanRounds at another alpha, such as that of one comparison of a
// family.
func planRounds(sd, delta, alpha float64) int {
	const power = 0.8416212335729143 // the normal deviate of 80 %
	z := math.Sqrt2*math.Erfinv(1-alpha) + power
	rounds := math.Pi/3*math.Pow(z*sd/math.Log1p(delta), 2) + 2
	if !(sd >= 0 && delta > 0 && rounds <= 1e6) {
		return 0
	}
	return max(6, int(math.Ceil(rounds)))
}
