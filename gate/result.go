package gate

import "frontdoor/stats"

// Outcome is what became of a gate.
type Outcome string

// The outcomes.
const (
	Pass         Outcome = "pass"
	Fail         Outcome = "fail"
	Inconclusive Outcome = "inconclusive" // the interval holds both sides of the limit
	Invalid      Outcome = "invalid"      // a figure that it needs was not measured, or must not be believed
)

// Result is a gate judged for one front, or once when it names all its fronts.
type Result struct {
	Gate    string   // as written
	Front   string   // the front that it was judged for; "" when the gate names its fronts
	Named   []string // the fronts that the gate names, in order, each once
	Outcome Outcome
	// Value is what the gate compares and Limit what it is compared with, each as
	// one estimate in base units (seconds, dollars, shares, requests). A limit
	// that is a plain number has no interval. Where both sides are measured, the
	// outcome rests on their difference, Margin.
	Value, Limit stats.Estimate
	Margin       stats.Estimate // limit side minus value side, positive when the gate holds
	Unit         Dimension      // of all three
	Op           string         // as written: "<"
	Confidence   float64        // of the intervals: 0.95 over rounds, 0.8 over the forecast's worlds, 1 exact
	Why          string         // one phrase: the figures in words, or why it is invalid
}
