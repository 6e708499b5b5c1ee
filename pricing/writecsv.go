package pricing

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
)

// rateColumns is the header line of a table of rates.
func rateColumns() []string {
	return []string{"meter", "region", "from", "until", "seen_from", "seen_until",
		"tier_from", "tier_until", "unit", "usd", "rate_code", "confidence", "source"}
}

// WriteCSV writes rates as the table that Parse reads, sorted by meter, Region,
// first day and tier, with comments above the header, one line each without
// "#". It refuses what the table could not give back: a line break within a
// field, and an amount whose decimals never end.
func WriteCSV(w io.Writer, comments []string, rates []Rate) error {
	for _, c := range comments {
		if strings.ContainsAny(c, "\r\n") {
			return fmt.Errorf("write price book: comment %q has a line break", c)
		}
		if _, err := fmt.Fprintf(w, "# %s\n", c); err != nil {
			return err
		}
	}
	out := csv.NewWriter(w)
	if err := out.Write(rateColumns()); err != nil {
		return err
	}
	for _, r := range sorted(rates) {
		record, err := recordOf(r)
		if err != nil {
			return fmt.Errorf("write price book: meter %q in region %q: %w", r.Meter, r.Region, err)
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// sorted copies rates into the order of a price book.
func sorted(rates []Rate) []Rate {
	rates = slices.Clone(rates)
	slices.SortStableFunc(rates, func(x, y Rate) int {
		if c := strings.Compare(string(x.Meter), string(y.Meter)); c != 0 {
			return c
		}
		if c := strings.Compare(x.Region, y.Region); c != 0 {
			return c
		}
		return byDayAndTier(x, y)
	})
	return rates
}

func byDayAndTier(x, y Rate) int {
	if c := x.InForce.From.t.Compare(y.InForce.From.t); c != 0 {
		return c
	}
	return x.Tier.From.Cmp(y.Tier.From)
}

func recordOf(r Rate) ([]string, error) {
	until := "Inf"
	if r.Tier.Until != nil {
		until = r.Tier.Until.String()
	}
	price := r.USD.String()
	if usd, err := ParseUSD(price); err != nil || !usd.Equal(r.USD) {
		return nil, fmt.Errorf("the decimals of %s never end", r.USD)
	}
	if r.Contract {
		price = contractPrice
	}
	record := []string{string(r.Meter), r.Region, r.InForce.From.String(), r.InForce.Until.String(),
		r.Seen.From.String(), r.Seen.Until.String(), r.Tier.From.String(), until,
		r.Unit, price, r.RateCode, string(r.Mark), r.Source}
	for i, field := range record {
		if strings.ContainsAny(field, "\r\n") {
			return nil, fmt.Errorf("%s %q has a line break", rateColumns()[i], field)
		}
	}
	return record, nil
}
