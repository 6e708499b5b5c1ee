package reconciled

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"frontdoor/pricing"
	"frontdoor/reconcile"
)

// CSV writes a row for each line, then for what is apart, what counts no meter, and
// the total; RFC 4180, full values. A figure that is not known is empty.
func CSV(w io.Writer, r *Report) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	rows := [][]string{{"run", "label", "row", "meter", "region", "from", "until", "unit", "estimated_quantity", "list_price_usd", "estimated_usd", "lower_bound",
		"billed_quantity", "billed_rate_usd", "billed_usd", "difference_usd", "quantity_part_usd", "rate_part_usd", "explained_usd", "explained_by", "residual_usd", "over", "why", "where"}}
	for _, l := range r.Lines {
		rows = append(rows, r.row("line", l))
	}
	for _, a := range r.Apart {
		rows = append(rows, r.other(string(a.Kind), "", a.USD, "", ""))
	}
	for _, u := range r.Unplaced {
		rows = append(rows, r.other("unplaced", u.Region, u.USD, u.Name()+": "+u.Why, place([]reconcile.Source{u.First})))
	}
	return out.WriteAll(append(rows, r.row("total", r.Total)))
}

func (r *Report) label() string {
	if r.Lab {
		return "lab"
	}
	return "aws"
}

func (r *Report) row(kind string, l reconcile.Line) []string {
	row := []string{r.Run, r.label(), kind, string(l.Meter), l.Region, stamp(l.From), stamp(l.Until), l.Unit}
	total := kind == "total" // of many units
	row = append(row, side(l.Estimate, total)...)
	row = append(row, strconv.FormatBool(l.Estimate != nil && l.Estimate.AtLeast))
	row = append(row, side(l.Billed, total)...)
	var explained pricing.USD
	var by []string
	for _, e := range l.Explained {
		explained = explained.Add(e.USD)
		by = append(by, string(e.Reason)+": "+e.USD.String())
	}
	return append(row, l.Difference.String(), l.QuantityPart.String(), l.RatePart.String(), explained.String(), strings.Join(by, "; "), l.Residual.String(), strconv.FormatBool(l.Over), l.Why, places(l.Charges))
}

// other is a row with nothing but an amount.
func (r *Report) other(kind, region string, usd pricing.USD, why, where string) []string {
	row := make([]string, 24)
	row[0], row[1], row[2], row[4], row[14], row[22], row[23] = r.Run, r.label(), kind, region, usd.String(), why, where
	return row
}

func side(s *reconcile.Side, total bool) []string {
	if s == nil {
		return []string{"", "", ""}
	}
	quantity, rate := s.Quantity.String(), ""
	if s.Rate != nil {
		rate = s.Rate.String()
	}
	if total {
		quantity = ""
	}
	return []string{quantity, rate, s.Cost.String()}
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// places are all sources.
func places(sources []reconcile.Source) string {
	var list []string
	for _, s := range sources {
		list = append(list, s.File+" "+s.At)
	}
	return strings.Join(list, ", ")
}
