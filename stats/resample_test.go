package stats

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// For the mean of rounds of one value, an interval from draws is Student's. R's
// t.test(sleep$extra[11:20] - sleep$extra[1:10]) gives 1.58 and 0.7001142 to
// 2.4598858 (help page of sleep); 20,000 draws leave half a percent of error.
func TestIntervalOfAMeanIsStudents(t *testing.T) {
	_, _, slept := sleep()
	var rounds [][]float64
	for _, v := range slept {
		rounds = append(rounds, []float64{v})
	}
	points, draws := NewResample(len(rounds), 20_000, 1).Draws(rounds, []Figure{MeanOf()})
	lo, hi := Interval(points[0], draws[0], len(rounds))
	if math.Abs(points[0]-1.58) > 1e-12 || math.Abs(lo-0.7001) > 0.02 || math.Abs(hi-2.4599) > 0.02 {
		t.Errorf("%.4f [%.4f, %.4f], want 1.58 [0.7001, 2.4599]", points[0], lo, hi)
	}
}

// The interval of a log figure is the exponential of that of its logarithms.
func TestLogInterval(t *testing.T) {
	draws := []float64{1, 2, 4, math.NaN()}
	// sd of the binary logarithms 1, times t(2) = 4.302653, times sqrt(3/2)
	half := 4.302653 * math.Sqrt(1.5)
	lo, hi := LogInterval(2, draws, 3)
	if math.Abs(math.Log2(lo)-(1-half)) > 1e-6 || math.Abs(math.Log2(hi)-(1+half)) > 1e-6 {
		t.Errorf("[2^%g, 2^%g], want [2^%g, 2^%g]", math.Log2(lo), math.Log2(hi), 1-half, 1+half)
	}
	for name, c := range map[string]struct {
		point  float64
		draws  []float64
		rounds int
	}{
		"two rounds":     {2, draws, 2},
		"point of zero":  {0, draws, 3},
		"draw of zero":   {2, []float64{1, 0, 2}, 3},
		"no point":       {math.NaN(), draws, 3},
		"infinite draw":  {2, []float64{1, math.Inf(1), 2}, 3},
		"nothing but it": {2, []float64{math.NaN(), math.NaN()}, 3},
	} {
		if lo, hi := LogInterval(c.point, c.draws, c.rounds); !math.IsNaN(lo) || !math.IsNaN(hi) {
			t.Errorf("%s: [%g, %g]", name, lo, hi)
		}
	}
}

// A front that lacks a round has fewer values in the draws of it, and none in
// draws of nothing else.
func TestDrawsOfAFrontThatLacksRounds(t *testing.T) {
	r := NewResample(3, 500, 3)
	points, draws := r.Draws([][]float64{{2, 4}, nil, nil}, []Figure{QuantileOf(0.5), MeanOf()})
	if points[0] != 2 || points[1] != 3 {
		t.Errorf("points %v, want 2 and 3", points)
	}
	empty := 0
	for d := range draws[0] {
		if math.IsNaN(draws[0][d]) && math.IsNaN(draws[1][d]) {
			empty++
		} else if draws[0][d] != 2 || draws[1][d] != 3 {
			t.Fatalf("draw %d: %g and %g, want 2 and 3", d, draws[0][d], draws[1][d])
		}
	}
	if share := float64(empty) / 500; math.Abs(share-8.0/27) > 0.07 { // three standard errors of (2/3)^3
		t.Errorf("%.3f of draws are empty, want about 0.296", share)
	}
}

func TestResampleIsOfItsRounds(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("two rounds were taken for three")
		}
	}()
	NewResample(3, 1, 1).Draws([][]float64{{1}, {2}}, []Figure{MeanOf()})
}

// One Resample gives every front the same rounds: fronts in a fixed ratio keep
// it in every draw.
func TestFrontsShareTheirDraws(t *testing.T) {
	a := world(rand.New(rand.NewPCG(8, 8)), 6, 50, 0.3)
	b := make([][]float64, len(a))
	for i, round := range a {
		for _, v := range round {
			b[i] = append(b[i], 2*v)
		}
	}
	r := NewResample(6, 100, 5)
	figures := []Figure{QuantileOf(0.9), QuantileOf(0.1)}
	_, of := r.Draws(a, figures)
	_, twice := r.Draws(b, figures)
	for i := range figures {
		for d := range of[i] {
			if twice[i][d] != 2*of[i][d] {
				t.Fatalf("%s, draw %d: %g and %g", figures[i].Name(), d, of[i][d], twice[i][d])
			}
		}
		if slices.Max(of[i]) == slices.Min(of[i]) {
			t.Errorf("%s is the same in every draw", figures[i].Name())
		}
	}
}

// A draw's figure is that of its rounds laid end to end and sorted.
func FuzzDraws(f *testing.F) {
	f.Add([]byte{1, 2, 3, 4, 5, 6, 7, 8, 9}, uint8(3), uint8(128))
	f.Add([]byte{7, 7, 7, 0, 0, 1}, uint8(2), uint8(254))
	f.Add(slices.Repeat([]byte{9, 1, 200, 30, 30}, 300), uint8(7), uint8(10))
	f.Fuzz(func(t *testing.T, raw []byte, n, q uint8) {
		rounds := make([][]float64, n%20+1)
		for i, b := range raw {
			k := (i + int(b)/64) % len(rounds) // rounds of unlike lengths, some empty
			rounds[k] = append(rounds[k], float64(b))
		}
		figures := []Figure{QuantileOf((float64(q) + 1) / 257), MeanOf(), QuantileOf(0.5)}
		r := NewResample(len(rounds), 5, uint64(len(raw)))
		_, draws := r.Draws(rounds, figures)
		for d, times := range r.times {
			var all []float64
			for i, round := range rounds {
				all = append(all, slices.Repeat(round, int(times[i]))...)
			}
			for i, figure := range figures {
				want := figure.of(Sorted(all))
				if got := draws[i][d]; math.Abs(got-want) > 1e-9 || math.IsNaN(got) != math.IsNaN(want) {
					t.Errorf("%s of %v is %g, want %g", figure.Name(), all, got, want)
				}
			}
		}
	})
}

// What a chart of a distribution asks for: 70 quantiles of 12 rounds.
func BenchmarkQuantiles(b *testing.B) {
	for name, n := range map[string]int{"2000": 2000 / 12, "20000": 20000 / 12} {
		b.Run(name, func(b *testing.B) {
			rounds := world(rand.New(rand.NewPCG(1, 1)), 12, n, 0.05)
			var qs []float64
			for i := 1; i <= 70; i++ {
				qs = append(qs, float64(i)/71)
			}
			for b.Loop() {
				Quantiles(rounds, qs, 1)
			}
		})
	}
}
