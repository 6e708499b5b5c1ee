package offload

import (
	"encoding/csv"
	"encoding/json"
	"io"

	"frontdoor/offload"
	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/report"
)

// CSV writes every line of every bill, RFC 4180, full values. What a contract prices
// has a quantity in words of its gap, and no amount: missing is not zero.
func CSV(w io.Writer, r *Report) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	rows := [][]string{{"scenario", "option", "label", "region", "line", "unit", "quantity", "unit_price_usd", "amount_usd", "per_million_usd", "price_source", "price_date", "free_tier", "gap"}}
	for i, b := range r.Bills {
		reads := pricing.Ratio(30*r.Result.Outcomes[i].Reads, int64(r.Params.Days))
		for _, l := range b.Lines {
			million := ""
			if reads.Sign() > 0 {
				million = l.Amount.Mul(pricing.Count(1e6)).Div(reads).String()
			}
			rows = append(rows, []string{r.Run.Scenario, string(b.Option), "simulated", l.Region, string(l.Meter), l.Unit, l.Quantity.String(), l.UnitPrice.String(), l.Amount.String(), million, l.Source, r.AsOf.String(), l.FreeTier, ""})
		}
		for _, g := range b.Missing {
			rows = append(rows, []string{r.Run.Scenario, string(b.Option), "simulated", global, string(g.Meter), "", "", "", "", "", "", r.AsOf.String(), "", g.Reason})
		}
	}
	return out.WriteAll(rows)
}

// data is the report as JSON.
type data struct {
	Format      int              `json:"format"`
	Label       string           `json:"label"`
	Run         string           `json:"run"`
	Scenario    string           `json:"scenario"`
	Description string           `json:"description,omitempty"`
	Seed        uint64           `json:"seed"`
	AsOf        pricing.Date     `json:"as_of"`
	Region      string           `json:"region"`
	FreeTier    pricing.FreeTier `json:"free_tier"`
	Params      offload.Params   `json:"params"`
	Options     []option         `json:"options"`
	Closed      Closed           `json:"closed_form"`
	BreakEven   BreakEven        `json:"break_even"`
	Loopback    *record.Offload  `json:"loopback,omitempty"` // label "LAB"
	Claims      []report.Claim   `json:"claims"`
	Notes       []string         `json:"notes"`
}

// option is an outcome with what follows from it.
type option struct {
	offload.Outcome
	OffloadRequests float64      `json:"offload_requests"`
	OffloadBytes    float64      `json:"offload_bytes"`
	StaleShare      float64      `json:"stale_share"`
	AWS             pricing.USD  `json:"aws_usd_30_days"`
	Bill            pricing.Bill `json:"bill"`
}

// JSON writes the report with full values: durations in nanoseconds, amounts as
// decimal strings.
func JSON(w io.Writer, r *Report) error {
	d := data{
		Format: 1, Label: "SIMULATED", Run: r.Run.ID, Scenario: r.Run.Scenario, Description: r.Description, Seed: r.Run.Seed, AsOf: r.AsOf, Region: r.Region, FreeTier: r.FreeTier,
		Params: r.Params, Closed: r.Closed, BreakEven: r.BreakEven, Loopback: r.Observed, Claims: append([]report.Claim{}, r.Claims...), Notes: r.notes(),
	}
	for i, o := range r.Result.Outcomes {
		b := r.Bills[i].Bill
		d.Options = append(d.Options, option{o, o.OffloadRequests(), o.OffloadBytes(), o.StaleShare(), aws(b), b})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(d)
}
