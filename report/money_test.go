package report

import (
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/record"
)

// A door that cannot carry the month's answers is not proposed, however cheap it
// is, and the report says why: Lambda@Edge answers a viewer with 40 KB at most.
func TestCannotCarry(t *testing.T) {
	alb, edge := doorOf("alb", front.ALB, 128, "x86_64"), doorOf("edge", front.EdgeViewerRequest, 128, "x86_64")
	rec := newRecorder(t, record.SourceLab, 3, alb, edge)
	for round := 1; round <= 3; round++ {
		rec.trial(alb, round, nil, steady(10, 8_000, 20, 22))
		rec.trial(edge, round, nil, steady(10, 8_000, 20, 22))
	}
	in := input(t, rec.recording(""))
	in.Traffic = Traffic{Low: 100_000, Expected: 100_000, High: 100_000}
	if r := reportOf(t, in); r.Decision.Choice != "edge" || r.front("edge").Cost.Cannot != "" {
		t.Fatalf("small answers: %+v", r.Decision)
	}
	in.Forecast.ResponseBytes = number10(t, "100000")
	r := reportOf(t, in)
	why := r.front("edge").Cost.Cannot
	if r.Decision.Choice != "alb" || r.Pricing.Reference != "alb" || r.front("alb").Cost.Cannot != "" || why == "" {
		t.Errorf("%q is proposed; edge: %q", r.Decision.Choice, why)
	}
	if said := strings.Join(r.Decision.Cautions, "\n"); !strings.Contains(said, "edge cannot carry this month: "+why+".") {
		t.Errorf("cautions: %s", said)
	}
}

// Answers of another size are not billed by the increments of those measured.
func TestSetSize(t *testing.T) {
	size, increments := pricing.Count(2048), pricing.Count(4)
	w := pricing.Workload{Increments: &increments}
	w.Traffic.ResponseBytes = &size
	check(t, setSize(&w, pricing.Count(1)))
	if w.Increments == nil || !w.Traffic.ResponseBytes.Equal(size) {
		t.Errorf("as measured: %+v", w)
	}
	check(t, setSize(&w, pricing.Ratio(3, 2)))
	if w.Increments != nil || !w.Traffic.ResponseBytes.Equal(pricing.Count(3072)) || !size.Equal(pricing.Count(2048)) {
		t.Errorf("half as large again: %+v", w)
	}
}
