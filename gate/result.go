package gate

import "frontdoor/stats"

// Outcome is what became of a gate.
type Outcome string

// The outcomes.
const (
	Pass         Outcome = "pass"
	Fail         Outcome = "fail"
	Inconclusive Outcome = "inconclusive" // the interval holds both sides of the limit, or there is none
	Invalid      Outcome = "invalid"      // a figure that it needs was not measured, or must not be believed
)

// Result is a gate judged for one front, or once when it names all its fronts.
type Result struct {
	Gate    string // as written
	Front   string // the front that it was judged for; "" when the gate names its fronts
	Outcome Outcome
	// Value is what the gate compares and Limit what it is compared with, each as
	// one estimate in base units (seconds, dollars, shares, requests); exact
	// figures have no interval. Value is the left side, or the right one when the
	// left one is a plain number. N and Rounds are the smallest of the figures
	// added up, and 0 for a plain number. A figure that is not known is NaN, and
	// Refused says why.
	Value, Limit  stats.Estimate
	What, Against string // Value and Limit in words, "p(95) of alb"; Against is "" for a plain number
	// Margin is how far the gate is from the limit: limit less value, or value less
	// limit where the gate wants more; where it wants an order it is positive when
	// the gate holds. The outcome rests on it, not on the intervals of both sides.
	Margin     stats.Estimate
	Unit       Dimension // of all three
	Op         string    // between Value and Limit: as written, or turned round as they are
	Confidence float64   // of the intervals: 0.95 over rounds, 0.8 over the forecast's worlds, 1 exact, 0 none
	Why        string    // a phrase without figures: why it is not decided, or what weakens it; "" when all is said
}

// Worst is the outcome of gates together: invalid, else fail, else inconclusive,
// else pass. Nothing was asked and everything held when there are no results.
func Worst(results []Result) Outcome {
	worst := Pass
	for _, r := range results {
		if r.Outcome.badness() > worst.badness() {
			worst = r.Outcome
		}
	}
	return worst
}

// badness orders outcomes. One that is none, such as that of the zero Result,
// counts as invalid.
func (o Outcome) badness() int {
	switch o {
	case Pass:
		return 0
	case Inconclusive:
		return 1
	case Fail:
		return 2
	case Invalid:
		return 3
	}
	return 3
}
