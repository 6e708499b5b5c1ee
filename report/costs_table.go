package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"frontdoor/pricing"
	"frontdoor/report/words"
)

// CostTable writes costs for a terminal: the sums, the bills, and where the
// choice changes.
func CostTable(w io.Writer, c *Costs) error {
	out := &printer{w: w}
	out.text("", "%s", costHeadline(c))
	if c.Description != "" {
		out.text("", "%s", c.Description)
	}
	notes := &footnotes{}
	if len(c.Fronts) > 1 {
		out.line("")
		out.table(sumsTable(c, notes))
		if slices.ContainsFunc(c.Fronts, func(f CostFront) bool { return f.Low != nil }) {
			out.text("  ", "  [ ]: at the low and the high end of requests_per_month alone")
		}
	}
	if c.Lines || len(c.Fronts) == 1 {
		for _, f := range c.Fronts {
			out.line("")
			out.costBill(f)
		}
	}
	e := c.Estimate
	out.verdict(c)
	out.breakEven(e.Requests)
	out.breakEven(e.Duration)
	out.samples(e.Sweep)
	out.phase(c.Map)
	out.uncertainty(e.Uncertainty, e.Requests, notes)
	out.sensitivity(e.Sensitivity)
	out.eras(e.Eras)
	out.list("Notes", append(notes.texts, e.Notes...))
	return out.err
}

// verdict is the cheapest front and the next, in one line.
func (p *printer) verdict(c *Costs) {
	if c.Estimate.Cheapest == "" {
		return
	}
	var best, next *CostFront
	for i, f := range c.Fronts {
		switch {
		case f.ID == c.Estimate.Cheapest:
			best = &c.Fronts[i]
		case f.Bill.Unavailable != "" || f.Cannot != "":
		case next == nil || f.Bill.Total.Cmp(next.Bill.Total) < 0:
			next = &c.Fronts[i]
		}
	}
	if best == nil || next == nil {
		return
	}
	p.line("")
	p.text("", "Cheapest for this month: %s at %s; the next is %s at %s.", best.ID, amount(best.Bill), next.ID, amount(next.Bill))
}

func costHeadline(c *Costs) string {
	parts := []string{fmt.Sprintf("list prices as of %s (%s)", c.AsOf, c.Book), "free tier " + string(c.FreeTier)}
	switch c.Rounding {
	case pricing.RoundAWSPage:
		parts = append(parts, "each line rounded to cents, then added (aws-page)")
	case pricing.RoundAWSBill:
		parts = append(parts, "each line rounded to 10 decimals (aws-bill)")
	}
	if c.Init != "" {
		parts = append(parts, c.Init)
	}
	if c.Account {
		parts = append(parts, "behind the rest of the account")
	}
	from := "nothing measured"
	switch {
	case c.Lab:
		from = "durations recorded in the LAB (loopback), not on AWS"
	case c.Recorded:
		from = "durations from a recorded run"
	}
	return fmt.Sprintf("%s: USD of a month from a workload, %s; %s", c.Name, from, strings.Join(parts, "; "))
}

func sumsTable(c *Costs, notes *footnotes) Grid {
	g := Grid{Header: []string{"front", "kind", "region", "requests", "billed ms", "USD/million", "USD/month"}, Left: 3}
	for _, f := range c.Fronts {
		row := []string{f.ID, string(f.Bill.Kind), f.Region, words.Count(f.Requests)}
		if f.Bill.Unavailable != "" {
			g.Rows = append(g.Rows, append(row, "-", "-", "-"+notes.add("%s: no bill: %s", f.ID, f.Bill.Unavailable)))
			continue
		}
		month := amount(f.Bill)
		if f.Low != nil {
			month += fmt.Sprintf(" [%s, %s]", words.Money(f.Low.Total, f.Low.Rounding), amount(upperOf(*f.High)))
		}
		billed := bounds(f.BilledMS)
		if f.Durations != "" {
			billed += notes.add("%s: durations %s", f.ID, f.Durations)
		}
		g.Rows = append(g.Rows, append(row, billed, perMillion(f.Bill), month+costNotes(f, notes)))
	}
	return g
}

// upperOf is the bill at its upper bound.
func upperOf(b pricing.Bill) pricing.Bill {
	if b.Upper != nil {
		return *b.Upper
	}
	return b
}

func costNotes(f CostFront, notes *footnotes) string {
	mark := ""
	if f.Cannot != "" {
		mark += notes.add("%s cannot carry this: %s; it is not compared", f.ID, f.Cannot)
	}
	if f.Bill.LowerBound {
		var gaps []string
		for _, gap := range f.Bill.Missing {
			gaps = append(gaps, fmt.Sprintf("%s (%s)", gap.Meter, gap.Reason))
		}
		mark += notes.add("%s: lower bound, without %s", f.ID, strings.Join(gaps, ", "))
	}
	if names := unconfirmed(f.Bill); len(names) > 0 {
		mark += notes.add("unconfirmed by AWS: %s", strings.Join(names, ", "))
	}
	return mark
}

func perMillion(b pricing.Bill) string {
	if b.PerMillion == nil {
		return "-"
	}
	if b.Upper != nil && b.Upper.PerMillion != nil {
		return words.Dollars(*b.PerMillion) + " to " + words.Dollars(*b.Upper.PerMillion)
	}
	return words.Dollars(*b.PerMillion)
}

// bounds is a mean billed duration.
func bounds(b pricing.Bounds) string {
	if b.High.Sign() == 0 {
		return "-"
	}
	if b.Exact() {
		return words.Figure(b.Low.Float())
	}
	return words.Figure(b.Low.Float()) + " to " + words.Figure(b.High.Float())
}

func (p *printer) costBill(f CostFront) {
	switch {
	case f.Name == "":
		p.line("%s", f.ID)
	default:
		p.line("%s: %s, %s, %s requests a month", f.ID, f.Name, f.Region, words.Count(f.Requests))
	}
	if f.Bill.Unavailable != "" {
		p.text("    ", "  no bill: %s", f.Bill.Unavailable)
		return
	}
	if f.Cannot != "" {
		p.text("    ", "  cannot carry this: %s", f.Cannot)
	}
	if f.Durations != "" {
		p.text("    ", "  durations %s", f.Durations)
	}
	p.billed(f.Bill)
	if f.Bill.PerMillion != nil {
		p.text("    ", "  %s per million requests", perMillion(f.Bill))
	}
	if u := f.Bill.Upper; u != nil {
		p.text("    ", "  at the upper bound of the billed duration the month costs %s", words.Money(u.Total, u.Rounding))
	}
}
