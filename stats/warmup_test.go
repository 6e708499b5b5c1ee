package stats

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// A warm-up from three times to once over 200 of 2,000 values is cut after it is
// mostly over and before it is forgotten; half of the series is never cut.
// Simulations of 2,000 values at this scatter cut 85 to 170 before the factor.
func TestWarmUpIsFound(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	series := func(n int, level func(i int) float64) []float64 {
		values := make([]float64, n)
		for i := range values {
			values[i] = level(i) * math.Exp(0.4*rng.NormFloat64())
		}
		return values
	}
	warming := func(i int) float64 { return 1 + 2*math.Exp(-float64(i)/70) }
	for name, c := range map[string]struct {
		values         []float64
		reached, known bool
		least, most    int
	}{
		"warm from the start": {series(2000, func(int) float64 { return 1 }), true, true, 0, 60},
		"warming up":          {series(2000, warming), true, true, 100, 400},
		"never steady":        {series(2000, func(i int) float64 { return math.Exp(-float64(i) / 300) }), false, true, 0, 0},
		"a step past halfway": {series(2000, func(i int) float64 { return 1 + float64(i/1200) }), false, true, 0, 0},
		"short":               {series(99, warming), false, false, 0, 0},
		"zero among them":     {append(make([]float64, 1), series(200, warming)...), false, false, 0, 0},
		"constant":            {slices.Repeat([]float64{3}, 200), true, true, 0, 0},
		"none":                {nil, false, false, 0, 0},
	} {
		if got := WarmUp(c.values); got.Reached != c.reached || got.Known != c.known || got.Cut < c.least || got.Cut > c.most {
			t.Errorf("%s: %+v, want reached %v, known %v, cut %d to %d", name, got, c.reached, c.known, c.least, c.most)
		}
	}
}

// The cut is the least of the definition, computed from each start by itself.
func TestMSERIsItsDefinition(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	for range 50 {
		values := make([]float64, 40)
		for i := range values {
			values[i] = rng.NormFloat64() + 4*math.Exp(-float64(i)/5)
		}
		best, least := 0, math.Inf(1)
		for d := 0; d < len(values)-5; d++ {
			rest := values[d:]
			n := float64(len(rest))
			if error := Deviation(rest) * Deviation(rest) * (n - 1) / (n * n); error < least {
				best, least = d, error
			}
		}
		if got := mser(values); got != best {
			t.Errorf("cut %d, by definition %d", got, best)
		}
	}
}
