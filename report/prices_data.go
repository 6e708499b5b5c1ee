package report

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"

	"frontdoor/pricing"
)

// writePrices writes every band with full values: one row of CSV for each, with
// empty figures where there is no price, or one JSON document.
func writePrices(w io.Writer, format string, v PriceView, listings []pricing.Listing) error {
	switch format {
	case "csv":
		return pricesCSV(w, listings)
	case "json":
		return pricesJSON(w, v, listings)
	}
	return fmt.Errorf("unknown format %q", format)
}

func pricesCSV(w io.Writer, listings []pricing.Listing) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true // RFC 4180
	rows := [][]string{{"as_of", "meter", "region", "unit", "tier_from", "tier_until", "usd", "rate_code", "from", "until",
		"seen_from", "seen_until", "confidence", "source", "why_none"}}
	for _, l := range listings {
		if len(l.Rates) == 0 {
			row := make([]string, len(rows[0]))
			row[0], row[1], row[2], row[14] = l.AsOf.String(), string(l.Meter), l.Region, l.Why
			rows = append(rows, row)
		}
		for _, r := range l.Rates {
			rows = append(rows, []string{l.AsOf.String(), string(l.Meter), l.Region, r.Unit, r.Tier.From.String(), upTo(r.Tier), unitPrice(r), r.RateCode,
				r.InForce.From.String(), r.InForce.Until.String(), r.Seen.From.String(), r.Seen.Until.String(), string(r.Confidence(l.AsOf)), r.Source, ""})
		}
	}
	return out.WriteAll(rows)
}

// upTo is the end of a tier as books write it.
func upTo(t pricing.Tier) string {
	if t.Until == nil {
		return "Inf"
	}
	return t.Until.String()
}

type jsonPrices struct {
	Book   string       `json:"book"`
	Region string       `json:"region"`
	AsOf   pricing.Date `json:"as_of"`
	Meters []jsonMeter  `json:"meters"`
}

type jsonMeter struct {
	Meter   pricing.Meter          `json:"meter"`
	Region  string                 `json:"region"`
	Unit    string                 `json:"unit,omitempty"`
	Bands   []jsonBand             `json:"bands"`
	Why     string                 `json:"why_none,omitempty"`
	Regions []string               `json:"known_in"`
	Free    []pricing.FreeQuantity `json:"free,omitempty"`
	Rules   []pricing.Rule         `json:"rules,omitempty"`
}

type jsonBand struct {
	Tier       pricing.Tier       `json:"tier"`
	USD        *pricing.USD       `json:"usd"` // null: a contract says it
	RateCode   string             `json:"rate_code,omitempty"`
	InForce    pricing.Span       `json:"in_force"`
	Confirmed  pricing.Span       `json:"confirmed"`
	Mark       pricing.Mark       `json:"mark"`
	Confidence pricing.Confidence `json:"confidence"`
	Source     string             `json:"source"`
}

func pricesJSON(w io.Writer, v PriceView, listings []pricing.Listing) error {
	doc := jsonPrices{Book: v.Book, Region: v.Region, AsOf: v.AsOf, Meters: []jsonMeter{}}
	for _, l := range listings {
		m := jsonMeter{Meter: l.Meter, Region: l.Region, Bands: bandsOf(l.Rates, l.AsOf), Why: l.Why, Regions: l.Regions, Free: l.Free, Rules: l.Rules}
		if len(l.Rates) > 0 {
			m.Unit = l.Rates[0].Unit
		}
		doc.Meters = append(doc.Meters, m)
	}
	return encode(w, doc)
}

func bandsOf(rates []pricing.Rate, day pricing.Date) []jsonBand {
	bands := []jsonBand{}
	for _, r := range rates {
		price := &r.USD
		if r.Contract {
			price = nil
		}
		bands = append(bands, jsonBand{r.Tier, price, r.RateCode, r.InForce, r.Seen, r.Mark, r.Confidence(day), r.Source})
	}
	return bands
}

func encode(w io.Writer, doc any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(doc)
}
