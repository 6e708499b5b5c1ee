package pricing

import (
	"testing"

	"frontdoor/front"
	"frontdoor/record"
)

func importedFront(lacks ...record.Lack) record.Front {
	return record.Front{ID: "f", Kind: front.ALB, Region: "us-east-1", MemoryMB: 128, Architecture: "x86_64", Imported: &record.Imported{Lacks: lacks}}
}

// Requests of another tool's name no invocation: the reports beside them are theirs. What
// the tool did not write down has no mean, which is not 0.
func TestMeasureImported(t *testing.T) {
	hits := []record.Hit{{Status: 200, BytesIn: 100, BytesOut: 10, Warmup: true}, {Status: 200, BytesIn: 100, BytesOut: 10, NewConn: true}, {Status: 200, BytesIn: 300, BytesOut: 30}, {Error: "timeout"}}
	reports := []record.Report{{RequestID: "a", BilledMS: 10, DurationUS: 9500, MemoryMB: 128, InitUS: -1, LogBytes: record.NotKnown}, {RequestID: "b", BilledMS: 20, DurationUS: 19500, MemoryMB: 128, InitUS: -1, LogBytes: record.NotKnown}}

	m := Measure(importedFront(record.LacksRequestIDs, record.LacksRequestBytes, record.LacksConnections), hits, reports)
	if m.Requests != 3 || m.WithReport != 2 || m.Coverage.WithoutReport != 1 || len(m.Reports) != 2 || m.Coverage.ReportsAlone != 0 || m.Coverage.Assigned != 0 {
		t.Errorf("%+v", m)
	}
	w := m.Workload(Forecast{})
	if w.Traffic.RequestBytes != nil || w.Traffic.NewConnectionShare != nil || w.LogBytes != nil {
		t.Errorf("request sizes %v, connections %v, log bytes %v: want none", w.Traffic.RequestBytes, w.Traffic.NewConnectionShare, w.LogBytes)
	}
	if want := Count(200); w.Traffic.ResponseBytes == nil || !w.Traffic.ResponseBytes.Equal(want) {
		t.Errorf("answers of %v bytes, want %v", w.Traffic.ResponseBytes, want)
	}

	alone := Measure(importedFront(record.LacksHits, record.LacksRequestIDs, record.LacksRequestBytes, record.LacksResponseBytes, record.LacksConnections), nil, reports)
	if alone.Requests != 2 || alone.WithReport != 2 || alone.Coverage.WithoutReport != 0 || len(alone.Reports) != 2 {
		t.Errorf("%+v", alone)
	}
	if w := alone.Workload(Forecast{}); w.Traffic.ResponseBytes != nil || w.Increments != nil || w.NoDuration != "" {
		t.Errorf("%+v", w)
	}

	// bench's own requests that name nothing are not given reports, where another does.
	own := importedFront()
	own.Imported = nil
	named := append([]record.Hit{{Status: 200, RequestID: "c", Warmup: true}}, hits[:3]...)
	if m := Measure(own, named, reports); m.WithReport != 0 || len(m.Reports) != 0 || m.Coverage.ReportsAlone != 2 {
		t.Errorf("%+v", m)
	}
}
