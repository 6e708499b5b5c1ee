package figures

import (
	"cmp"
	"fmt"
	"strings"

	"frontdoor/pricing"
	"frontdoor/report"
	"frontdoor/report/chart"
	"frontdoor/report/words"
)

// eras is what the month would have cost under the rules and rates of each era.
func eras(r *report.Report) (Figure, bool) {
	t := r.Eras
	if t == nil || len(t.Rows) == 0 {
		return Figure{}, false
	}
	var rows []chart.Row
	x := newExtent()
	points := make([][]chart.Point, len(t.Fronts))
	g := report.Grid{Header: append([]string{"era", "INIT billed", "as billed"}, t.Fronts...), Left: 3}
	for i, row := range t.Rows {
		cells := []string{eraName(row), yes(row.Init), yes(row.AsBilled)}
		for k, b := range row.Bills {
			if b.Unavailable != "" || k >= len(t.Fronts) {
				cells = append(cells, "not yet")
				continue
			}
			lane := 0.72 * ((float64(k)+0.5)/float64(len(t.Fronts)) - 0.5)
			points[k] = append(points[k], chart.Point{X: b.Total.Float(), Y: float64(i) + lane})
			x.addPositive(b.Total.Float())
			cells = append(cells, words.Money(b.Total, b.Rounding))
		}
		label := eraName(row)
		if row.Init {
			label += ", INIT billed"
		}
		rows = append(rows, chart.Row{Label: label, Pale: !row.AsBilled})
		g.Rows = append(g.Rows, cells)
	}
	if x.empty() {
		return Figure{}, false
	}
	var marks []chart.Mark
	for k, id := range t.Fronts {
		if s := seriesOf(r, id); s >= 0 && len(points[k]) > 0 {
			marks = append(marks, chart.Dots{Series: s, Points: points[k]})
		}
	}
	axis := chart.Axis{Scale: chart.Linear(0, x.high*1.05), Title: "USD a month", Format: dollars}
	if x.high > 30*x.low {
		axis.Scale, axis.Title = x.log(), "USD a month (log)"
	}
	return Figure{ID: "eras", Title: "The same month in each era of billing", Takeaway: erasTakeaway(t), Table: g,
		Explain: "The durations of this run at each era's rules and rates: durations were once rounded up to 100 ms, and those at the edge to 50 ms. Rows in full ink are how AWS billed Lambda then, the pale ones the other way about INIT. Fronts that did not exist yet have no dot.",
		Chart:   &chart.Chart{X: axis, Panels: []chart.Panel{{Height: 16 + 9*float64(len(t.Fronts)), Y: chart.Axis{Scale: chart.Category(rows...)}, Marks: marks}}}}, true
}

// eraName is an era by its first day and its roundings.
func eraName(row pricing.EraRow) string {
	name := "until " + row.InForce.Until.String()
	if row.InForce.Until.IsZero() {
		name = "since " + row.InForce.From.String()
	}
	return fmt.Sprintf("%s: %d ms, edge %d ms", name, row.LambdaMS, row.EdgeMS)
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// erasTakeaway says who was the cheapest as AWS billed in each era.
func erasTakeaway(t *pricing.EraTable) string {
	const nobody = "no front clearly"
	type reign struct {
		who   string
		until pricing.Date
	}
	var reigns []reign
	for _, row := range t.Rows {
		if !row.AsBilled {
			continue
		}
		next := reign{cmp.Or(row.Cheapest, nobody), row.InForce.Until}
		if n := len(reigns); n > 0 && reigns[n-1].who == next.who {
			reigns = reigns[:n-1]
		}
		reigns = append(reigns, next)
	}
	switch {
	case len(reigns) == 0:
		return "No era's way of billing is known to be AWS's own."
	case len(reigns) == 1 && reigns[0].who == nobody:
		return "In no era can the cheapest front be told."
	case len(reigns) == 1:
		return sentence("%s would have been the cheapest in every era", reigns[0].who)
	}
	var parts []string
	for _, g := range reigns[:len(reigns)-1] {
		parts = append(parts, g.who+" until "+g.until.String())
	}
	return sentence("As AWS billed, the cheapest would have been %s, then %s", strings.Join(parts, ", "), reigns[len(reigns)-1].who)
}
