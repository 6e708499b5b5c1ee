package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"

	"frontdoor/front"
	"frontdoor/record"
)

// world is an env without terminal, network and variables.
func world(set map[string]string) *env {
	return &env{stdout: io.Discard, stderr: io.Discard, getenv: func(name string) string { return set[name] },
		now: func() time.Time { return time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC) }}
}

// scenarioOf is a scenario with a front by the name of url and what else is given.
func scenarioOf(more string) string {
	return `version: 1
name: tiny
handler: hello
fronts: [{id: url, kind: function-url}]
requests: [{method: GET, expect: {body: any}}]
load: {rate: 50/s, duration: 1s}
rounds: 6
` + more
}

// recorded writes a run of six rounds with 50 requests of about ms each, begun on
// a day of November 2026, and returns its folder.
func recorded(t *testing.T, day int, yaml string, ms float64, change func(*record.Run)) string {
	t.Helper()
	began := time.Date(2026, 11, day, 15, 0, 0, 0, time.UTC)
	run := record.Run{ID: fmt.Sprintf("202611%02dT150000Z-tiny", day), Scenario: "tiny", Tool: "v1", Source: record.SourceLab, Seed: 7, Rounds: 6,
		Host: record.Host{OS: "linux", Arch: "amd64", CPUs: 2, Go: "go1.26"}, Started: began,
		Fronts: []record.Front{{ID: "url", Kind: front.FunctionURL, Region: "us-east-1", Function: "tiny-url", FunctionIn: "us-east-1", MemoryMB: 128, Architecture: "x86_64"}}}
	stopped := ""
	if change != nil {
		change(&run)
		stopped = run.Stopped
	}
	w, err := record.Create(t.TempDir(), run, []byte(yaml))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for round := 1; round <= 6; round++ {
		for arm := 0; arm == 0 || run.AA && arm == 1; arm++ {
			trial := record.Trial{Round: round, Attempt: 1, Arm: arm, Front: "url", State: record.Done, Started: began.Add(time.Duration(round) * time.Second)}
			hits, reports := hitsOf(round, arm, ms)
			if err := w.Add(n, trial); err != nil {
				t.Fatal(err)
			}
			if err := w.Finish(n, trial, hits, reports); err != nil {
				t.Fatal(err)
			}
			n++
		}
	}
	if err := w.Close(began.Add(time.Minute), stopped); err != nil {
		t.Fatal(err)
	}
	return w.Dir()
}

func hitsOf(round, arm int, ms float64) (hits []record.Hit, reports []record.Report) {
	for i := range 50 {
		due := int64(i) * 20_000_000
		h := record.Hit{Seq: int64(i), Due: due, Launched: due, Sent: due, Status: 200, BytesOut: 500, BytesIn: 500, RequestID: fmt.Sprint(round, arm, i)}
		h.Done = due + int64((ms+0.01*float64(round+i%7))*1e6)
		h.FirstByte = h.Done
		hits = append(hits, h)
		reports = append(reports, record.Report{RequestID: h.RequestID, DurationUS: 4000, BilledMS: 4, InitUS: -1, MemoryMB: 128, MaxMemMB: 60, LogBytes: 300})
	}
	return hits, reports
}

// view is options as the command line gives them without flags.
func view(t *testing.T) viewOptions {
	t.Helper()
	var v viewOptions
	v.book = "none" // beside the shipped one
	v.rules.metrics, v.rules.delta, v.rules.material = []string{"p50"}, "5%", "10"
	if err := v.rules.check(); err != nil {
		t.Fatal(err)
	}
	return v
}

// Both runs are priced as the new one's scenario says: another forecast, another
// day or another free tier is no change of what was measured.
func TestCompareOneMonth(t *testing.T) {
	before := recorded(t, 20, scenarioOf("traffic: {requests_per_month: {expected: 3M}}\npricing: {as_of: 2018-06-01, free_tier: always}\n"), 20, nil)
	after := recorded(t, 21, scenarioOf("traffic: {requests_per_month: {expected: 9M}}\npricing: {as_of: 2024-06-01, free_tier: none}\n"), 30, nil)
	c, err := compareRuns(world(nil), pflag.NewFlagSet("", pflag.ContinueOnError), before, after, view(t))
	if err != nil {
		t.Fatal(err)
	}
	if c.Pricing.AsOf.String() != "2024-06-01" || c.Pricing.FreeTier != "none" {
		t.Errorf("priced as of %s, free tier %s; want what the new scenario says", c.Pricing.AsOf, c.Pricing.FreeTier)
	}
	// Durations and sizes are the same in both, so that the month costs the same.
	if len(c.Costs) != 1 || c.Costs[0].Old == nil || c.Costs[0].New == nil || !c.Costs[0].Old.Bill.Total.Equal(c.Costs[0].New.Bill.Total) {
		t.Fatalf("costs %+v, want the same bill twice", c.Costs)
	}
	if c.Costs[0].New.Bill.Total.Sign() <= 0 {
		t.Errorf("the month costs %s", c.Costs[0].New.Bill.Total)
	}
	v := view(t)
	v.asOf = "2020-01-01"
	if c, err = compareRuns(world(nil), pflag.NewFlagSet("", pflag.ContinueOnError), before, after, v); err != nil || c.Pricing.AsOf.String() != "2020-01-01" {
		t.Errorf("--as-of 2020-01-01: %v, %+v", err, c)
	}
}

// Each thing that keeps two runs from being compared is named.
func TestIncomparable(t *testing.T) {
	plain := scenarioOf("")
	replaced := func(old, new string) string {
		if !strings.Contains(plain, old) {
			t.Fatalf("the scenario has no %q", old)
		}
		return strings.Replace(plain, old, new, 1)
	}
	old := recorded(t, 20, plain, 20, nil)
	same, err := filepath.EvalSymlinks(old)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, dir, want string }{
		{"itself", old, "they are the same run"},
		{"itself by another path", same + "/../" + filepath.Base(same), "they are the same run"},
		{"stopped", recorded(t, 21, plain, 20, func(r *record.Run) { r.Stopped = "interrupt" }), `run "20261121T150000Z-tiny" did not get to its end`},
		{"scenario", recorded(t, 21, plain, 20, func(r *record.Run) { r.Scenario = "other" }), "scenario: tiny and other"},
		{"source", recorded(t, 21, plain, 20, func(r *record.Run) { r.Source = record.SourceAWS }), "source: lab and aws"},
		{"host", recorded(t, 21, plain, 20, func(r *record.Run) { r.Host.CPUs = 8 }), "host: {linux amd64 2  go1.26} and {linux amd64 8  go1.26}"},
		{"A/A", recorded(t, 21, plain, 20, func(r *record.Run) { r.AA = true }), "A/A run: false and true"},
		{"handler", recorded(t, 21, replaced("handler: hello", "handler: meditate"), 20, nil), "handler: hello and meditate"},
		{"requests", recorded(t, 21, replaced("method: GET", "method: GET, path: /other"), 20, nil), "the requests differ"},
		{"load", recorded(t, 21, replaced("rate: 50/s", "rate: 60/s"), 20, nil), "the load differs"},
		{"fronts", recorded(t, 21, replaced("id: url,", "id: uri,"), 20, nil), "fronts: url and uri"},
		{"front", recorded(t, 21, replaced("kind: function-url", "kind: function-url, memory: 256MB"), 20, nil), `front "url" is set up differently`},
	}
	for _, test := range tests {
		_, err := compareRuns(world(nil), pflag.NewFlagSet("", pflag.ContinueOnError), old, test.dir, view(t))
		if err == nil || !strings.HasSuffix(err.Error(), "are not comparable: "+test.want) {
			t.Errorf("%s: %v, want %s", test.name, err, test.want)
		}
	}
	if _, err := compareRuns(world(nil), pflag.NewFlagSet("", pflag.ContinueOnError), old, recorded(t, 21, plain, 20, nil), view(t)); err != nil {
		t.Errorf("the same again: %v", err)
	}
}
