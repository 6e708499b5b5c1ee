package pricing

import (
	"fmt"
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/record"
)

// distributed is a front with a function at viewer-request that hands on, and one at
// origin-response whose answer is kept in the cache.
func distributed(kind front.Kind) record.Front {
	return record.Front{ID: "f", Kind: kind, Region: "us-east-1", FunctionIn: "us-east-1", Function: "us-east-1.own", MemoryMB: 128, Architecture: "x86_64",
		Further: []record.Function{{Event: "origin-response", Kind: front.EdgeOriginResponse, Function: "us-east-1.further", In: "us-east-1"}}}
}

// visits are n hits, each fourth of which the origin answers: answers name the invocation
// that made them, and it is named again while they are kept. Each hit has run a function at
// viewer-request too, which names itself in no answer. A quarter is the warm-up.
func visits(n int) (hits []record.Hit, reports []record.Report) {
	report := func(id string, billed int64) record.Report {
		return record.Report{RequestID: id, DurationUS: billed * 1000, BilledMS: billed, InitUS: -1, MemoryMB: 128, LogBytes: 100}
	}
	for i := range n {
		made := fmt.Sprintf("made-%d", i/4)
		if i%4 == 0 {
			reports = append(reports, report(made, 5))
		}
		reports = append(reports, report(fmt.Sprintf("handed-on-%d", i), 1))
		hits = append(hits, record.Hit{Status: 200, RequestID: made, Warmup: i < n/4})
	}
	return hits, reports
}

// Functions that hand a request on name themselves in no answer: all REPORT lines are
// divided by all requests, 1 and 1/4 for each, of (4x1+5)/5 = 9/5 ms.
func TestMeasureOfFunctionsThatHandOn(t *testing.T) {
	hits, reports := visits(400)
	m := Measure(distributed(front.EdgeViewerRequest), hits, reports)
	if !m.ByCount() || len(m.Reports) != 500 || m.LogBytes != 50000 || m.Requests != 300 || m.WithReport != 300 || m.Coverage.WithoutReport != 0 || m.Coverage.ReportsAlone != 0 {
		t.Errorf("%+v of %d reports", m.Coverage, len(m.Reports))
	}
	if n := m.invocations(); n == nil || !n.Equal(Ratio(5, 4)) {
		t.Errorf("%v invocations a request, want 5/4", n)
	}
	if got := billedSum(t, m, Billing{Granularity: Rule{Value: 1}}); got != "900" {
		t.Errorf("billed are %s ms, want 900", got)
	}
	w := m.Workload(fullForecast())
	if len(w.Missing) != 0 || len(w.Notes) != 1 || !strings.HasPrefix(w.Notes[0], "answers do not tell every invocation") {
		t.Errorf("missing %v, notes %q", w.Missing, w.Notes)
	}
}

// In the lab answers name all that they caused; what no answer names is of requests that got
// none, or were cut off: a few lines make no other measurement.
func TestMeasureOfFewUnnamed(t *testing.T) {
	hits, reports := visits(400)
	for i := range hits {
		hits[i].RequestID = fmt.Sprintf("handed-on-%d,%s", i, hits[i].RequestID)
	}
	hits = append(hits, record.Hit{Status: 0}, record.Hit{Status: 0})
	for i := range 20 { // 2 x 2 of the unanswered, and one in twenty-five
		reports = append(reports, record.Report{RequestID: fmt.Sprintf("alone-%d", i), DurationUS: 1000, InitUS: -1, MemoryMB: 128, LogBytes: 1})
	}
	m := Measure(distributed(front.EdgeViewerRequest), hits, reports)
	if m.ByCount() || m.Coverage.Assigned != 2 || m.Coverage.ReportsAlone != 18 {
		t.Errorf("by count %t, %+v", m.ByCount(), m.Coverage)
	}
	for i := range 20 {
		reports = append(reports, record.Report{RequestID: fmt.Sprintf("more-%d", i)})
	}
	if m := Measure(distributed(front.EdgeViewerRequest), hits, reports); !m.ByCount() {
		t.Error("one in ten is nothing")
	}
	lost := make([]record.Hit, 20) // whose invocations nobody was told
	if m := Measure(distributed(front.EdgeViewerRequest), lost, reports[len(reports)-40:]); m.ByCount() || m.Coverage.Assigned != 20 {
		t.Errorf("requests without an answer: by count %t, %+v", m.ByCount(), m.Coverage)
	}
	if m := Measure(record.Front{ID: "f", Kind: front.FunctionURL}, hits, reports); m.ByCount() {
		t.Error("a front in a Region has no functions that hand on")
	}
}

// A lone function at viewer-request runs once for each request, whether its answers say so
// or not: what has no REPORT line is missing.
func TestMeasureOfALoneFunction(t *testing.T) {
	hits, reports := make([]record.Hit, 10), []record.Report{}
	for i := range hits {
		hits[i].Status = 200
		reports = append(reports, record.Report{RequestID: fmt.Sprint(i), DurationUS: 1000, InitUS: -1, MemoryMB: 128, LogBytes: 1})
	}
	m := Measure(record.Front{ID: "f", Kind: front.EdgeViewerRequest}, hits, reports[:8])
	if m.ByCount() || m.WithReport != 8 || m.Coverage.WithoutReport != 2 {
		t.Errorf("%+v", m.Coverage)
	}
	m = Measure(record.Front{ID: "f", Kind: front.EdgeOriginRequest}, hits, reports[:8]) // two came out of the cache
	if n := m.invocations(); !m.ByCount() || m.Coverage.WithoutReport != 0 || !n.Equal(Ratio(4, 5)) {
		t.Errorf("%v invocations a request, %+v", n, m.Coverage)
	}
}

// Beside a CloudFront Function those of Lambda@Edge are counted likewise.
func TestMeasureBesideAScript(t *testing.T) {
	hits, reports := visits(400)
	for i := range hits {
		hits[i].RequestID = ""
	}
	m := Measure(distributed(front.CloudFrontFunction), hits, reports[:100])
	if w := m.Workload(fullForecast()); w.Further == nil || !w.Further.Equal(Ratio(1, 4)) {
		t.Errorf("%v invocations of Lambda@Edge a request, want 1/4", w.Further)
	}
}

// What CloudWatch counted of a front's functions of Lambda@Edge, its own and further ones.
func TestInvoked(t *testing.T) {
	of := func(function string, n float64) record.Metric {
		return record.Metric{Namespace: "AWS/Lambda", Name: "Invocations", Stat: "Sum", Dimensions: []record.Dimension{{Name: "FunctionName", Value: function}}, Value: &n}
	}
	meters := &record.FrontMeters{Metrics: []record.Metric{of("us-east-1.own", 400), of("us-east-1.further", 100), of("another", 7)}}
	for kind, want := range map[front.Kind]int64{front.EdgeViewerRequest: 500, front.CloudFrontFunction: 100} {
		if n := Invoked(distributed(kind), meters); n == nil || *n != want {
			t.Errorf("%s: %v, want %d", kind, n, want)
		}
	}
	if n := Invoked(distributed(front.EdgeViewerRequest), &record.FrontMeters{}); n != nil {
		t.Errorf("counted by nobody, and %d", *n)
	}
	further := &record.FrontMeters{Metrics: meters.Metrics[1:]}
	if n := Invoked(distributed(front.EdgeViewerRequest), further); n != nil {
		t.Errorf("the front's own is not counted, and all are %d", *n)
	}
}
