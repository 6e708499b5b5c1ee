package report

import (
	"fmt"
	"strings"

	"frontdoor/pricing"
)

// EraTable is the same durations and traffic under the rules and rates of each
// era of billing, with and without INIT billed.
type EraTable struct {
	Fronts   []string
	Requests int64
	Rows     []EraRow
}

// EraRow is one era. A front that did not exist then has an unavailable bill.
type EraRow struct {
	pricing.Era
	Day      pricing.Date
	Init     bool // INIT is billed
	AsBilled bool // as AWS billed Lambda on the day
	Bills    []pricing.Bill
	Cheapest string // "" when no front has a bill, or a lower bound cannot decide
}

// NewEraTable prices workloads in every era of the book.
func NewEraTable(book *pricing.Book, workloads []pricing.Workload, o pricing.BillOptions) (*EraTable, error) {
	t := &EraTable{}
	for _, w := range workloads {
		t.Fronts = append(t.Fronts, w.Front)
		t.Requests = w.Traffic.RequestsPerMonth
	}
	for _, era := range book.Eras() {
		for _, init := range []bool{false, true} {
			row, err := newEraRow(book, workloads, o, era, init)
			if err != nil {
				return nil, err
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t, nil
}

func newEraRow(book *pricing.Book, workloads []pricing.Workload, o pricing.BillOptions, era pricing.Era, init bool) (EraRow, error) {
	row := EraRow{Era: era, Day: era.Day(o.AsOf), Init: init}
	rules, err := book.Rules(row.Day, pricing.InitSwitch{})
	if err != nil {
		return EraRow{}, err
	}
	row.AsBilled = (rules.Lambda.Init.Value != 0) == init
	o.AsOf, o.Init = row.Day, pricing.InitSwitch{Lambda: &init, Edge: &init}
	for _, w := range workloads {
		bill, err := book.Price(w, o)
		if err != nil {
			return EraRow{}, err
		}
		row.Bills = append(row.Bills, bill)
	}
	row.Cheapest = cheapest(row.Bills)
	return row, nil
}

// cheapest is the front whose bill is the least, "" when a bill is only known
// within bounds that overlap the least.
func cheapest(bills []pricing.Bill) string {
	best := -1
	for i, b := range bills {
		if b.Unavailable == "" && (best < 0 || b.Total.Cmp(bills[best].Total) < 0) {
			best = i
		}
	}
	if best < 0 || bills[best].LowerBound {
		return ""
	}
	for i, b := range bills {
		if i != best && b.Unavailable == "" && bills[best].Upper != nil && bills[best].Upper.Total.Cmp(b.Total) >= 0 {
			return ""
		}
	}
	return bills[best].Front
}

func (p *printer) eras(t *EraTable) {
	if t == nil {
		return
	}
	p.line("")
	p.text("", "The same durations in each era, at its rules and rates: USD a month for %s requests", count(t.Requests))
	g := grid{header: append(append([]string{"priced on", "rounded up to", "INIT billed"}, t.Fronts...), "cheapest"), left: 3}
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
		g.rows = append(g.rows, append(cells, orDash(row.Cheapest)))
	}
	p.table(g)
	p.text("  ", "* as AWS billed Lambda on that day, for ZIP packages on managed runtimes; \"not yet\": the front, or its architecture, did not exist; cheapest is - where bounds overlap or a meter is missing")
}

func eraCell(b pricing.Bill) string {
	if b.Unavailable != "" {
		return "not yet"
	}
	return amount(b)
}

// amount is a bill's total: within bounds where that is all there is.
func amount(b pricing.Bill) string {
	text := dollars(b.Total)
	if b.Upper != nil && !b.Upper.Total.Equal(b.Total) {
		text += " to " + dollars(b.Upper.Total)
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
