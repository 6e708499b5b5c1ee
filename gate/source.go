package gate

import (
	"fmt"
	"math"
)

// Source gives the measured figures of a run.
type Source interface {
	// Fronts lists the fronts of the run, in the order of their results.
	Fronts() []string
	// Sample is the figure of a front, whatever m.Front says. The error says in a
	// phrase why it was not measured or must not be believed. One figure may be
	// asked for more than once.
	Sample(front string, m Metric) (Sample, error)
}

// Method is where the draws of a sample come from.
type Method string

// The methods.
const (
	Exact  Method = ""       // the figure has no error: it says what happened in the run
	Rounds Method = "rounds" // rounds drawn with replacement
	Worlds Method = "worlds" // forecast and durations drawn together
)

// Sample is a figure with what is known of its error: joint draws. Draw i of
// every sample of one Source is the same world, so that the draws of a difference
// are the differences of the draws.
type Sample struct {
	Point  float64   // in base units: seconds, shares, requests, dollars
	Draws  []float64 // in the same unit; nil when Exact; NaN where only rounds without values were drawn
	From   Method
	Rounds int // that were drawn from, when From is Rounds
	N      int // values that the figure rests on
}

// check says why the sample of a metric of dimension d must not be used, if so.
func (s Sample) check(d Dimension) error {
	switch {
	case math.IsNaN(s.Point) || math.IsInf(s.Point, 0):
		return fmt.Errorf("is %g, which is not a figure", s.Point)
	case s.From != Exact && s.From != Rounds && s.From != Worlds:
		return fmt.Errorf("has draws from %q, which is not a method", s.From)
	case s.From == Exact && s.Draws != nil:
		return fmt.Errorf("is exact and has draws")
	case d == Count && s.Point == 0, (d == Time || d == Share) && s.N == 0:
		return fmt.Errorf("rests on no request")
	}
	for _, draw := range s.Draws {
		if math.IsNaN(draw) && s.From != Rounds || math.IsInf(draw, 0) {
			return fmt.Errorf("has a draw of %g, which is not a figure", draw)
		}
	}
	return nil
}
