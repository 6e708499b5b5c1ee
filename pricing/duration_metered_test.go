package pricing

import (
	"math/rand/v2"
	"testing"

	"frontdoor/record"
)

// meteredOf is what CloudWatch would tell of durations in hundredths of a millisecond:
// steps up to so many milliseconds, and the statistics.
func meteredOf(steps int, durations []int64) record.FrontMeters {
	s := record.Steps{GranularityMS: 1, Counts: make([]int64, steps)}
	var sum float64
	least, most := durations[0], durations[0]
	for _, d := range durations {
		sum, least, most = sum+float64(d)/100, min(least, d), max(most, d)
		if k := (d + 99) / 100; k <= int64(steps) {
			s.Counts[max(k, 1)-1]++
		} else {
			s.TailCount++
			s.TailSumMS += float64(d) / 100
		}
	}
	m := record.FrontMeters{Front: "f"}
	if steps > 0 {
		m.Steps = []record.Steps{s}
	}
	for stat, v := range map[string]float64{"SampleCount": float64(len(durations)), "Sum": sum, "Minimum": float64(least) / 100, "Maximum": float64(most) / 100} {
		m.Metrics = append(m.Metrics, record.Metric{Namespace: "AWS/Lambda", Name: "Duration", Stat: stat, Value: &v})
	}
	return m
}

// By hand: 3, 3.01, 7.5 and 120 ms are billed 3, 4, 8 and 120, together 135 or 33.75 each;
// by 50 ms 50, 50, 50 and 150, or 75 each.
func TestMeteredIsExactWithinItsSteps(t *testing.T) {
	d, err := Metered(meteredOf(120, []int64{300, 301, 750, 12000}))
	if err != nil {
		t.Fatal(err)
	}
	for granularity, want := range map[int64]string{1: "33.75", 50: "75", 100: "125"} {
		got, err := d.BilledMS(Billing{Granularity: Rule{Value: granularity}})
		if err != nil || !got.Exact() || got.Low.String() != want {
			t.Errorf("%d ms: %s to %s, %v; want %s", granularity, got.Low, got.High, err, want)
		}
	}
}

func TestMeteredRefuses(t *testing.T) {
	for name, m := range map[string]record.FrontMeters{"nothing": {}, "no maximum": {Metrics: []record.Metric{{Namespace: "AWS/Lambda", Name: "Duration", Stat: "SampleCount", Value: new(3.0)}}}} {
		if d, err := Metered(m); err == nil {
			t.Errorf("%s: %v", name, d)
		}
	}
}

// Law: the true mean lies between the bounds, whatever CloudWatch tells: every step, few
// steps and a tail, or statistics alone. And they are at most a step apart where nothing is
// above the last step but a tail whose sum is known.
func FuzzMetered(f *testing.F) {
	f.Add(uint64(1), uint8(120), uint8(1))
	f.Add(uint64(2), uint8(5), uint8(50))
	f.Add(uint64(3), uint8(0), uint8(100))
	f.Fuzz(func(t *testing.T, seed uint64, steps, granularity uint8) {
		rng := rand.New(rand.NewPCG(seed, 1))
		g := int64(granularity)%100 + 1
		durations := make([]int64, 1+rng.IntN(20))
		var truth int64
		for i := range durations {
			durations[i] = 1 + rng.Int64N(30_000)
			truth += (durations[i] + 100*g - 1) / (100 * g) * g
		}
		d, err := Metered(meteredOf(int(steps), durations))
		if err != nil {
			t.Fatal(err)
		}
		got, err := d.BilledMS(Billing{Granularity: Rule{Value: g}})
		if err != nil {
			t.Fatal(err)
		}
		mean := Ratio(truth, int64(len(durations)))
		if got.Low.Cmp(mean) > 0 || mean.Cmp(got.High) > 0 || got.High.Sub(got.Low).Cmp(Count(g)) > 0 {
			t.Fatalf("%s is not in %s to %s, or these are more than %d ms apart: %v", mean, got.Low, got.High, g, durations)
		}
	})
}

// By hand: 4 and 10 ms are known, of one more nobody knows: (4+10)/3 to (4+10+10)/3; with
// INIT 4 and 30, so 34/3 to 64/3.
func TestPartial(t *testing.T) {
	p := Partial{Recorded{{DurationUS: 3_500, InitUS: -1}, {DurationUS: 10_000, InitUS: 20_000}}, Count(1)}
	for init, want := range map[int64][2]Quantity{0: {Ratio(14, 3), Count(8)}, 1: {Ratio(34, 3), Ratio(64, 3)}} {
		got, err := p.BilledMS(Billing{Granularity: Rule{Value: 1}, Init: Rule{Value: init}})
		if err != nil || !got.Low.Equal(want[0]) || !got.High.Equal(want[1]) {
			t.Errorf("INIT %d: %s to %s, %v", init, got.Low, got.High, err)
		}
	}
	if got, err := p.Later(500).BilledMS(Billing{Granularity: Rule{Value: 1}}); err != nil || !got.Low.Equal(Ratio(15, 3)) || !got.High.Equal(Ratio(26, 3)) {
		t.Errorf("half a millisecond later: %s to %s, %v", got.Low, got.High, err)
	}
	if _, err := (Partial{Lost: Count(1)}).BilledMS(Billing{Granularity: Rule{Value: 1}}); err == nil {
		t.Error("nothing is known, and no error")
	}
}

// Of 4 requests one told of no invocation; at the edge each caused two.
func TestWithin(t *testing.T) {
	var hits []record.Hit
	var reports []record.Report
	for _, ids := range []string{"a,b", "c,d", "e,f", ""} {
		hits = append(hits, record.Hit{RequestID: ids, Status: 200})
	}
	for _, id := range []string{"a", "b", "c", "d", "e", "f"} {
		reports = append(reports, record.Report{RequestID: id, DurationUS: 1000, InitUS: -1, MemoryMB: 128, LogBytes: 100})
	}
	m := Measure(record.Front{ID: "edge", Kind: "edge-viewer-request", Region: "us-east-1"}, hits, reports)
	w, ok := m.Within(m.Workload(Forecast{RequestsPerMonth: 1}))
	if p, is := w.Duration.(Partial); !ok || !is || !p.Lost.Equal(Count(2)) || len(p.Recorded) != 6 {
		t.Errorf("%v, %+v", ok, w.Duration)
	}
	if known, of := m.Joined(); known != 3 || of != 4 {
		t.Errorf("%d of %d", known, of)
	}
	if _, ok := (&Measured{}).Within(Workload{}); ok {
		t.Error("bounds of nothing")
	}
}

// A function that knows nothing of bench tells no invocation: 6 REPORT lines of 4 measured
// requests and 2 of the warm-up are one each; with 3 lines half of the requests are known.
func TestAnonymousAnswers(t *testing.T) {
	hits := []record.Hit{{Warmup: true, Status: 200}, {Warmup: true, Status: 200}, {Status: 200}, {Status: 200}, {Status: 200}, {Status: 500}}
	reports := func(n int) (list []record.Report) {
		for i := range n {
			list = append(list, record.Report{RequestID: string(rune('a' + i)), DurationUS: 2000, InitUS: -1, MemoryMB: 128, LogBytes: 100})
		}
		return list
	}
	for n, want := range map[int][2]int64{6: {4, 4}, 3: {2, 4}, 0: {0, 4}} {
		m := Measure(record.Front{ID: "url", Kind: "function-url", Region: "us-east-1"}, hits, reports(n))
		if known, of := m.Joined(); known != want[0] || of != want[1] || len(m.Reports) != n {
			t.Errorf("%d lines: %d of %d, %d reports", n, known, of, len(m.Reports))
		}
	}
	edge := Measure(record.Front{ID: "edge", Kind: "edge-origin-request", Region: "us-east-1"}, hits, reports(3))
	w := edge.Workload(Forecast{RequestsPerMonth: 1})
	if w.Invocations == nil || !w.Invocations.Equal(Ratio(1, 2)) || len(w.Notes) != 1 {
		t.Errorf("%v invocations a request, notes %q", w.Invocations, w.Notes)
	}
	hits[0].RequestID = "a" // one that tells: the others are not taken for anonymous
	told := Measure(record.Front{ID: "url", Kind: "function-url", Region: "us-east-1"}, hits, reports(6))
	if known, of := told.Joined(); known != 0 || of != 4 {
		t.Errorf("%d of %d", known, of)
	}
}
