package report

import (
	"math"
	"slices"
	"testing"

	"frontdoor/front"
	"frontdoor/gate"
	"frontdoor/pricing"
	"frontdoor/record"
)

// Gates are judged on the figures of the report, in seconds, shares, requests and
// dollars; what a run did not measure is refused with the reason.
func TestSource(t *testing.T) {
	a, b, lost := doorOf("a", front.APIGatewayHTTP, 256, "arm64"), doorOf("b", front.ALB, 256, "arm64"), doorOf("lost", front.FunctionURL, 256, "arm64")
	rec := newRecorder(t, record.SourceLab, 6, a, b, lost)
	for round := 1; round <= 6; round++ {
		requests := steady(40, 8_000, 20, 22, 21, 23)
		requests[5].failed = "status 502" // 23 ms
		rec.trial(a, round, nil, requests)
		rec.trial(b, round, nil, steady(10, 0, 50, 60)) // no reports: no duration lines, no overhead
	}
	r := reportOf(t, input(t, rec.recording("")))
	s := newSource(r)
	if got := s.Fronts(); !slices.Equal(got, []string{"a", "b", "lost"}) {
		t.Errorf("fronts %q", got)
	}
	// 240 requests to a: 60 each of 20, 21, 22 and 54 of 23 ms, and 6 failures. The
	// mean is (60*63 + 54*23)/234. 8 ms are the function's own.
	bill := r.Fronts[0].Cost.Bill
	tests := []struct {
		front  string
		metric gate.Metric
		point  float64
		n      int
		from   gate.Method
		why    string
	}{
		{"a", gate.Metric{Name: "p", Percent: 25}, 0.020, 234, gate.Rounds, ""},
		{"a", gate.Metric{Name: "p", Percent: 80}, 0.023, 234, gate.Rounds, ""},
		{"a", gate.Metric{Name: "med"}, 0.021, 234, gate.Rounds, ""},
		{"a", gate.Metric{Name: "overhead_p", Percent: 25}, 0.011, 234, gate.Rounds, ""},
		{"a", gate.Metric{Name: "avg"}, (60*63 + 54*23) / 234. / 1000, 234, gate.Rounds, ""},
		{"a", gate.Metric{Name: "min"}, 0.020, 234, gate.Exact, ""},
		{"a", gate.Metric{Name: "max"}, 0.023, 234, gate.Exact, ""},
		{"a", gate.Metric{Name: "rate"}, 6. / 240, 240, gate.Rounds, ""},
		{"a", gate.Metric{Name: "count"}, 240, 240, gate.Exact, ""},
		{"a", gate.Metric{Name: "usd_per_month"}, bill.Total.Float(), 240, gate.Worlds, ""},
		{"a", gate.Metric{Name: "usd_per_million"}, bill.PerMillion.Float(), 240, gate.Worlds, ""},
		{"a", gate.Metric{Name: "p", Percent: 99.9}, 0, 0, "", "234 requests are worth 234 independent ones and p99.9 needs 3688: more rounds mend it"},
		{"b", gate.Metric{Name: "overhead_p", Percent: 50}, 0, 0, "", "no request was joined to a REPORT line of its function"},
		{"b", gate.Metric{Name: "usd_per_month"}, 0, 0, "", "its bill is a lower bound: a meter was not read"},
		{"lost", gate.Metric{Name: "count"}, 0, 0, "", "no round of it counts"},
		{"none", gate.Metric{Name: "count"}, 0, 0, "", `there is no front "none"`},
	}
	for _, test := range tests {
		got, err := s.Sample(test.front, test.metric)
		why := ""
		if err != nil {
			why = err.Error()
		}
		if why != test.why || math.Abs(got.Point-test.point) > 1e-12 || got.N != test.n || got.From != test.from {
			t.Errorf("%s of %s: %g of %d from %q, %v; want %+v", test.metric, test.front, got.Point, got.N, got.From, err, test)
		}
		for _, d := range got.Draws {
			if d < test.point/5 || d > test.point*5 {
				t.Errorf("%s of %s: a draw of %g around %g", test.metric, test.front, d, test.point)
				break
			}
		}
		if (len(got.Draws) > 0) != (got.From != gate.Exact) || (got.Rounds == 6) != (got.From == gate.Rounds) {
			t.Errorf("%s of %s: %d draws from %d rounds by %q", test.metric, test.front, len(got.Draws), got.Rounds, got.From)
		}
	}
	// No months were drawn, since b's bill is a lower bound: a's lies between those of
	// the forecast's ends, half and twice of the expected one.
	g, err := gate.Parse("usd_per_month[a] < 19")
	check(t, err)
	got := gate.Judge(g, s)[0]
	if got.Outcome != gate.Inconclusive || got.Confidence != 0.8 || math.Abs(got.Value.Lo-bill.Total.Float()/2) > 1e-9 || math.Abs(got.Value.Hi-bill.Total.Float()*2) > 1e-9 {
		t.Errorf("%s: %+v", g.Text, got)
	}
	// A changed price changes money alone, and of its front alone.
	month := gate.Metric{Name: "usd_per_month"}
	for id, times := range map[string]float64{"a": 3, "": 3, "b": 1} {
		s.step = gate.Step{What: "price", Factor: 3, Front: id}
		if got, _ := s.Sample("a", month); math.Abs(got.Point-times*bill.Total.Float()) > 1e-9 {
			t.Errorf("prices of %q times 3: a costs %g", id, got.Point)
		}
	}
}

// A measured duration in another world: every invocation is scaled and rounded up
// by itself, the error is the mean's, and what comes later is rounded with it.
func TestSpread(t *testing.T) {
	rule := pricing.Billing{Granularity: pricing.Rule{Value: 1}}
	of := pricing.Recorded{{DurationUS: 1_400, InitUS: -1}, {DurationUS: 2_600, InitUS: -1}} // 2 and 3 ms
	s, err := newSpread(of, rule)
	check(t, err)
	scaled, wrong := s, s
	scaled.factor = 2 // 2.8 and 5.2: 3 and 6
	wrong.err = pricing.Ratio(3, 2)
	both := scaled
	both.err = pricing.Ratio(3, 2)
	for _, test := range []struct {
		name string
		d    pricing.Durations
		rule pricing.Billing
		want pricing.Quantity
	}{
		{"as measured", s, rule, pricing.Ratio(5, 2)},
		{"by 100 ms", s, pricing.Billing{Granularity: pricing.Rule{Value: 100}}, pricing.Count(100)},
		{"twice as long", scaled, rule, pricing.Ratio(9, 2)},
		{"its mean is off", wrong, rule, pricing.Ratio(15, 4)},
		{"both", both, rule, pricing.Ratio(27, 4)},
		{"1.5 ms later", s.Later(1_500), rule, pricing.Count(4)},                            // 2.9, 4.1: 3 and 5
		{"twice as long and 1.5 ms later", scaled.Later(1_500), rule, pricing.Ratio(12, 2)}, // 4.3, 6.7: 5 and 7
	} {
		got, err := test.d.BilledMS(test.rule)
		check(t, err)
		if !got.Low.Equal(test.want) || !got.High.Equal(test.want) {
			t.Errorf("%s: %s to %s ms, want %s", test.name, got.Low, got.High, test.want)
		}
	}
	if of[0].DurationUS != 1_400 {
		t.Error("the recording was changed")
	}
}

// Half of the 80 % interval of a mean over rounds: logs of 1, 2 and 4 are 0, ln 2
// and 2 ln 2, whose deviation is ln 2; Student's t for 90 % with 2 degrees of
// freedom is 1.885618 (R: qt(0.9, 2)).
func TestMeanError(t *testing.T) {
	want := math.Expm1(1.885618083164127 * math.Ln2 / math.Sqrt(3))
	if got := meanError([][]float64{{1}, {1, 3}, {4, 4}, {}}); math.Abs(got-want) > 1e-6 {
		t.Errorf("%g, want %g", got, want)
	}
	for _, rounds := range [][][]float64{nil, {{1}, {2}}, {{5}, {5}, {5}}, {{0}, {1}, {2}}} {
		if got := meanError(rounds); got != 0 {
			t.Errorf("%v: %g", rounds, got)
		}
	}
}
