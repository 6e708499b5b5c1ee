package stats

import (
	"math/rand/v2"
	"testing"
)

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
