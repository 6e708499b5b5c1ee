package worlds

import (
	"math"
	"math/rand/v2"
)

// order is how trials follow each other.
type order int

const (
	blocks      order = iota // every round visits every front, in a fresh random order
	alternating              // every round visits every front, in the same order: ABAB
	sequential               // one front after the other: AAABBB
)

// session is a design: fronts, rounds and requests per trial.
type session struct {
	rounds, requests int
	effects          []float64 // true factor of each front; their number is that of the fronts
	order            order
}

// equal is so many fronts with no difference.
func equal(fronts, rounds, requests int, o order) session {
	s := session{rounds: rounds, requests: requests, effects: make([]float64, fronts), order: o}
	for i := range s.effects {
		s.effects[i] = 1
	}
	return s
}

// pair is two fronts, the second of which takes ratio times as long.
func pair(rounds, requests int, ratio float64) session {
	return session{rounds: rounds, requests: requests, effects: []float64{1, ratio}}
}

// run makes the times of a session, by front and then by round. One clock runs
// across all its trials.
func (s session) run(w World, rng *rand.Rand) [][][]float64 {
	fronts := len(s.effects)
	times := make([][][]float64, fronts)
	for f := range times {
		times[f] = make([][]float64, s.rounds)
	}
	drift := make([]float64, fronts*s.rounds)
	if w.drift != nil {
		drift = w.drift(rng, len(drift))
	}
	for i, front := range s.turns(rng) {
		round := i / fronts
		if s.order == sequential {
			round = i % s.rounds
		}
		times[front][round] = w.trial(rng, s.requests, drift[i]+math.Log(s.effects[front]))
	}
	return times
}

// turns is the front of each trial in the order of time.
func (s session) turns(rng *rand.Rand) []int {
	fronts := len(s.effects)
	turns := make([]int, fronts*s.rounds)
	for i := range turns {
		turns[i] = i % fronts
		if s.order == sequential {
			turns[i] = i / s.rounds
		}
	}
	if s.order == blocks {
		for start := 0; start < len(turns); start += fronts {
			copy(turns[start:], rng.Perm(fronts))
		}
	}
	return turns
}
