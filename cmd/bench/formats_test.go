package main

import (
	"testing"

	"frontdoor/report"
)

// The command that a decision record gives prices by the rules of the record, and
// is one that runs: gate refuses a run without gates.
func TestGateCommand(t *testing.T) {
	v := viewOptions{book: "my prices.csv", init: initFlags{lambda: "no", edge: "yes"}, rules: ruleOptions{gates: []string{"p(95)<200"}, delta: "5%", material: "10"}}
	r := &report.Report{Gates: make([]report.Gate, 1)}
	r.Run.ID, r.Pricing.FreeTier = "x", "none"
	if got, want := v.gateCommand(r), "bench gate runs/x --gate 'p(95)<200' --as-of "+r.Pricing.AsOf.String()+" --free-tier none --book 'my prices.csv' --lambda-init no --edge-init yes"; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	v, r.Gates = viewOptions{rules: ruleOptions{delta: "5%", material: "10"}}, nil
	if got, want := v.gateCommand(r), "bench report runs/x --as-of "+r.Pricing.AsOf.String()+" --free-tier none"; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}
