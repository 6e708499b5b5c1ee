package pricing

import (
	"math"
	"strings"
	"testing"

	"frontdoor/record"
)

func billing(granularityMS int64, initBilled bool) Billing {
	b := Billing{Granularity: Rule{Value: granularityMS}}
	if initBilled {
		b.Init.Value = 1
	}
	return b
}

func billed(t testing.TB, d Durations, rule Billing) Bounds {
	t.Helper()
	b, err := d.BilledMS(rule)
	if err != nil {
		t.Fatalf("%v: %v", d, err)
	}
	return b
}

func asFloat(q Quantity) float64 {
	f, _ := q.Rat().Float64()
	return f
}

func us(n int64) *Quantity {
	q := Count(n)
	return &q
}

func smooth(t testing.TB) func(Distribution, error) Distribution {
	return func(d Distribution, err error) Distribution {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
}

// The 2344 ms is a published REPORT line (see BilledMS); the others are counted
// by hand.
func TestExactDurations(t *testing.T) {
	line := record.Report{DurationUS: 1293830, InitUS: 1049630}
	warm := record.Report{DurationUS: 10000, InitUS: -1}
	lines := Recorded{warm}
	edges := Buckets{[]int64{0, 50000, 100000, 1250000}, []int64{6, 3, 1}}
	mix := Mixture{{Ratio(7, 10), Constant(30000)}, {Ratio(3, 10), Constant(103000)}}
	for _, c := range []struct {
		name string
		d    Durations
		rule Billing
		want Quantity
	}{
		{"a REPORT line with INIT", Recorded{line}, billing(1, true), Count(2344)},
		{"a REPORT line, INIT free", Recorded{line}, billing(1, false), Count(1294)},
		{"rounded one by one", Recorded{line, warm, warm}, billing(100, true), Ratio(2400+100+100, 3)},
		{"1 us over", lines.Later(1), billing(10, true), Count(20)},
		{"nothing is billed", Recorded{line}, Billing{}, Count(0)},
		{"constant on the multiple", Constant(50000), billing(50, false), Count(50)},
		{"constant above it", Constant(49999).Later(2), billing(50, false), Count(100)},
		{"uniform over two steps", Uniform{0, 100000}, billing(50, false), Count(75)},
		{"uniform: 30 ms at 50, 50 at 100, 20 at 150", Uniform{10000, 110000}.Later(10000), billing(50, false), Ratio(30*50+50*100+20*150, 100)},
		{"uniform inside a step", Uniform{10000, 20000}, billing(50, false), Count(50)},
		{"uniform of nothing", Uniform{10000, 20000}, Billing{}, Count(0)},
		{"buckets at the multiples", Buckets{edges.EdgesUS[:3], edges.Counts[:2]}, billing(50, false), Ratio(6*50+3*100, 9)},
		{"buckets at every millisecond", Buckets{[]int64{1000, 2000, 3000}, []int64{1, 3}}.Later(1000), billing(1, false), Ratio(3+4*3, 4)},
		{"buckets that straddle nothing", Buckets{[]int64{51000, 99000}, []int64{5}}, billing(50, false), Count(100)},
		{"empty bucket does not widen", Buckets{[]int64{0, 50000, 170000}, []int64{1, 0}}, billing(50, false), Count(50)},
		{"buckets of nothing", edges, Billing{}, Count(0)},
		{"mixture", mix, billing(50, false), Count(80)},
		{"mixture at 100 ms", mix, billing(100, false), Count(130)},
		{"mixture later", mix.Later(20000), billing(50, false), Count(80)},
		{"mixture 1 us later still", mix.Later(20001), billing(50, false), Ratio(7*100+3*150, 10)},
		{"timeout at the first step", smooth(t)(Lognormal(300000, .1)).AtMost(50000), billing(50, false), Count(50)},
		{"timeout, then INIT", smooth(t)(Normal(300000, 1000)).AtMost(50000).Later(50001), billing(50, false), Count(150)},
		{"exponential of nothing", smooth(t)(Exponential(5)), Billing{}, Count(0)},
		{"cold starts, INIT free", WithCold{Constant(40000), Ratio(1, 100), 300000}, billing(1, false), Count(40)},
		{"cold starts, INIT billed", WithCold{Constant(40000), Ratio(1, 100), 300000}, billing(1, true), Count(43)},
		{"cold starts at 100 ms", WithCold{Constant(40000), Ratio(1, 4), 300000}, billing(100, true), Ratio(3*100+400, 4)},
		{"cold starts later", WithCold{Constant(40000), Ratio(1, 4), 300000}.Later(60001), billing(100, true), Ratio(3*200+500, 4)},
		{"none is cold", WithCold{Constant(40000), Count(0), 300000}, billing(1, true), Count(40)},
		{"all are cold", WithCold{Constant(40000), Count(1), 300000}, billing(1, true), Count(340)},
	} {
		if got := billed(t, c.d, c.rule); !got.Low.Equal(c.want) || !got.High.Equal(c.want) || !got.Exact() {
			t.Errorf("%s: from %s to %s ms, want exactly %s", c.name, got.Low, got.High, c.want)
		}
	}
	if lines[0].DurationUS != 10000 || edges.EdgesUS[1] != 50000 || !mix[0].Share.Equal(Ratio(7, 10)) {
		t.Error("Later changed what it was asked of")
	}
}

// Bounds that can be seen without arithmetic.
func TestBoundedDurations(t *testing.T) {
	mean52 := Summary{MeanUS: us(52000)}
	anyOrder := []Percentile{{Count(90), Count(110000)}, {Count(50), Count(60000)}}
	for _, c := range []struct {
		name      string
		d         Durations
		rule      Billing
		low, high Quantity
	}{
		{"a bucket across a multiple", Buckets{[]int64{0, 40000, 60000}, []int64{1, 1}}, billing(50, false), Count(50), Count(75)},
		{"buckets moved off the multiples", Buckets{[]int64{0, 50000}, []int64{1}}.Later(10000), billing(50, false), Count(50), Count(100)},
		{"mean alone", mean52, billing(50, false), Count(52), Count(102)},
		{"mean alone, below the granularity", mean52, billing(100, false), Count(100), Count(152)},
		{"mean alone at 1 ms", Summary{MeanUS: us(400)}, billing(1, false), Count(1), Ratio(14, 10)},
		// above 60 ms and 112 on average; at most 150 for those just above 100, and 1 ms for each of the 12 above that
		{"mean alone, later", mean52.Later(60000), billing(50, false), Count(112), Count(162)},
		{"mean and max", Summary{MeanUS: us(52000), MaxUS: us(60000)}, billing(50, false), Count(60), Count(100)},
		{"mean is the min", Summary{MeanUS: us(52000), MinUS: us(52000)}, billing(50, false), Count(100), Count(100)},
		{"mean is the min, on a multiple", Summary{MeanUS: us(50000), MinUS: us(50000)}, billing(50, false), Count(50), Count(50)},
		{"mean is the max", Summary{MeanUS: us(52000), MaxUS: us(52000)}, billing(50, false), Count(100), Count(100)},
		{"min and max alone", Summary{MinUS: us(50000), MaxUS: us(60000)}, billing(50, false), Count(50), Count(100)},
		{"max alone", Summary{MaxUS: us(120000)}, billing(50, false), Count(50), Count(150)},
		{"all the same", Summary{MinUS: us(50000), MaxUS: us(50000), Percentiles: []Percentile{{Count(50), Count(50000)}}},
			billing(50, false), Count(50), Count(50)},
		// the 10 % above the median may be as short as the median: 50 ms, not 100
		{"a percentile on a multiple", Summary{MaxUS: us(100000), Percentiles: []Percentile{{Count(90), Count(50000)}}},
			billing(50, false), Count(50), Count(55)},
		{"percentiles in any order", Summary{MaxUS: us(200000), Percentiles: anyOrder},
			billing(100, false), Ratio(50*100+40*100+10*200, 100), Ratio(50*100+40*200+10*200, 100)},
		{"nothing is billed", mean52, Billing{}, Count(0), Count(0)},
		{"cold starts of a mean", WithCold{mean52, Ratio(1, 10), 50000}, billing(50, true), Ratio(9*52+102, 10), Ratio(9*102+152, 10)},
		{"mixture", Mixture{{Ratio(1, 2), mean52}, {Ratio(1, 2), Constant(60000)}}, billing(50, false), Ratio(52+100, 2), Ratio(102+100, 2)},
	} {
		if got := billed(t, c.d, c.rule); !got.Low.Equal(c.low) || !got.High.Equal(c.high) {
			t.Errorf("%s: from %s to %s ms, want %s to %s", c.name, got.Low, got.High, c.low, c.high)
		}
	}
	if !anyOrder[0].P.Equal(Count(90)) {
		t.Error("the caller's percentiles were sorted")
	}
}

func TestWrongDurations(t *testing.T) {
	p := func(level, us int64) Percentile { return Percentile{Count(level), Count(us)} }
	mean, low, high := us(52000), us(10000), us(90000)
	one := Count(1)
	for _, c := range []struct {
		d    Durations
		want string
	}{
		{Recorded{}, "no REPORT line: the duration of no invocation is known"},
		{Recorded{{}, {RequestID: "r-2", DurationUS: -1}}, `report 2 (request "r-2"): duration -1 us: a duration is not negative`},
		{Constant(0), "duration 0 us: a duration is more than 0"},
		{Uniform{5, 5}, "uniform from 5 to 5 us: low is 0 or more, and high is more than low"},
		{Uniform{-1, 5}, "uniform from -1 to 5 us: low is 0 or more, and high is more than low"},
		{Distribution{}, "a distribution without a shape: make it with Lognormal, Exponential or Normal"},
		{smooth(t)(Exponential(5)).AtMost(-1), "timeout of -1 us: give 0 (none) or more"},
		{smooth(t)(Exponential(5)).Later(-1), "an invocation cannot be later by -1 us: give 0 or more"},
		{Buckets{}, "0 edges for 0 counts: there is one edge more than there are counts"},
		{Buckets{[]int64{0, 1}, []int64{1, 2}}, "2 edges for 2 counts: there is one edge more than there are counts"},
		{Buckets{[]int64{-1, 1}, []int64{1}}, "edge 1: -1 us: the first edge is 0 or more"},
		{Buckets{[]int64{0, 5, 5}, []int64{1, 1}}, "edge 3: 5 us is not above the 5 us before it"},
		{Buckets{[]int64{0, 5, 6}, []int64{1, -1}}, "count 2: -1: a count is 0 or more"},
		{Buckets{[]int64{0, 5}, []int64{0}}, "all buckets are empty: the duration of no invocation is known"},
		{Summary{}, "nothing is known of the durations: give a mean, or percentiles and max"},
		{Summary{Percentiles: []Percentile{p(50, 5)}}, "with neither a mean nor a max the durations have no upper bound: give max (or the timeout)"},
		{Summary{MeanUS: us(0)}, "mean is 0 us: a duration is more than 0"},
		{Summary{MeanUS: mean, MinUS: us(-1)}, "min is -1 us: a duration is more than 0"},
		{Summary{MaxUS: us(0)}, "max is 0 us: a duration is more than 0"},
		{Summary{MaxUS: high, Percentiles: []Percentile{p(50, 0)}}, "p50 is 0 us: a duration is more than 0"},
		{Summary{MaxUS: high, Percentiles: []Percentile{p(0, 5)}}, "percentile 0: give one between 0 and 100; those two are min and max"},
		{Summary{MaxUS: high, Percentiles: []Percentile{p(100, 5)}}, "percentile 100: give one between 0 and 100; those two are min and max"},
		{Summary{MaxUS: high, Percentiles: []Percentile{p(50, 5), p(50, 6)}}, "p50 is given twice"},
		{Summary{MaxUS: high, Percentiles: []Percentile{p(90, 5), p(50, 6)}}, "p90 of 5 us is below p50 of 6 us"},
		{Summary{MaxUS: high, Percentiles: []Percentile{{Ratio(999, 10), Count(90001)}}}, "max of 90000 us is below p99.9 of 90001 us"},
		{Summary{MaxUS: high, MinUS: low, Percentiles: []Percentile{p(50, 5)}}, "p50 of 5 us is below min of 10000 us"},
		{Summary{MaxUS: low, MinUS: high}, "max of 10000 us is below min of 90000 us"},
		{Summary{MeanUS: low, Percentiles: []Percentile{p(50, 20000)}}, "a mean of 10000 us is too low: the other statistics make it more than 10000 us"},
		{Summary{MeanUS: low, MinUS: mean}.Later(5), "a mean of 10000 us is too low: the other statistics make it at least 52000 us"},
		{Summary{MeanUS: high, MaxUS: mean}, "a mean of 90000 us is too high: the other statistics make it at most 52000 us"},
		{Summary{MeanUS: mean}.Later(-1), "an invocation cannot be later by -1 us: give 0 or more"},
		{Mixture{}, "the shares of 0 components add up to 0, not to 1"},
		{Mixture{{Ratio(1, 2), Constant(1)}, {Ratio(1, 4), Constant(1)}}, "the shares of 2 components add up to 0.75, not to 1"},
		{Mixture{{one, nil}}.Later(1), "component 1, share 1: give a share above 0 and its durations"},
		{Mixture{{Count(0), Constant(1)}, {one, Constant(1)}}, "component 1, share 0: give a share above 0 and its durations"},
		{Mixture{{one, Constant(0)}}, "component 1: duration 0 us: a duration is more than 0"},
		{WithCold{}.Later(1), "cold starts without durations: give the durations of warm invocations"},
		{WithCold{Constant(1), Count(-1), 1}, "share of cold starts -1: give a share from 0 to 1"},
		{WithCold{Constant(1), Count(2), 1}, "share of cold starts 2: give a share from 0 to 1"},
		{WithCold{Constant(1), one, -1}, "INIT of -1 us: give 0 or more"},
		{WithCold{Constant(0), one, 1}, "duration 0 us: a duration is more than 0"},
	} {
		for _, rule := range []Billing{billing(1, true), {}} { // wrong is wrong, though nothing is billed
			if got, err := c.d.BilledMS(rule); err == nil || err.Error() != c.want {
				t.Errorf("%T is from %s to %s, error %v; want error %q", c.d, got.Low, got.High, err, c.want)
			}
		}
	}
}

func TestWrongShapes(t *testing.T) {
	shape := func(_ Distribution, err error) error { return err }
	for _, c := range []struct {
		err  error
		want string
	}{
		{shape(Lognormal(0, 1)), "mean 0 us"},
		{shape(Lognormal(math.NaN(), 1)), "mean NaN us"},
		{shape(Lognormal(1e3, 0)), "coefficient of variation 0: give"},
		{shape(Lognormal(1e3, math.Inf(1))), "coefficient of variation +Inf: give"},
		{shape(Exponential(1e9)), "mean 1e+09 us: give more than 0 and at most 900 s"},
		{shape(Normal(-1, 1)), "mean -1 us"},
		{shape(Normal(1, 0)), "standard deviation 0 us: give"},
		{shape(Normal(1, math.NaN())), "standard deviation NaN us: give"},
	} {
		if c.err == nil || !strings.HasPrefix(c.err.Error(), c.want) {
			t.Errorf("error %v, want %q", c.err, c.want)
		}
	}
}
