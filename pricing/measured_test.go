package pricing

import (
	"slices"
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/record"
)

func TestMeasureJoinsAndLeavesWarmupOut(t *testing.T) {
	hits := []record.Hit{
		{RequestID: "w", Warmup: true, Status: 200, BytesIn: 9000, NewConn: true},
		{RequestID: "a", Status: 200, BytesOut: 100, BytesIn: 400, NewConn: true},
		{RequestID: "b", Status: 200, BytesOut: 100, BytesIn: 1<<20 - 99}, // 1 MiB and 1 byte together: 3 increments
		{RequestID: "b", Status: 200, BytesOut: 100, BytesIn: 300},        // the same invocation: from a cache
		{RequestID: "w", Status: 200, BytesOut: 100, BytesIn: 300},        // cached since the warm-up
		{RequestID: "lost", Status: 200, BytesOut: 100, BytesIn: 300},
		{RequestID: "", Status: 429, BytesOut: 100, BytesIn: 50},
		{RequestID: "", Status: 0, BytesOut: 100, Error: "timeout"}, // no answer
		{RequestID: "", Sent: -1}, // not sent
	}
	reports := []record.Report{
		{RequestID: "w", DurationUS: 900_000, InitUS: 100_000, MemoryMB: 512, LogBytes: 1000},
		{RequestID: "b", DurationUS: 20_001, InitUS: -1, MemoryMB: 512, LogBytes: 30},
		{RequestID: "a", DurationUS: 10_000, InitUS: 2_000, MemoryMB: 512, LogBytes: 20},
		{RequestID: "alone", DurationUS: 1, InitUS: -1, MemoryMB: 512},
	}
	door := record.Front{ID: "f", Kind: front.ALB, Region: "us-east-1", MemoryMB: 512, Architecture: "arm64"}
	m := Measure(door, hits, reports)
	if m.Requests != 7 || m.Answered != 6 || m.NewConnections != 1 || m.WithReport != 5 || len(m.Reports) != 3 {
		t.Errorf("counts are %+v", m)
	}
	if m.BytesOut != 600 || m.BytesIn != 400+1<<20-99+300+300+300+50 || m.Increments != 1+3+1+1+1+1 || m.LogBytes != 50 {
		t.Errorf("sums are %d out, %d in, %d increments, %d of logs", m.BytesOut, m.BytesIn, m.Increments, m.LogBytes)
	}
	want := Coverage{Hits: 9, Warmup: 1, NotSent: 1, WithoutReport: 2, Unanswered: 1, Assigned: 1, ReportsWarmup: 1, FromOtherCalls: 2}
	if m.Coverage != want {
		t.Errorf("coverage is %+v, want %+v", m.Coverage, want)
	}
	if m.FunctionRegion != "us-east-1" || m.Front != "f" || m.MemoryMB != 512 || len(m.Problems) != 0 {
		t.Errorf("front is %+v", m)
	}
	if got := billedSum(t, m, Billing{Granularity: Rule{Value: 1}, Init: Rule{Value: 1}}); got != "34" { // 12 + 21 + 1
		t.Errorf("billed %s ms, want 34", got)
	}
}

// Requests that gave up waiting caused invocations that no answer names: they
// are billed with the measured ones, and what is left over is told apart.
func TestMeasureBillsWhatNobodyWaitedFor(t *testing.T) {
	hits := []record.Hit{{RequestID: "a", Status: 200}, {Error: "timeout"}}
	reports := []record.Report{{RequestID: "a", DurationUS: 1000, InitUS: -1}, {RequestID: "x", DurationUS: 2_000_000, InitUS: -1}, {RequestID: "y", DurationUS: 5, InitUS: -1}}
	m := Measure(record.Front{ID: "f", Kind: front.ALB, MemoryMB: 128}, hits, reports)
	if got := billedSum(t, m, Billing{Granularity: Rule{Value: 1}}); got != "2001" {
		t.Errorf("billed %s ms, want 2001", got)
	}
	if want := (Coverage{Hits: 2, Unanswered: 1, Assigned: 1, ReportsAlone: 1}); m.Coverage != want {
		t.Errorf("coverage is %+v, want %+v", m.Coverage, want)
	}
}

// A request that the front refused caused no invocation: what a warm-up request
// left behind is not billed to it.
func TestMeasureGivesNoReportToARefusedRequest(t *testing.T) {
	hits := []record.Hit{{Warmup: true, Error: "timeout"}, {RequestID: "a", Status: 200}, {Status: 429, Error: "status 429"}}
	reports := []record.Report{{RequestID: "w", DurationUS: 5_000_000, InitUS: -1}, {RequestID: "a", DurationUS: 1000, InitUS: -1}}
	m := Measure(record.Front{ID: "f", Kind: front.FunctionURL, MemoryMB: 128}, hits, reports)
	if want := (Coverage{Hits: 3, Warmup: 1, WithoutReport: 1, ReportsAlone: 1}); m.Coverage != want || len(m.Reports) != 1 {
		t.Errorf("coverage is %+v, want %+v; %d reports", m.Coverage, want, len(m.Reports))
	}
}

func TestMeasureIncrements(t *testing.T) {
	// "513 KB is metered as two requests" (stormit.cloud on HTTP APIs).
	for bytes, want := range map[int64]int64{0: 1, 1: 1, 512 << 10: 1, 512<<10 + 1: 2, 513 << 10: 2, 1024 << 10: 2} {
		if got := Increments(bytes); got != want {
			t.Errorf("%d bytes are %d increments, want %d", bytes, got, want)
		}
	}
}

func TestMeasureNamesProblems(t *testing.T) {
	hits := []record.Hit{{RequestID: "a", Status: 200}, {RequestID: "b", Status: 200}}
	reports := []record.Report{{RequestID: "a", MemoryMB: 256}, {RequestID: "b", MemoryMB: 256}, {RequestID: "b", MemoryMB: 256}}
	m := Measure(record.Front{ID: "f", MemoryMB: 128}, hits, reports)
	if len(m.Problems) != 2 || m.MemoryMB != 128 || len(m.Reports) != 2 {
		t.Errorf("problems are %q, memory %d, %d reports", m.Problems, m.MemoryMB, len(m.Reports))
	}
	if m := Measure(record.Front{ID: "f"}, hits, reports[:2]); m.MemoryMB != 256 || len(m.Problems) != 0 {
		t.Errorf("memory %d, want the reports' 256; problems %q", m.MemoryMB, m.Problems)
	}
}

// Nothing measured is an empty Measured, not a crash.
func TestMeasureNothing(t *testing.T) {
	m := Measure(record.Front{ID: "f", Kind: front.ALB}, nil, nil)
	if m.Requests != 0 || m.Answered != 0 || len(m.Reports) != 0 || m.Coverage != (Coverage{}) {
		t.Errorf("measured %+v", m)
	}
}

// billedSum is the billed milliseconds of all measured invocations.
func billedSum(t *testing.T, m Measured, rule Billing) string {
	t.Helper()
	mean, err := Recorded(m.Reports).BilledMS(rule)
	if err != nil || !mean.Exact() {
		t.Fatalf("billed %v, error %v", mean, err)
	}
	return mean.Low.Mul(Count(int64(len(m.Reports)))).String()
}

// What API Gateway refuses costs nothing and leaves no gap in the bill, which says
// that it priced the month without refusals. Behind a load balancer the same answers
// are of unknown cost, and so is a 429 that bears an invocation's id.
func TestMeasureRefusals(t *testing.T) {
	hits := []record.Hit{{RequestID: "a", Status: 200}, {Status: 429}, {Status: 403}, {Status: 500}, {RequestID: "lost", Status: 429}, {Status: 429, Warmup: true}}
	reports := []record.Report{{RequestID: "a", DurationUS: 1000, InitUS: -1, MemoryMB: 128, LogBytes: 10}}
	for kind, want := range map[front.Kind]int64{front.APIGatewayREST: 2, front.APIGatewayNonProxy: 2, front.APIGatewayHTTP: 2, front.ALB: 0, front.FunctionURL: 0} {
		m := Measure(record.Front{ID: "f", Kind: kind, Region: "us-east-1", MemoryMB: 128, Architecture: "x86_64"}, hits, reports)
		if m.Coverage.Refused != want || m.Coverage.WithoutReport != 4-want || m.Requests != 5 {
			t.Errorf("%s: %+v", kind, m.Coverage)
		}
		w := m.Workload(Forecast{RequestsPerMonth: 1})
		if noted := slices.ContainsFunc(w.Notes, func(n string) bool {
			return strings.HasPrefix(n, "2 of 5 measured requests were answered 403 or 429 by the API itself, which AWS does not charge for")
		}); noted != (want > 0) {
			t.Errorf("%s: notes %q", kind, w.Notes)
		}
	}
}

// Behind CloudFront a request may invoke several functions, all of them billed, or none:
// of four requests here two invoke two functions, one is answered from the cache with
// the ids of the first, and one is redirected. 4 invocations for 4 requests.
func TestMeasureSeveralInvocations(t *testing.T) {
	hits := []record.Hit{
		{Status: 200, RequestID: "a,b"}, {Status: 200, RequestID: "c,d"}, {Status: 200, RequestID: "a,b"}, {Status: 301, RequestID: "-"},
	}
	var reports []record.Report
	for _, id := range []string{"a", "b", "c", "d"} {
		reports = append(reports, record.Report{RequestID: id, DurationUS: 10_000, InitUS: -1, MemoryMB: 128, LogBytes: 100})
	}
	m := Measure(record.Front{ID: "f", Kind: front.EdgeViewerRequest, Region: "us-east-1", MemoryMB: 128, Architecture: "x86_64"}, hits, reports)
	if m.Requests != 4 || m.WithReport != 4 || len(m.Reports) != 4 || m.LogBytes != 400 || m.Coverage.NotInvoked != 1 || m.Coverage.WithoutReport != 0 || m.Coverage.ReportsAlone != 0 || m.Coverage.FromOtherCalls != 2 {
		t.Errorf("%+v", m)
	}
	if n := m.invocations(); n == nil || !n.Equal(Count(1)) {
		t.Errorf("invocations per request: %v, want 1", n)
	}
	// One of an answer's two reports is lost: the request counts as one without.
	m = Measure(record.Front{ID: "f", Kind: front.EdgeViewerRequest}, hits[:1], reports[:1])
	if m.Coverage.WithoutReport != 1 || m.WithReport != 0 {
		t.Errorf("a report lost: %+v", m.Coverage)
	}
}
