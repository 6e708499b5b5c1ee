package report_test

import (
	"slices"
	"strings"
	"testing"

	"frontdoor/record"
	"frontdoor/report"
	"frontdoor/report/reporttest"
)

// spoiled is the sample in which every nth measured request of some trials failed.
func spoiled(t *testing.T, n int, where func(record.Measured) bool) *report.Report {
	t.Helper()
	rec := *reporttest.Recording(t)
	rec.Measured = slices.Clone(rec.Measured)
	for i, m := range rec.Measured {
		if !where(m) {
			continue
		}
		hits := slices.Clone(m.Hits)
		for k := range hits {
			if k%n == 0 {
				hits[k].Status, hits[k].Error = 502, "status 502"
			}
		}
		rec.Measured[i].Hits = hits
	}
	r, err := report.New(reporttest.Input(t, &rec))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The cheapest front is not proposed when it fails every fifth request, and is when
// it fails every twentieth. No front is when all fail often.
func TestFailingFrontsAreNotProposed(t *testing.T) {
	cheapest := spoiled(t, 1, func(record.Measured) bool { return false }).Decision.Choice
	of := func(id string) func(record.Measured) bool {
		return func(m record.Measured) bool { return m.Front == id }
	}
	if got := spoiled(t, 5, of(cheapest)).Decision.Choice; got == cheapest || got == "" {
		t.Errorf("%q is proposed, which fails every fifth request", got)
	}
	if got := spoiled(t, 20, of(cheapest)).Decision.Choice; got != cheapest {
		t.Errorf("%q is proposed, not %s", got, cheapest)
	}
	d := spoiled(t, 5, func(record.Measured) bool { return true }).Decision
	if d.Choice != "" || !strings.Contains(d.Because, "fails less than one request in ten") {
		t.Errorf("%q: %s", d.Choice, d.Because)
	}
}

// What failed in a trial that does not count is said all the same.
func TestFailuresOfUncountedTrials(t *testing.T) {
	says := func(r *report.Report) bool {
		return slices.ContainsFunc(r.Decision.Cautions, func(c string) bool {
			return strings.HasPrefix(c, "alb failed ") && strings.Contains(c, `in trials that do not count, mostly "status 502"`)
		})
	}
	if !says(spoiled(t, 2, func(m record.Measured) bool { return m.Front == "alb" && len(m.Invalid) > 0 })) {
		t.Error("nothing is said of what failed in an invalid trial")
	}
	if says(spoiled(t, 1, func(record.Measured) bool { return false })) {
		t.Error("failures are told of that there were not")
	}
}
