package main

import (
	"testing"

	"frontdoor/pricing"
	"frontdoor/report"
)

// The command of a decision record has every flag that its gates were judged with.
func TestGateCommand(t *testing.T) {
	r := &report.Report{}
	r.Run.ID, r.Pricing.AsOf, r.Pricing.FreeTier = "run", pricing.NewDate(2026, 11, 22), "none"
	v := viewOptions{init: initFlags{lambda: "yes", edge: "no"}, book: "my book.csv", countInvalid: true,
		rules: ruleOptions{delta: "10%", material: "20", gates: []string{"p(95)<200"}}}
	want := "bench gate runs/run --gate 'p(95)<200' --as-of 2026-11-22 --free-tier none --delta 10% --material 20" +
		" --lambda-init yes --edge-init no --book 'my book.csv' --count-invalid"
	if got := v.gateCommand(r); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	v = viewOptions{rules: ruleOptions{delta: "5%", material: "10"}}
	if got, want := v.gateCommand(r), "bench gate runs/run --as-of 2026-11-22 --free-tier none"; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}
