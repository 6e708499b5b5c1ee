package cloudwatch

import (
	"math"
	"testing"
)

// The spellings of AWS's page, with the statistic that each means:
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
func TestParseStat(t *testing.T) {
	at := func(v float64) Bound { return Bound{true, v} }
	for text, want := range map[string]Stat{
		"SampleCount":     {Kind: SampleCount},
		"Maximum":         {Kind: Maximum},
		"p95":             {Kind: Percentile, Percent: true, Hi: at(95)},
		"p99.9999999999":  {Kind: Percentile, Percent: true, Hi: at(99.9999999999)},
		"tm90":            {Kind: TrimmedMean, Percent: true, Hi: at(90)},
		"TM(:90%)":        {Kind: TrimmedMean, Percent: true, Hi: at(90)},
		"TM(2%:98%)":      {Kind: TrimmedMean, Percent: true, Lo: at(2), Hi: at(98)},
		"TM(150:1000)":    {Kind: TrimmedMean, Lo: at(150), Hi: at(1000)},
		"IQM":             {Kind: TrimmedMean, Percent: true, Lo: at(25), Hi: at(75)},
		"wm98":            {Kind: WinsorizedMean, Percent: true, Hi: at(98)},
		"PR(:300)":        {Kind: PercentileRank, Hi: at(300)},
		"PR(100:2000)":    {Kind: PercentileRank, Lo: at(100), Hi: at(2000)},
		"tc90":            {Kind: TrimmedCount, Percent: true, Hi: at(90)},
		"TC(0.005:0.030)": {Kind: TrimmedCount, Lo: at(0.005), Hi: at(0.03)},
		"TC(:0.5)":        {Kind: TrimmedCount, Hi: at(0.5)},
		"TS(80%:)":        {Kind: TrimmedSum, Percent: true, Lo: at(80)},
		"TC(10:)":         {Kind: TrimmedCount, Lo: at(10)},
	} {
		got, err := ParseStat(text)
		if err != nil || got != want {
			t.Errorf("ParseStat(%q) = %+v, %v; want %+v", text, got, err, want)
		}
	}
}

func TestParseStatRefuses(t *testing.T) {
	for _, text := range []string{"", "sum", "P99", "p", "p101", "p99.12345678901", "p-1", "p1e1", "tm", "TM99", "tm(1:2)",
		"TM(:)", "TM(:%)", "TM(10%:500)", "TM(10:50%)", "TM(90%:10%)", "TC(5:5)", "TC(1:2", "PR(10%:20%)", "PR(:)", "pr50",
		"TC(-1:5)", "TM(5%:101%)", "p99 ", "IQM(1:2)", "TC(+1:2)", "TC(NaN:)", "TC(:Inf)"} {
		if got, err := ParseStat(text); err == nil {
			t.Errorf("ParseStat(%q) = %+v; want an error", text, got)
		}
	}
}

// Law: what ParseStat takes, String spells, and ParseStat of that is the same.
func FuzzStat(f *testing.F) {
	for _, seed := range []string{"Sum", "p99.9", "tm0", "TM(1%:99.99%)", "TC(0.005:0.030)", "PR(:300)", "IQM", "TS(80%:)", "WM(:5)",
		"TC(123456789012345678901234567890.123:)"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ParseStat(text)
		if err != nil {
			return
		}
		again, err := ParseStat(s.String())
		if err != nil || again != s {
			t.Fatalf("%q parsed to %+v, spelled %q, which parsed to %+v, %v", text, s, s, again, err)
		}
	})
}

// By hand, for 10, 20, ... 100. Nearest ranks: p25 is the ceil(2.5) = 3rd.
func TestEval(t *testing.T) {
	for text, want := range map[string]float64{
		"SampleCount": 10, "Sum": 550, "Average": 55, "Minimum": 10, "Maximum": 100,
		"p0": 10, "p10": 10, "p10.0000000001": 20, "p25": 30, "p50": 50, "p90": 90, "p99": 100, "p100": 100,
		"tm90": 50, "tc90": 9, "ts90": 450, "wm90": 54, // wm: 10..90, and 90 for 100
		"TM(10%:90%)": 55, "TC(10%:90%)": 8, "TS(80%:)": 190, "IQM": 60, // ranks 4 to 8
		"WM(20%:80%)": 53, // 20 20 30 40 50 60 70 80 80 80
		// Exclusive below, inclusive above.
		"TC(20:50)": 3, "TS(20:50)": 120, "TM(20:50)": 40, "TC(:20)": 2, "TC(50:)": 5, "TC(100:)": 0, "TS(100:)": 0,
		"WM(20:50)": 41, // 20 20 30 40 50 x 6
		"PR(:50)":   50, "PR(50:)": 50, "PR(20:50)": 30, "PR(:9)": 0, "PR(:1000)": 100,
	} {
		s, err := ParseStat(text)
		if err != nil {
			t.Fatal(err)
		}
		// Out of order, and with two runs of one value.
		b := &bucket{runs: []run{{0, 1, 100}, {0, 1, 40}, {0, 1, 10}, {0, 1, 20}, {0, 1, 60}, {0, 1, 50}, {0, 1, 30}, {0, 1, 80}, {0, 1, 70}, {0, 1, 90}}}
		if got, ok := b.eval(s); !ok || got != want {
			t.Errorf("%s = %v, %v; want %v", text, got, ok, want)
		}
	}
}

// By hand, for 5 x 1 and 3 x 4: counts must weigh.
func TestEvalCounts(t *testing.T) {
	for text, want := range map[string]float64{
		"SampleCount": 8, "Sum": 17, "Average": 2.125, "p50": 1, "p62.5": 1, "p63": 4,
		"TC(1:4)": 3, "TS(1:4)": 12, "PR(:1)": 62.5,
		"TC(50%:)": 4, "TS(50%:)": 13, // ranks 5 to 8: 1 4 4 4
		"tm75": 1.5, // 1 1 1 1 1 4 -> 9/6
	} {
		s, err := ParseStat(text)
		if err != nil {
			t.Fatal(err)
		}
		b := &bucket{runs: []run{{0, 3, 4}, {0, 5, 1}}}
		if got, ok := b.eval(s); !ok || got != want {
			t.Errorf("%s = %v, %v; want %v", text, got, ok, want)
		}
	}
}

func TestEvalHasNoAnswer(t *testing.T) {
	values, negative, set := bucket{runs: []run{{0, 1, 5}}}, bucket{runs: []run{{0, 1, -5}, {0, 1, 5}}}, bucket{sets: []statSet{{0, 2, 3, 1, 2}}}
	mixed := bucket{runs: []run{{0, 1, 5}}, sets: set.sets}
	for _, c := range []struct {
		stat string
		in   bucket
		want bool
	}{
		{"TM(10:)", values, false}, {"TC(10:)", values, true}, {"PR(10:)", values, true},
		{"p50", negative, false}, {"Minimum", negative, true},
		{"p50", set, false}, {"TC(:5)", set, false}, {"Average", set, true}, {"p50", mixed, false}, {"Sum", mixed, true},
		{"Sum", bucket{}, false}, {"SampleCount", bucket{}, false}, {"p50", bucket{}, false},
	} {
		s, err := ParseStat(c.stat)
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := c.in.eval(s); ok != c.want {
			t.Errorf("%s of %+v: answered %v, want %v", c.stat, c.in, ok, c.want)
		}
	}
}

// ceil(99.9/100 * 1000) is 1000 in float64 and 999 in truth.
func TestRank(t *testing.T) {
	for _, c := range []struct {
		percent float64
		n, want uint64
	}{{99.9, 1000, 999}, {0.07, 100_000_000, 70_000}, {100, math.MaxUint32, math.MaxUint32}, {0, 7, 0}, {50, 7, 4}, {1e-10, 5, 1}} {
		if got := rank(c.percent, c.n); got != c.want {
			t.Errorf("rank(%v, %d) = %d, want %d", c.percent, c.n, got, c.want)
		}
	}
}
