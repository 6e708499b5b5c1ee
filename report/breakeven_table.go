package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"frontdoor/pricing"
	"frontdoor/pricing/estimate"
	"frontdoor/report/words"
)

// axisWords is how an axis reads: what it is, and a value on it.
func axisWords(a pricing.Axis) (name string, value func(q pricing.Quantity) string) {
	if a == pricing.AlongBilledMS {
		return "billed duration of an invocation", func(q pricing.Quantity) string { return words.Figure(q.Float()) + " ms" }
	}
	return "requests a month", func(q pricing.Quantity) string { return words.Group(int64(math.Ceil(q.Float()))) }
}

// breakEven says who is the cheapest where, and which fronts change places.
func (p *printer) breakEven(b *estimate.BreakEven) {
	if b == nil {
		return
	}
	name, value := axisWords(b.Axis)
	p.line("")
	bounded := ""
	if slices.ContainsFunc(b.Changes, func(c estimate.Change) bool { return c.Never || !c.Low.Equal(c.High) }) {
		bounded = " and durations at their lower bounds"
	}
	p.text("", "Cheapest by %s, %s to %s, everything else as given%s:", name, value(b.From), value(b.To), bounded)
	for _, s := range b.Envelope.Segments {
		p.line("  from %-16s %s", value(s.From), b.Fronts[s.Curve])
	}
	if len(b.Never) > 0 {
		p.text("  ", "  nowhere the cheapest: %s", strings.Join(b.Never, ", "))
	}
	for _, c := range b.Changes {
		p.text("    ", "  %s is cheaper than %s from %s on", b.Fronts[c.Then], b.Fronts[c.First], place(c, value))
	}
	if len(b.Changes) == 0 && len(b.Fronts) > 1 {
		p.text("    ", "  no two fronts change places")
	}
}

// place is where a change is: one value, or what the bounds of the durations
// leave open.
func place(c estimate.Change, value func(pricing.Quantity) string) string {
	switch {
	case c.Never:
		return fmt.Sprintf("%s at the earliest, or never, by the bounds of the durations,", value(c.Low))
	case !c.Low.Equal(c.High):
		return fmt.Sprintf("somewhere between %s and %s, by the bounds of the durations,", value(c.Low), value(c.High))
	}
	return value(c.X)
}

// samples is a sweep of one input as a table.
func (p *printer) samples(s *estimate.Sweep1) {
	if s == nil {
		return
	}
	p.line("")
	p.text("", "USD per million requests by %s", sweepName(s.Over))
	g := Grid{Header: append(append([]string{sweepName(s.Over)}, s.Fronts...), "cheapest")}
	for _, sample := range s.Samples {
		row := []string{sweepValue(s.Over, sample.X)}
		for _, cost := range sample.Costs {
			if estimate.Unable(cost) {
				row = append(row, "cannot")
				continue
			}
			row = append(row, "$"+words.Figure(cost/sample.Requests*1e6))
		}
		g.Rows = append(g.Rows, append(row, orDash(cheapestOf(s, sample))))
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
		return words.Figure(x/1000) + " ms"
	case estimate.SweepResponseSize:
		return words.Figure(x) + " B"
	}
	return words.Figure(x)
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
	from, to := words.Figure(d.X.From.Float()), words.Figure(d.X.To.Float())
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
