package breakeven

import (
	"math"
	"math/rand/v2"
	"testing"

	"frontdoor/pricing"
)

func floats(curves []pricing.Curve) []pricing.FloatCurve {
	lines := make([]pricing.FloatCurve, len(curves))
	for i := range curves {
		lines[i] = curves[i].Float()
	}
	return lines
}

// TestFloatLowerIsLower: the segments' winners cost the least up to 1e-12 of
// the cost, and the ends agree with the exact ones where the world has no ties.
func TestFloatLowerIsLower(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	compared := 0
	for n := range 1000 {
		curves := world(rng, n%2 == 0, false)
		lines, to := floats(curves), reach(n%2 == 0).Float()
		segments := FloatLower(lines, 0, to)
		if segments[0].From != 0 || segments[len(segments)-1].To != to {
			t.Fatalf("world %d: %v does not cover 0 to %g", n, segments, to)
		}
		for i, s := range segments {
			if s.From >= s.To || i > 0 && (segments[i-1].To != s.From || segments[i-1].Curve == s.Curve) {
				t.Fatalf("world %d: segments %v do not follow each other", n, segments)
			}
			for range 20 {
				x := s.From + rng.Float64()*(s.To-s.From)
				for k, c := range lines {
					if least, winner := c.At(x), lines[s.Curve].At(x); winner-least > 1e-11*math.Abs(least)+1e-15 {
						t.Fatalf("world %d: at %g curve %d costs %g, the winner %d %g", n, x, k, least, s.Curve, winner)
					}
				}
			}
		}
		e, err := Lower(curves, pricing.Quantity{}, reach(n%2 == 0))
		if err != nil {
			t.Fatal(err)
		}
		if len(e.Ties) > 0 || len(e.Segments) != len(segments) {
			continue
		}
		compared++
		for i, s := range segments {
			if s.Curve != e.Segments[i].Curve || math.Abs(s.From-e.Segments[i].From.Float()) > 1e-9*s.From {
				t.Fatalf("world %d: segment %d is %v, exactly %v", n, i, s, e.Segments[i])
			}
		}
	}
	if compared < 800 {
		t.Errorf("only %d of 1000 worlds could be compared", compared)
	}
}

// Rounding errors are no difference of cost, a billionth of it is one.
func TestFloatLowerTolerance(t *testing.T) {
	line := func(intercept, slope float64) pricing.FloatCurve {
		return pricing.FloatCurve{From: []float64{0, 2, 4}, Intercept: []float64{intercept, 1, intercept}, Slope: []float64{slope, slope, slope}}
	}
	for _, c := range []struct {
		other pricing.FloatCurve
		want  int
	}{
		{line(1-1e-15, 1+1e-15), 1},
		{line(1+1e-15, 1-1e-15), 1},
		{line(1-1e-9, 1), 3}, // wins, ties where its intercept is the same, wins
	} {
		if got := FloatLower([]pricing.FloatCurve{line(1, 1), c.other}, 0, 9); len(got) != c.want {
			t.Errorf("%v: %v", c.other, got)
		}
	}
}

// A curve that comes to tie with the other after it won has not lost.
func TestFirstWin(t *testing.T) {
	a := pricing.FloatCurve{From: []float64{0}, Intercept: []float64{6}, Slope: []float64{0}}
	// Falls to 3 at 5, is 6 from 7 to 8, falls again.
	b := pricing.FloatCurve{From: []float64{0, 5, 7, 8}, Intercept: []float64{8, -4.5, 6, 14}, Slope: []float64{-1, 1.5, 0, -1}}
	var s sweep
	if x, again := s.firstWin(&a, &b); x != 2 || again {
		t.Errorf("wins at %g, again %t; want 2, false", x, again)
	}
	if x, again := s.firstWin(&b, &a); x != 0 || again {
		t.Errorf("the other wins at %g, again %t; want 0, false", x, again)
	}
}

func TestCheckFloat(t *testing.T) {
	good := pricing.FloatCurve{From: []float64{0, 2}, Intercept: []float64{1, 0}, Slope: []float64{1, 1.5}}
	with := func(change func(*pricing.FloatCurve)) pricing.FloatCurve {
		c := pricing.FloatCurve{From: []float64{0, 2}, Intercept: []float64{1, 0}, Slope: []float64{1, 1.5}}
		change(&c)
		return c
	}
	for _, c := range []struct {
		curve    pricing.FloatCurve
		from, to float64
		want     string
	}{
		{good, 0, 1, ""},
		{good, 1, 1, "range of 1 to 1: it must begin at 0 or more and end above its beginning"},
		{good, math.NaN(), 1, "range of NaN to 1: it must begin at 0 or more and end above its beginning"},
		{good, 0, math.Inf(1), "range of 0 to +Inf: it must begin at 0 or more and end above its beginning"},
		{pricing.FloatCurve{}, 0, 1, "cost curve 1: it has no pieces"},
		{with(func(c *pricing.FloatCurve) { c.Slope = c.Slope[:1] }), 0, 1, "cost curve 1: it has 2 breakpoints, 2 intercepts and 1 slopes, not as many of each"},
		{with(func(c *pricing.FloatCurve) { c.From[0] = 1 }), 0, 1, "cost curve 1: its first piece begins at 1, not at 0"},
		{with(func(c *pricing.FloatCurve) { c.From[1] = 0 }), 0, 1, "cost curve 1: piece 2 begins at 0, not above 0, where piece 1 begins"},
		{with(func(c *pricing.FloatCurve) { c.Slope[1] = math.NaN() }), 0, 1, "cost curve 1: piece 2 is 0 + NaN*x from 2: all must be finite"},
	} {
		err := CheckFloat([]pricing.FloatCurve{good, c.curve}, c.from, c.to)
		if got := text(err); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
	if got := text(CheckFloat(nil, 0, 1)); got != "no cost curves to compare" {
		t.Error(got)
	}
	defer func() {
		if recover() == nil {
			t.Error("FloatLower took a curve without pieces")
		}
	}()
	FloatLower([]pricing.FloatCurve{{}}, 0, 1)
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
