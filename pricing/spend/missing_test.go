package spend_test

import (
	"fmt"
	"slices"
	"testing"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/pricing/spend"
	"frontdoor/record"
)

// What is billed and not known is missing, and the bill a lower bound.
func TestMissing(t *testing.T) {
	edit := func(change func(*record.Recording)) *record.Recording {
		rec := recording(record.Front{ID: "f", Kind: front.APIGatewayREST, Region: "us-east-1", FunctionIn: "us-east-1", MemoryMB: 128, Architecture: "arm64"})
		change(rec)
		return rec
	}
	for name, c := range map[string]struct {
		rec  *record.Recording
		want pricing.Gap
	}{
		"unanswered": {edit(func(*record.Recording) {}), pricing.Gap{Meter: pricing.EgressGB, Reason: "front f: 1 of 3 requests got no answer: what was sent to them until they gave up is not known"}},
		"lost trial": {edit(func(r *record.Recording) {
			r.Trials = append(r.Trials, record.Trial{Front: "f", State: record.Lost})
		}), pricing.Gap{Meter: pricing.RESTRequests, Reason: "front f: 1 trials were lost: what they sent is in no line"}},
		"cut off": {edit(func(r *record.Recording) { r.Measured[0].Load = &record.Load{Sent: 6} }),
			pricing.Gap{Meter: pricing.RESTRequests, Reason: "front f: 2 requests were under way when their trial ended: they are in no line"}},
		"lost report": {edit(func(r *record.Recording) { r.Measured[0].Reports = r.Measured[0].Reports[:1] }),
			pricing.Gap{Meter: pricing.LambdaGBSecondsARM, Reason: "front f: 2 of 3 requests have no REPORT line: what they caused, if anything, is in no line"}},
		"no report": {edit(func(r *record.Recording) { r.Measured[0].Reports = nil }),
			pricing.Gap{Meter: pricing.LambdaRequests, Reason: "front f: no REPORT line was read, nor CloudWatch's count: it is not known how often the function ran"}},
		"no log bytes": {edit(func(r *record.Recording) { r.Measured[0].Reports[1].LogBytes = 0 }),
			pricing.Gap{Meter: pricing.LogsIngestedGB, Reason: "front f: log bytes are not known"}},
		"only REPORT lines": {edit(func(r *record.Recording) { r.Measured[0].Reports[1].LogBytes = record.NotKnown }),
			pricing.Gap{Meter: pricing.LogsIngestedGB, Reason: "front f: log bytes are not known"}},
		"reading": {edit(func(r *record.Recording) { r.Meters = nil }),
			pricing.Gap{Meter: pricing.GetMetricData, Reason: "what reading the run's own metrics costs is not known"}},
		"not counted": {edit(func(r *record.Recording) { r.Counters = nil }),
			pricing.Gap{Meter: pricing.DynamoDBReadUnits, Reason: "front f: 3 of 3 requests do not tell what their functions called, if anything (header x-bench-consumed): of that, tables and buckets are in no line"}},
	} {
		s, err := spend.Of(c.rec, nil)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(s.Missing, c.want) {
			t.Errorf("%s: no %q in %q", name, c.want, s.Missing)
		}
		bill, err := s.Bill(book(t), pricing.BillOptions{FreeTier: pricing.FreeNone})
		if err != nil || !bill.LowerBound {
			t.Errorf("%s: lower bound %v, %v", name, bill.LowerBound, err)
		}
		// That functions are known to call nothing closes that gap, and no other.
		known, err := spend.Of(c.rec, map[string]pricing.Calls{"f": pricing.CallsNothing})
		if err != nil || slices.Contains(known.Missing, c.want) != (name != "not counted") {
			t.Errorf("%s: calling nothing leaves %q, %v", name, known.Missing, err)
		}
	}
}

// Without REPORT lines CloudWatch's own count stands in, in the hours by their
// requests; its steps of 1 ms are the least that was billed: 128 MB for 30 ms are
// 0.00375 GB-seconds.
func TestMetricsStandIn(t *testing.T) {
	rec := recording(record.Front{ID: "f", Kind: front.FunctionURL, Region: "us-east-1", FunctionIn: "us-east-1", MemoryMB: 128, Architecture: "x86_64"})
	rec.Measured[0].Reports = nil
	n := int64(3)
	rec.Meters = &record.Meters{Fronts: []record.FrontMeters{{Front: "f", Coverage: record.Coverage{Invocations: &n},
		Steps: []record.Steps{{GranularityMS: 100, BilledMin: 300}, {GranularityMS: 1, BilledMin: 30}}}}}
	s, err := spend.Of(rec, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Sum(pricing.LambdaRequests).String() + " " + s.Sum(pricing.LambdaGBSecondsX86).String(); got != "3 0.00375" {
		t.Errorf("got %s", got)
	}
	if s.Uses[len(s.Uses)-1].Hour.Hour() != 8 || len(s.Missing) != 4 {
		t.Errorf("%s\n%q", show(s), s.Missing)
	}
}

// Of a distribution CloudWatch's count is that of all its functions of Lambda@Edge, and
// missing under their meter where it is not known.
func TestMetricsStandInAtTheEdge(t *testing.T) {
	n := int64(3)
	for want, metrics := range map[string][]record.Metric{
		"5 false": {ran("Invocations", "FunctionName", "us-east-1.own", 3), ran("Invocations", "FunctionName", "us-east-1.further", 2)},
		"0 true":  {ran("Invocations", "FunctionName", "us-east-1.further", 2)},
	} {
		rec := recording(record.Front{ID: "f", Kind: front.EdgeViewerRequest, Region: "us-east-1", FunctionIn: "us-east-1", Function: "us-east-1.own", MemoryMB: 128,
			Further: []record.Function{{Event: "origin-response", Kind: front.EdgeOriginResponse, Function: "us-east-1.further", In: "us-east-1"}}})
		rec.Measured[0].Reports = nil
		rec.Meters = &record.Meters{Fronts: []record.FrontMeters{{Front: "f", Coverage: record.Coverage{Invocations: &n}, Metrics: metrics}}}
		s, err := spend.Of(rec, nil)
		if err != nil {
			t.Fatal(err)
		}
		missing := slices.ContainsFunc(s.Missing, func(g pricing.Gap) bool { return g.Meter == pricing.EdgeRequests })
		if got := fmt.Sprint(s.Sum(pricing.EdgeRequests), missing); got != want {
			t.Errorf("%s, want %s: %q", got, want, s.Missing)
		}
	}
}

// Requests that say that they invoked nothing, as answers out of the lab's caches do, leave
// nothing of a function to be known.
func TestNothingInvoked(t *testing.T) {
	rec := recording(record.Front{ID: "f", Kind: front.EdgeOriginRequest, Region: "us-east-1", FunctionIn: "us-east-1", Function: "us-east-1.own", MemoryMB: 128})
	rec.Measured[0].Reports = nil
	for i := range rec.Measured[0].Hits {
		rec.Measured[0].Hits[i].RequestID = "-"
	}
	s, err := spend.Of(rec, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []pricing.Meter{pricing.EdgeRequests, pricing.EdgeGBSeconds, pricing.LogsIngestedGB} {
		if slices.ContainsFunc(s.Missing, func(g pricing.Gap) bool { return g.Meter == m }) {
			t.Errorf("%s is missing: %q", m, s.Missing)
		}
	}
}

// An offload scenario sent nothing to AWS: that is an error and no bill of $0.
func TestOffloadHasNoSpending(t *testing.T) {
	if _, err := spend.Of(&record.Recording{Offload: &record.Offload{}}, nil); err == nil {
		t.Error("no error")
	}
}
