package reconciled

import (
	_ "embed"
	"encoding/json"
	"io"
	"time"

	"frontdoor/pricing"
	"frontdoor/reconcile"
)

// data is the report as JSON: amounts and quantities are decimal strings, null is
// what is not there.
type data struct {
	Format    int              `json:"format"`
	Label     string           `json:"label"` // aws, or lab
	Run       string           `json:"run"`
	Scenario  string           `json:"scenario"`
	Matches   bool             `json:"matches"`
	Over      []string         `json:"over"`
	Tolerance pricing.Quantity `json:"tolerance"` // share of a line
	Day       pricing.Date     `json:"prices_of"`
	Book      string           `json:"price_book"`
	Tag       string           `json:"tag,omitempty"` // KEY=VALUE
	Account   string           `json:"account,omitempty"`
	Files     []file           `json:"files"`
	Lines     []line           `json:"lines"`
	Total     line             `json:"total"`
	Apart     []apart          `json:"apart"`
	Unplaced  []loose          `json:"unplaced"`
	Others    apart            `json:"others"` // in the run's hours and not the run's
	Missing   []pricing.Gap    `json:"missing"`
	Warnings  []string         `json:"warnings"`
}

type file struct {
	Name     string    `json:"name"`
	Format   string    `json:"format"`
	Lines    int       `json:"lines"`
	Sum      string    `json:"sha256"`
	Modified time.Time `json:"modified"`
}

type line struct {
	Meter        pricing.Meter `json:"meter,omitempty"`
	Region       string        `json:"region,omitempty"`
	From         *time.Time    `json:"from,omitempty"`
	Until        *time.Time    `json:"until,omitempty"`
	Unit         string        `json:"unit,omitempty"`
	Fronts       []string      `json:"fronts,omitempty"`
	Estimate     *amount       `json:"estimate"`
	Billed       *amount       `json:"billed"`
	Difference   pricing.USD   `json:"difference_usd"`
	QuantityPart pricing.USD   `json:"quantity_part_usd"`
	RatePart     pricing.USD   `json:"rate_part_usd"`
	Explained    []explanation `json:"explained"`
	Residual     pricing.USD   `json:"residual_usd"`
	Over         bool          `json:"over"`
	Why          string        `json:"why,omitempty"`
	Where        []source      `json:"where,omitempty"`
}

type source struct {
	File string `json:"file"`
	At   string `json:"at"`
}

type amount struct {
	Quantity *pricing.Quantity `json:"quantity,omitempty"`
	Rate     *pricing.USD      `json:"rate_usd,omitempty"`
	Cost     pricing.USD       `json:"usd"`
	AtLeast  bool              `json:"lower_bound,omitempty"`
}

type explanation struct {
	Reason reconcile.Reason `json:"reason"`
	USD    pricing.USD      `json:"usd"`
	Text   string           `json:"text,omitempty"`
}

type apart struct {
	Kind  reconcile.Kind `json:"kind,omitempty"`
	Lines int            `json:"lines"`
	USD   pricing.USD    `json:"usd"`
}

type loose struct {
	Service   string      `json:"service"`
	UsageType string      `json:"usage_type"`
	Operation string      `json:"operation"`
	Region    string      `json:"region"`
	Why       string      `json:"why"`
	Own       bool        `json:"own"` // the run's, by tag or resource
	Lines     int         `json:"lines"`
	USD       pricing.USD `json:"usd"`
	First     source      `json:"first"`
}

//go:embed schema.json
var schema string

// Schema is the JSON Schema of what JSON writes.
func Schema() []byte { return []byte(schema) }

// JSON writes the report with every digit.
func JSON(w io.Writer, r *Report) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(r.data())
}

func (r *Report) data() data {
	over := r.Over()
	d := data{Format: 1, Label: r.label(), Run: r.Run, Scenario: r.Scenario, Matches: len(over) == 0, Over: some(over), Tolerance: r.Tolerance, Day: r.Day, Book: r.Book,
		Account: r.Scope.Account, Total: lineOf(r.Total), Others: apart{Lines: r.Others.Charges, USD: r.Others.USD}, Missing: some(r.Missing), Warnings: some(r.Warnings),
		Files: []file{}, Lines: []line{}, Apart: []apart{}, Unplaced: []loose{}}
	d.Total.Estimate.Quantity, d.Total.Billed.Quantity = nil, nil // of many units
	if r.Scope.Key != "" {
		d.Tag = r.Scope.Key + "=" + r.Scope.Value
	}
	for _, x := range r.Exports {
		d.Files = append(d.Files, file{x.Name, x.Format, x.Charges, x.Sum, x.Modified})
	}
	for _, l := range r.Lines {
		d.Lines = append(d.Lines, lineOf(l))
	}
	for _, a := range r.Apart {
		d.Apart = append(d.Apart, apart{a.Kind, a.Charges, a.USD})
	}
	for _, u := range r.Unplaced {
		d.Unplaced = append(d.Unplaced, loose{u.Service, u.UsageType, u.Operation, u.Region, u.Why, u.Own, u.Charges, u.USD, source(u.First)})
	}
	return d
}

func lineOf(l reconcile.Line) line {
	d := line{Meter: l.Meter, Region: l.Region, Unit: l.Unit, Fronts: l.Fronts, Estimate: amountOf(l.Estimate), Billed: amountOf(l.Billed), Difference: l.Difference,
		QuantityPart: l.QuantityPart, RatePart: l.RatePart, Explained: []explanation{}, Residual: l.Residual, Over: l.Over, Why: l.Why}
	if !l.From.IsZero() {
		d.From, d.Until = &l.From, &l.Until
	}
	for _, e := range l.Explained {
		d.Explained = append(d.Explained, explanation(e))
	}
	for _, s := range l.Charges {
		d.Where = append(d.Where, source(s))
	}
	return d
}

func amountOf(s *reconcile.Side) *amount {
	if s == nil {
		return nil
	}
	return &amount{&s.Quantity, s.Rate, s.Cost, s.AtLeast}
}

// some is a list that JSON writes as [] when it is empty.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
