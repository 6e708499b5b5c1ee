package report

import (
	"io"

	"frontdoor/pricing"
	"frontdoor/report/words"
)

// ImportedOffer is what was read of one offer file.
type ImportedOffer struct {
	File, Offer, Version, Published string
	Rates, Meters                   int // bands, and meters with each Region
	Products, Ignored               int
	LeftOut                         []string // meters not taken, with the reason
}

// PriceImport writes what was read, and what it changes against the book that
// was in use before, on one day.
func PriceImport(w io.Writer, offers []ImportedOffer, d pricing.Difference) error {
	out := &printer{w: w}
	g := Grid{Header: []string{"file", "offer", "version", "published", "rates", "meters", "products", "ignored"}, Left: 4}
	for _, o := range offers {
		g.Rows = append(g.Rows, []string{o.File, o.Offer, o.Version, o.Published,
			words.Group(int64(o.Rates)), words.Group(int64(o.Meters)), words.Group(int64(o.Products)), words.Group(int64(o.Ignored))})
	}
	out.table(g)
	for _, o := range offers {
		for _, why := range o.LeftOut {
			out.text("    ", "  left out of %s: %s", o.File, why)
		}
	}
	out.line("")
	out.text("", "Changed against the book before, on %s:", d.After)
	out.changes(d)
	return out.err
}
