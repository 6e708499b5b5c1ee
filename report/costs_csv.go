package report

import (
	"encoding/csv"
	"io"
	"strconv"

	"frontdoor/pricing"
	"frontdoor/pricing/estimate"
)

// CostCSV writes every line of every bill, RFC 4180, full values. A bill that is
// known within bounds has the rows of both: add up the rows of one bound only.
func CostCSV(w io.Writer, c *Costs) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write([]string{"workload", "front", "bound", "service", "meter", "region", "quantity", "unit", "tier_from", "tier_until", "unit_price_usd",
		"amount_usd", "per_million_usd", "free_tier", "rate_code", "source", "as_of", "confidence", "rounding"}); err != nil {
		return err
	}
	for _, f := range c.Fronts {
		for _, row := range c.rows(f) {
			if err := out.Write(row); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

func (c *Costs) rows(f CostFront) [][]string {
	bound := ""
	var rows [][]string
	if f.Bill.Upper != nil {
		bound = "lower"
		rows = c.lineRows(f, "upper", *f.Bill.Upper)
	}
	return append(c.lineRows(f, bound, f.Bill), rows...)
}

// lineRows leaves figures empty that are not known: missing is not zero.
func (c *Costs) lineRows(f CostFront, bound string, b pricing.Bill) [][]string {
	var rows [][]string
	for _, l := range b.Lines {
		until, million := "Inf", ""
		if l.Tier.Until != nil {
			until = l.Tier.Until.String()
		}
		if l.PerMillion != nil {
			million = l.PerMillion.String()
		}
		rows = append(rows, []string{c.Name, f.ID, bound, l.Service, string(l.Meter), l.Region, l.Quantity.String(), l.Unit, l.Tier.From.String(), until,
			l.UnitPrice.String(), l.Amount.String(), million, l.FreeTier, l.RateCode, l.Source, c.AsOf.String(), string(l.Confidence), string(c.Rounding)})
	}
	gaps := b.Missing
	if b.Unavailable != "" {
		gaps = []pricing.Gap{{Meter: "unpriced", Reason: b.Unavailable}}
	}
	for _, gap := range gaps {
		row := make([]string, 19)
		row[0], row[1], row[2], row[4], row[5], row[15], row[16], row[18] = c.Name, f.ID, bound, string(gap.Meter), f.Region, "missing: "+gap.Reason, c.AsOf.String(), string(c.Rounding)
		rows = append(rows, row)
	}
	return rows
}

// SweepCSV writes what each front costs along a sweep, or which is the cheapest
// in each cell of a diagram, RFC 4180.
func SweepCSV(w io.Writer, c *Costs) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	number := func(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
	var rows [][]string
	if s := c.Estimate.Sweep; s != nil {
		rows = append(rows, []string{"workload", string(s.Over), "requests_per_month", "front", "usd_per_month", "usd_per_million", "cheapest"})
		for _, sample := range s.Samples {
			for i, id := range s.Fronts {
				month, million := "", "" // the front cannot carry it
				if cost := sample.Costs[i]; !estimate.Unable(cost) {
					month, million = number(cost), number(cost/sample.Requests*1e6)
				}
				rows = append(rows, []string{c.Name, number(sample.X), number(sample.Requests), id, month, million, strconv.FormatBool(i == sample.Cheapest)})
			}
		}
	}
	if p := c.Estimate.Phase; p != nil {
		rows = append(rows, []string{"workload", string(p.Y.Over), "requests_from", "requests_to", "cheapest"})
		for i, row := range p.Diagram.Rows {
			for _, s := range row.Segments {
				rows = append(rows, []string{c.Name, number(p.YAxis.At(float64(i) + 0.5)), number(s.From), number(s.To), p.Fronts[s.Curve]})
			}
		}
	}
	if err := out.WriteAll(rows); err != nil {
		return err
	}
	return out.Error()
}
