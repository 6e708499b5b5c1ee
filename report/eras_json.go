package report

import "frontdoor/pricing"

type jsonEra struct {
	pricing.Era
	Day      pricing.Date   `json:"priced_on"`
	Init     bool           `json:"init_billed"`
	AsBilled bool           `json:"as_aws_billed"`
	Fronts   []jsonEraFront `json:"fronts"`
	Cheapest *string        `json:"cheapest"`
}

type jsonEraFront struct {
	ID          string       `json:"id"`
	Total       *pricing.USD `json:"total_usd"`
	Upper       *pricing.USD `json:"upper_total_usd,omitempty"`
	LowerBound  bool         `json:"lower_bound"`
	Unavailable string       `json:"unavailable,omitempty"`
}

func eraDocuments(t *pricing.EraTable) []jsonEra {
	if t == nil {
		return nil
	}
	var rows []jsonEra
	for _, row := range t.Rows {
		d := jsonEra{Era: row.Era, Day: row.Day, Init: row.Init, AsBilled: row.AsBilled, Fronts: []jsonEraFront{}}
		if row.Cheapest != "" {
			d.Cheapest = &row.Cheapest
		}
		for i, b := range row.Bills {
			f := jsonEraFront{ID: t.Fronts[i], LowerBound: b.LowerBound, Unavailable: b.Unavailable}
			if b.Unavailable == "" {
				f.Total = &b.Total
			}
			if b.Upper != nil {
				f.Upper = &b.Upper.Total
			}
			d.Fronts = append(d.Fronts, f)
		}
		rows = append(rows, d)
	}
	return rows
}
