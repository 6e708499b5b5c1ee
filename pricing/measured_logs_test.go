package pricing

import (
	"testing"

	"frontdoor/record"
)

// Log bytes that nobody read are not zero: the mean is that of the invocations whose
// lines were read, and where none were the meter is missing.
func TestLogBytesNotKnown(t *testing.T) {
	hits := []record.Hit{{RequestID: "a", Status: 200}, {RequestID: "b", Status: 200}}
	of := func(a, b int64) Workload {
		reports := []record.Report{{RequestID: "a", DurationUS: 1000, InitUS: -1, MemoryMB: 128, LogBytes: a}, {RequestID: "b", DurationUS: 1000, InitUS: -1, MemoryMB: 128, LogBytes: b}}
		m := Measure(record.Front{ID: "rest", Kind: "apigw-rest", Region: "us-east-1", Architecture: "arm64"}, hits, reports)
		return m.Workload(Forecast{RequestsPerMonth: 1})
	}
	if w := of(300, record.NotKnown); w.LogBytes == nil || !w.LogBytes.Equal(Count(300)) {
		t.Errorf("log bytes are %v, want 300", w.LogBytes)
	}
	w := of(record.NotKnown, record.NotKnown)
	if w.LogBytes != nil {
		t.Errorf("log bytes are %s, want none", w.LogBytes)
	}
	rules := Rules{Lambda: Billing{Granularity: Rule{Value: 1}}}
	usage, err := UsageOf(w, rules)
	if err != nil {
		t.Fatal(err)
	}
	for _, gap := range usage.Missing {
		if gap.Meter == LogsIngestedGB {
			return
		}
	}
	t.Errorf("no gap of log bytes in %v", usage.Missing)
}
