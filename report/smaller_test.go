package report_test

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"frontdoor/record"
	"frontdoor/report"
	"frontdoor/stats"
)

// tracked is an entry as github-action-benchmark reads it (src/extract.ts,
// BenchmarkResult): a name, a number, a unit, and two texts that may be missing.
type tracked struct {
	Name, Unit   *string
	Value        *float64
	Range, Extra string
}

func trackedOf(t *testing.T, r *report.Report) []tracked {
	t.Helper()
	var entries []tracked
	in := json.NewDecoder(strings.NewReader(written(t, report.Smaller, r)))
	in.DisallowUnknownFields()
	if err := in.Decode(&entries); err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name == nil || e.Unit == nil || e.Value == nil || e.Extra == "" {
			t.Fatalf("an entry lacks something: %+v", e)
		}
	}
	return entries
}

func TestSmaller(t *testing.T) {
	r := sample(t)
	r.Fronts = slices.Clone(r.Fronts)
	r.Fronts[0].Response = slices.Clone(r.Fronts[0].Response)
	r.Fronts[0].Response[2].Estimate = stats.Estimate{Point: 92.2, Lo: 86.8, Hi: 98, N: 1800, Rounds: 12}
	entries := trackedOf(t, r)
	if len(entries) != 3*len(r.Fronts) {
		t.Fatalf("%d entries of %d fronts", len(entries), len(r.Fronts))
	}
	for i, f := range r.Fronts {
		want := []struct {
			name, unit string
			value      float64
			about      string
		}{
			{"LAB: sample / " + f.ID + " / p50", "ms", f.Response[0].Point, "95 % interval"},
			{"LAB: sample / " + f.ID + " / p99", "ms", f.Response[2].Point, "95 % interval"},
			{"LAB: sample / " + f.ID + " / USD per million", "USD/million", f.Cost.Bill.PerMillion.Float(), "80 % of drawn months"},
		}
		for j, w := range want {
			got := entries[3*i+j]
			if *got.Name != w.name || *got.Unit != w.unit || *got.Value != w.value || !strings.HasPrefix(got.Range, "± ") || !strings.Contains(got.Extra, w.about) || !strings.HasPrefix(got.Extra, "LAB run ") {
				t.Errorf("entry is %s %s %v %q %q, want %+v", *got.Name, *got.Unit, *got.Value, got.Range, got.Extra, w)
			}
		}
	}
	if entries[1].Range != "± 5.60" { // half of 98.0 - 86.8
		t.Errorf("the range of p99 at rest is %q", entries[1].Range)
	}
}

// Nothing that is refused or not known has an entry.
func TestSmallerLeavesOut(t *testing.T) {
	r := sample(t)
	r.Fronts = slices.Clone(r.Fronts[:3])
	quantiles := func(e stats.Estimate) []report.Quantile { return []report.Quantile{{Q: 0.5, Estimate: e}} }
	r.Fronts[0].Response, r.Fronts[0].Cost = quantiles(stats.Estimate{Point: 3, N: 2, Refused: "too few"}), report.Cost{Err: "none"}
	r.Fronts[1].Response, r.Fronts[1].Cost.Bill.PerMillion = quantiles(stats.Estimate{Point: math.NaN(), N: 2}), nil
	r.Fronts[2].Response = quantiles(stats.Estimate{Point: 4, Lo: math.NaN(), Hi: math.NaN(), N: 7, Rounds: 1})
	r.Fronts[2].Cost.Bill.LowerBound, r.Fronts[2].Cost.Worlds = true, nil
	r.Run.Source = record.SourceAWS
	entries := trackedOf(t, r)
	if len(entries) != 2 || *entries[0].Name != "sample / alb / p50" || entries[0].Range != "" || *entries[1].Name != "sample / alb / USD per million, lower bound" || entries[1].Range != "" {
		t.Errorf("entries are %s", written(t, report.Smaller, r))
	}
	r.Fronts = nil
	if text := written(t, report.Smaller, r); text != "[]\n" {
		t.Errorf("without fronts it is %q", text)
	}
}

func TestSmallerEscapes(t *testing.T) {
	if text := written(t, report.Smaller, hostile(t)); strings.ContainsAny(text, "<>\x00") {
		t.Errorf("markup is left in %s", text)
	}
	if entries := trackedOf(t, hostile(t)); len(entries) != 15 {
		t.Errorf("%d entries", len(entries))
	}
}
