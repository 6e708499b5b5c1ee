package report

import (
	"math"
	"slices"
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/pricing/breakeven"
	"frontdoor/pricing/estimate"
	"frontdoor/record"
	"frontdoor/stats"
)

// Which fronts are compared: with the reference, or each pair once.
func TestPairs(t *testing.T) {
	for reference, want := range map[string][][2]int{
		"a": {{0, 1}, {0, 2}}, "b": {{1, 0}, {1, 2}}, AllPairs: {{0, 1}, {0, 2}, {1, 2}}, "none": nil,
	} {
		r := byHand(t, "1", "2", "3")
		r.Pricing.Reference = reference
		if got := r.pairs(); !slices.Equal(got, want) {
			t.Errorf("reference %q: %v, want %v", reference, got, want)
		}
	}
	r := byHand(t, "1")
	for metrics, want := range map[string]string{"p50,p99": "p50 p99 mean", "p90": "p90 p50 p99 mean", "mean,p50": "mean p50 p99"} {
		r.Pricing.Metrics = strings.Split(metrics, ",")
		if got := strings.Join(r.ordered(), " "); got != want {
			t.Errorf("%s decide: %s, want %s", metrics, got, want)
		}
	}
}

// A front costs what its drawn months cost on average; one that was not drawn, its
// bill.
func TestExpected(t *testing.T) {
	r := byHand(t, "10", "12", "7")
	r.Estimate = &estimate.Estimate{Uncertainty: &estimate.Uncertainty{Fronts: []string{"b", "a"},
		Outcome: breakeven.Outcome{Fronts: []breakeven.Prospect{{Mean: 13}, {Mean: 15}}}}}
	for i, want := range []float64{15, 13, 7} {
		if got := r.expected(&r.Fronts[i]); got != want {
			t.Errorf("%s: %g, want %g", r.Fronts[i].ID, got, want)
		}
	}
	if best, others := r.cheapest(r.priced()); best.ID != "c" || others[0].ID != "b" || others[1].ID != "a" {
		t.Errorf("%s, then %s and %s", best.ID, others[0].ID, others[1].ID)
	}
}

// The noise floor compares a front's first visits with its second ones. Visits
// that do not count, and rounds that were not got to, are in no figure.
func TestFloorOf(t *testing.T) {
	a := doorOf("a", front.ALB, 256, "arm64")
	rec := newRecorder(t, record.SourceLab, 8, a, doorOf("never", front.FunctionURL, 256, "arm64"))
	visit := func(round, arm int, ms float64, why ...string) {
		more := 0.01 * float64(round)
		rec.trial(a, round, func(trial *record.Trial) {
			trial.Arm, trial.Invalid = arm, why
			if len(why) == 0 && round == 3 && arm == 1 {
				trial.Attempt = 2
			}
		}, steady(40, 8_000, ms+more, ms+0.2+more, ms+0.1, ms+0.3))
	}
	for round := 1; round <= 7; round++ { // the eighth was interrupted
		visit(round, 0, 20)
		if round == 3 {
			visit(round, 1, 900, "late")
		}
		visit(round, 1, 22)
	}
	aa := rec.recording("interrupt")
	aa.AA = true
	in := input(t, aa)
	in.Choices.Metrics = []string{"p50"}
	f, err := floorOf(aa, in, in.Choices)
	check(t, err)
	if !f.Same || f.Run != aa.ID || len(f.Entries) != 2*len(Metrics()) {
		t.Fatalf("%+v", f)
	}
	for _, e := range f.Entries {
		if e.A != e.B || e.Family != (e.Metric == "p50") {
			t.Errorf("%+v", e)
		}
		if e.A == "never" && (e.Ratio.HasInterval() || e.Pairs != 0) {
			t.Errorf("a front that was not visited: %+v", e)
		}
		if e.A == "a" && e.Metric == "p50" && (e.Pairs != 7 || math.Abs(e.Ratio.Point-1.1) > 0.01 || e.Verdict != stats.Slower) {
			t.Errorf("22 ms against 20: %+v", e)
		}
	}
	if far := f.Of("p50"); far == nil || math.Abs(*far-0.1) > 0.03 {
		t.Errorf("the floor at p50 is %v, want about 10 %%", far)
	}
	if far := f.Of("p99"); far != nil {
		t.Errorf("the floor at p99 is %g, of 280 requests", *far)
	}
	other := *aa
	other.ID = "another"
	in.Recording = &other
	if f, err = floorOf(aa, in, in.Choices); err != nil || f.Same {
		t.Errorf("%+v, %v", f, err)
	}
	if (*Floor)(nil).Of("p50") != nil {
		t.Error("no floor has a value")
	}
}

// The check for a warm-up that was too short looks at trials that are long enough,
// and lets a tenth of one pass.
func TestSettle(t *testing.T) {
	series := func(n, slow int) []float64 {
		var values []float64
		for i := range n {
			v := 10 + 0.1*float64(i%7)
			if i < slow {
				v *= 4
			}
			values = append(values, v)
		}
		return values
	}
	f := Front{samples: samples{arms: [2][][]float64{{series(299, 60), series(300, 0), series(300, 10), series(300, 60), series(300, 80), series(300, 40), nil}}}}
	f.settle()
	// MSER-5 finds the cut, and it is lengthened by half: 80 slow ones are 120.
	if want := (Settling{Checked: 5, Unsettled: 3, Cut: 120}); f.Settling != want {
		t.Errorf("%+v, want %+v", f.Settling, want)
	}
}

// Notes name fronts in place of A and B.
func TestRenamed(t *testing.T) {
	c := Comparison{Comparison: stats.Comparison{Notes: []string{"no verdict: A: 5 requests", "no verdict: B: 6 requests"}}}
	c.renamed("alb: ", "url: ")
	if want := []string{"no verdict: alb: 5 requests", "no verdict: url: 6 requests"}; !slices.Equal(c.Notes, want) {
		t.Errorf("%q, want %q", c.Notes, want)
	}
}
