package report

import (
	_ "embed"
	"encoding/json"
	"io"
	"math"

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

type jsonBreakEven struct {
	Along    pricing.Axis     `json:"along"`
	From     pricing.Quantity `json:"from"`
	To       pricing.Quantity `json:"to"`
	Segments []jsonCheapest   `json:"cheapest"`
	Never    []string         `json:"nowhere_cheapest"`
	Changes  []jsonChange     `json:"changes"`
}

type jsonCheapest struct {
	Front string           `json:"front"`
	From  pricing.Quantity `json:"from"`
	To    pricing.Quantity `json:"to"`
}

type jsonChange struct {
	First string           `json:"cheaper_before"`
	Then  string           `json:"cheaper_after"`
	At    pricing.Quantity `json:"at"`
	Low   pricing.Quantity `json:"low"`
	High  pricing.Quantity `json:"high"`
	Never bool             `json:"perhaps_never"`
}

type jsonSweep struct {
	Over    estimate.SweepInput `json:"over"`
	Fronts  []string            `json:"fronts"`
	Samples []jsonSample        `json:"samples"`
}

type jsonSample struct {
	X        float64    `json:"value"`
	Requests float64    `json:"requests_per_month"`
	Costs    []*float64 `json:"usd_per_month"` // null: the front cannot carry it
	Cheapest *string    `json:"cheapest"`
}

type jsonPhase struct {
	X      string         `json:"x"`
	Y      string         `json:"y"`
	Fronts []string       `json:"fronts"`
	Rows   []jsonPhaseRow `json:"rows"`
}

type jsonPhaseRow struct {
	Y        float64            `json:"y"`
	Segments []jsonPhaseSegment `json:"cheapest"`
}

type jsonPhaseSegment struct {
	Front string  `json:"front"`
	From  float64 `json:"from"`
	To    float64 `json:"to"`
}

type jsonUncertainty struct {
	Draws    int             `json:"draws"`
	Seed     uint64          `json:"seed"`
	Material float64         `json:"material_usd"`
	Choice   string          `json:"least_regret"`
	Close    []string        `json:"immaterially_dearer"`
	Fronts   []jsonProspect  `json:"fronts"`
	Pairs    []jsonCrossover `json:"crossovers"`
}

type jsonProspect struct {
	ID       string   `json:"id"`
	Cheapest float64  `json:"p_cheapest"`
	Absent   float64  `json:"share_it_cannot_carry"` // of worlds; the figures below are those of the others
	Regret   *float64 `json:"expected_regret_usd"`   // null, as the next three, when it can carry none
	Mean     *float64 `json:"mean_usd"`
	Low      *float64 `json:"p10_usd"`
	High     *float64 `json:"p90_usd"`
}

type jsonCrossover struct {
	First  string   `json:"cheaper_before"`
	Second string   `json:"cheaper_after"`
	Low    *float64 `json:"p10"`
	Median *float64 `json:"median"`
	High   *float64 `json:"p90"` // null: never
	Never  float64  `json:"share_never"`
	Start  float64  `json:"share_from_start"`
}

type jsonSensitivity struct {
	Incumbent string       `json:"cheapest_at_expected"`
	Inputs    []jsonEffect `json:"inputs"`
}

type jsonEffect struct {
	Input      string   `json:"input"`
	Expected   float64  `json:"expected"`
	Low        float64  `json:"low"`
	LowMargin  *float64 `json:"low_margin_usd"` // null: a front cannot carry it there
	High       float64  `json:"high"`
	HighMargin *float64 `json:"high_margin_usd"`
	Cancels    bool     `json:"cancels"`
	FlipsBelow *float64 `json:"flips_below"`
	FlipsAbove *float64 `json:"flips_above"`
}

func costDocument(c *Costs) jsonCosts {
	e := c.Estimate
	d := jsonCosts{SchemaVersion: SchemaVersion, Workload: c.Name, Durations: c.durationsFrom(), AsOf: c.AsOf, Book: c.Book, FreeTier: c.FreeTier, Rounding: c.Rounding, Account: c.Account,
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

func sampleDocument(s *estimate.Sweep1, sample estimate.Sample) jsonSample {
	d := jsonSample{X: sample.X, Requests: sample.Requests}
	for _, cost := range sample.Costs {
		if estimate.Unable(cost) {
			d.Costs = append(d.Costs, nil)
			continue
		}
		d.Costs = append(d.Costs, &cost)
	}
	if id := cheapestOf(s, sample); id != "" {
		d.Cheapest = &id
	}
	return d
}

func breakEvenDocument(b *estimate.BreakEven) jsonBreakEven {
	d := jsonBreakEven{Along: b.Axis, From: b.From, To: b.To, Segments: []jsonCheapest{}, Never: some(b.Never), Changes: []jsonChange{}}
	for _, s := range b.Envelope.Segments {
		d.Segments = append(d.Segments, jsonCheapest{b.Fronts[s.Curve], s.From, s.To})
	}
	for _, c := range b.Changes {
		d.Changes = append(d.Changes, jsonChange{b.Fronts[c.First], b.Fronts[c.Then], c.X, c.Low, c.High, c.Never})
	}
	return d
}

func phaseDocument(p *estimate.Phase) *jsonPhase {
	d := &jsonPhase{X: string(p.X.Over), Y: string(p.Y.Over), Fronts: p.Fronts, Rows: []jsonPhaseRow{}}
	for i, row := range p.Diagram.Rows {
		r := jsonPhaseRow{Y: p.YAxis.At(float64(i) + 0.5), Segments: []jsonPhaseSegment{}}
		for _, s := range row.Segments {
			r.Segments = append(r.Segments, jsonPhaseSegment{p.Fronts[s.Curve], s.From, s.To})
		}
		d.Rows = append(d.Rows, r)
	}
	return d
}

func uncertaintyDocument(u *estimate.Uncertainty) *jsonUncertainty {
	d := &jsonUncertainty{Draws: u.Draws, Seed: u.Seed, Material: u.Material, Choice: u.Fronts[u.Outcome.Choice], Close: []string{}, Pairs: []jsonCrossover{}}
	for _, i := range u.Outcome.Close {
		d.Close = append(d.Close, u.Fronts[i])
	}
	for i, f := range u.Outcome.Fronts {
		d.Fronts = append(d.Fronts, jsonProspect{u.Fronts[i], f.Cheapest, f.Absent, number(f.Regret), number(f.Mean), number(f.Low), number(f.High)})
	}
	for _, c := range u.Outcome.Pairs {
		if c.Never < 1 && c.Start < 1 {
			d.Pairs = append(d.Pairs, jsonCrossover{u.Fronts[c.First], u.Fronts[c.Second], finiteOrNil(c.Low), finiteOrNil(c.Median), finiteOrNil(c.High), c.Never, c.Start})
		}
	}
	return d
}

func sensitivityDocument(s *estimate.Sensitivity) *jsonSensitivity {
	d := &jsonSensitivity{Incumbent: s.Fronts[s.Incumbent], Inputs: []jsonEffect{}}
	for _, e := range s.Effects {
		d.Inputs = append(d.Inputs, jsonEffect{e.Name, e.Base, e.Low.Value, able(e.Low.Margin), e.High.Value, able(e.High.Margin), e.Cancels, e.FlipsBelow, e.FlipsAbove})
	}
	return d
}

// able is nil for what stands for a front that cannot carry the workload.
func able(x float64) *float64 {
	if estimate.Unable(math.Abs(x)) {
		return nil
	}
	return number(x)
}

func finiteOrNil(x float64) *float64 {
	if math.IsInf(x, 0) {
		return nil
	}
	return number(x)
}
