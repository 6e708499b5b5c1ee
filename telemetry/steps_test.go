package telemetry

import (
	"context"
	"slices"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/record"
)

func stepsOf(t *testing.T, m record.FrontMeters, g int) record.Steps {
	t.Helper()
	for _, s := range m.Steps {
		if s.GranularityMS == g {
			return s
		}
	}
	t.Fatalf("no steps of %d ms", g)
	return record.Steps{}
}

// By hand. A duration on a step belongs to it, and one of 0 to the first.
func TestSteps(t *testing.T) {
	f := everyFront(front.FunctionURL)
	w := newWorld(t, f)
	durations := []float64{0, 0.5, 1, 1.01, 50, 50.01, 100, 120.5, 149.99}
	w.sent(f, len(durations))
	w.invoke(f, at("12:01:00"), durations[:4]...)
	w.invoke(f, at("12:02:00"), durations[4:]...)
	m := w.collect(t)[0]
	for _, want := range []record.Steps{
		// 1 1 1 2 50 51 100 121 150
		{GranularityMS: 1, BilledMin: 477, BilledMax: 477},
		{GranularityMS: 50, Counts: []int64{5, 2, 2}, BilledMin: 5*50 + 2*100 + 2*150, BilledMax: 750},
		{GranularityMS: 100, Counts: []int64{7, 2}, BilledMin: 7*100 + 2*200, BilledMax: 1100},
	} {
		got := stepsOf(t, m, want.GranularityMS)
		if want.Counts == nil {
			if len(got.Counts) != 150 || got.Counts[0] != 3 || got.Counts[1] != 1 || got.Counts[49] != 1 || got.Counts[149] != 1 {
				t.Errorf("steps of 1 ms: %v", got.Counts)
			}
			got.Counts = nil
		}
		if !slices.Equal(got.Counts, want.Counts) || got.TailCount != 0 || got.TailSumMS != 0 ||
			got.BilledMin != want.BilledMin || got.BilledMax != want.BilledMax {
			t.Errorf("steps %+v, want %+v", got, want)
		}
	}
	for _, p := range m.Problems {
		if p != `AWS/Lambda UrlRequestCount never came from Region "eu-west-1"` && p != `AWS/Lambda UrlRequestLatency never came from Region "eu-west-1"` {
			t.Errorf("problem %q", p)
		}
	}
}

// By hand, at 1 ms with 498 steps: 600.2 and 700.7 are the tail, with the sum
// 1300.9. They are billed 601 and 701; from count and sum follows at least 1301
// and at most 1300 + 2.
func TestStepsTail(t *testing.T) {
	f := everyFront(front.FunctionURL)
	w := newWorld(t, f)
	w.sent(f, 4)
	w.invoke(f, at("12:01:00"), 498, 3, 600.2, 700.7)
	got := stepsOf(t, w.collect(t)[0], 1)
	if len(got.Counts) != 498 || got.Counts[497] != 1 || got.TailCount != 2 || got.TailSumMS != 1300.9 ||
		got.BilledMin != 501+1301 || got.BilledMax != 501+1302 {
		t.Errorf("%d steps, tail of %d with %v, billed %d to %d", len(got.Counts), got.TailCount, got.TailSumMS, got.BilledMin, got.BilledMax)
	}
}

// Steps of a given number cost the same whatever the longest duration, and bound what
// lies above them: of 3, 600.2 and 700.7 ms three are billed 4 and 601 and 701, or a
// millisecond less each than the sum of both can be.
func TestStepsOfAGivenNumber(t *testing.T) {
	var asked []int
	for _, durations := range [][]float64{{3, 600.2, 700.7}, {3}} {
		f := everyFront(front.FunctionURL)
		w := newWorld(t, f)
		w.Bins = 10
		w.sent(f, len(durations))
		w.invoke(f, at("12:01:00"), durations...)
		r := NewReader(w.Config)
		meters, _, err := r.Collect(context.Background(), &w.run, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := stepsOf(t, meters.Fronts[0], 1)
		if len(got.Counts) != 10 || got.Counts[2] != 1 || int(got.TailCount) != len(durations)-1 {
			t.Errorf("%v: %+v", durations, got)
		}
		if len(durations) == 3 && (got.BilledMin != 3+1301 || got.BilledMax != 3+1302) {
			t.Errorf("billed %d to %d, want 1304 to 1305, and it is 3+601+701", got.BilledMin, got.BilledMax)
		}
		asked = append(asked, r.Reading().Regions[0].MetricsRequested)
	}
	if asked[0] != asked[1] || asked[0] < 3*(10+2) {
		t.Errorf("%v metrics were asked for, want the same whatever the durations", asked)
	}
}

// 498.1 and 498.2 have the sum 996.3, but above 498 steps of 1 ms each is
// billed 499 at least.
func TestBilledTailNearTheSteps(t *testing.T) {
	low, high := billed(record.Steps{GranularityMS: 1, Counts: make([]int64, 498), TailCount: 2, TailSumMS: 996.3})
	if low != 998 || high != 998 {
		t.Errorf("billed %d to %d, want 998 and 998", low, high)
	}
}

// Law: the true bill lies between the bounds, whatever is in the tail.
func FuzzBilled(f *testing.F) {
	f.Add(uint16(100), uint16(5), uint32(60020), uint32(70070), uint32(49800))
	f.Add(uint16(1), uint16(1), uint32(100), uint32(101), uint32(0))
	f.Fuzz(func(t *testing.T, granularity, bins uint16, a, b, c uint32) {
		g, k := int64(granularity)+1, int64(bins)%500+1
		st := record.Steps{GranularityMS: int(g), Counts: make([]int64, k)}
		truth := int64(0)
		for _, hundredths := range []uint32{a, b, c} {
			d := int64(hundredths)
			step := max((d+100*g-1)/(100*g), 1) // in hundredths of a millisecond, exactly
			truth += step * g
			if step <= k {
				st.Counts[step-1]++
			} else {
				st.TailCount++
				st.TailSumMS += float64(d) / 100
			}
		}
		if low, high := billed(st); low > truth || truth > high || st.TailCount == 0 && low != high || high-low > st.TailCount*g {
			t.Fatalf("billed %d is not in %d to %d, or they are too far apart: %+v", truth, low, high, st)
		}
	})
}

// 300 minutes of 500 queries are 150,000 datapoints, more than a page.
func TestStepsOverPages(t *testing.T) {
	f := everyFront(front.FunctionURL)
	w := newWorld(t, f)
	w.run.Ended = at("16:59:59")
	w.sent(f, 300)
	for minute := range 300 {
		w.invoke(f, at("12:00:00").Add(time.Duration(minute)*time.Minute), float64(minute)+200.5)
	}
	m := w.collect(t)[0]
	got := stepsOf(t, m, 1)
	for i, n := range got.Counts {
		want := int64(0)
		if i >= 200 {
			want = 1
		}
		if n != want {
			t.Fatalf("step %d has %d, want %d", i, n, want)
		}
	}
	// 200.5 to 497.5 are the steps 200 to 497, 498.5 and 499.5 the tail.
	if len(got.Counts) != 498 || got.TailCount != 2 || got.TailSumMS != 998 {
		t.Errorf("%d steps, tail of %d with %v", len(got.Counts), got.TailCount, got.TailSumMS)
	}
	// Without pages there would be 5: counts, the two windows of the table (one
	// call when they are the same), and three of steps.
	if calls := w.calls.Load(); calls < 6 {
		t.Errorf("%d calls: nothing came in pages", calls)
	}
}

// CloudWatch's numbers as AWS might give them: fractions, and a sum off.
func TestStepsDoNotAgree(t *testing.T) {
	f := everyFront(front.FunctionURL)
	answers := func(values ...float64) []reply {
		var list []reply
		for _, v := range values {
			list = append(list, reply{values: []float64{v}})
		}
		return list
	}
	read := func(samples, sum float64) table {
		return table{{Namespace: "AWS/Lambda", Name: "Duration", Stat: "SampleCount", Value: &samples},
			{Namespace: "AWS/Lambda", Name: "Duration", Stat: "Sum", Value: &sum}}
	}
	for part, row := range map[string]struct {
		t       table
		replies []reply
	}{
		"are estimates":                     {read(3, 200), answers(1.4, 1.6, 0, 0)},
		"hold 3 durations":                  {read(4, 200), answers(1, 2, 0, 0)},
		"less than the sum of durations":    {read(3, 5000), answers(1, 2, 0, 0)},
		"more than the sum of durations al": {read(3, 10), answers(0, 0, 3, 900)},
	} {
		s := &subject{front: f, window: window{at("12:00:00"), at("12:05:00")}}
		s.checkSteps(row.t, s.steps(100, row.replies))
		if !hasProblem(record.FrontMeters{Problems: s.problems}, part) {
			t.Errorf("no problem %q in %q", part, s.problems)
		}
	}
}
