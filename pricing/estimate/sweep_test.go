package estimate

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/pricing/breakeven"
)

func TestCheckSweeps(t *testing.T) {
	requests, duration, size := sweepOver(SweepRequests, 1, 2), sweepOver(SweepDuration, 1, 2), sweepOver(SweepResponseSize, 1, 2)
	for _, c := range []struct {
		sweeps []Sweep
		want   string
	}{
		{nil, ""},
		{[]Sweep{requests}, ""},
		{[]Sweep{duration, requests}, ""},
		{[]Sweep{requests, size}, ""},
		{[]Sweep{duration, size}, "two sweeps over duration and response_size: want requests as one of two"},
		{[]Sweep{requests, requests}, "two sweeps run over requests: want one of each"},
		{[]Sweep{requests, duration, size}, "3 sweeps: want one or two"},
		{[]Sweep{sweepOver(SweepRequests, 0, 2)}, "the sweep over requests runs from 0 to 2: want a range that begins above 0 and ends above its beginning"},
		{[]Sweep{sweepOver(SweepDuration, 2, 2)}, "the sweep over duration runs from 2 to 2: want a range that begins above 0 and ends above its beginning"},
	} {
		got := ""
		if err := CheckSweeps(c.sweeps); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%v: %q, want %q", c.sweeps, got, c.want)
		}
	}
}

// with is a workload with one input set, made here by itself.
func with(w pricing.Workload, over SweepInput, x float64) pricing.Workload {
	switch over {
	case SweepRequests:
		w.Traffic.RequestsPerMonth = int64(math.Round(x))
	case SweepDuration:
		w.Duration = pricing.Constant(x)
	case SweepResponseSize:
		size := pricing.Count(int64(x))
		w.Traffic.ResponseBytes = &size
	}
	return w
}

// carries says whether a door does, by the quotas of cannot_test.go.
func carries(w pricing.Workload) bool {
	limit := map[front.Kind]int64{front.APIGatewayREST: 6 << 20, front.APIGatewayHTTP: 6 << 20, front.ALB: 1 << 20, front.FunctionURL: 6 << 20,
		front.EdgeViewerRequest: 40 << 10, front.EdgeOriginRequest: 1 << 20}
	seconds := map[front.Kind]float64{front.APIGatewayREST: 29, front.APIGatewayHTTP: 30, front.ALB: 900, front.FunctionURL: 900,
		front.EdgeViewerRequest: 5, front.EdgeOriginRequest: 30}
	return w.Traffic.ResponseBytes.Cmp(pricing.Count(limit[w.Kind])) <= 0 && float64(w.Duration.(pricing.Constant)) <= 1e6*seconds[w.Kind]
}

// A sample's costs are the totals of bills, but for half a request at most; a
// front that cannot carry the sample has none.
func TestSamplesAreBills(t *testing.T) {
	for _, s := range []Sweep{
		sweepOver(SweepRequests, 10_000, 10_000_000_000),
		sweepOver(SweepDuration, 1000, 60_000_000),
		sweepOver(SweepResponseSize, 100, 20_000_000),
	} {
		doors := sixDoors()
		in := input(t, doors...)
		in.Sweeps = []Sweep{s}
		e := estimateOf(t, in)
		if e.Phase != nil || e.Sweep == nil || len(e.Sweep.Samples) != 13 || len(e.Sweep.Fronts) != 6 {
			t.Fatalf("%s: sweep is %+v, phase %v", s.Over, e.Sweep, e.Phase)
		}
		if first, last := e.Sweep.Samples[0].X, e.Sweep.Samples[12].X; math.Abs(first/s.From.Float()-1) > 1e-12 || math.Abs(last/s.To.Float()-1) > 1e-12 {
			t.Errorf("%s: from %g to %g", s.Over, first, last)
		}
		unable := 0
		for _, sample := range e.Sweep.Samples {
			best := -1
			for i, w := range doors {
				w = with(w, s.Over, sample.X)
				if s.Over != SweepRequests && sample.Requests != 15_000_000 || s.Over == SweepRequests && sample.Requests != sample.X {
					t.Fatalf("%s at %g: %g requests", s.Over, sample.X, sample.Requests)
				}
				if Unable(sample.Costs[i]) == carries(w) {
					t.Errorf("%s at %g: %s costs %g", s.Over, sample.X, w.Front, sample.Costs[i])
				}
				if !carries(w) {
					unable++
					continue
				}
				want := bill(t, in.Book, w, w.Traffic.RequestsPerMonth).Float()
				if math.Abs(sample.Costs[i]-want) > 1e-4+1e-9*want { // half a request is less than a hundredth of a cent
					t.Errorf("%s at %g: %s costs %.10g, its bill is %.10g", s.Over, sample.X, w.Front, sample.Costs[i], want)
				}
				if best < 0 || sample.Costs[i] < sample.Costs[best] {
					best = i
				}
			}
			if sample.Cheapest != best {
				t.Errorf("%s at %g: cheapest is %d, want %d", s.Over, sample.X, sample.Cheapest, best)
			}
		}
		if (unable > 0) != (s.Over != SweepRequests) {
			t.Errorf("%s: %d times a front cannot carry the sample", s.Over, unable)
		}
	}
}

// Each row of a diagram is the exact envelope of its fronts' exact curves.
func TestPhaseRowsAreEnvelopes(t *testing.T) {
	doors := withoutURL(sixDoors()) // which is the cheapest nearly everywhere
	in := input(t, doors...)
	in.Sweeps = []Sweep{sweepOver(SweepDuration, 1000, 4_000_000), sweepOver(SweepRequests, 10_000, 10_000_000_000)}
	in.Options.FreeTier = pricing.FreeAlways
	p := estimateOf(t, in).Phase
	if p == nil || p.X.Over != SweepRequests || p.Y.Over != SweepDuration || len(p.Diagram.Rows) != 240 || p.YAxis.Cells != 240 || !p.YAxis.Log {
		t.Fatalf("phase is %+v", p)
	}
	crossings := 0
	for i := 0; i < 240; i += 13 {
		var curves []pricing.Curve
		for _, w := range doors {
			u, err := usage(in, with(w, SweepDuration, math.Round(p.YAxis.At(float64(i)+0.5))))
			if err != nil {
				t.Fatal(err)
			}
			c, err := in.Book.Curve(u, pricing.AlongRequests, in.Options)
			if err != nil {
				t.Fatal(err)
			}
			curves = append(curves, c)
		}
		e, err := breakeven.Lower(curves, p.X.From, p.X.To)
		if err != nil {
			t.Fatal(err)
		}
		row := p.Diagram.Rows[i]
		if len(row.Segments) != len(e.Segments) {
			t.Fatalf("row %d has %v, the envelope %v", i, row.Segments, e.Segments)
		}
		crossings += len(e.Crossings)
		for k, want := range e.Segments {
			got := row.Segments[k]
			if got.Curve != want.Curve || math.Abs(got.From/want.From.Float()-1) > 1e-9 || math.Abs(got.To/want.To.Float()-1) > 1e-9 {
				t.Errorf("row %d: segment %d is %+v, want %+v", i, k, got, want)
			}
		}
	}
	if crossings < 19 {
		t.Errorf("only %d crossings: nothing to compare", crossings)
	}
}

// The winner of a cell is the front with the least bill there.
func TestPhaseWinnerHasTheLeastBill(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	seen := map[int]bool{}
	for _, y := range []Sweep{sweepOver(SweepDuration, 1000, 60_000_000), sweepOver(SweepResponseSize, 100, 20_000_000)} {
		for _, doors := range [][]pricing.Workload{sixDoors(), withoutURL(sixDoors())} {
			in := input(t, doors...)
			in.Sweeps = []Sweep{sweepOver(SweepRequests, 10_000, 10_000_000_000), y}
			p := estimateOf(t, in).Phase
			for range 60 {
				column, row := rng.IntN(240), rng.IntN(240)
				winner := p.Diagram.Rows[row].Cells[column]
				x, value := p.Diagram.X.At(float64(column)+0.5), math.Round(p.YAxis.At(float64(row)+0.5))
				least, costs := math.Inf(1), make([]float64, len(doors))
				for i, w := range doors {
					w = with(w, y.Over, value)
					costs[i] = math.Inf(1)
					if carries(w) {
						costs[i] = bill(t, in.Book, w, int64(math.Round(x))).Float()
					}
					least = min(least, costs[i])
				}
				switch {
				case math.IsInf(least, 1):
					if winner != nobody {
						t.Errorf("%s %g, %g requests: %s wins and no front can carry it", y.Over, value, x, p.Fronts[winner])
					}
				case winner < 0 || costs[winner] > least+1e-4+1e-12*least: // half a request
					t.Errorf("%s %g, %g requests: %d wins with bills of %v", y.Over, value, x, winner, costs)
				}
				seen[winner] = true
			}
		}
	}
	if len(seen) < 4 || !seen[nobody] {
		t.Errorf("only %v win: too plain", seen)
	}
}

func withoutURL(doors []pricing.Workload) []pricing.Workload {
	return slices.DeleteFunc(doors, func(w pricing.Workload) bool { return w.Kind == front.FunctionURL })
}

// Above 6 MB no door answers: such rows have no segments and nobody's cells,
// such samples no cheapest, in the map for terminals too.
func TestWhereNoFrontCan(t *testing.T) {
	in := input(t, sixDoors()...)
	in.Sweeps = []Sweep{sweepOver(SweepRequests, 100, 1000), sweepOver(SweepResponseSize, 1<<20, 64<<20)}
	p := estimateOf(t, in).Phase
	small, err := NewMap(in, p, 20, 8)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range []*Phase{p, small} {
		rows, columns := len(d.Diagram.Rows), d.Diagram.X.Cells
		if rows != d.YAxis.Cells {
			t.Errorf("%d rows, and an axis of %d", rows, d.YAxis.Cells)
		}
		for i, row := range d.Diagram.Rows {
			empty := d.YAxis.At(float64(i)+0.5) > 6<<20
			if empty != (len(row.Segments) == 0) || empty != slices.Equal(row.Cells, slices.Repeat([]int{nobody}, columns)) || len(row.Cells) != columns {
				t.Errorf("row %d of %d, %g bytes: %d segments, cells %v", i, rows, d.YAxis.At(float64(i)+0.5), len(row.Segments), row.Cells)
			}
		}
	}
	if len(small.Diagram.Rows) != 8 || small.Diagram.X.Cells != 20 {
		t.Errorf("the map has %d rows of %d", len(small.Diagram.Rows), small.Diagram.X.Cells)
	}
	in.Sweeps = in.Sweeps[1:]
	samples := estimateOf(t, in).Sweep.Samples
	if last := samples[len(samples)-1]; last.Cheapest != -1 || !Unable(last.Costs[0]) {
		t.Errorf("at 64 MB: %+v", last)
	}
}

// Without a duration the choice can be followed along durations only.
func TestSweepsWithoutADuration(t *testing.T) {
	rest, http := door(front.APIGatewayREST, 1000, 12), door(front.APIGatewayHTTP, 1000, 12)
	rest.Duration = nil
	in := input(t, rest, http)
	in.Sweeps = []Sweep{sweepOver(SweepDuration, 1000, 9000)}
	if e := estimateOf(t, in); e.Sweep == nil || e.Requests != nil || e.Duration == nil {
		t.Errorf("%+v", e)
	}
	in.Sweeps = []Sweep{sweepOver(SweepRequests, 1000, 9000)}
	if _, err := New(in); err == nil || !strings.Contains(err.Error(), `a sweep compares fronts: front "apigw-rest" has no duration`) {
		t.Errorf("error is %v", err)
	}
}
