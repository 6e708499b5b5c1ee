package breakeven

import (
	"math"
	"testing"

	"frontdoor/pricing"
)

// plane has the three doors whose boundaries have closed forms, x requests a
// month and one row for each 10 ms of billed duration at 128 MB (see
// TestPairDurationClosedForms): Lambda@Edge (0) leaves REST (1) at 503.85 ms in
// every column, and the load balancer (2) takes over at
// 16.425/(p - c), p being the price of a request of the cheaper one of both.
func plane(row int) []pricing.FloatCurve {
	gbs := 0.125 * (float64(row)*10 + 5) / 1000
	lambda := 0.2e-6 + gbs*0.0000166667
	line := func(fixed, slope float64) pricing.FloatCurve {
		return pricing.FloatCurve{From: []float64{0}, Intercept: []float64{fixed}, Slope: []float64{slope}}
	}
	return []pricing.FloatCurve{line(0, 1.6e-6+gbs*0.00005001), line(0, 3.5e-6+lambda), line(16.425, lambda+7.0/52428800)}
}

func TestPhase(t *testing.T) {
	xs := Axis{From: 1e5, To: 1e9, Cells: 240, Log: true}
	d, err := Phase(xs, 100, func(row int) ([]pricing.FloatCurve, error) { return plane(row), nil })
	if err != nil {
		t.Fatal(err)
	}
	for row := range d.Rows {
		curves := plane(row)
		first := 0 // Lambda@Edge up to row 49, 495 ms
		if row >= 50 {
			first = 1
		}
		crossing := 16.425 / (curves[first].Slope[0] - curves[2].Slope[0])
		s := d.Rows[row].Segments
		if len(s) != 2 || s[0].Curve != first || s[1].Curve != 2 || s[0].From != 1e5 || s[0].To != s[1].From || s[1].To != 1e9 ||
			math.Abs(s[1].From-crossing) > 1e-9*crossing {
			t.Fatalf("row %d: %+v, want %d, then 2 from %g", row, s, first, crossing)
		}
		for i, got := range d.Rows[row].Cells {
			want := first
			if xs.At(float64(i)+0.5) >= crossing {
				want = 2
			}
			if got != want {
				t.Fatalf("row %d cell %d: %d, want %d", row, i, got, want)
			}
		}
	}
	regions := d.Regions()
	if len(regions) != 3 || regions[0].Curve != 0 || len(regions[0].Spans) != 50 || regions[1].Curve != 2 || len(regions[1].Spans) != 100 ||
		regions[2].Curve != 1 || len(regions[2].Spans) != 50 || regions[2].Spans[0].Row != 50 {
		t.Errorf("regions: %+v", regions)
	}
	// The load balancer begins earliest against REST, at the 4.879 M of
	// TestPairClosedForms in every row.
	if w := regions[1].Widest(xs); w.Row < 50 || math.Abs(w.From-4.879e6) > 500 || w.To != 1e9 {
		t.Errorf("widest span of the load balancer: %+v", w)
	}
	boundaries := d.Boundaries()
	if len(boundaries) != 2 || boundaries[0].Left != 0 || boundaries[0].Right != 2 || len(boundaries[0].Points) != 50 ||
		boundaries[1].Left != 1 || boundaries[1].Right != 2 || len(boundaries[1].Points) != 50 || boundaries[1].Points[0].Row != 50 ||
		boundaries[1].Points[0].X != d.Rows[50].Segments[1].From {
		t.Errorf("boundaries: %+v", boundaries)
	}
}

// Regions and boundaries account for every segment, once, also where parts
// split and come together.
func TestRegionsCoverTheDiagram(t *testing.T) {
	rows := [][]FloatSegment{
		{{0, 0, 10}},
		{{0, 0, 4}, {1, 4, 6}, {0, 6, 10}}, // splits
		{{0, 0, 3}, {1, 3, 7}, {0, 7, 10}},
		{{0, 0, 10}},                                  // comes together
		{{1, 0, 2}, {0, 2, 10}},                       // another part of 1
		{{0, 0, 5}, {1, 5, 10}},                       // and another
		{{0, 0, 2}, {1, 2, 4}, {0, 4, 6}, {1, 6, 10}}, // two boundaries of the same curves
		{{0, 0, 2}, {1, 2, 4}, {0, 4, 6}, {1, 6, 10}},
	}
	d := Diagram{X: Axis{From: 0, To: 10, Cells: 10}}
	for _, r := range rows {
		d.Rows = append(d.Rows, Row{Segments: r})
	}
	type key struct {
		curve, row int
		from, to   float64
	}
	seen := map[key]int{}
	for _, r := range d.Regions() {
		for i, s := range r.Spans {
			seen[key{r.Curve, s.Row, s.From, s.To}]++
			if i > 0 && (s.Row != r.Spans[i-1].Row+1 || s.From >= r.Spans[i-1].To || s.To <= r.Spans[i-1].From) {
				t.Errorf("spans of %+v are not connected", r)
			}
		}
	}
	points := 0
	for row, r := range rows {
		points += len(r) - 1
		for _, s := range r {
			if seen[key{s.Curve, row, s.From, s.To}] != 1 {
				t.Errorf("row %d: segment %v is in %d regions", row, s, seen[key{s.Curve, row, s.From, s.To}])
			}
		}
	}
	if n := len(d.Regions()); n != 7 || len(seen) != 20 {
		t.Errorf("%d regions of %d segments, want 7 of 20", n, len(seen))
	}
	for _, b := range d.Boundaries() {
		points -= len(b.Points)
		for i, p := range b.Points {
			if i > 0 && p.Row != b.Points[i-1].Row+1 {
				t.Errorf("points of %+v are not connected", b)
			}
		}
	}
	if points != 0 || len(d.Boundaries()) != 6 {
		t.Errorf("%d crossings are on no boundary; %d boundaries, want 6", points, len(d.Boundaries()))
	}
}

func TestAxis(t *testing.T) {
	for _, c := range []struct {
		axis              Axis
		position, at, end float64
	}{
		{Axis{1e3, 1e9, 6, true}, 2, 1e5, 1e9},
		{Axis{0, 10, 5, false}, 2.5, 5, 10},
	} {
		if got := c.axis.At(c.position); math.Abs(got-c.at) > 1e-9*c.at {
			t.Errorf("%+v at %g is %g, want %g", c.axis, c.position, got, c.at)
		}
		if got := c.axis.Position(c.at); math.Abs(got-c.position) > 1e-9 {
			t.Errorf("%+v: %g is at %g, want %g", c.axis, c.at, got, c.position)
		}
		if got := c.axis.At(float64(c.axis.Cells)); math.Abs(got-c.end) > 1e-9*c.end {
			t.Errorf("%+v ends at %g, want %g", c.axis, got, c.end)
		}
	}
}

func TestPhaseRefuses(t *testing.T) {
	ok := Axis{1, 10, 5, true}
	some := func(row int) ([]pricing.FloatCurve, error) { return plane(0)[:3-row], nil }
	for _, c := range []struct {
		axis   Axis
		rows   int
		curves func(int) ([]pricing.FloatCurve, error)
		want   string
	}{
		{Axis{1, 10, 0, true}, 1, some, "axis of 0 cells: it needs at least 1"},
		{Axis{10, 1, 5, false}, 1, some, "axis from 10 to 1: it must begin at 0 or more and end above its beginning"},
		{Axis{0, 1, 5, true}, 1, some, "logarithmic axis from 0 to 1: it must begin above 0"},
		{ok, 0, some, "diagram of 0 rows: it needs at least 1"},
		{ok, 2, some, "row 1 has 2 cost curves and row 0 has 3: each needs those of all fronts"},
		{ok, 1, func(int) ([]pricing.FloatCurve, error) { return nil, nil }, "row 0: no cost curves to compare"},
	} {
		if _, err := Phase(c.axis, c.rows, c.curves); text(err) != c.want {
			t.Errorf("got %q, want %q", text(err), c.want)
		}
	}
}
