package decision

import (
	"fmt"
	"slices"
	"strings"

	"frontdoor/gate"
	"frontdoor/pricing"
	"frontdoor/report"
	"frontdoor/report/words"
	"frontdoor/stats"
)

// The three words of MADR for an argument.
const (
	good    = "Good"
	neutral = "Neutral"
	bad     = "Bad"
)

// point is an argument for or against an option. It names its figure, what the
// figure rests on, and the run.
type point struct{ side, because string }

func (p point) text() string { return p.side + ", because " + p.because }

func texts(list []point) []string {
	var out []string
	for _, p := range list {
		out = append(out, p.text())
	}
	return out
}

// points are the arguments on a front: what was measured of it, how it compares,
// its gates, its cost, its failures.
func (d *document) points(f report.Front) []point {
	if f.Rounds == 0 {
		return []point{{bad, "no round of it counts: nothing that was measured speaks for it (" + d.r.Label() + ")"}}
	}
	list := d.measured(f)
	list = append(list, d.compared(f)...)
	list = append(list, d.gates(f)...)
	list = append(list, d.cost(f))
	if f.Cost.Cannot != "" {
		list = append(list, point{bad, fmt.Sprintf("it cannot carry the month of %s requests: %s (%s)", words.Count(d.r.Traffic.Expected), f.Cost.Cannot, d.r.Label())})
	}
	if f.Failed > 0 {
		list = append(list, point{bad, fmt.Sprintf("%s of %s requests failed (%s)", words.Group(int64(f.Failed)), words.Group(int64(f.Requests)), d.r.Label())})
	}
	return append(list, d.cold(f)...)
}

// rests says what a figure rests on.
func (d *document) rests(n, rounds int) string {
	if rounds == 0 { // money: of drawn months
		return fmt.Sprintf("n = %s, %s", words.Group(int64(n)), d.r.Label())
	}
	return fmt.Sprintf("n = %s in %s, %s", words.Group(int64(n)), words.Plural(rounds, "round"), d.r.Label())
}

// measured are the front's own latencies: they argue for nothing alone.
func (d *document) measured(f report.Front) []point {
	var list []point
	for _, q := range f.Response {
		if q.Q != 0.5 && q.Q != 0.99 {
			continue
		}
		name := words.Quantile(q.Q)
		switch {
		case q.N == 0:
		case q.Refused != "":
			list = append(list, point{neutral, fmt.Sprintf("its %s is not known: %s (%s)", name, q.Refused, d.r.Label())})
		default:
			list = append(list, point{neutral, fmt.Sprintf("its %s is %s ms (%s)", name, words.Interval(q.Estimate), d.rests(q.N, q.Rounds))})
		}
	}
	return list
}

// compared are the comparisons that decide, seen from the front.
func (d *document) compared(f report.Front) []point {
	var list []point
	for _, c := range d.r.Comparisons {
		if !c.Family || c.B != f.ID && !(c.A == f.ID && f.ID == d.r.Decision.Choice && c.Verdict != stats.Inconclusive) {
			continue // what is not told apart is said of the challenger alone
		}
		side := map[stats.Verdict]string{stats.Faster: good, stats.Slower: bad}[c.Verdict]
		what := fmt.Sprintf("its %s is %s than that of %s", c.Metric, words.Change(c.Ratio.Point), c.A)
		if c.A == f.ID {
			side = map[string]string{good: bad, bad: good}[side]
			what = fmt.Sprintf("the %s of %s is %s", c.Metric, c.B, words.Change(c.Ratio.Point))
		}
		if side == "" {
			side, what = neutral, fmt.Sprintf("its %s and that of %s are %s", c.Metric, other(c, f.ID), d.apart(c))
		}
		list = append(list, point{side, fmt.Sprintf("%s (ratio %s / %s %s, adjusted p %s, %s)", what, c.B, c.A, words.Interval(c.Ratio), words.P(c.Adjusted), d.rests(c.Ratio.N, c.Pairs))})
	}
	return list
}

// apart says what is known where neither is the faster one.
func (d *document) apart(c report.Comparison) string {
	switch {
	case c.Verdict == stats.Equivalent:
		return "equivalent within " + words.Percent(d.r.Pricing.Delta)
	case c.MoreRounds > 0:
		return fmt.Sprintf("not told apart: %s would tell", words.MoreRounds(c.MoreRounds))
	}
	return "not told apart"
}

func other(c report.Comparison, id string) string {
	if c.A == id {
		return c.B
	}
	return c.A
}

// gates are the conditions that were set, where they judge the front.
func (d *document) gates(f report.Front) []point {
	var list []point
	for _, g := range d.r.Gates {
		if g.Front != f.ID && !slices.Contains(g.Named, f.ID) {
			continue
		}
		side, word := neutral, "could not be judged"
		switch g.Outcome {
		case gate.Pass:
			side, word = good, "holds"
		case gate.Fail:
			side, word = bad, "does not hold"
		case gate.Inconclusive:
			word = "is inconclusive"
		}
		basis := d.r.Label()
		if g.Value.N > 0 && g.Value.Rounds > 0 { // money rests on the forecast's worlds
			basis = d.rests(g.Value.N, g.Value.Rounds)
		}
		list = append(list, point{side, fmt.Sprintf("the gate %q %s: %s (%s)", g.Gate, word, report.GateWords(g), basis)})
	}
	return list
}

// cost is what a month costs, against the cheapest front whose bill is whole. A
// difference below what the scenario calls material is no argument.
func (d *document) cost(f report.Front) point {
	if !f.Cost.Priced() {
		return point{neutral, fmt.Sprintf("its cost is not known: %s (%s)", f.Cost.Why(), d.r.Label())}
	}
	text := fmt.Sprintf("a month of %s requests costs %s", words.Count(d.r.Traffic.Expected), d.cell(f.ID, "USD/month"))
	basis := fmt.Sprintf("%s prices as of %s, %s", f.Cost.Bill.Confidence, d.r.Pricing.AsOf, d.r.Label())
	if w := f.Cost.Worlds; w != nil {
		basis = fmt.Sprintf("80 %% of drawn months, the cheapest in %s of them; ", words.Percent(w.Cheapest)) + basis
	}
	cheapest, ok := d.cheapest()
	switch {
	case !ok:
		return point{neutral, fmt.Sprintf("%s (%s)", text, basis)}
	case cheapest.ID == f.ID:
		return point{good, fmt.Sprintf("%s, the least of all bills that are whole (%s)", text, basis)}
	}
	more := f.Cost.Bill.Total.Sub(cheapest.Cost.Bill.Total)
	side := bad
	switch {
	case more.Sign() < 0: // a lower bound below a whole bill tells nothing
		return point{neutral, fmt.Sprintf("%s or more (%s)", text, basis)}
	case more.Float() < d.r.Pricing.Material:
		side = neutral
	}
	return point{side, fmt.Sprintf("%s, %s more than %s (%s)", text, words.Dollars(more), cheapest.ID, basis)}
}

// cheapest is the front with the lowest bill that lacks nothing, of those that can
// carry the month.
func (d *document) cheapest() (report.Front, bool) {
	var least pricing.USD
	at := -1
	for i, f := range d.r.Fronts {
		if f.Cost.Priced() && !f.Cost.Bill.LowerBound && f.Cost.Cannot == "" && f.Rounds > 0 && (at < 0 || f.Cost.Bill.Total.Cmp(least) < 0) {
			at, least = i, f.Cost.Bill.Total
		}
	}
	if at < 0 {
		return report.Front{}, false
	}
	return d.r.Fronts[at], true
}

func (d *document) cold(f report.Front) []point {
	if !f.Cold.Known || f.Cold.Count == 0 {
		return nil
	}
	return []point{{neutral, fmt.Sprintf("%s of %s requests met a cold environment, %s [%s, %s], with a p50 of %s ms (%s)",
		words.Group(int64(f.Cold.Count)), words.Group(int64(f.Cold.Rate.N)), words.Percent(f.Cold.Rate.Point), words.Percent(f.Cold.Rate.Lo), words.Percent(f.Cold.Rate.Hi), words.Figure(f.Cold.P50.Point), d.r.Label())}}
}

// cell is what the decision table says of a front, so that the record and every
// other format say the same.
func (d *document) cell(id, column string) string {
	for _, row := range d.table.Rows {
		for i, name := range d.table.Header {
			if row[0] == id && name == column {
				return strings.TrimSpace(row[i])
			}
		}
	}
	return "-"
}
