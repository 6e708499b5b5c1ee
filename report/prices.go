package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"frontdoor/pricing"
	"frontdoor/report/words"
)

// PriceView says what prices are shown of which book.
type PriceView struct {
	Book   string // "shipped", or what was laid over it
	Region string // or pricing.EveryRegion
	AsOf   pricing.Date
}

func (v PriceView) where() string {
	if v.Region == pricing.EveryRegion {
		return "every Region"
	}
	return v.Region + " and global"
}

// PriceFormats lists the formats of prices in the order in which help shows them.
func PriceFormats() []string { return []string{"table", "csv", "json"} }

// PriceList writes one row for each meter: its first band and where else it is
// known. CSV and JSON have every band, as Prices writes them.
func PriceList(w io.Writer, format string, v PriceView, listings []pricing.Listing) error {
	if format != "table" {
		return writePrices(w, format, v, listings)
	}
	out := &printer{w: w}
	out.line("List prices on %s: %s; book: %s", v.AsOf, v.where(), v.Book)
	g := Grid{Header: []string{"meter", "Region", "unit", "known in", "USD/unit", "bands", "price"}, Left: 4}
	for _, l := range listings {
		row := []string{string(l.Meter), l.Region, "", known(l), "-", "-", l.Why}
		if len(l.Rates) > 0 {
			row[2], row[4] = l.Rates[0].Unit, unitPrice(l.Rates[0])
			row[5], row[6] = fmt.Sprint(len(l.Rates)), string(l.Supported)
		}
		g.Rows = append(g.Rows, row)
	}
	out.table(g)
	return out.err
}

// known is the Regions of a meter in one cell: all of a few, the number of many.
func known(l pricing.Listing) string {
	const few = 3
	if len(l.Regions) > few {
		return words.Plural(len(l.Regions), "Region")
	}
	return strings.Join(l.Regions, " ")
}

// Prices writes all that a book says of a meter.
func Prices(w io.Writer, format string, v PriceView, listings []pricing.Listing) error {
	if format != "table" {
		return writePrices(w, format, v, listings)
	}
	out := &printer{w: w}
	for i, l := range listings {
		if i > 0 {
			out.line("")
		}
		out.line("%s in %s on %s; book: %s", l.Meter, l.Region, l.AsOf, v.Book)
		out.bands(l)
		out.pricedBy(l)
	}
	return out.err
}

func (p *printer) bands(l pricing.Listing) {
	if len(l.Rates) == 0 {
		p.line("  no price: %s", l.Why)
		return
	}
	g := Grid{Header: []string{"tier", "USD/" + l.Rates[0].Unit, "in force", "confirmed", "price", "rate code"}, Left: 1}
	for _, r := range l.Rates {
		g.Rows = append(g.Rows, []string{band(r.Tier), unitPrice(r), span(r.InForce), span(r.Seen), string(r.Confidence(l.AsOf)), r.RateCode})
	}
	p.table(g)
	var sources []string
	for _, r := range l.Rates {
		if !slices.Contains(sources, r.Source) {
			sources = append(sources, r.Source)
			p.text("    ", "  source: %s", r.Source)
		}
	}
}

func (p *printer) pricedBy(l pricing.Listing) {
	for _, f := range l.Free {
		p.text("    ", "  free: %s; source: %s", free(f, l), f.Source)
	}
	for _, r := range l.Rules {
		p.text("    ", "  %s (%s, %s); source: %s", ruled(r), span(r.InForce), r.Confidence, r.Source)
	}
	var others []string
	for _, region := range l.Regions {
		if region != l.Region {
			others = append(others, region)
		}
	}
	if len(others) > 0 {
		p.text("    ", "  other Regions: %s", strings.Join(others, ", "))
	}
}

func free(f pricing.FreeQuantity, l pricing.Listing) string {
	unit := ""
	if len(l.Rates) > 0 {
		unit = " " + l.Rates[0].Unit
	}
	text := fmt.Sprintf("%s: %s%s a month", f.ID, exact(f.Quantity), unit)
	if f.PerRegion {
		text += " in each Region"
	}
	if f.Plan == pricing.FreeNewAccount {
		text += ", in an account's first 12 months"
	}
	if f.FirstBand {
		text += ", as the first band"
	}
	if len(f.Meters) > 1 || strings.HasSuffix(f.Meters[0], "*") {
		text += ", shared by " + strings.Join(f.Meters, ", ")
	}
	return fmt.Sprintf("%s (%s)", text, span(f.InForce))
}

// ruled is a billing rule as a sentence.
func ruled(r pricing.Rule) string {
	switch {
	case strings.HasSuffix(r.Name, ".granularity_ms"):
		return fmt.Sprintf("each invocation is rounded up to %d ms", r.Value)
	case strings.HasSuffix(r.Name, ".init_billed"):
		return "INIT billed: " + map[bool]string{true: "yes", false: "no"}[r.Value != 0]
	}
	return fmt.Sprintf("%s = %d", r.Name, r.Value)
}

// unitPrice is a price with all its decimals, or the word of books for one that
// only a contract says.
func unitPrice(r pricing.Rate) string {
	if r.Contract {
		return "contract"
	}
	return r.USD.String()
}

// band is a tier that says so when it is all there is.
func band(t pricing.Tier) string {
	if text := tier(t); text != "" {
		return text
	}
	return "all"
}

func span(s pricing.Span) string {
	if s.Until.IsZero() {
		return "from " + s.From.String()
	}
	if s.From == s.Until {
		return s.From.String()
	}
	return s.From.String() + " to " + s.Until.String()
}

// exact is a quantity with all its decimals: a free quantity is a promise.
func exact(q pricing.Quantity) string {
	whole, part, pointed := strings.Cut(q.String(), ".")
	if !pointed {
		return words.Thousands(whole)
	}
	return words.Thousands(whole) + "." + part
}
