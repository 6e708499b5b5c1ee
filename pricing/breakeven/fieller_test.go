package breakeven

import (
	"math"
	"testing"
)

// F = 16.425, p = 1 $/M, c = 0.133514 $/M with a standard deviation as large as
// itself. With one error only Fieller's set is F/(p-c+-1.96*sd): 16.425/1.128169
// = 14.559 M to 16.425/0.604803 = 27.158 M, where the delta method would say
// 18.956 +- 5.725 M. With a cv of 4 the gap may be zero: "above 8.585 M or never".
//
// The rows with two errors were computed apart from this code, in Python, as
// the least and the greatest x on a grid for which |f-x*g| <= z*sqrt(df^2+x^2*dg^2).
func TestCrossingInterval(t *testing.T) {
	const c = 0.133514404296875
	inf := math.Inf(1)
	for _, row := range []struct {
		name       string
		fixed, gap Measured
		confidence float64
		low, high  float64
	}{
		{"cv 1", Measured{16.425, 0}, Measured{1 - c, c}, 0.95, 14.558989, 27.157641},
		{"known", Measured{16.425, 0}, Measured{1 - c, 0}, 0.95, 18.955883, 18.955883},
		{"above or never", Measured{16.425, 0}, Measured{1 - c, 4 * c}, 0.95, 8.585006, inf},
		{"two errors", Measured{10, 1}, Measured{1, 0.1}, 0.8, 8.331910, 12.002049},
		{"two errors, open", Measured{10, 1}, Measured{1, 1}, 0.8, 4.318801, inf},
		{"gap of no sign", Measured{10, 1}, Measured{0, 1}, 0.8, 7.738699, inf},
		{"nothing known", Measured{1, 1}, Measured{1, 1}, 0.8, 0, inf},
		{"no fixed for certain", Measured{1, 1}, Measured{1, 0}, 0.8, 0, 2.281552},
		{"fixed may save too", Measured{1, 1}, Measured{-1, 0.1}, 0.8, 0, 0.282061},
		{"never", Measured{10, 1}, Measured{-1, 0.1}, 0.8, inf, inf},
		{"equal slopes", Measured{10, 0}, Measured{0, 0}, 0.8, inf, inf},
		{"at most equal", Measured{10, 0}, Measured{-1, 1}, 0.8, 35.517473, inf},
	} {
		got, err := CrossingInterval(row.fixed, row.gap, row.confidence)
		if err != nil {
			t.Fatal(err)
		}
		near := func(a, b float64) bool { return a == b || math.Abs(a-b) < 1e-5 }
		if !near(got.Low, row.low) || !near(got.High, row.high) || got.Never() != math.IsInf(row.low, 1) {
			t.Errorf("%s: %g to %g, want %g to %g", row.name, got.Low, got.High, row.low, row.high)
		}
	}
}

func TestCrossingIntervalRefuses(t *testing.T) {
	for _, c := range []struct {
		fixed, gap Measured
		confidence float64
		want       string
	}{
		{Measured{1, 0}, Measured{1, 0}, 1, "confidence of 1: it must lie between 0 and 1"},
		{Measured{0, 0}, Measured{1, 0}, 0.8, "crossing of 0 dollars at 1 each: the dollars must be above 0 and both finite"},
		{Measured{1, 0}, Measured{math.NaN(), 0}, 0.8, "crossing of 1 dollars at NaN each: the dollars must be above 0 and both finite"},
		{Measured{1, -1}, Measured{1, 0}, 0.8, "standard deviations -1 and 0: they must be finite and not negative"},
	} {
		if _, err := CrossingInterval(c.fixed, c.gap, c.confidence); text(err) != c.want {
			t.Errorf("got %q, want %q", text(err), c.want)
		}
	}
}
