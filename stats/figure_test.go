package stats

import (
	"math"
	"testing"
)

func TestFigures(t *testing.T) {
	rounds := [][]float64{{40, 15, 50, 20, 35}, nil, {8}}
	for _, c := range []struct {
		figure  Figure
		name    string
		byRound []float64
	}{
		{QuantileOf(0.5), "p50", []float64{35, math.NaN(), 8}},
		{QuantileOf(0.999), "p99.9", []float64{50, math.NaN(), 8}},
		{MeanOf(), "mean", []float64{32, math.NaN(), 8}},
		{Figure{}, "mean", []float64{32, math.NaN(), 8}},
	} {
		if c.figure.Name() != c.name {
			t.Errorf("name %q, want %q", c.figure.Name(), c.name)
		}
		got := ByRound(rounds, c.figure)
		for i, want := range c.byRound {
			if got[i] != want && !(math.IsNaN(got[i]) && math.IsNaN(want)) {
				t.Errorf("%s by round: %v, want %v", c.name, got, c.byRound)
				break
			}
		}
	}
	if rounds[0][0] != 40 {
		t.Error("the rounds were sorted in place")
	}
	for _, q := range []float64{0, 1, -0.5, math.NaN()} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("quantile %g was taken", q)
				}
			}()
			QuantileOf(q)
		}()
	}
}
