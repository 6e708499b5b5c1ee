package report

import (
	_ "embed"
	"encoding/json"
	"io"

	"frontdoor/pricing"
	"frontdoor/pricing/estimate"
)

// CostJSON writes costs with full values, amounts as decimal strings.
func CostJSON(w io.Writer, c *Costs) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(costDocument(c))
}

// CostSchema is the JSON Schema of what CostJSON writes.
func CostSchema() []byte { return []byte(costSchema) }

//go:embed costs.schema.json
var costSchema string

// CostSchemaVersion is the version of the JSON of costs; costs.schema.json
// describes it.
const CostSchemaVersion = 1

type jsonCosts struct {
	SchemaVersion int              `json:"schema_version"`
	Workload      string           `json:"workload"`
	Durations     string           `json:"durations_from"` // workload, run, or lab run
	AsOf          pricing.Date     `json:"as_of"`
	Book          string           `json:"price_book"`
	FreeTier      pricing.FreeTier `json:"free_tier"`
	Rounding      pricing.Rounding `json:"rounding"`
	Account       bool             `json:"account"` // the rest of the account was given
	Fronts        []jsonCostFront  `json:"fronts"`
	Cheapest      *string          `json:"cheapest"` // null when it cannot be told
	BreakEven     []jsonBreakEven  `json:"break_even,omitempty"`
	Sweep         *jsonSweep       `json:"sweep,omitempty"`
	Phase         *jsonPhase       `json:"phase,omitempty"`
	Uncertainty   *jsonUncertainty `json:"uncertainty,omitempty"`
	Sensitivity   *jsonSensitivity `json:"sensitivity,omitempty"`
	Eras          []jsonEra        `json:"eras,omitempty"`
	Notes         []string         `json:"notes"`
}

type jsonCostFront struct {
	ID          string             `json:"id"`
	Kind        string             `json:"kind,omitempty"`
	Region      string             `json:"region,omitempty"`
	Requests    int64              `json:"requests_per_month,omitempty"`
	BilledMS    *pricing.Bounds    `json:"billed_ms,omitempty"`
	Durations   string             `json:"durations,omitempty"` // when they were modelled or recorded
	Cannot      string             `json:"cannot,omitempty"`    // why the front cannot carry the workload
	Lines       []pricing.Line     `json:"lines"`
	Total       *pricing.USD       `json:"total_usd"`
	PerMillion  *pricing.USD       `json:"usd_per_million"`
	Upper       *jsonUpper         `json:"upper,omitempty"` // where usage is known within bounds only
	LowUSD      *pricing.USD       `json:"low_usd,omitempty"`
	HighUSD     *pricing.USD       `json:"high_usd,omitempty"`
	LowerBound  bool               `json:"lower_bound"`
	Confidence  pricing.Confidence `json:"confidence"`
	Missing     []pricing.Gap      `json:"missing"`
	Excluded    []pricing.Gap      `json:"excluded"`
	Notes       []string           `json:"notes"`
	LCU         *pricing.LCU       `json:"lcu,omitempty"`
	Unavailable string             `json:"unavailable,omitempty"`
}

type jsonUpper struct {
	Lines      []pricing.Line `json:"lines"`
	Total      pricing.USD    `json:"total_usd"`
	PerMillion *pricing.USD   `json:"usd_per_million"`
}

func costDocument(c *Costs) jsonCosts {
	e := c.Estimate
	d := jsonCosts{SchemaVersion: CostSchemaVersion, Workload: c.Name, Durations: c.durationsFrom(), AsOf: c.AsOf, Book: c.Book, FreeTier: c.FreeTier, Rounding: c.Rounding, Account: c.Account,
		Fronts: []jsonCostFront{}, Notes: some(e.Notes), Eras: eraDocuments(e.Eras)}
	if e.Cheapest != "" {
		d.Cheapest = &e.Cheapest
	}
	for _, f := range c.Fronts {
		d.Fronts = append(d.Fronts, costFrontDocument(f))
	}
	for _, b := range []*estimate.BreakEven{e.Requests, e.Duration} {
		if b != nil {
			d.BreakEven = append(d.BreakEven, breakEvenDocument(b))
		}
	}
	if s := e.Sweep; s != nil {
		d.Sweep = &jsonSweep{Over: s.Over, Fronts: s.Fronts, Samples: []jsonSample{}}
		for _, sample := range s.Samples {
			d.Sweep.Samples = append(d.Sweep.Samples, sampleDocument(s, sample))
		}
	}
	if e.Phase != nil {
		d.Phase = phaseDocument(e.Phase)
	}
	if e.Sensitivity != nil {
		d.Sensitivity = sensitivityDocument(e.Sensitivity)
	}
	if e.Uncertainty != nil {
		d.Uncertainty = uncertaintyDocument(e.Uncertainty)
	}
	return d
}

// durationsFrom says whether the durations were recorded, and where.
func (c *Costs) durationsFrom() string {
	switch {
	case c.Lab:
		return "lab run"
	case c.Recorded:
		return "run"
	}
	return "workload"
}

func costFrontDocument(f CostFront) jsonCostFront {
	b := f.Bill
	d := jsonCostFront{ID: f.ID, Kind: string(b.Kind), Region: f.Region, Requests: f.Requests, Lines: some(b.Lines), PerMillion: b.PerMillion,
		LowerBound: b.LowerBound, Confidence: b.Confidence, Missing: some(b.Missing), Excluded: some(b.Excluded), Notes: some(b.Notes), LCU: b.LCU, Unavailable: b.Unavailable, Durations: f.Durations, Cannot: f.Cannot}
	if b.Unavailable == "" {
		d.Total = &b.Total
	}
	if f.BilledMS.High.Sign() != 0 {
		d.BilledMS = &f.BilledMS
	}
	if b.Upper != nil {
		d.Upper = &jsonUpper{b.Upper.Lines, b.Upper.Total, b.Upper.PerMillion}
	}
	if f.Low != nil {
		high := upperOf(*f.High)
		d.LowUSD, d.HighUSD = &f.Low.Total, &high.Total
	}
	return d
}
