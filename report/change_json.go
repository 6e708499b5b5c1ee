package report

import (
	_ "embed"
	"encoding/json"
	"io"
	"strings"
)

//go:embed change.schema.json
var changeSchema string

// ChangeSchema is the JSON Schema of what ChangeJSON writes. Its definitions are those
// of Schema.
func ChangeSchema() []byte {
	_, defs, _ := strings.Cut(schema, "\n  \"$defs\": ")
	return []byte(strings.TrimSuffix(changeSchema, "\n}\n") + ",\n  \"$defs\": " + defs)
}

type jsonChangeReport struct {
	SchemaVersion int              `json:"schema_version"`
	Old           string           `json:"old_run"`
	New           string           `json:"new_run"`
	Source        string           `json:"latency_source"`
	AsOf          string           `json:"as_of"`
	Outcome       string           `json:"outcome"` // pass, fail or inconclusive
	Sentences     []string         `json:"sentences"`
	Cautions      []string         `json:"cautions"`
	Comparisons   []jsonComparison `json:"comparisons"`
	Costs         []jsonCostChange `json:"costs"`
}

type jsonCostChange struct {
	Front string    `json:"front"`
	Old   *jsonCost `json:"old"` // null: no bill
	New   *jsonCost `json:"new"`
}

// ChangeJSON writes the comparison of two runs with full values. Its parts are
// those of report.json.
func ChangeJSON(w io.Writer, c *Change) error {
	d := jsonChangeReport{SchemaVersion: SchemaVersion, Old: c.Old.ID, New: c.New.ID, Source: string(c.New.Source), AsOf: c.Pricing.AsOf.String(),
		Outcome: string(c.Outcome()), Sentences: some(c.Sentences()), Cautions: some(c.Cautions), Comparisons: comparisonDocuments(c.Comparisons), Costs: []jsonCostChange{}}
	for _, x := range c.Costs {
		d.Costs = append(d.Costs, jsonCostChange{x.Front, monthDocument(x.Old), monthDocument(x.New)})
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(d)
}

// monthDocument is nil for no bill.
func monthDocument(c *Cost) *jsonCost {
	if c == nil {
		return nil
	}
	return &jsonCost{Bill: &c.Bill, Low: &c.Low, High: &c.High, Worlds: worldsDocument(c.Worlds), Cannot: c.Cannot}
}
