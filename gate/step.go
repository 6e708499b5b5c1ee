package gate

import "fmt"

// Step is a change of a record: what a run would have measured in a worse or a
// better world. The zero Step changes nothing.
type Step struct {
	// What is "latency" (all latencies times Factor), "price" (all prices times
	// Factor), "failures" (the share Factor of the requests is turned into failures)
	// or "requests" (Factor times as many are sent).
	What   string
	Factor float64
	Front  string // the one that is changed; "" is all
}

// ladder is steps of one direction, from small to large. What is smaller than
// 10 % of a figure nobody needs a gate for; beyond a factor of 1,000 a gate is
// out of reach of any fault.
func (d Dimension) ladders() [][]Step {
	factors := []float64{1.1, 1.25, 1.5, 2, 3, 5, 10, 100, 1000}
	switch d {
	case Time:
		return [][]Step{steps("latency", factors), steps("latency", inverses(factors))}
	case Money:
		return [][]Step{steps("price", factors), steps("price", inverses(factors))}
	case Share:
		return [][]Step{steps("failures", []float64{0.01, 0.05, 0.1, 0.5, 1})}
	case Count:
		return [][]Step{steps("requests", []float64{0.9, 0.5, 0.1, 0.01}), steps("requests", []float64{1.1, 1.5, 2, 5, 10})}
	}
	return nil
}

func steps(what string, factors []float64) []Step {
	ladder := make([]Step, len(factors))
	for i, f := range factors {
		ladder[i] = Step{What: what, Factor: f}
	}
	return ladder
}

func inverses(factors []float64) []float64 {
	inverse := make([]float64, len(factors))
	for i, f := range factors {
		inverse[i] = 1 / f
	}
	return inverse
}

// String is the step as a condition: "latencies of alb are 1.5 times as long".
func (s Step) String() string {
	of := ""
	if s.Front != "" {
		of = " of " + s.Front
	}
	switch s.What {
	case "failures":
		return fmt.Sprintf("%g %% of the requests%s are turned into failures", 100*s.Factor, of)
	case "requests":
		if s.Factor > 1 {
			return fmt.Sprintf("there are %g times as many requests%s", s.Factor, of)
		}
		return fmt.Sprintf("%g %% of the requests%s are kept", 100*s.Factor, of)
	case "latency":
		return "latencies" + of + " are " + times(s.Factor, "long")
	case "price":
		return "prices" + of + " are " + times(s.Factor, "high")
	}
	return "nothing is changed"
}

func times(factor float64, as string) string {
	if factor < 1 {
		return fmt.Sprintf("1/%.4g as %s", 1/factor, as)
	}
	return fmt.Sprintf("%.4g times as %s", factor, as)
}
