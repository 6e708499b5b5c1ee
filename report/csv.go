package report

import (
	"encoding/csv"
	"io"
	"strconv"

	"frontdoor/pricing"
)

// The two readings of a bill in cost.csv. Both are always written when a free
// tier applies, so that it is never merged silently.
const (
	regimeList = "list"
	regimeNet  = "net_of_free_tier"
)

// CSV writes every line of every bill, RFC 4180, full values. Rows of the
// regimes are alternatives: add up the rows of one regime only.
func CSV(w io.Writer, r *Report) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write([]string{"scenario", "front", "regime", "region", "line", "unit", "quantity", "unit_price",
		"price_source", "price_date", "price_confidence", "free_tier_applied", "amount_usd", "per_million_usd", "latency_source"}); err != nil {
		return err
	}
	for _, f := range r.Fronts {
		if !f.Cost.Priced() {
			if err := out.Write(r.csvRow(f, regimeList, pricing.Line{Region: f.Region, Meter: "unpriced", Source: f.Cost.Why()}, false)); err != nil {
				return err
			}
			continue
		}
		if err := r.csvLines(out, f, regimeList, f.Cost.Bill.List); err != nil {
			return err
		}
		if r.Pricing.FreeTier == pricing.FreeNone {
			continue
		}
		if err := r.csvLines(out, f, regimeNet, f.Cost.Bill.Lines); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func (r *Report) csvLines(out *csv.Writer, f Front, regime string, lines []pricing.Line) error {
	for _, l := range lines {
		if err := out.Write(r.csvRow(f, regime, l, true)); err != nil {
			return err
		}
	}
	return nil
}

// csvRow leaves figures empty that are not known: missing is not zero.
func (r *Report) csvRow(f Front, regime string, l pricing.Line, priced bool) []string {
	row := []string{r.Run.Scenario, f.ID, regime, l.Region, string(l.Meter), l.Unit, "", "",
		l.Source, r.Pricing.AsOf.String(), string(l.Confidence), strconv.FormatBool(l.Free), "", "", string(r.Run.Source)}
	if priced {
		row[6], row[7], row[12] = l.Quantity.String(), l.UnitPrice.String(), l.Amount.String()
		if l.PerMillion != nil {
			row[13] = l.PerMillion.String()
		}
	}
	return row
}
