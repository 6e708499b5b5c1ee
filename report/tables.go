package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"frontdoor/gate"
	"frontdoor/report/words"
	"frontdoor/stats"
)

// TablesOf lays out a report's figures. Every format that shows a table takes it
// from here.
func TablesOf(r *Report) Tables {
	notes := &footnotes{}
	t := Tables{Decision: decisionTable(r), Latency: latencyTable(r, notes), Connections: connectionTable(r, notes), Parts: partTable(r, notes), Function: functionTable(r, notes), Counts: countTable(r), Money: moneyTable(r, notes),
		Comparisons: comparisonTable(r, notes), Gates: gateTable(r), Flips: flipTable(r), Claims: claimTable(r), Crossings: crossingTable(r)}
	t.Notes = notes.texts
	return t
}

// decisionTable is the fronts side by side, each figure with its interval.
func decisionTable(r *Report) Grid {
	g := Grid{Header: []string{"front", "p50 ms", "p99 ms", "USD/million", "USD/month", "cheapest in", "regret", "gates"}, Left: 1}
	for _, f := range r.Fronts {
		million, month, cheapest, regret := "-", "-", "-", "-"
		if f.Cost.Priced() {
			million, month = costRange(f, r.Traffic)
			if w := f.Cost.Worlds; w != nil {
				cheapest, regret = words.Percent(w.Cheapest), words.USD(w.Regret)
			}
		}
		g.Rows = append(g.Rows, []string{f.ID, words.Interval(f.quantile(0.5)), words.Interval(f.quantile(0.99)), million, month, cheapest, regret, r.gatesOf(f.ID)})
	}
	return g
}

// costRange is the front's cost for a million requests and a month, with what
// 80 % of the drawn months hold, or what the ends of the forecast cost.
func costRange(f Front, t Traffic) (million, month string) {
	b := f.Cost.Bill
	million, month = "-", words.Dollars(b.Total)
	if b.PerMillion != nil {
		million = words.Dollars(*b.PerMillion)
	}
	switch w := f.Cost.Worlds; {
	case w != nil:
		million += words.Range(w.Million)
		month += words.Range(w.Month)
	case t.Low != t.High:
		month += fmt.Sprintf(" [%s, %s]", words.Dollars(f.Cost.Low), words.Dollars(f.Cost.High))
	}
	if b.LowerBound {
		million, month = ">= "+million, ">= "+month
	}
	return million, month
}

// quantile is the front's response time at q.
func (f *Front) quantile(q float64) stats.Estimate {
	for _, e := range f.Response {
		if e.Q == q {
			return e.Estimate
		}
	}
	return stats.Estimate{}
}

// gatesOf is how the gates that judge a front came out: "3 pass", "1 fail, 2 pass".
func (r *Report) gatesOf(id string) string {
	counts := map[gate.Outcome]int{}
	for _, g := range r.Gates {
		if g.Front == id || slices.Contains(g.Named, id) {
			counts[g.Outcome]++
		}
	}
	var parts []string
	for _, o := range []gate.Outcome{gate.Invalid, gate.Fail, gate.Inconclusive, gate.Pass} {
		if counts[o] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", counts[o], o))
		}
	}
	return cmp.Or(strings.Join(parts, ", "), "-")
}

func comparisonTable(r *Report, notes *footnotes) Grid {
	g := Grid{Header: []string{"front / reference", "metric", "ratio", "rounds", "p", "wins", "noise floor", "verdict"}, Left: 2}
	for _, c := range r.Comparisons {
		g.Rows = append(g.Rows, comparisonRow(c, c.Names(), r.Comparisons, notes))
	}
	return g
}

func comparisonRow(c Comparison, name string, all []Comparison, notes *footnotes) []string {
	floor := "-"
	if c.Floor != nil {
		floor = "±" + words.Percent(*c.Floor)
	}
	verdict := c.Words()
	if c.Verdict != "" {
		verdict = sign(c.Verdict) + " " + verdict
	}
	for _, n := range c.Notes {
		verdict += notes.add("%s, %s: %s", name, strings.Join(notedSo(all, c, n), ", "), n)
	}
	p := words.P(c.Adjusted)
	if !c.Family {
		p = "(" + words.P(c.P) + ")"
	}
	return []string{name, c.Metric, words.Interval(c.Ratio), fmt.Sprint(c.Pairs), p, words.Percent(c.Wins), floor, verdict}
}

// notedSo are the metrics of a pair of fronts that have a note in common.
func notedSo(all []Comparison, c Comparison, note string) []string {
	var metrics []string
	for _, one := range all {
		if one.A == c.A && one.B == c.B && slices.Contains(one.Notes, note) {
			metrics = append(metrics, one.Metric)
		}
	}
	return metrics
}

// Names is the fronts of the comparison: "edge / url".
func (c Comparison) Names() string {
	if c.A == c.B {
		return c.A + " / itself"
	}
	return c.B + " / " + c.A
}

// sign marks a verdict without colour.
func sign(v stats.Verdict) string {
	switch v {
	case stats.Faster:
		return "▼"
	case stats.Slower:
		return "▲"
	case stats.Equivalent:
		return "≈"
	}
	return "?"
}

// Words is the verdict as a reader wants it: with what it takes to get one.
func (c Comparison) Words() string {
	switch {
	case !c.Family && c.Verdict == "":
		return "exploratory"
	case c.Verdict == stats.Inconclusive && c.MoreRounds > 0:
		return fmt.Sprintf("inconclusive (%s)", words.MoreRounds(c.MoreRounds))
	}
	return string(c.Verdict)
}

func gateTable(r *Report) Grid {
	g := Grid{Header: []string{"gate", "front", "outcome", "value", "limit"}, Left: 5, Keys: 2}
	why := slices.ContainsFunc(r.Gates, func(v Gate) bool { return v.Why != "" })
	if why {
		g.Header, g.Left = append(g.Header, "why"), 6
	}
	for _, v := range r.Gates {
		value, limit := "-", "-"
		if v.Outcome != gate.Invalid {
			value, limit = words.Measured(v.Value, v.Unit), v.Op+" "+words.Measured(v.Limit, v.Unit)
		}
		row := []string{v.Gate, cmp.Or(v.Front, strings.Join(v.Named, ", ")), string(v.Outcome), value, limit}
		if why {
			row = append(row, v.Why)
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// GateWords is how a gate came out, in one phrase.
func GateWords(v Gate) string { return gate.Words(v.Result, words.Value) }

func flipTable(r *Report) Grid {
	g := Grid{Header: []string{"input", "expected", "the cheapest changes"}, Left: 1}
	for _, f := range r.Decision.Flips {
		g.Rows = append(g.Rows, []string{f.Input, words.Figure(f.Expected), f.Words()})
	}
	return g
}

// Words is where the choice changes: "above 27,400,000".
func (f Flip) Words() string {
	if f.Above {
		return "above " + words.Figure(f.At)
	}
	return "below " + words.Figure(f.At)
}
