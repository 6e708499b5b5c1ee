package report

import (
	"slices"
	"testing"

	"frontdoor/record"
)

// An answer that comes out of a cache again bears the id of the invocation that made it:
// that is billed once, and is no part of the time of who was spared it. What a function of
// his own did is his.
func TestSamplesOfCachedAnswers(t *testing.T) {
	const ms = int64(1e6)
	hit := func(warmup bool, ids string) record.Hit {
		return record.Hit{Warmup: warmup, RequestID: ids, Status: 200, Cold: -1, Done: 9 * ms}
	}
	trial := record.Measured{
		Trial: record.Trial{Round: 1},
		Hits:  []record.Hit{hit(true, "w"), hit(false, "w"), hit(false, "a"), hit(false, "a"), hit(false, "a,b"), hit(false, "c,d")},
		Reports: []record.Report{{RequestID: "w", BilledMS: 50, DurationUS: 50_000}, {RequestID: "a", BilledMS: 5, DurationUS: 5000}, {RequestID: "b", BilledMS: 2, DurationUS: 2000},
			{RequestID: "c", BilledMS: 3, DurationUS: 3000}, {RequestID: "d", BilledMS: 4, DurationUS: 4000}},
	}
	s := samplesOf(1, []record.Measured{trial}, func(r record.Report) float64 { return float64(r.BilledMS) }, false)
	if want := []float64{5, 2, 3, 4}; !slices.Equal(s.billed[0], want) {
		t.Errorf("billed %v, want %v", s.billed[0], want)
	}
	if want := []float64{9 - 5, 9 - 7}; !slices.Equal(s.over[0], want) || len(s.warm[0]) != 5 {
		t.Errorf("over %v, want %v; %d warm", s.over[0], want, len(s.warm[0]))
	}
}
