package report

import (
	"frontdoor/pricing"
	"frontdoor/pricing/estimate"
)

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
