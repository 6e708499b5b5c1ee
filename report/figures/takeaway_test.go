package figures

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdoor/pricing"
	"frontdoor/pricing/breakeven"
	"frontdoor/pricing/estimate"
	"frontdoor/record"
	"frontdoor/report"
	"frontdoor/report/chart"
	"frontdoor/report/reporttest"
	"frontdoor/stats"
)

func estimateOf(point, lo, hi float64) stats.Estimate {
	return stats.Estimate{Point: point, Lo: lo, Hi: hi, N: 100, Rounds: 10}
}

func answers(id string, quantiles ...report.Quantile) report.Front {
	return report.Front{ID: id, Response: quantiles}
}

func q(at, point, lo, hi float64) report.Quantile {
	return report.Quantile{Q: at, Estimate: estimateOf(point, lo, hi)}
}

// What is said follows from the figures: each case has another truth.
func TestPercentilesTakeaway(t *testing.T) {
	refused := q(0.99, 1, 1, 1)
	refused.Refused = "too few"
	for _, c := range []struct {
		fronts []report.Front
		want   string
	}{
		{[]report.Front{answers("a", q(0.5, 10, 9, 11)), answers("b", q(0.5, 20, 19, 21))}, "At p50 a is the lowest with 10.0 ms, clear of b with 20.0 ms."},
		{[]report.Front{answers("a", q(0.5, 10, 9, 19.5)), answers("b", q(0.5, 20, 19, 21))}, "At p50 a is the lowest with 10.0 ms, but its interval overlaps that of b."},
		{[]report.Front{answers("a", q(0.5, 10, 9, 11), q(0.99, 90, 80, 99)), answers("b", q(0.5, 20, 19, 21), q(0.99, 50, 40, 60))},
			"At p50 a is the lowest with 10.0 ms, clear of b with 20.0 ms; at p99 b is the lowest with 50.0 ms, clear of a with 90.0 ms."},
		{[]report.Front{answers("a", q(0.5, 10, math.NaN(), math.NaN())), answers("b", q(0.5, 20, 19, 21))}, "At p50 a is the lowest with 10.0 ms, without an interval to compare with b."},
		{[]report.Front{answers("a", q(0.5, 10, 9, 11), refused)}, "At p50 a takes 10.0 ms."},
		{[]report.Front{answers("a", refused)}, "The run is too short to tell a median."},
	} {
		if got := percentilesTakeaway(&report.Report{Fronts: c.fronts}); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func TestDifferencesTakeaway(t *testing.T) {
	compared := func(b string, ratio float64, v stats.Verdict, family bool) report.Comparison {
		return report.Comparison{Metric: "p99", A: "a", B: b, Family: family, Comparison: stats.Comparison{Ratio: estimateOf(ratio, ratio, ratio), Verdict: v}}
	}
	for _, c := range []struct {
		list []report.Comparison
		want string
	}{
		{[]report.Comparison{compared("b", 1.2, stats.Slower, true), compared("c", 0.5, stats.Faster, true), compared("d", 9, stats.Inconclusive, true), compared("e", 99, "", false)},
			"3 comparisons decide: 1 faster, 1 slower, 1 inconclusive; the largest clear difference is c against a, 50.0 % lower at p99."},
		{[]report.Comparison{compared("b", 1.01, stats.Equivalent, true)}, "1 comparison decides: 1 equivalent."},
		{[]report.Comparison{compared("b", 3, "", false)}, "Every comparison is exploratory."},
	} {
		if got := differencesTakeaway(&report.Report{Comparisons: c.list}); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func TestOverTimeTakeaways(t *testing.T) {
	r := &report.Report{Fronts: []report.Front{
		{ID: "a", ByRound: []report.Round{{Round: 1, Requests: 9, P50: 10}, {Round: 2, Requests: 9, P50: 12}, {Round: 3, P50: math.NaN()}}, Timeline: []report.Bin{{AtS: 5, P50: 10, Max: 50, LateP99: 0.5}}},
		{ID: "b", ByRound: []report.Round{{Round: 1, Requests: 9, P50: 30}, {Round: 2, Requests: 9, P50: 60}}, Timeline: []report.Bin{{AtS: 61, P50: 10, Max: 70, LateP99: 0.2}, {AtS: 90, Max: math.NaN(), P50: math.NaN()}}},
	}}
	if got, want := roundsTakeaway(r), "The medians of rounds lie farthest apart at b: 30.0 to 60.0 ms over 2 rounds."; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got, want := timelineTakeaway(r), "The slowest request took 70.0 ms, at b about 01:01 into the run; the generator was at most 0.500 ms late at p99 of any part."; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	r.Fronts = r.Fronts[:1]
	r.Fronts[0].ByRound = r.Fronts[0].ByRound[:1]
	if got, want := roundsTakeaway(r), "No front has two rounds to compare."; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestCostTakeaway(t *testing.T) {
	segments := func(ends ...int64) breakeven.Envelope {
		var e breakeven.Envelope
		for i := range ends[1:] {
			e.Segments = append(e.Segments, breakeven.Segment{Curve: i % 3, From: pricing.Count(ends[i]), To: pricing.Count(ends[i+1])})
		}
		return e
	}
	for _, c := range []struct {
		ends []int64
		want string
	}{
		{[]int64{1, 10_000_000_000}, "a is the cheapest at every volume from 1 to 10B requests a month."},
		{[]int64{1, 2_345_678, 1e10}, "a is the cheapest below 2,345,678 requests a month, b from there on."},
		{[]int64{1, 1000, 2000, 1e10}, "a is the cheapest below 1,000 requests a month, b from there to 2,000, c from there on."},
	} {
		b := &estimate.BreakEven{From: pricing.Count(c.ends[0]), To: pricing.Count(c.ends[len(c.ends)-1]), Fronts: []string{"a", "b", "c"}, Envelope: segments(c.ends...)}
		if got := costTakeaway(&report.Report{}, b); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func TestTornadoTakeaway(t *testing.T) {
	above := 25e6
	effect := func(name string, low, high float64, flips bool) breakeven.Effect {
		return breakeven.Effect{Name: name, Base: 2, Low: breakeven.End{Value: 1, Margin: low}, High: breakeven.End{Value: 3, Margin: high}, Swing: math.Abs(high - low), Cancels: low == high, Flips: flips, FlipsAbove: &above}
	}
	for _, c := range []struct {
		effects []breakeven.Effect
		want    string
	}{
		{[]breakeven.Effect{effect("requests_per_month", 5, -5, true), effect("size", 1, 2, false)}, "Within its range, requests a month (above 25M) can make another front cheaper than a."},
		{[]breakeven.Effect{effect("size", 1, 2, false), effect("x", 3, 3, false)}, "No input's range makes another front cheaper than a; size moves the margin most."},
		{[]breakeven.Effect{effect("x", 3, 3, false)}, "No input has a range that moves the margin of a."},
	} {
		if got := tornadoTakeaway(&estimate.Sensitivity{Fronts: []string{"a", "b"}, Effects: c.effects}); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

// A bar holds its ends and the base, and turns red where it crosses zero.
func TestEffectBars(t *testing.T) {
	effect := func(low, high float64) breakeven.Effect {
		return breakeven.Effect{Low: breakeven.End{Value: 1, Margin: low}, High: breakeven.End{Value: 2, Margin: high}, Swing: math.Abs(high - low)}
	}
	for _, c := range []struct {
		effect breakeven.Effect
		base   float64
		want   []chart.Mark
	}{
		{effect(2, 5), 3, []chart.Mark{chart.Bar{Row: 7, From: 2, To: 5, Class: chart.Good}}},
		{effect(3, -6), 6.5, []chart.Mark{chart.Bar{Row: 7, From: -6, To: 0, Class: chart.Bad}, chart.Bar{Row: 7, From: 0, To: 6.5, Class: chart.Good}}},
		{effect(-3, -6), math.NaN(), []chart.Mark{chart.Bar{Row: 7, From: -6, To: -3, Class: chart.Bad}}},
		{effect(4, 4), 4, nil},
	} {
		if got := effectBars(7, c.effect, c.base); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %+v, want %+v", c.effect, got, c.want)
		}
	}
}

func TestProbabilityTakeaway(t *testing.T) {
	u := &estimate.Uncertainty{Draws: 10_000, Material: 10, Fronts: []string{"a", "b", "c"},
		Outcome: breakeven.Outcome{Choice: 1, Fronts: []breakeven.Prospect{{Cheapest: 0.6, Regret: 9}, {Cheapest: 0.4, Regret: 2.5}, {}}}}
	want := "b is the cheapest in 40.0 % of 10,000 worlds, and has the least mean regret, $2.500 a month" // four digits, as everywhere
	for _, c := range []struct {
		near []int
		end  string
	}{{nil, "."}, {[]int{0}, "; a costs less than $10.00 a month more."}, {[]int{0, 2}, "; a and c cost less than $10.00 a month more."}} {
		u.Outcome.Close = c.near
		if got := probabilityTakeaway(u); got != want+c.end {
			t.Errorf("got  %s\nwant %s", got, want+c.end)
		}
	}
}

func TestColdTakeaway(t *testing.T) {
	front := func(id string, n int, point, lo, hi float64) report.Front {
		return report.Front{ID: id, Cold: report.Cold{Known: true, Count: n, Rate: estimateOf(point, lo, hi)}}
	}
	for _, c := range []struct {
		fronts []report.Front
		want   string
	}{
		{[]report.Front{front("a", 1, 0.01, 0, 0.05), front("b", 30, 0.3, 0.2, 0.4)}, "b had the largest share of cold starts: 30 of 100 requests."},
		{[]report.Front{front("a", 20, 0.2, 0.1, 0.3), front("b", 30, 0.3, 0.2, 0.4)}, "b had the largest share of cold starts: 30 of 100 requests; its interval overlaps that of at least one other front."},
		{[]report.Front{front("a", 0, 0, 0, 0.05), {ID: "unknown"}}, "No measured request was cold."},
	} {
		if got := coldTakeaway(&report.Report{Fronts: c.fronts}); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func TestErasTakeaway(t *testing.T) {
	row := func(year int, asBilled bool, cheapest string) pricing.EraRow {
		e := pricing.EraRow{AsBilled: asBilled, Cheapest: cheapest}
		if year > 0 {
			e.InForce.Until = pricing.NewDate(year, time.June, 30)
		}
		return e
	}
	for _, c := range []struct {
		rows []pricing.EraRow
		want string
	}{
		{[]pricing.EraRow{row(2019, true, "a"), row(2019, false, "z"), row(2020, true, "a"), row(0, true, "b")}, "As AWS billed, the cheapest would have been a until 2020-06-30, then b."},
		{[]pricing.EraRow{row(2019, true, "a"), row(2020, true, ""), row(0, true, "a")}, "As AWS billed, the cheapest would have been a until 2019-06-30, no front clearly until 2020-06-30, then a."},
		{[]pricing.EraRow{row(2019, true, "a"), row(0, true, "a")}, "a would have been the cheapest in every era."},
		{[]pricing.EraRow{row(0, true, "")}, "In no era can the cheapest front be told."},
		{[]pricing.EraRow{row(0, false, "a")}, "No era's way of billing is known to be AWS's own."},
	} {
		if got := erasTakeaway(&pricing.EraTable{Rows: c.rows}); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

// A chart says where its figures are from, and LAB where they are the lab's.
func TestSource(t *testing.T) {
	r := &report.Report{Pricing: report.Choices{AsOf: pricing.NewDate(2026, time.May, 1)}, Run: report.Run{Started: time.Date(2026, 1, 2, 23, 0, 0, 0, time.FixedZone("", -7200))}}
	for _, c := range []struct {
		source record.Source
		id     string
		want   string
	}{
		{record.SourceLab, "rounds", "LAB, loopback, 2026-01-03"},
		{record.SourceLab, "cost", "LAB, loopback, 2026-01-03; USD list prices as of 2026-05-01"},
		{record.SourceAWS, "rounds", "AWS, 2026-01-03"},
		{record.SourceAWS, "eras", "AWS, 2026-01-03; USD list prices of each era"},
		{record.SourceURL, "cold", "figures of the URLs given, 2026-01-03"},
	} {
		r.Run.Source = c.source
		if got := source(r, c.id); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.source, c.id, got, c.want)
		}
	}
}

func TestTicksAreShort(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 0.1: "0.1", 0.7000000000000001: "0.7", 5: "5", 1.25: "1.25", 1234: "1,234", 41.237: "41.2", 0.005: "0.005", -2: "-2"} {
		if got := short(v); got != want {
			t.Errorf("%g: %s, want %s", v, got, want)
		}
	}
	if got := dollars(-2.5); got != "-$2.5" {
		t.Errorf("dollars: %s", got)
	}
}

// Names that users gave do not leave the drawings' texts.
func TestHostileNames(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, f := range All(reporttest.Hostile(t)) {
		drawing := f.Chart.SVG(chart.Wide()) + f.Chart.SVG(chart.Narrow()) + string(f.Chart.Hover())
		if strings.Contains(drawing, "<script") || strings.Contains(drawing, "\x00") || strings.Contains(drawing, "\xff") {
			t.Errorf("%s: the name is in the drawing as it is", f.ID)
		}
		seen += strings.Count(drawing, "alert(")
	}
	if seen == 0 {
		t.Error("the name is in no drawing")
	}
}

// A function faster than the plot begins is marked at its edge.
func TestYouAreBelowThePlot(t *testing.T) {
	r := reporttest.Sample(t)
	r.Fronts = slices.Clone(r.Fronts)
	for i := range r.Fronts {
		r.Fronts[i].Function.Mean = 0.043
	}
	f, ok := phase(r)
	if svg := f.Chart.Standalone(chart.Wide()); !ok || !strings.Contains(svg, "you are here, below the plot: 15M requests of 0.0430 ms") {
		t.Error("the mark is not there")
	}
}
