package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"frontdoor/pricing/breakeven"
	"frontdoor/pricing/estimate"
	"frontdoor/report/words"
)

// uncertainty is what the ranges do to the choice.
func (p *printer) uncertainty(u *estimate.Uncertainty, b *estimate.BreakEven, notes *footnotes) {
	if u == nil {
		return
	}
	p.line("")
	p.text("", "What the ranges do to the choice: %s worlds drawn with one seed (%d), the same for all fronts", words.Group(int64(u.Draws)), u.Seed)
	g := Grid{Header: []string{"front", "cheapest in", "expected regret", "USD/month", "80 % of worlds"}, Left: 1}
	for i, f := range u.Outcome.Fronts {
		row := []string{u.Fronts[i], words.Figure(f.Cheapest*100) + " %", "$" + words.Figure(f.Regret), "$" + words.Figure(f.Mean), fmt.Sprintf("$%s to $%s", words.Figure(f.Low), words.Figure(f.High))}
		if f.Absent > 0 {
			row[1] += notes.add("%s cannot carry %s %% of worlds; its other figures are those of the rest", u.Fronts[i], words.Figure(f.Absent*100))
		}
		g.Rows = append(g.Rows, row)
	}
	p.table(g)
	p.text("  ", "  regret: mean USD a month above the cheapest of each world")
	if u.Bounded {
		p.text("  ", "  durations lie anywhere between their bounds, at one place for all fronts of a world")
	}
	choice := u.Fronts[u.Outcome.Choice]
	if len(u.Outcome.Close) > 0 {
		var near []string
		for _, i := range u.Outcome.Close {
			near = append(near, u.Fronts[i])
		}
		p.text("  ", "  less than $%s a month between %s and %s: cost is no reason to prefer it", words.Figure(u.Material), choice, strings.Join(near, ", "))
	}
	p.crossovers(u, b)
}

// crossovers are where fronts change places over the worlds.
func (p *printer) crossovers(u *estimate.Uncertainty, b *estimate.BreakEven) {
	for _, c := range crossovers(u, b) {
		p.text("    ", "  %s overtakes %s at (requests a month): %s", u.Fronts[c.Second], u.Fronts[c.First], where(c))
	}
}

// crossovers are those that happen at the expected values, and those in which the
// choice is overtaken in some worlds only.
func crossovers(u *estimate.Uncertainty, b *estimate.BreakEven) []breakeven.Crossover {
	var out []breakeven.Crossover
	for _, c := range u.Outcome.Pairs {
		changes := slices.ContainsFunc(b.Changes, func(d estimate.Change) bool { return d.First == c.First && d.Then == c.Second })
		if changes || c.First == u.Outcome.Choice && c.Never < 1 && c.Start < 1 {
			out = append(out, c)
		}
	}
	return out
}

// where is a crossover in words.
func where(c breakeven.Crossover) string {
	text := fmt.Sprintf("%s; 80 %% of worlds %s to %s", orNever(c.Median), upwards(c.Low), upwards(c.High))
	switch {
	case upwards(c.Low) == upwards(c.High) && c.Never == 0:
		text = upwards(c.Low) + " in every world"
	case math.IsInf(c.Low, 1):
		text = "a number in few worlds"
	case math.IsInf(c.High, 1):
		text = fmt.Sprintf("%s; 80 %% of worlds above %s or never", orNever(c.Median), upwards(c.Low))
	}
	if c.Never > 0 {
		text += fmt.Sprintf("; never in %s %%", words.Figure(c.Never*100))
	}
	return text
}

// crossingTable is where fronts change places, over the drawn months.
func crossingTable(r *Report) Grid {
	g := Grid{Header: []string{"front", "becomes cheaper than", "at requests a month"}, Left: 3}
	if !r.uncertain() {
		return g
	}
	u := r.Estimate.Uncertainty
	for _, c := range crossovers(u, r.Estimate.Requests) {
		g.Rows = append(g.Rows, []string{u.Fronts[c.Second], u.Fronts[c.First], where(c)})
	}
	return g
}

func orNever(x float64) string {
	if math.IsInf(x, 1) {
		return "never in the median world"
	}
	return "median " + upwards(x)
}

// upwards is the first whole number of requests from x on.
func upwards(x float64) string { return words.Figure(math.Ceil(x)) }

// sensitivity is the tornado in words: the inputs by how far they move the
// margin between the incumbent and the next front.
func (p *printer) sensitivity(s *estimate.Sensitivity) {
	if s == nil {
		return
	}
	p.line("")
	p.text("", "What flips the choice of %s, one input at a time; margin: USD a month to the next front", s.Fronts[s.Incumbent])
	g := Grid{Header: []string{"input", "expected", "range", "margin", "flips"}, Left: 1}
	for _, e := range s.Effects {
		row := []string{e.Name, words.Figure(e.Base), "certain", margin(e.Low.Margin), flips(e)}
		if e.Low.Value != e.High.Value {
			row[2] = words.Figure(e.Low.Value) + " to " + words.Figure(e.High.Value)
			row[3] = margin(e.Low.Margin) + " to " + margin(e.High.Margin)
		}
		g.Rows = append(g.Rows, row)
	}
	p.table(g)
	p.text("  ", "  looked for in steps from a hundredth to a hundred times the expected value, requests from a thousandth to a thousand times")
}

// margin is a difference in dollars; below 0 another front is cheaper.
func margin(x float64) string {
	switch {
	case estimate.Unable(x):
		return "no other can"
	case estimate.Unable(-x):
		return "cannot"
	case x < 0:
		return "-$" + words.Figure(-x)
	}
	return "$" + words.Figure(x)
}

// flips is where the choice changes.
func flips(e breakeven.Effect) string {
	var at []string
	if e.FlipsBelow != nil {
		at = append(at, "below "+words.Figure(*e.FlipsBelow))
	}
	if e.FlipsAbove != nil {
		at = append(at, "above "+words.Figure(*e.FlipsAbove))
	}
	switch {
	case len(at) > 0:
		return strings.Join(at, ", ")
	case e.Cancels && e.Low.Value != e.High.Value:
		return "no: moves no margin"
	}
	return "no"
}
