package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"frontdoor/pricing"
	"frontdoor/report/words"
)

// Lines writes every line of every bill, with its price, source and date.
func Lines(w io.Writer, r *Report) error { return Style{}.Lines(w, r) }

// Lines writes every line of every bill for a terminal.
func (s Style) Lines(w io.Writer, r *Report) error {
	out := &printer{w: w, style: s}
	out.text("", "%s", headline(r))
	out.text("", "%s", priceLine(r))
	for _, f := range r.Fronts {
		out.line("")
		out.bill(f)
	}
	return out.err
}

func (p *printer) bill(f Front) {
	p.line("%s: %s, %s", f.ID, f.Name, f.Region)
	if len(f.Invalid) > 0 {
		p.text("    ", "  not counted: %s", weakRounds(f.Invalid))
	}
	if len(f.Disturbed) > 0 {
		p.text("    ", "  counted although disturbed: %s", weakRounds(f.Disturbed))
	}
	if !f.Cost.Priced() {
		p.text("    ", "  no bill: %s", f.Cost.Why())
		return
	}
	p.billed(f.Cost.Bill)
}

// billed is a bill as AWS would set it out, and what it rests on.
func (p *printer) billed(b pricing.Bill) {
	p.table(BillTable(b))
	for _, line := range Basis(b) {
		p.text("    ", "  %s", line)
	}
	p.sources(b)
	for _, line := range Gaps(b) {
		p.text("    ", "  %s", line)
	}
}

// Basis says how a bill's durations were rounded and its hours counted.
func Basis(b pricing.Bill) []string {
	var lines []string
	if b.Rules != (pricing.Rules{}) {
		billing := b.Rules.Of(b.Kind)
		lines = append(lines, fmt.Sprintf("durations rounded up to %d ms per invocation; INIT billed: %s", billing.Granularity.Value, yes(billing.Init)))
	}
	if b.LCU != nil {
		lines = append(lines, "LCU-hours are billed on the largest dimension of each hour: "+binding(*b.LCU))
	}
	return lines
}

// Gaps says what is not in a bill, and its notes.
func Gaps(b pricing.Bill) []string {
	var lines []string
	for _, gap := range b.Missing {
		lines = append(lines, fmt.Sprintf("missing: %s: %s", gap.Meter, gap.Reason))
	}
	for _, gap := range b.Excluded {
		lines = append(lines, fmt.Sprintf("left out: %s: %s", gap.Meter, gap.Reason))
	}
	return append(lines, b.Notes...)
}

// BillTable has a row for each line of a bill, in order, and one for the total.
func BillTable(b pricing.Bill) Grid {
	g := Grid{Header: []string{"service", "meter", "quantity", "unit", "tier", "USD/unit", "USD/month", "price"}, Left: 2}
	regions := severalRegions(b)
	if regions {
		g.Header, g.Left = slices.Insert(g.Header, 2, "region"), 3
	}
	row := func(region string, cells ...string) {
		if regions {
			cells = slices.Insert(cells, 2, region)
		}
		g.Rows = append(g.Rows, cells)
	}
	for _, l := range b.Lines {
		price := string(l.Confidence)
		if l.Free {
			price = "free tier " + l.FreeTier
		}
		row(l.Region, l.Service, string(l.Meter), words.Quantity(l.Quantity), l.Unit, tier(l.Tier), l.UnitPrice.String(), words.Money(l.Amount, b.Rounding), price)
	}
	total := words.Money(b.Total, b.Rounding)
	if b.LowerBound {
		total = ">= " + total
	}
	row("", "total", "", "", "", "", "", total, string(b.Confidence))
	return g
}

// severalRegions reports whether a bill's lines lie in more than one Region;
// meters that no Region divides lie in none.
func severalRegions(b pricing.Bill) bool {
	first := ""
	for _, l := range b.Lines {
		switch {
		case l.Region == pricing.Global || l.Region == first:
		case first == "":
			first = l.Region
		default:
			return true
		}
	}
	return false
}

// sources lists where each price is from, once.
func (p *printer) sources(b pricing.Bill) {
	seen := map[pricing.Meter]bool{}
	for _, l := range b.Lines {
		if seen[l.Meter] || l.Free {
			continue
		}
		seen[l.Meter] = true
		p.text("    ", "  source: %s: %s (%s)", l.Meter, l.Source, Backed(l))
	}
}

// Backed says how far the source covers the price. What it rests on confirms
// nothing when the price is unconfirmed.
func Backed(l pricing.Line) string {
	days := fmt.Sprintf("%s to %s", l.Seen.From, l.Seen.Until)
	switch l.Confidence {
	case pricing.Confirmed:
		return "confirmed " + days
	case pricing.Carried:
		return "carried; confirmed " + days
	}
	return string(l.Confidence) + "; seen " + days
}

// binding names what the hours of the day are billed on.
func binding(l pricing.LCU) string {
	hours := map[pricing.Dimension]int{}
	for _, d := range l.Binding {
		hours[d]++
	}
	var parts []string
	for _, d := range pricing.Dimensions() {
		if hours[d] > 0 {
			parts = append(parts, fmt.Sprintf("%s in %d of 24", d, hours[d]))
		}
	}
	if len(parts) == 0 {
		return "none asks for any"
	}
	return strings.Join(parts, ", ")
}

func yes(rule pricing.Rule) string {
	word := "no"
	if rule.Value != 0 {
		word = "yes"
	}
	if rule.Confidence != pricing.Confirmed {
		word += " (unconfirmed)"
	}
	return word
}

func tier(t pricing.Tier) string {
	if t.Until == nil {
		if t.From.Sign() == 0 {
			return ""
		}
		return "over " + words.Quantity(t.From)
	}
	return words.Quantity(t.From) + " to " + words.Quantity(*t.Until)
}
