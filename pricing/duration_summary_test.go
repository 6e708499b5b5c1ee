package pricing

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"frontdoor/record"
)

// micro is milliseconds as whole microseconds.
func micro(ms float64) *Quantity { return us(int64(math.Round(ms * 1000))) }

// quantiles is p50, p90, p95 and p99 of a quantile function in milliseconds.
func quantiles(of func(p float64) float64) []Percentile {
	var ps []Percentile
	for _, p := range []int64{50, 90, 95, 99} {
		ps = append(ps, Percentile{Count(p), *micro(of(float64(p) / 100))})
	}
	return ps
}

func normalQuantile(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }

func lognormalQuantile(mean, cv float64) func(p float64) float64 {
	v := math.Log1p(cv * cv)
	return func(p float64) float64 { return mean * math.Exp(math.Sqrt(v)*normalQuantile(p)-v/2) }
}

// Expected values: the simulation of TestWhatGuessingFromTheMeanCosts, its
// bounds checked there with gonum's simplex. The least and the greatest of its 2
// million draws and the spread of its modes were not printed: here are likely
// ones (a draw in 2 million is 5 standard deviations out), and where the figures
// depend on them, those that they were made with: a max between 650 and 700 ms
// for cv .5, cold starts from 900 to 1600 ms, and 3 ms of spread around 64 ms.
// The truths are those of TestWhatGuessingFromTheMeanCosts. The manual shows the
// same table.
func TestBoundsFromStatistics(t *testing.T) {
	manual, err := os.ReadFile("../docs/durations.md")
	if err != nil {
		t.Fatal(err)
	}
	bimodal := func(p float64) float64 {
		if p > .8 {
			return 64 + 3*normalQuantile((p-.8)/.2)
		}
		return 49 + .3*normalQuantile(p/.8)
	}
	cold := func(p float64) float64 {
		if p >= .99 {
			return 925 // about the shortest cold start
		}
		return lognormalQuantile(40.4, .2)(p / .99)
	}
	for _, c := range []struct {
		name                         string
		quantile                     func(float64) float64
		mean, least, max             float64 // ms
		g                            int64
		truth                        string    // ms
		ofMean, ofPercentiles, ofAll [2]string // ms
	}{
		{"lognormal 52 cv .2", lognormalQuantile(52, .2), 52, 18.6, 138, 50, "77.0", [2]string{"52", "102"}, [2]string{"75", "100.5"}, [2]string{"75.0", "99.7"}},
		{"lognormal 52 cv .5", lognormalQuantile(52, .5), 52, 4.3, 660, 50, "75.0", [2]string{"52", "102"}, [2]string{"57.5", "85.5"}, [2]string{"57.5", "85.5"}},
		{"80 % about 49, 20 % about 64", bimodal, 52, 47.5, 78, 50, "60.0", [2]string{"52", "102"}, [2]string{"55", "75"}, [2]string{"57.2", "75.0"}},
		{"warm 40, 1 % cold about 1200", cold, 52, 14.2, 1580, 50, "67.7", [2]string{"52", "102"}, [2]string{"63.5", "124"}, [2]string{"63.5", "94.8"}},
		{"lognormal 52 cv .5", lognormalQuantile(52, .5), 52, 4.3, 660, 100, "105.4", [2]string{"100", "152"}, [2]string{"105", "115"}, [2]string{"105", "115"}},
		{"lognormal 3.2 cv .3", lognormalQuantile(3.2, .3), 3.2, .7, 13, 1, "3.70", [2]string{"3.2", "4.2"}, [2]string{"2.6", "4.7"}, [2]string{"3.20", "4.18"}},
	} {
		line := fmt.Sprintf("| %s | %d ms | %s | %s to %s | %s to %s | %s to %s |\n", c.name, c.g, c.truth,
			c.ofMean[0], c.ofMean[1], c.ofPercentiles[0], c.ofPercentiles[1], c.ofAll[0], c.ofAll[1])
		if !strings.Contains(string(manual), line) {
			t.Errorf("docs/durations.md does not have the line\n%s", line)
		}
		ps := quantiles(c.quantile)
		mean := Summary{MeanUS: micro(c.mean)}
		percentiles := Summary{MaxUS: micro(c.max), Percentiles: ps}
		all := Summary{MeanUS: mean.MeanUS, MinUS: micro(c.least), MaxUS: percentiles.MaxUS, Percentiles: ps}
		for _, known := range []struct {
			name string
			s    Summary
			want [2]string
		}{{"mean", mean, c.ofMean}, {"percentiles", percentiles, c.ofPercentiles}, {"all", all, c.ofAll}} {
			got := billed(t, known.s, billing(c.g, false))
			printedAs(t, c.name+", low from "+known.name, asFloat(got.Low), known.want[0], 1e-9)
			printedAs(t, c.name+", high from "+known.name, asFloat(got.High), known.want[1], 1e-9)
		}
	}
}

// stair is a point on the staircase of billed durations, from the left or, just
// above a multiple, from the right.
type stair struct{ x, billed float64 }

// stairs is every point of a grid of quarter steps on a segment: all corners
// of the envelopes are on it.
func stairs(from, to int, open bool) []stair {
	var points []stair
	for x := from; x <= to; x++ {
		if x > from || !open {
			points = append(points, stair{float64(x) / 4, math.Ceil(float64(x) / 4)})
		}
		if x < to {
			points = append(points, stair{float64(x) / 4, math.Floor(float64(x)/4) + 1})
		}
	}
	return points
}

// bruteForce solves the linear programme over three segments by trying all of
// its vertices: there each segment has all its mass on one point, but for one
// segment with two.
func bruteForce(shares [3]float64, points [3][]stair, mean float64) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for split := range 3 {
		a, b := (split+1)%3, (split+2)%3
		for _, p := range points[a] {
			for _, q := range points[b] {
				want := (mean - shares[a]*p.x - shares[b]*q.x) / shares[split]
				least, most := span(points[split], want)
				rest := shares[a]*p.billed + shares[b]*q.billed
				low, high = min(low, rest+shares[split]*least), max(high, rest+shares[split]*most)
			}
		}
	}
	return low, high
}

// span is the least and the most that two points with the given mean are billed.
func span(points []stair, mean float64) (least, most float64) {
	least, most = math.Inf(1), math.Inf(-1)
	for _, l := range points {
		for _, r := range points {
			if l.x > mean || r.x < mean {
				continue
			}
			part := 0.
			if r.x > l.x {
				part = (mean - l.x) / (r.x - l.x)
			}
			v := l.billed + part*(r.billed-l.billed)
			least, most = min(least, v), max(most, v)
		}
	}
	return least, most
}

func TestBoundsAgainstEveryVertex(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	tried := 0
	for range 150 {
		at := []int{random.IntN(12), random.IntN(12), random.IntN(12), random.IntN(12)} // quarters of a step
		slices.Sort(at)
		if at[0] == at[3] || at[0] == 0 && at[1] == 0 {
			continue
		}
		p1, p2 := int64(1+random.IntN(98)), int64(0)
		p2 = p1 + 1 + random.Int64N(99-p1)
		shares := [3]float64{float64(p1) / 100, float64(p2-p1) / 100, float64(100-p2) / 100}
		quarter := func(i int) *Quantity { return us(int64(at[i]) * 250) }
		s := Summary{MaxUS: quarter(3), Percentiles: []Percentile{{Count(p1), *quarter(1)}, {Count(p2), *quarter(2)}}}
		if at[0] > 0 {
			s.MinUS = quarter(0)
		}
		lowest, highest, points := 0., 0., [3][]stair{}
		for i, share := range shares {
			lowest, highest = lowest+share*float64(at[i])/4, highest+share*float64(at[i+1])/4
			points[i] = stairs(at[i], at[i+1], i == 0 && at[0] == 0)
		}
		mean := math.Round(1000*(lowest+(highest-lowest)*(.01+.98*random.Float64()))) / 1000
		if mean <= lowest || mean >= highest {
			continue
		}
		s.MeanUS = micro(mean)
		tried++
		low, high := bruteForce(shares, points, mean)
		got := billed(t, s, billing(1, false))
		if math.Abs(asFloat(got.Low)-low) > 1e-9 || math.Abs(asFloat(got.High)-high) > 1e-9 {
			t.Fatalf("corners %v/4, levels %d %d, mean %g: from %s to %s, want %.12g to %.12g", at, p1, p2, mean, got.Low, got.High, low, high)
		}
	}
	if tried < 100 {
		t.Errorf("only %d programmes were tried", tried)
	}
}

// nearestRank is a percentile of sorted durations.
func nearestRank(sorted []int64, p int64) Percentile {
	rank := (p*int64(len(sorted)) + 99) / 100
	return Percentile{Count(p), Count(sorted[rank-1])}
}

// durationsOf turns fuzz bytes into durations: many are on or beside multiples
// of a millisecond, and some are far out.
func durationsOf(data []byte) []int64 {
	var ds []int64
	for i := 0; i+1 < len(data); i += 2 {
		ds = append(ds, 1000*int64(data[i])*(1+int64(data[i+1]>>6)*3)+int64(data[i+1]%4)+1)
	}
	slices.Sort(ds)
	return ds
}

func recorded(ds []int64) Recorded {
	var r Recorded
	for _, d := range ds {
		r = append(r, record.Report{DurationUS: d, InitUS: -1})
	}
	return r
}

func meanOf(ds []int64) *Quantity {
	var sum int64
	for _, d := range ds {
		sum += d
	}
	mean := Ratio(sum, int64(len(ds)))
	return &mean
}

func (b Bounds) holds(other Bounds) bool {
	return b.Low.Cmp(other.Low) <= 0 && b.High.Cmp(other.High) >= 0
}

// Laws, for any durations: the truth is within the bounds of whatever is known
// of them; whoever knows more has bounds inside; low is never above high; with
// a mean they are never more than the granularity apart; and all of it stays so
// later.
func FuzzBoundsHoldTheTruth(f *testing.F) {
	f.Add([]byte{50, 0, 50, 3, 51, 1, 49, 2, 200, 255}, uint8(49), uint8(50), uint16(0))
	f.Add([]byte{0, 0}, uint8(0), uint8(99), uint16(1000))
	f.Add([]byte{1, 3, 1, 3, 1, 3, 1, 3}, uint8(0), uint8(10), uint16(999))
	f.Add([]byte{100, 3, 100, 3, 100, 3, 64, 3, 30, 200, 8, 99}, uint8(99), uint8(90), uint16(50000))
	f.Fuzz(func(t *testing.T, data []byte, granularity, level uint8, later uint16) {
		ds := durationsOf(data)
		if len(ds) == 0 || len(ds) > 200 {
			return
		}
		rule := billing(1+int64(granularity)%120, false)
		mean, low, high := meanOf(ds), us(ds[0]), us(ds[len(ds)-1])
		one := []Percentile{nearestRank(ds, 1+int64(level)%99)}
		ps := one
		if level%99 != 49 {
			ps = append(slices.Clone(one), nearestRank(ds, 50))
		}
		truth := billed(t, recorded(ds).Later(int64(later)), rule)
		chain := func(known ...Summary) {
			wider := Bounds{Count(0), Count(1 << 60)}
			for _, s := range known {
				got := billed(t, s.Later(int64(later)), rule)
				if !got.holds(truth) || !wider.holds(got) || got.Low.Cmp(got.High) > 0 {
					t.Fatalf("%v later by %d at %d ms: %+v gives %s to %s; before that %s to %s; truth %s",
						ds, later, rule.Granularity.Value, s, got.Low, got.High, wider.Low, wider.High, truth.Low)
				}
				if s.MeanUS != nil && got.High.Sub(got.Low).Cmp(Count(rule.Granularity.Value)) > 0 {
					t.Fatalf("%v: %+v: %s to %s is wider than the granularity", ds, s, got.Low, got.High)
				}
				wider = got
			}
		}
		chain(Summary{MeanUS: mean}, Summary{MeanUS: mean, MinUS: low}, Summary{MeanUS: mean, MinUS: low, MaxUS: high},
			Summary{MeanUS: mean, MinUS: low, MaxUS: high, Percentiles: one}, Summary{MeanUS: mean, MinUS: low, MaxUS: high, Percentiles: ps})
		chain(Summary{MaxUS: high}, Summary{MaxUS: high, Percentiles: ps}, Summary{MaxUS: high, Percentiles: ps, MinUS: low},
			Summary{MaxUS: high, Percentiles: ps, MinUS: low, MeanUS: mean})
		chain(Summary{MeanUS: mean}, Summary{MeanUS: mean, Percentiles: one}, Summary{MeanUS: mean, Percentiles: ps})
	})
}

// Laws: counts in buckets bound the truth, and are exact at multiples of the
// granularity; equal reports are a Constant; a cold start adds its INIT as the
// report of one does.
func FuzzCountsAndReportsAgree(f *testing.F) {
	f.Add([]byte{50, 0, 50, 3, 51, 1, 49, 2, 200, 255}, uint8(49), uint16(7000), uint16(3))
	f.Add([]byte{0, 0, 1, 0}, uint8(0), uint16(500), uint16(1000))
	f.Fuzz(func(t *testing.T, data []byte, granularity uint8, width, later uint16) {
		ds := durationsOf(data)
		if len(ds) == 0 || len(ds) > 200 {
			return
		}
		rule := billing(1+int64(granularity)%120, true)
		step := rule.Granularity.Value * 1000
		truth := billed(t, recorded(ds), rule)
		if got := billed(t, buckets(ds, step), rule); !got.Exact() || !got.Low.Equal(truth.Low) {
			t.Fatalf("%v in steps of %d us: %s to %s, want %s", ds, step, got.Low, got.High, truth.Low)
		}
		late := billed(t, recorded(ds).Later(int64(later)), rule)
		if got := billed(t, buckets(ds, 500+int64(width)).Later(int64(later)), rule); !got.holds(late) {
			t.Fatalf("%v in steps of %d us, later by %d: %s to %s does not hold %s", ds, 500+int64(width), later, got.Low, got.High, late.Low)
		}
		all, one := recorded(slices.Repeat(ds[:1], 3)), Constant(ds[0])
		if a, b := billed(t, all, rule), billed(t, one, rule); !a.Exact() || !b.Exact() || !a.Low.Equal(b.Low) {
			t.Fatalf("equal reports of %d us bill %s, a constant %s", ds[0], a.Low, b.Low)
		}
		all[0].InitUS = int64(later)
		cold := billed(t, WithCold{one, Ratio(1, 3), int64(later)}, rule)
		if a := billed(t, all, rule); !cold.Exact() || !a.Low.Equal(cold.Low) {
			t.Fatalf("one report of three with INIT %d us bills %s, a cold share of 1/3 %s", later, a.Low, cold.Low)
		}
	})
}

// buckets counts durations in buckets of one width.
func buckets(ds []int64, width int64) Buckets {
	b := Buckets{EdgesUS: []int64{0}}
	for edge := width; len(b.Counts) == 0 || b.EdgesUS[len(b.Counts)] < ds[len(ds)-1]; edge += width {
		n := int64(0)
		for _, d := range ds {
			if d > edge-width && d <= edge {
				n++
			}
		}
		b.EdgesUS, b.Counts = append(b.EdgesUS, edge), append(b.Counts, n)
	}
	return b
}
