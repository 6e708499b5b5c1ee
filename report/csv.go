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
		"price_source", "price_date", "price_confidence", "free_tier_applied", "amount_usd", "per_million_usd", "latency_source", "invalid_trials"}); err != nil {
		return err
	}
	for _, f := range r.Fronts {
		if err := r.csvBill(out, f, regimeList, f.Cost.Bill.List); err != nil {
			return err
		}
		if r.Pricing.FreeTier == pricing.FreeNone {
			continue
		}
		if err := r.csvBill(out, f, regimeNet, f.Cost.Bill.Lines); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// csvBill writes a bill in one regime. What it lacks has a row without figures,
// and the reason in place of the source.
func (r *Report) csvBill(out *csv.Writer, f Front, regime string, lines []pricing.Line) error {
	for _, l := range lines {
		if err := out.Write(r.csvRow(f, regime, l, true)); err != nil {
			return err
		}
	}
	gaps := f.Cost.Bill.Missing
	if !f.Cost.Priced() {
		gaps = []pricing.Gap{{Meter: "unpriced", Reason: f.Cost.Why()}}
	}
	for _, gap := range gaps {
		if err := out.Write(r.csvRow(f, regime, pricing.Line{Region: f.Region, Meter: gap.Meter, Source: "missing: " + gap.Reason}, false)); err != nil {
			return err
		}
	}
	return nil
}

// csvRow leaves figures empty that are not known: missing is not zero.
func (r *Report) csvRow(f Front, regime string, l pricing.Line, priced bool) []string {
	row := []string{r.Run.Scenario, f.ID, regime, l.Region, string(l.Meter), l.Unit, "", "",
		l.Source, r.Pricing.AsOf.String(), string(l.Confidence), strconv.FormatBool(l.Free), "", "", string(r.Run.Source), strconv.Itoa(invalidTrials(f))}
	if priced {
		row[6], row[7], row[12] = l.Quantity.String(), l.UnitPrice.String(), l.Amount.String()
		if l.PerMillion != nil {
			row[13] = l.PerMillion.String()
		}
	}
	return row
}

// invalidTrials is the number of trials that are not counted.
func invalidTrials(f Front) int {
	trials := map[[2]int]bool{}
	for _, w := range f.Invalid {
		trials[[2]int{w.Round, w.Attempt}] = true
	}
	return len(trials)
}
