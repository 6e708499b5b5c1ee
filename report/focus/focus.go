// Package focus writes a report's bills as an estimate in the columns of FOCUS,
// the FinOps Open Cost and Usage Specification (focus.finops.org), one row for
// each line of each front's bill at list prices.
//
// The rows are safe to lie beside a real export: BilledCost and EffectiveCost are
// 0, as the specification asks of whoever does not send the invoice, so that no
// sum of cost counts an estimate. ListCost and ContractedCost have the list price,
// and x_EstimatedNetCost what is left of it after the free tier.
//
// Fronts are alternatives: rows of one x_Front make a month, rows of several do
// not. FOCUS has no row without a cost, so that a meter that is not known has none:
// x_LowerBound is true on every row of its bill and x_Missing names it. Fronts of
// which no bill is known are named on every row, in x_FrontsWithoutBill.
package focus

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"frontdoor/report"
)

// Versions lists the versions of the specification that can be written.
func Versions() []string { return []string{"1.2", "1.4"} }

// Write writes the bills as CSV (RFC 4180) in the columns of a version: those of
// the specification in alphabetical order, then bench's own, x_ before their
// names. Null is the empty string. The error is for a version that is not known
// and for a report in which no front has a bill.
func Write(w io.Writer, r *report.Report, version string) error {
	if !slices.Contains(Versions(), version) {
		return fmt.Errorf("unknown FOCUS version %q: want %s", version, strings.Join(Versions(), " or "))
	}
	from, until, err := month(r)
	if err != nil {
		return err
	}
	records := rows(r)
	if len(records) == 0 {
		return fmt.Errorf("no front has a bill: %s", strings.Join(withoutBill(r), ", "))
	}
	d := &dataset{r: r, from: from, until: until, without: clean(strings.Join(withoutBill(r), ";"))}
	names := columnsOf(version)
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(names); err != nil {
		return err
	}
	for _, row := range records {
		values := d.values(row)
		line := make([]string, len(names))
		for i, name := range names {
			line[i] = values[name]
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// month is the month that is modelled: the one in which the prices apply, the end
// left out.
func month(r *report.Report) (from, until time.Time, err error) {
	day, err := time.Parse(time.DateOnly, r.Pricing.AsOf.String())
	if err != nil {
		return from, until, fmt.Errorf("the report has no day of prices: want one, such as 2026-11-22")
	}
	from = time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC)
	return from, from.AddDate(0, 1, 0), nil
}

// withoutBill names the fronts that have no row.
func withoutBill(r *report.Report) []string {
	var names []string
	for _, f := range r.Fronts {
		if !f.Cost.Priced() || len(f.Cost.Bill.List) == 0 {
			names = append(names, f.ID)
		}
	}
	return names
}

// clean makes text of any bytes: CSV has no escape for what is no character.
func clean(s string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' && c != '\t' && c != '\n' || c == 0x7f {
			return '\ufffd'
		}
		return c
	}, strings.ToValidUTF8(s, "\ufffd"))
}
