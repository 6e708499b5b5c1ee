package gate

import (
	"slices"
	"strings"
)

// Gate is a condition on the figures of a run; Parse reads one.
type Gate struct {
	Text        string // as written, without the space around it
	Left, Right Sum
	Op          string // "<", "<=", ">", ">=", "==" or "!="
}

// Sum is terms added up.
type Sum []Term

// Term is one metric or one quantity, to be added or taken away.
type Term struct {
	Minus    bool
	Metric   *Metric // nil: the term is Quantity
	Quantity float64 // in seconds, shares (0 to 1), requests or dollars
}

// Dimension is what both sides of the gate measure; "" when it has no metric.
func (g Gate) Dimension() Dimension {
	if all := g.metrics(); len(all) > 0 {
		return all[0].Dimension()
	}
	return ""
}

// Fronts lists the fronts that the gate names, as often as it does.
func (g Gate) Fronts() []string {
	var ids []string
	for _, m := range g.metrics() {
		if m.Front != "" {
			ids = append(ids, m.Front)
		}
	}
	return ids
}

// String writes the gate so that Parse reads the same sides and comparison again,
// with one space between words: "p(95)[alb] <= p(95)[http-api] + 5ms".
func (g Gate) String() string {
	d := g.Dimension()
	return g.Left.text(d, Metric.String) + " " + g.Op + " " + g.Right.text(d, Metric.String)
}

// metrics are those of both sides, from left to right.
func (g Gate) metrics() []Metric { return append(g.Left.metrics(), g.Right.metrics()...) }

// everyFront says whether a metric is meant for each front in turn.
func (g Gate) everyFront() bool {
	return slices.ContainsFunc(g.metrics(), func(m Metric) bool { return m.Front == "" })
}

func (s Sum) metrics() []Metric {
	var all []Metric
	for _, t := range s {
		if t.Metric != nil {
			all = append(all, *t.Metric)
		}
	}
	return all
}

// text writes the sum with its quantities as those of d and its metrics as metric does.
func (s Sum) text(d Dimension, metric func(Metric) string) string {
	var b strings.Builder
	for i, t := range s {
		switch {
		case t.Minus:
			b.WriteString(" - ")
		case i > 0:
			b.WriteString(" + ")
		}
		if t.Metric != nil {
			b.WriteString(metric(*t.Metric))
		} else {
			b.WriteString(d.write(t.Quantity))
		}
	}
	return b.String()
}
