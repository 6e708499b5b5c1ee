package pricing

import (
	"testing"
	"time"

	"frontdoor/front"
)

// sixFronts is one handler behind six kinds of front: 15M requests a month of
// 53 ms in 128 MB, 700 bytes in, 6 KB out, 300 bytes of logs.
func sixFronts() []Workload {
	share, life, request, response, logs, one := Ratio(1, 10), Count(60), Count(700), Count(6000), Count(300), Count(1)
	var fronts []Workload
	for _, k := range []front.Kind{front.APIGatewayREST, front.APIGatewayHTTP, front.ALB, front.FunctionURL, front.EdgeViewerRequest, front.EdgeOriginRequest} {
		w := Workload{
			Front: string(k), Kind: k, Region: "us-east-1", MemoryMB: 128, Architecture: "x86_64",
			Duration: Recorded{{DurationUS: 52_700, InitUS: -1}}, LogBytes: &logs,
			Traffic: Forecast{RequestsPerMonth: 15_000_000, NewConnectionShare: &share, ConnectionSeconds: &life,
				RequestBytes: &request, ResponseBytes: &response, ViewerZones: map[Zone]Quantity{"us": one}},
		}
		if k.Edge() {
			w.Invocations = &one
		}
		fronts = append(fronts, w)
	}
	return fronts
}

func sixUsages(tb testing.TB, book *Book, day Date) []Usage {
	tb.Helper()
	rules, err := book.Rules(day, InitSwitch{})
	if err != nil {
		tb.Fatal(err)
	}
	var usages []Usage
	for _, w := range sixFronts() {
		u, err := UsageOf(w, rules)
		if err != nil {
			tb.Fatal(err)
		}
		usages = append(usages, u)
	}
	return usages
}

// BenchmarkSixFrontBill is the bills of six fronts from their usage.
func BenchmarkSixFrontBill(b *testing.B) {
	book, day := shipped(b), NewDate(2026, time.November, 1)
	usages := sixUsages(b, book, day)
	b.ReportAllocs()
	for b.Loop() {
		for _, u := range usages {
			if _, err := book.Bill(u, BillOptions{AsOf: day, FreeTier: FreeNone}); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkSixFrontUsage is the usage of six fronts from their workloads.
func BenchmarkSixFrontUsage(b *testing.B) {
	book, day := shipped(b), NewDate(2026, time.November, 1)
	rules, err := book.Rules(day, InitSwitch{})
	if err != nil {
		b.Fatal(err)
	}
	fronts := sixFronts()
	b.ReportAllocs()
	for b.Loop() {
		for _, w := range fronts {
			if _, err := UsageOf(w, rules); err != nil {
				b.Fatal(err)
			}
		}
	}
}
