package breakeven

import (
	"errors"
	"math"
	"strings"
	"testing"
)

// month is what HTTP API and a load balancer cost with the same function
// behind them: requests in millions, KB a request, hours, ms billed at 128 MB.
func month(requests, kb, hours, ms float64) []float64 {
	function := requests * (0.2 + ms*0.125*0.0166667)
	return []float64{requests + function, hours*0.0225 + requests*kb/7*c7KB*1e6 + function}
}

// With 15 M requests of 7 KB the margin of HTTP API is 16.425 - 15*(1-0.1335144)
// = 3.427716 dollars. By hand from the same formula: 10.359601 and -11.302539 at
// 7 and 32 M, and 0 at 18.955883 M (TestPairClosedForms); 2.569409 and 4.858228
// at 4 and 12 KB, and no flip even at 0 KB, where it is 1.425; 744 and 720
// hours give 3.742716 and 3.202716, and 0 is at 15*(1-0.1335144)/0.0225 =
// 577.657 hours. The function's duration cancels.
func TestSensitivity(t *testing.T) {
	c := func(costs []float64) ([]float64, error) { return costs, nil }
	inputs := []Input{
		{Name: "duration", Base: 30, Low: 10, High: 900, Costs: func(v float64) ([]float64, error) { return c(month(15, 7, 730, v)) }},
		{Name: "fixed", Base: 1, Low: 1, High: 1, Costs: func(float64) ([]float64, error) { return c(month(15, 7, 730, 30)) }},
		{Name: "hours", Base: 730, Low: 720, High: 744, Search: [2]float64{1, 800}, Costs: func(v float64) ([]float64, error) { return c(month(15, 7, v, 30)) }},
		{Name: "hours, no search", Base: 730, Low: 720, High: 744, Costs: func(v float64) ([]float64, error) { return c(month(15, 7, v, 30)) }},
		{Name: "payload", Base: 7, Low: 4, High: 12, Search: [2]float64{0, 12}, Costs: func(v float64) ([]float64, error) { return c(month(15, v, 730, 30)) }},
		{Name: "requests", Base: 15, Low: 7, High: 32, Costs: func(v float64) ([]float64, error) { return c(month(v, 7, 730, 30)) }},
	}
	incumbent, effects, err := Sensitivity(month(15, 7, 730, 30), inputs)
	if err != nil {
		t.Fatal(err)
	}
	none := math.NaN()
	want := []struct {
		name           string
		low, high      float64
		cancels, flips bool
		below, above   float64
	}{
		{"requests", 10.359601, -11.302539, false, true, none, 18.955883},
		{"payload", 2.569409, 4.858228, false, false, none, none},
		{"hours", 3.202716, 3.742716, false, false, 577.657064, none},
		{"hours, no search", 3.202716, 3.742716, false, false, none, none},
		{"duration", 3.427716, 3.427716, true, false, none, none},
		{"fixed", 3.427716, 3.427716, true, false, none, none},
	}
	if incumbent != 0 || len(effects) != len(want) {
		t.Fatalf("incumbent %d, %d effects", incumbent, len(effects))
	}
	near := func(a, b float64) bool { return math.Abs(a-b) < 1e-6 }
	at := func(p *float64) float64 {
		if p == nil {
			return none
		}
		return *p
	}
	same := func(a, b float64) bool { return near(a, b) || math.IsNaN(a) && math.IsNaN(b) }
	for i, w := range want {
		e := effects[i]
		cheapest := 0
		if w.high < 0 {
			cheapest = 1
		}
		if e.Name != w.name || !near(e.Low.Margin, w.low) || !near(e.High.Margin, w.high) || !near(e.Swing, math.Abs(w.high-w.low)) ||
			e.Cancels != w.cancels || e.Flips != w.flips || !same(at(e.FlipsBelow), w.below) || !same(at(e.FlipsAbove), w.above) ||
			e.Low.Cheapest != 0 || e.High.Cheapest != cheapest || e.High.Over[0] != 0 || e.High.Over[1] != e.High.Margin {
			t.Errorf("effect %d: %+v (flips at %g, %g), want %+v", i, e, at(e.FlipsBelow), at(e.FlipsAbove), w)
		}
	}
}

func TestSensitivityRefuses(t *testing.T) {
	base := []float64{1, 2}
	in := func(low, value, high float64, costs ...float64) []Input {
		return []Input{{Name: "x", Low: low, Base: value, High: high, Costs: func(v float64) ([]float64, error) {
			if v > 8 {
				return nil, errors.New("too much")
			}
			if v > 5 {
				return []float64{1, math.NaN()}, nil
			}
			return costs, nil
		}}}
	}
	for _, c := range []struct {
		base   []float64
		inputs []Input
		want   string
	}{
		{[]float64{1}, nil, "costs of 1 fronts: a comparison needs 2"},
		{[]float64{1, math.Inf(1)}, nil, "base cost of front 1 is +Inf: it must be finite"},
		{base, in(2, 1, 3, 1, 2), `input "x": 2, 1, 3: low, base and high must be finite and not fall`},
		{base, in(1, 2, 3, 1), `input "x": costs of 1 fronts, and the base has 2`},
		{base, in(1, 2, 3, 1, 3), `input "x": front 1 costs 3 at 2, and 2 in the base: both must be the same`},
		{base, in(1, 2, 9, 1, 2), `input "x": at 9: too much`},
		{base, in(1, 2, 6, 1, 2), `input "x": at 6: front 1 costs NaN, which must be finite`},
	} {
		if _, _, err := Sensitivity(c.base, c.inputs); !strings.Contains(text(err), c.want) || c.want == "" {
			t.Errorf("got %q, want %q", text(err), c.want)
		}
	}
}

// The nearest flip is found also where the incumbent wins again further out: B
// costs 1 from 20 to 300 and 3 elsewhere, A costs 2.
func TestSensitivityFindsAWindow(t *testing.T) {
	_, effects, err := Sensitivity([]float64{2, 3}, []Input{{Name: "window", Base: 10, Low: 10, High: 10, Search: [2]float64{0.1, 1000},
		Costs: func(v float64) ([]float64, error) {
			if v >= 20 && v < 300 {
				return []float64{2, 1}, nil
			}
			return []float64{2, 3}, nil
		}}})
	if err != nil {
		t.Fatal(err)
	}
	if e := effects[0]; e.FlipsAbove == nil || *e.FlipsAbove != 20 || e.FlipsBelow != nil || e.Flips {
		t.Errorf("%+v", e)
	}
}
