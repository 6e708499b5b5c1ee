package estimate

import "testing"

// BenchmarkPhase240 is a diagram of 240 x 240 cells over six fronts, the whole
// way from their workloads: usage, curves and envelope of each row.
func BenchmarkPhase240(b *testing.B) {
	in := input(b)
	doors := sixDoors()
	x, y := sweepOver(SweepRequests, 10_000, 10_000_000_000), sweepOver(SweepDuration, 1000, 5_000_000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := newPhase(in, doors, x, y, cells, cells); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkEstimate is everything that bench cost computes for six fronts
// whose requests are known as a range.
func BenchmarkEstimate(b *testing.B) {
	in := input(b, sixDoors()...)
	for i := range in.Fronts {
		in.Fronts[i].Low, in.Fronts[i].High = 7_000_000, 32_000_000
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := New(in); err != nil {
			b.Fatal(err)
		}
	}
}
