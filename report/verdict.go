package report

import (
	"frontdoor/gate"
	"frontdoor/pricing"
	"frontdoor/stats"
)

// Comparison is one figure of the front B against the same figure of A, over
// rounds that visited both.
type Comparison struct {
	Metric string // "p50", "p99" or "mean" of the response time, warm environments
	A, B   string // ids; A is the reference
	// Family says that the comparison is one of those that decide: its p is
	// adjusted for their number. The others are exploratory.
	Family bool
	stats.Comparison
	// Floor is how far equal things may come apart by an A/A run, as a share: the
	// farthest end of any interval. Nil when no such run is known.
	Floor *float64
}

// Gate is a gate's result, with the fronts that it names and is a condition on,
// each once: not those that another front is compared with.
type Gate struct {
	gate.Result
	Named []string
}

// Decision is what the evidence proposes. A report proposes; people decide.
type Decision struct {
	Choice    string   // id of the front proposed; "" when the evidence carries none
	Because   string   // a phrase: why it, or why none
	Sentences []string // the verdict, the most important first; fronts are named by their ids
	Cautions  []string // what a reader must know before quoting it: LAB, disagreeing metrics, trials left out
	Flips     []Flip   // what would change the choice of the cheapest, nearest first
	Expires   pricing.Date
}

// Flip is a value of one input at which another front becomes the cheapest, the
// other inputs as expected.
type Flip struct {
	Input    string
	Expected float64
	At       float64
	Above    bool // from At upwards; else below it
}

// Disagreement is two metrics that rank two fronts differently, each clearly.
type Disagreement struct {
	Metrics [2]string
	Fronts  [2]string // the first is the faster one by the first metric, the second by the second
}

// Floor is what an A/A run showed: each front against itself.
type Floor struct {
	Run     string // id of the A/A run
	Same    bool   // the run is this one
	Entries []Comparison
}

// Of is the farthest end of any interval of a metric, as a share; nil when no
// entry has an interval.
func (f *Floor) Of(metric string) *float64 {
	if f == nil {
		return nil
	}
	var most *float64
	for _, e := range f.Entries {
		if e.Metric != metric || !e.Ratio.HasInterval() {
			continue
		}
		if far := max(e.Ratio.Hi, 1/e.Ratio.Lo) - 1; most == nil || far > *most {
			most = &far
		}
	}
	return most
}
