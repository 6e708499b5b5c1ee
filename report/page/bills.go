package page

import (
	"fmt"
	"slices"
	"strings"

	"frontdoor/pricing"
	"frontdoor/report"
	"frontdoor/report/words"
)

// bill is one front's, line by line.
type bill struct {
	Front, Door string
	Total       string // "" when there is no bill
	Why         string // why there is none
	Table       table
	Remarks     []string
}

func bills(r *report.Report, refs *sources) []bill {
	var list []bill
	for _, f := range r.Fronts {
		b := bill{Front: f.ID, Door: fmt.Sprintf("%s, %s", f.Name, f.Region)}
		if !f.Cost.Priced() {
			b.Why = f.Cost.Why()
			list = append(list, b)
			continue
		}
		priced := f.Cost.Bill
		b.Total = words.Money(priced.Total, priced.Rounding) + " a month"
		if priced.LowerBound {
			b.Total = "at least " + b.Total
		}
		b.Table = newBill(f.ID, priced, refs)
		b.Remarks = append(report.Basis(priced), report.Gaps(priced)...)
		list = append(list, b)
	}
	return list
}

// newBill folds the columns of a bill's table in pairs, one below the other, so
// that it fits the page, and adds where each price is from.
func newBill(id string, b pricing.Bill, refs *sources) table {
	g := report.BillTable(b)
	t := table{Caption: "Bill of " + id, Left: 1, Wordy: true, Head: []string{"meter", "quantity", "USD/unit", "USD/month", "price", "source"}}
	for i, line := range g.Rows {
		at := func(header string) string {
			if column := slices.Index(g.Header, header); column >= 0 {
				return line[column]
			}
			return ""
		}
		r := row{Name: cell{Text: at("meter"), Range: strings.TrimSpace(at("service") + " " + at("region"))}}
		if i == len(b.Lines) {
			r.Mark, r.Name = "total", cell{Text: "total"}
		}
		r.Cells = []cell{{Text: at("quantity"), Range: at("unit")}, {Text: at("USD/unit"), Range: at("tier")}, {Text: at("USD/month")}, {Text: at("price")}, {}}
		if i < len(b.Lines) && !b.Lines[i].Free {
			l := b.Lines[i]
			r.Cells[4].Refs = []int{refs.add(fmt.Sprintf("%s: %s (%s)", l.Meter, l.Source, report.Backed(l)))}
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}
