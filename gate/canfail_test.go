package gate

import (
	"errors"
	"testing"
)

// world is a run of two fronts, a at 100 ms and b at 110 ms with a spread of 1 ms,
// 1,000 requests each and no failure, a at $2 and b at $3, with a step applied.
func world(s Step) table {
	figures := map[string]Sample{}
	for _, f := range []struct {
		id            string
		latency, cost float64
	}{{"a", 0.100, 2}, {"b", 0.110, 3}} {
		long, dear, failed, kept := 1.0, 1.0, 0.0, 1.0
		if s.Front == "" || s.Front == f.id {
			switch s.What {
			case "latency":
				long = s.Factor
			case "price":
				dear = s.Factor
			case "failures":
				failed = s.Factor
			case "requests":
				kept = s.Factor
			}
		}
		spread := 0.001 * long
		figures["p(95) of "+f.id] = rounds(6, f.latency*long, f.latency*long-spread, f.latency*long+spread)
		figures["max of "+f.id] = exact(3 * f.latency * long)
		figures["rate of "+f.id] = Sample{Point: failed, Draws: []float64{failed, failed}, From: Rounds, Rounds: 6, N: 1000}
		figures["count of "+f.id] = exact(1000 * kept)
		figures["usd_per_month of "+f.id] = worlds(f.cost*dear, f.cost*dear, f.cost*dear)
		if kept < 0.5 { // too few to be believed
			delete(figures, "count of "+f.id)
		}
	}
	return table{[]string{"a", "b"}, figures}
}

func TestCanFail(t *testing.T) {
	tests := []struct {
		text, sentence string
		step           Step
		calls          int // of judge, at most
	}{
		// b fails first: 1.5*110 is 165 ms, 2*110 is 220 ms.
		{"p(95) < 200", "fails when latencies are 2 times as long", Step{"latency", 2, ""}, 6},
		{"p(95)[a] < 105", "fails when latencies of a are 1.1 times as long", Step{"latency", 1.1, "a"}, 6},
		{"p(95)[a] > 30", "fails when latencies of a are 1/5 as long", Step{"latency", 1. / 5, "a"}, 7},
		// Slowing both changes nothing; a at 150 ms is above 110+5, b at 110/1.5 below a-5.
		{"p(95)[a] <= p(95)[b] + 5ms", "fails when latencies of a are 1.25 times as long", Step{"latency", 1.25, "a"}, 12},
		{"p(95) <= p(95)[a] + 30ms", "fails when latencies of a are 1/1.5 as long", Step{"latency", 1 / 1.5, "a"}, 12},
		{"rate < 8%", "fails when 10 % of the requests are turned into failures", Step{"failures", 0.1, ""}, 5},
		{"rate[b] < 8%", "fails when 10 % of the requests of b are turned into failures", Step{"failures", 0.1, "b"}, 5},
		// Fewer than half of the requests are invalid, which is no failure: 50 % decides.
		{"count >= 600", "fails when 50 % of the requests are kept", Step{"requests", 0.5, ""}, 6},
		{"usd_per_month[b] < $10", "fails when prices of b are 5 times as high", Step{"price", 5, "b"}, 8},
		{"p(95) < 50", "fails as it is", Step{}, 1},
		{"p(95) < 2000s", "cannot fail: it is pass when latencies are 1000 times as long, pass when latencies are 1/1000 as long", Step{}, 3},
		{"count > 300", "cannot fail: it is pass when 50 % of the requests are kept, pass when there are 10 times as many requests", Step{}, 5},
		{"count < 1600", "fails when there are 2 times as many requests", Step{"requests", 2, ""}, 7},
		{"rate[a] <= 100%", "cannot fail: it is pass when 100 % of the requests of a are turned into failures", Step{}, 2},
		{"p(95)[c] < 200", "cannot fail: it is invalid when latencies of c are 1.1 times as long, invalid when latencies of c are 1/1.1 as long", Step{}, 19},
	}
	for _, test := range tests {
		calls := 0
		g := parsed(t, test.text)
		got, err := CanFail(g, func(s Step) ([]Result, error) {
			calls++
			return Judge(g, world(s)), nil
		})
		fails := test.sentence[:5] == "fails"
		if err != nil || got != (Proof{fails, test.step, test.sentence}) || calls > test.calls {
			t.Errorf("%s: %v, %d calls\n got %+v\nwant %+v", test.text, err, calls, got, test)
		}
		if fails && got.Step != (Step{}) && Worst(Judge(g, world(got.Step))) != Fail {
			t.Errorf("%s does not fail after all: %+v", test.text, got)
		}
	}
}

func TestCanFailStopsAtAnError(t *testing.T) {
	broken := errors.New("the record is gone")
	for _, after := range []int{0, 1, 2} {
		g, calls := parsed(t, "p(95) < 200"), 0
		_, err := CanFail(g, func(s Step) ([]Result, error) {
			if calls++; calls > after {
				return nil, broken
			}
			return Judge(g, world(s)), nil
		})
		if !errors.Is(err, broken) || calls != after+1 {
			t.Errorf("after %d: %v, %d calls", after, err, calls)
		}
	}
	if got, err := CanFail(Gate{}, func(Step) ([]Result, error) { return nil, nil }); err != nil || got != (Proof{Sentence: "cannot fail: it has no metric that anything moves"}) {
		t.Errorf("zero gate: %+v, %v", got, err)
	}
}
