package report

import (
	"encoding/csv"
	"fmt"
	"io"

	"frontdoor/pricing"
)

// PriceDiff writes what differs in a book between two days.
func PriceDiff(w io.Writer, format string, v PriceView, d pricing.Difference) error {
	switch format {
	case "table":
		out := &printer{w: w}
		out.line("What differs between %s and %s: %s; book: %s", d.Before, d.After, v.where(), v.Book)
		out.changes(d)
		return out.err
	case "csv":
		return diffCSV(w, d)
	case "json":
		return diffJSON(w, v, d)
	}
	return fmt.Errorf("unknown format %q", format)
}

func (p *printer) changes(d pricing.Difference) {
	if len(d.Rates)+len(d.Rules)+len(d.Free)+len(d.Fronts) == 0 {
		p.line("  nothing")
		return
	}
	p.rateChanges(d)
	for _, c := range d.Rules {
		p.text("    ", "  rule: %s: %s, then %s", c.Name, ruleWas(c.Before), ruleWas(c.After))
	}
	for _, c := range d.Free {
		p.text("    ", "  free: %s: %s, then %s", c.ID, freeWas(c.Before), freeWas(c.After))
	}
	for _, kind := range d.Fronts {
		p.text("    ", "  front: %s can be had", kind)
	}
}

// rateChanges pairs the bands of before and after by their place.
func (p *printer) rateChanges(d pricing.Difference) {
	if len(d.Rates) == 0 {
		return
	}
	g := Grid{Header: []string{"meter", "Region", "change", "tier before", "USD before", "tier after", "USD after"}, Left: 3}
	for _, c := range d.Rates {
		for i := range max(len(c.Before), len(c.After)) {
			row := []string{"", "", "", "", "", "", ""}
			if i == 0 {
				row[0], row[1], row[2] = string(c.Meter), c.Region, change(len(c.Before) > 0, len(c.After) > 0)
			}
			for column, rates := range map[int][]pricing.Rate{3: c.Before, 5: c.After} {
				if i < len(rates) {
					row[column], row[column+1] = band(rates[i].Tier), unitPrice(rates[i])
				}
			}
			g.Rows = append(g.Rows, row)
		}
	}
	p.table(g)
}

func change(before, after bool) string {
	switch {
	case !before:
		return "new"
	case !after:
		return "gone"
	}
	return "changed"
}

func ruleWas(r *pricing.Rule) string {
	if r == nil {
		return "none"
	}
	return fmt.Sprint(r.Value)
}

func freeWas(f *pricing.FreeQuantity) string {
	if f == nil {
		return "none"
	}
	return exact(f.Quantity) + " a month"
}

// diffCSV writes one row for each band, rule or quantity on each side.
func diffCSV(w io.Writer, d pricing.Difference) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	rows := [][]string{{"what", "name", "region", "change", "as_of", "tier_from", "tier_until", "value", "unit", "source"}}
	for _, c := range d.Rates {
		word := change(len(c.Before) > 0, len(c.After) > 0)
		for _, side := range []struct {
			day   pricing.Date
			rates []pricing.Rate
		}{{d.Before, c.Before}, {d.After, c.After}} {
			for _, r := range side.rates {
				rows = append(rows, []string{"rate", string(c.Meter), c.Region, word, side.day.String(),
					r.Tier.From.String(), upTo(r.Tier), unitPrice(r), r.Unit, r.Source})
			}
		}
	}
	for _, c := range d.Rules {
		for day, r := range sides(d, c.Before, c.After) {
			rows = append(rows, []string{"rule", c.Name, "", change(c.Before != nil, c.After != nil), day.String(), "", "", fmt.Sprint(r.Value), "", r.Source})
		}
	}
	for _, c := range d.Free {
		for day, f := range sides(d, c.Before, c.After) {
			rows = append(rows, []string{"free", c.ID, "", change(c.Before != nil, c.After != nil), day.String(), "", "", f.Quantity.String(), "", f.Source})
		}
	}
	for _, kind := range d.Fronts {
		rows = append(rows, []string{"front", string(kind), "", "new", d.After.String(), "", "", "", "", ""})
	}
	return out.WriteAll(rows)
}

// sides goes over what there is of the two days, the earlier first.
func sides[T any](d pricing.Difference, before, after *T) func(func(pricing.Date, *T) bool) {
	return func(yield func(pricing.Date, *T) bool) {
		if before != nil && !yield(d.Before, before) {
			return
		}
		if after != nil {
			yield(d.After, after)
		}
	}
}

func diffJSON(w io.Writer, v PriceView, d pricing.Difference) error {
	type rate struct {
		Meter  pricing.Meter `json:"meter"`
		Region string        `json:"region"`
		Change string        `json:"change"`
		Before []jsonBand    `json:"before"`
		After  []jsonBand    `json:"after"`
	}
	type rule struct {
		Name   string        `json:"name"`
		Before *pricing.Rule `json:"before"`
		After  *pricing.Rule `json:"after"`
	}
	type free struct {
		ID     string                `json:"id"`
		Before *pricing.FreeQuantity `json:"before"`
		After  *pricing.FreeQuantity `json:"after"`
	}
	doc := struct {
		Book   string       `json:"book"`
		Region string       `json:"region"`
		Before pricing.Date `json:"before"`
		After  pricing.Date `json:"after"`
		Rates  []rate       `json:"rates"`
		Rules  []rule       `json:"rules"`
		Free   []free       `json:"free"`
		Fronts []string     `json:"new_fronts"`
	}{v.Book, v.Region, d.Before, d.After, []rate{}, []rule{}, []free{}, []string{}}
	for _, c := range d.Rates {
		doc.Rates = append(doc.Rates, rate{c.Meter, c.Region, change(len(c.Before) > 0, len(c.After) > 0), bandsOf(c.Before, d.Before), bandsOf(c.After, d.After)})
	}
	for _, c := range d.Rules {
		doc.Rules = append(doc.Rules, rule(c))
	}
	for _, c := range d.Free {
		doc.Free = append(doc.Free, free(c))
	}
	for _, kind := range d.Fronts {
		doc.Fronts = append(doc.Fronts, string(kind))
	}
	return encode(w, doc)
}
