package report

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"frontdoor/pricing"
	"frontdoor/pricing/breakeven"
	"frontdoor/pricing/estimate"
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

func costHeadline(c *Costs) string {
	parts := []string{fmt.Sprintf("list prices as of %s (%s)", c.AsOf, c.Book), "free tier " + string(c.FreeTier)}
	switch c.Rounding {
	case pricing.RoundAWSPage:
		parts = append(parts, "each line rounded to cents, then added (aws-page)")
	case pricing.RoundAWSBill:
		parts = append(parts, "each line rounded to 10 decimals (aws-bill)")
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

func sumsTable(c *Costs, notes *footnotes) grid {
	g := grid{header: []string{"front", "kind", "region", "requests", "billed ms", "USD/million", "USD/month"}, left: 3}
	for _, f := range c.Fronts {
		row := []string{f.ID, f.Name, f.Region, count(f.Requests)}
		if f.Bill.Unavailable != "" {
			g.rows = append(g.rows, append(row, "-", "-", "-"+notes.add("%s: no bill: %s", f.ID, f.Bill.Unavailable)))
			continue
		}
		month := amount(f.Bill)
		if f.Low != nil {
			month += fmt.Sprintf(" [%s, %s]", dollars(f.Low.Total), amount(upperOf(*f.High)))
		}
		billed := bounds(f.BilledMS)
		if f.Durations != "" {
			billed += notes.add("%s: durations %s", f.ID, f.Durations)
		}
		g.rows = append(g.rows, append(row, billed, perMillion(f.Bill), month+costNotes(f, notes)))
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
		return dollars(*b.PerMillion) + " to " + dollars(*b.Upper.PerMillion)
	}
	return dollars(*b.PerMillion)
}

// bounds is a mean billed duration.
func bounds(b pricing.Bounds) string {
	if b.High.Sign() == 0 {
		return "-"
	}
	if b.Exact() {
		return figure(b.Low.Float())
	}
	return figure(b.Low.Float()) + " to " + figure(b.High.Float())
}

func (p *printer) costBill(f CostFront) {
	switch {
	case f.Name == "":
		p.line("%s", f.ID)
	default:
		p.line("%s: %s, %s, %s requests a month", f.ID, f.Name, f.Region, count(f.Requests))
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
		p.text("    ", "  at the upper bound of the billed duration the month costs %s", money(u.Total, u.Rounding))
	}
}

// axisWords is how an axis reads: what it is, and a value on it.
func axisWords(a pricing.Axis) (name string, value func(q pricing.Quantity) string) {
	if a == pricing.AlongBilledMS {
		return "billed duration of an invocation", func(q pricing.Quantity) string { return figure(q.Float()) + " ms" }
	}
	return "requests a month", func(q pricing.Quantity) string { return group(int64(math.Ceil(q.Float()))) }
}

// breakEven says who is the cheapest where, and which fronts change places.
func (p *printer) breakEven(b *estimate.BreakEven) {
	if b == nil {
		return
	}
	name, value := axisWords(b.Axis)
	p.line("")
	p.text("", "Cheapest by %s, %s to %s, everything else as given:", name, value(b.From), value(b.To))
	for _, s := range b.Envelope.Segments {
		p.line("  from %-16s %s", value(s.From), b.Fronts[s.Curve])
	}
	if len(b.Never) > 0 {
		p.text("  ", "  nowhere the cheapest: %s", strings.Join(b.Never, ", "))
	}
	for _, c := range b.Changes {
		p.text("    ", "  %s is cheaper than %s from %s on%s", b.Fronts[c.Then], b.Fronts[c.First], value(c.X), within(c, value))
	}
	if len(b.Changes) == 0 && len(b.Fronts) > 1 {
		p.text("    ", "  no two fronts change places")
	}
}

// within is where a change may lie when it is known within bounds only.
func within(c estimate.Change, value func(pricing.Quantity) string) string {
	switch {
	case c.Never:
		return fmt.Sprintf("; within the bounds of the durations from %s, or never", value(c.Low))
	case !c.Low.Equal(c.High):
		return fmt.Sprintf("; within the bounds of the durations %s to %s", value(c.Low), value(c.High))
	}
	return ""
}

// samples is a sweep of one input as a table.
func (p *printer) samples(s *estimate.Sweep1) {
	if s == nil {
		return
	}
	p.line("")
	p.text("", "USD per million requests by %s", sweepName(s.Over))
	g := grid{header: append(append([]string{sweepName(s.Over)}, s.Fronts...), "cheapest")}
	for _, sample := range s.Samples {
		row := []string{sweepValue(s.Over, sample.X)}
		for _, cost := range sample.Costs {
			if estimate.Unable(cost) {
				row = append(row, "cannot")
				continue
			}
			row = append(row, "$"+figure(cost/sample.Requests*1e6))
		}
		g.rows = append(g.rows, append(row, orDash(cheapestOf(s, sample))))
	}
	p.table(g)
}

func cheapestOf(s *estimate.Sweep1, sample estimate.Sample) string {
	if sample.Cheapest < 0 {
		return ""
	}
	return s.Fronts[sample.Cheapest]
}

func sweepName(s estimate.SweepInput) string {
	return map[estimate.SweepInput]string{estimate.SweepRequests: "requests a month", estimate.SweepDuration: "duration", estimate.SweepResponseSize: "response size"}[s]
}

func sweepValue(s estimate.SweepInput, x float64) string {
	switch s {
	case estimate.SweepDuration:
		return figure(x/1000) + " ms"
	case estimate.SweepResponseSize:
		return figure(x) + " B"
	}
	return figure(x)
}

// phase is a diagram in letters: requests to the right, the other input up.
func (p *printer) phase(d *estimate.Phase) {
	if d == nil {
		return
	}
	p.line("")
	p.text("", "The cheapest by %s (upwards) and requests a month (to the right), both on logarithmic scales", sweepName(d.Y.Over))
	width := 0
	for i := range d.Diagram.Rows {
		width = max(width, len(sweepValue(d.Y.Over, d.YAxis.At(float64(i)+0.5))))
	}
	for i := range slices.Backward(d.Diagram.Rows) {
		var cells strings.Builder
		for _, c := range d.Diagram.Rows[i].Cells {
			cells.WriteByte(letter(c))
		}
		p.line("  %*s  %s", width, sweepValue(d.Y.Over, d.YAxis.At(float64(i)+0.5)), cells.String())
	}
	from, to := figure(d.X.From.Float()), figure(d.X.To.Float())
	p.line("  %*s  %s%*s", width, "", from, d.Diagram.X.Cells-len(from), to)
	var legend []string
	for i, id := range d.Fronts {
		legend = append(legend, string(letter(i))+" "+id)
	}
	p.text("  ", "  %s", strings.Join(legend, ", "))
}

// letter stands for a front; a dot is for none that can carry the workload.
func letter(i int) byte {
	if i < 0 {
		return '.'
	}
	return "abcdefghijklmnopqrstuvwxyz"[i%26]
}

// uncertainty is what the ranges do to the choice.
func (p *printer) uncertainty(u *estimate.Uncertainty, b *estimate.BreakEven, notes *footnotes) {
	if u == nil {
		return
	}
	p.line("")
	p.text("", "What the ranges do to the choice: %s worlds drawn with one seed (%d), the same for all fronts", group(int64(u.Draws)), u.Seed)
	g := grid{header: []string{"front", "cheapest in", "expected regret", "USD/month", "80 % of worlds"}, left: 1}
	for i, f := range u.Outcome.Fronts {
		row := []string{u.Fronts[i], figure(f.Cheapest*100) + " %", "$" + figure(f.Regret), "$" + figure(f.Mean), fmt.Sprintf("$%s to $%s", figure(f.Low), figure(f.High))}
		if f.Absent > 0 {
			row[1] += notes.add("%s cannot carry %s %% of worlds; its other figures are those of the rest", u.Fronts[i], figure(f.Absent*100))
		}
		g.rows = append(g.rows, row)
	}
	p.table(g)
	p.text("  ", "  regret: mean USD a month above the cheapest of each world")
	choice := u.Fronts[u.Outcome.Choice]
	if len(u.Outcome.Close) > 0 {
		var near []string
		for _, i := range u.Outcome.Close {
			near = append(near, u.Fronts[i])
		}
		p.text("  ", "  less than $%s a month between %s and %s: cost is no reason to prefer it", figure(u.Material), choice, strings.Join(near, ", "))
	}
	p.crossovers(u, b)
}

// crossovers are where fronts change places over the worlds: those that do at
// the expected values, and those that overtake the choice in some worlds only.
func (p *printer) crossovers(u *estimate.Uncertainty, b *estimate.BreakEven) {
	for _, c := range u.Outcome.Pairs {
		changes := slices.ContainsFunc(b.Changes, func(d estimate.Change) bool { return d.First == c.First && d.Then == c.Second })
		if !changes && (c.First != u.Outcome.Choice || c.Never == 1 || c.Start == 1) {
			continue
		}
		where := fmt.Sprintf("%s; 80 %% of worlds %s to %s", orNever(c.Median), upwards(c.Low), upwards(c.High))
		switch {
		case c.Low == c.High && c.Never == 0:
			where = upwards(c.Low) + " in every world"
		case math.IsInf(c.Low, 1):
			where = "a number in few worlds"
		case math.IsInf(c.High, 1):
			where = fmt.Sprintf("%s; 80 %% of worlds above %s or never", orNever(c.Median), upwards(c.Low))
		}
		if c.Never > 0 {
			where += fmt.Sprintf("; never in %s %%", figure(c.Never*100))
		}
		p.text("    ", "  %s overtakes %s at (requests a month): %s", u.Fronts[c.Second], u.Fronts[c.First], where)
	}
}

func orNever(x float64) string {
	if math.IsInf(x, 1) {
		return "never in the median world"
	}
	return "median " + upwards(x)
}

// upwards is the first whole number of requests from x on.
func upwards(x float64) string { return figure(math.Ceil(x)) }

// sensitivity is the tornado in words: the inputs by how far they move the
// margin between the incumbent and the next front.
func (p *printer) sensitivity(s *estimate.Sensitivity) {
	if s == nil {
		return
	}
	p.line("")
	p.text("", "What flips the choice of %s, one input at a time; margin: USD a month to the next front", s.Fronts[s.Incumbent])
	g := grid{header: []string{"input", "expected", "range", "margin", "flips"}, left: 1}
	for _, e := range s.Effects {
		row := []string{e.Name, figure(e.Base), "certain", margin(e.Low.Margin), flips(e)}
		if e.Low.Value != e.High.Value {
			row[2] = figure(e.Low.Value) + " to " + figure(e.High.Value)
			row[3] = margin(e.Low.Margin) + " to " + margin(e.High.Margin)
		}
		g.rows = append(g.rows, row)
	}
	p.table(g)
}

// margin is a difference in dollars; below 0 another front is cheaper.
func margin(x float64) string {
	switch {
	case estimate.Unable(x):
		return "no other can"
	case estimate.Unable(-x):
		return "cannot"
	case x < 0:
		return "-$" + figure(-x)
	}
	return "$" + figure(x)
}

// flips is where the choice changes.
func flips(e breakeven.Effect) string {
	var at []string
	if e.FlipsBelow != nil {
		at = append(at, "below "+figure(*e.FlipsBelow))
	}
	if e.FlipsAbove != nil {
		at = append(at, "above "+figure(*e.FlipsAbove))
	}
	switch {
	case len(at) > 0:
		return strings.Join(at, ", ")
	case e.Cancels && e.Low.Value != e.High.Value:
		return "no: moves no margin"
	}
	return "no"
}
