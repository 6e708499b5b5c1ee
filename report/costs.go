package report

import (
	"io"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/pricing/estimate"
)

// Costs is what workloads would cost, without a measurement: values only.
type Costs struct {
	Name        string
	Description string
	Book        string // which price book
	AsOf        pricing.Date
	FreeTier    pricing.FreeTier
	Rounding    pricing.Rounding
	Account     bool   // the rest of the account was given
	Init        string // what the caller decided on INIT; "" for the book's word
	Recorded    bool   // durations come from a recorded run
	Lab         bool   // of which one was in the lab
	Lines       bool   // the table shows every bill, not only the sums
	Fronts      []CostFront
	Estimate    *estimate.Estimate
	Map         *estimate.Phase // the diagram as coarse as a terminal; nil without two sweeps
}

// CostFront is one front with its bills rounded as asked for.
type CostFront struct {
	ID        string
	Name      string // AWS's name of the kind; "" for usage by meter
	Region    string
	Requests  int64 // per month; 0 when they are not known
	Bill      pricing.Bill
	Low, High *pricing.Bill
	BilledMS  pricing.Bounds
	Cannot    string // why the front cannot carry the workload; "" when it can
	Durations string // where they are from, when they were modelled or recorded
}

// NewCosts rounds the bills of an estimate.
func NewCosts(c Costs, e *estimate.Estimate, fronts []estimate.Front) (*Costs, error) {
	c.Estimate = e
	for i, p := range e.Fronts {
		f := CostFront{ID: p.ID, Bill: p.Bill.Rounded(c.Rounding), BilledMS: p.Usage.BilledMS, Cannot: p.Cannot}
		if fronts != nil {
			w := fronts[i].Workload
			door, err := front.Of(w.Kind)
			if err != nil {
				return nil, err
			}
			f.Name, f.Region, f.Requests, f.Durations = door.Name, w.Region, w.Traffic.RequestsPerMonth, fronts[i].Durations
		}
		if p.Low != nil {
			low, high := p.Low.Rounded(c.Rounding), p.High.Rounded(c.Rounding)
			f.Low, f.High = &low, &high
		}
		c.Fronts = append(c.Fronts, f)
	}
	if e.Eras != nil {
		for i, row := range e.Eras.Rows {
			for j, b := range row.Bills {
				e.Eras.Rows[i].Bills[j] = b.Rounded(c.Rounding)
			}
		}
	}
	return &c, nil
}

// CostWriter writes costs in one format.
type CostWriter func(w io.Writer, c *Costs) error

// CostFormats lists the formats in the order in which help shows them.
func CostFormats() []string { return []string{"table", "csv", "json"} }

// CostWriterOf returns the writer of a format.
func CostWriterOf(format string) (CostWriter, bool) {
	switch format {
	case "table":
		return CostTable, true
	case "csv":
		return CostCSV, true
	case "json":
		return CostJSON, true
	}
	return nil, false
}
