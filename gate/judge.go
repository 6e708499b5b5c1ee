package gate

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"frontdoor/stats"
)

// Judge judges g on the figures of s: once for each front, in the order of
// s.Fronts(), when a metric of g names no front, otherwise once.
//
// A gate passes when it holds in the whole interval of its margin, fails when it
// holds nowhere in it, and is inconclusive in between. Figures without error are
// decided by their values alone. Two estimates are never found equal: "==" can
// only fail on them, and "!=" only pass. A gate that compares a front with itself
// is judged as it is written.
func Judge(g Gate, s Source) []Result {
	if !g.everyFront() {
		return []Result{judge(g, "", s)}
	}
	fronts := s.Fronts()
	if len(fronts) == 0 {
		return []Result{g.blank("").invalid(fmt.Errorf("the run has no fronts"))}
	}
	results := make([]Result, len(fronts))
	for i, front := range fronts {
		results[i] = judge(g, front, s)
	}
	return results
}

// sides are what the gate compares, with what, and how: the left side with the
// right one, or the other way round when only the right one is measured.
func (g Gate) sides() (value, limit Sum, op string) {
	if len(g.Left.metrics()) > 0 {
		return g.Left, g.Right, g.Op
	}
	mirrored := map[string]string{"<": ">", "<=": ">=", ">": "<", ">=": "<="}
	return g.Right, g.Left, cmp.Or(mirrored[g.Op], g.Op)
}

// blank is the result of g before any figure is known.
func (g Gate) blank(front string) Result {
	none := stats.Estimate{Point: math.NaN(), Lo: math.NaN(), Hi: math.NaN()}
	value, limit, op := g.sides()
	r := Result{Gate: cmp.Or(g.Text, g.String()), Front: front, Value: none, Limit: none, Margin: none, Unit: g.Dimension(), Op: op}
	words := func(m Metric) string { return m.of(front) }
	r.What = value.text(r.Unit, words)
	if len(limit.metrics()) > 0 {
		r.Against = limit.text(r.Unit, words)
	}
	return r
}

// invalid is r, undecided because of err.
func (r Result) invalid(err error) Result {
	r.Outcome, r.Why = Invalid, err.Error()
	for _, e := range []*stats.Estimate{&r.Value, &r.Limit, &r.Margin} {
		if math.IsNaN(e.Point) {
			e.Refused = r.Why
		}
	}
	return r
}

func judge(g Gate, front string, s Source) Result {
	r := g.blank(front)
	left, right, op := g.sides()
	if len(left.metrics()) == 0 || !slices.Contains([]string{"<", "<=", ">", ">=", "==", "!="}, op) {
		return r.invalid(fmt.Errorf("the gate has no metric or no comparison"))
	}
	value, err := gather(left, r.Unit, front, s)
	if err == nil {
		r.Value = value.estimate()
	}
	limit, other := gather(right, r.Unit, front, s)
	if other == nil {
		r.Limit = limit.estimate()
	}
	if err := cmp.Or(err, other); err != nil {
		return r.invalid(err)
	}
	r.settle(value, limit, op)
	return r
}

// settle fills what follows from both sides: margin, confidence and outcome.
func (r *Result) settle(value, limit combination, op string) {
	sides := limit.minus(value)
	if op == ">" || op == ">=" {
		sides = value.minus(limit)
	}
	r.Margin = sides.estimate()
	if !limit.measured() && r.Value.HasInterval() {
		// The same interval, seen from the limit: on the log scale if it was made there.
		r.Margin.Lo, r.Margin.Hi = r.Limit.Point-r.Value.Hi, r.Limit.Point-r.Value.Lo
		if op == ">" || op == ">=" {
			r.Margin.Lo, r.Margin.Hi = r.Value.Lo-r.Limit.Point, r.Value.Hi-r.Limit.Point
		}
	}
	r.Confidence = sides.confidence()
	if !sides.exact() && !r.Margin.HasInterval() {
		r.Confidence = 0
	}
	r.Outcome, r.Why = decide(op, r.Margin, sides.exact())
	if sides.from(Rounds) && sides.from(Worlds) && r.Why == "" {
		r.Why = "it rests on rounds and on a forecast, and the wider of their intervals counts"
	}
}

// decide is the outcome of "margin op 0", the margin being positive where an order
// holds, and why it is none of the two that decide.
func decide(op string, margin stats.Estimate, exact bool) (Outcome, string) {
	holds := func(x float64) bool {
		return x > 0 && op != "==" || x == 0 && (op == "<=" || op == ">=" || op == "==") || x < 0 && op == "!="
	}
	switch {
	case exact && holds(margin.Point):
		return Pass, ""
	case exact:
		return Fail, ""
	case !margin.HasInterval():
		return Inconclusive, margin.Note
	case op == "==" || op == "!=":
		if margin.Lo <= 0 && 0 <= margin.Hi {
			return Inconclusive, "the interval holds the limit"
		}
		return map[string]Outcome{"==": Fail, "!=": Pass}[op], ""
	case holds(margin.Lo):
		return Pass, ""
	case !holds(margin.Hi):
		return Fail, ""
	}
	return Inconclusive, "the interval holds both sides of the limit"
}
