package report

import (
	"fmt"
	"strings"

	"frontdoor/pricing"
	"frontdoor/report/words"
)

func (p *printer) eras(t *pricing.EraTable) {
	if t == nil {
		return
	}
	p.line("")
	title, g, note := Eras(t)
	p.text("", "%s", title)
	p.table(g)
	p.text("  ", "%s", note)
}

// Eras lays out a table of eras: what it shows, its cells, and what they mean.
func Eras(t *pricing.EraTable) (title string, g Grid, note string) {
	month := words.Count(t.Requests) + " requests"
	if t.Requests == 0 {
		month = "each front's own requests"
	}
	g = Grid{Header: append(append([]string{"priced on", "rounded up to", "INIT billed"}, t.Fronts...), "cheapest"), Left: 3}
	for _, row := range t.Rows {
		init := "no"
		if row.Init {
			init = "yes"
		}
		if row.AsBilled {
			init += " *"
		}
		cells := []string{row.Day.String(), fmt.Sprintf("%d ms, edge %d ms", row.LambdaMS, row.EdgeMS), init}
		for _, b := range row.Bills {
			cells = append(cells, eraCell(b))
		}
		g.Rows = append(g.Rows, append(cells, orDash(row.Cheapest)))
	}
	return "The same durations in each era, at its rules and rates: USD a month for " + month, g,
		"* as AWS billed Lambda on that day, for ZIP packages on managed runtimes; both rows of INIT are shown whatever the flags say; \"not yet\": the front, or its architecture, did not exist; cheapest is - where bounds overlap, costs are the same, or a meter is missing"
}

func eraCell(b pricing.Bill) string {
	if b.Unavailable != "" {
		return "not yet"
	}
	return amount(b)
}

// amount is a bill's total: within bounds where that is all there is.
func amount(b pricing.Bill) string {
	text := words.Money(b.Total, b.Rounding)
	if b.Upper != nil {
		if upper := words.Money(b.Upper.Total, b.Rounding); upper != text {
			text += " to " + upper
		}
	}
	if b.LowerBound {
		text = ">= " + text
	}
	return text
}

func orDash(s string) string {
	if strings.TrimSpace(s) == "" {
		return "-"
	}
	return s
}
