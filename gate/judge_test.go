package gate

import (
	"errors"
	"math"
	"testing"

	"frontdoor/stats"
)

// table is a Source of figures by "metric of front".
type table struct {
	fronts  []string
	figures map[string]Sample
}

var _ Source = table{}

func (t table) Fronts() []string { return t.fronts }

func (t table) Sample(front string, m Metric) (Sample, error) {
	m.Front = ""
	if s, ok := t.figures[m.of(front)]; ok {
		return s, nil
	}
	return Sample{}, errors.New("was not measured")
}

func parsed(t testing.TB, text string) Gate {
	t.Helper()
	g, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func exact(point float64) Sample { return Sample{Point: point, N: 100} }

func rounds(r int, point float64, draws ...float64) Sample {
	return Sample{Point: point, Draws: draws, From: Rounds, Rounds: r, N: 100 * r}
}

func worlds(point float64, draws ...float64) Sample {
	return Sample{Point: point, Draws: draws, From: Worlds}
}

// halves are 0.50, 1.00 and so on to 10 dollars, out of order, and more on top of each.
func halves(more float64) []float64 {
	draws := make([]float64, 20)
	for i := range draws {
		draws[i] = float64((7*i)%20+1)/2 + more
	}
	return draws
}

var nan = math.NaN()

// plain is an estimate without an interval.
func plain(point float64, n int) stats.Estimate {
	return stats.Estimate{Point: point, Lo: nan, Hi: nan, N: n}
}

func within(point, lo, hi float64, n, rounds int) stats.Estimate {
	return stats.Estimate{Point: point, Lo: lo, Hi: hi, N: n, Rounds: rounds}
}

func noted(e stats.Estimate, rounds int, note string) stats.Estimate {
	e.Rounds, e.Note = rounds, note
	return e
}

// figures of the table tests. The standard deviation of two draws is their
// distance over the square root of two.
func figures() map[string]Sample {
	return map[string]Sample{
		"p(95) of six":    rounds(6, 0.20, 0.19, 0.21),
		"p(95) of later":  rounds(6, 0.22, 0.21, 0.23), // always 20 ms after six
		"p(95) of apart":  rounds(6, 0.22, 0.23, 0.21), // the same draws the other way round
		"p(95) of three":  rounds(3, 0.20, 0.19, 0.21),
		"p(95) of twelve": rounds(12, 0.20, 0.19, 0.21),
		"p(95) of two":    rounds(2, 0.20, 0.19, 0.21),
		"p(95) of wide":   rounds(6, 0.20, 0.15, 0.25),
		"p(95) of wider":  rounds(6, 0.21, 0.16, 0.26), // always 10 ms after wide
		"p(95) of same":   rounds(6, 0.20, 0.20, 0.20),
		"p(95) of bare":   {Point: 0.2, From: Rounds, Rounds: 6, N: 600},
		"p(95) of more":   rounds(6, 0.2, 0.19, 0.20, 0.21),
		"p(95) of mixed":  {Point: 0.2, Draws: []float64{0.10, 0.30}, From: Worlds, N: 50},
		"p(95) of nan":    rounds(6, nan, 0.19, 0.21),
		"p(95) of hole":   rounds(6, 0.2, 0.19, math.Inf(1)),
		"p(95) of odd":    {Point: 0.2, Draws: []float64{0.19, 0.21}, N: 600},
		"p(95) of guess":  {Point: 0.2, Draws: []float64{0.19, 0.21}, From: "guesses", N: 600},
		"p(95) of empty":  {Point: 0.2, Draws: []float64{0.19, 0.21}, From: Rounds, Rounds: 6},

		"overhead_p(99) of six": rounds(6, 0.001, -0.002, 0.004),
		"max of six":            exact(0.5),
		"max of same":           exact(0.5),
		"rate of six":           {Point: 0, Draws: []float64{0, 0}, From: Rounds, Rounds: 6, N: 10},
		"rate of many":          {Point: 0, Draws: []float64{0, 0}, From: Rounds, Rounds: 6, N: 1000},
		"rate of newcombe":      {Point: 56. / 70, Draws: []float64{0.8, 0.8}, From: Rounds, Rounds: 6, N: 70},
		"rate of other":         {Point: 48. / 80, Draws: []float64{0.6, 0.6}, From: Rounds, Rounds: 6, N: 80},
		"rate of rough":         {Point: 0.5, Draws: []float64{0.2, 0.8}, From: Rounds, Rounds: 6, N: 600},
		"count of six":          exact(500),
		"count of none":         exact(0),

		"usd_per_month of six":   worlds(5, halves(0)...),
		"usd_per_month of dear":  worlds(6, halves(1)...), // always a dollar above six
		"usd_per_month of exact": {Point: 5},
		"usd_per_month of below": worlds(0.5, halves(0)...),
	}
}

// sameEstimate compares ends to the three decimals of the table of t, which move an
// interval of two or more rounds by 0.02 % of its width at most.
func sameEstimate(a, b stats.Estimate) bool {
	near := func(x, y, by float64) bool { return math.IsNaN(x) && math.IsNaN(y) || math.Abs(x-y) <= by }
	slack := 1e-9
	if b.HasInterval() {
		slack += 2.5e-4 * (b.Hi - b.Lo)
	}
	floats := near(a.Point, b.Point, 1e-9) && near(a.Lo, b.Lo, slack) && near(a.Hi, b.Hi, slack)
	return floats && a.N == b.N && a.Rounds == b.Rounds && a.Refused == b.Refused && a.Note == b.Note
}

func sameResult(a, b Result) bool {
	same := sameEstimate(a.Value, b.Value) && sameEstimate(a.Limit, b.Limit) && sameEstimate(a.Margin, b.Margin)
	none := stats.Estimate{} // NaN equals nothing
	a.Value, a.Limit, a.Margin = none, none, none
	b.Value, b.Limit, b.Margin = none, none, none
	return same && a == b
}

// Quantiles of t from NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2:
// 4.303, 2.571 and 2.201 with 2, 5 and 11 degrees of freedom. The interval of 0.2
// with draws 0.19 and 0.21 from six rounds is
// 0.2 * exp(-+ 2.571 * sqrt(6/5) * ln(0.21/0.19)/sqrt(2)) = [0.163858, 0.244113];
// that of a difference of 0.02 with draws 0.04 and 0 is
// 0.02 -+ 2.571 * sqrt(6/5) * 0.04/sqrt(2) = [-0.0596595, 0.0996595].
func TestJudge(t *testing.T) {
	six := within(0.2, 0.163858, 0.244113, 600, 6)
	later := within(0.22, 0.183545, 0.263696, 600, 6)
	const both, noInterval = "the interval holds both sides of the limit", "no interval: needs 3 rounds and there are 2"
	const alone = "no interval: a figure has 0 draws and needs 2 or more"
	const uneven = "no interval: one figure has 3 draws and another 2"
	p := func(front string) string { return "p(95) of " + front }
	tests := []Result{
		// Rounds against a number: every order, and from either side.
		{"p(95)[six] < 245", "", Pass, six, plain(0.245, 0), p("six"), "", within(0.045, 0.000887, 0.081142, 600, 6), Time, "<", 0.95, ""},
		{"p(95)[six] < 244", "", Inconclusive, six, plain(0.244, 0), p("six"), "", within(0.044, -0.000113, 0.080142, 600, 6), Time, "<", 0.95, both},
		{"p(95)[six] <= 163", "", Fail, six, plain(0.163, 0), p("six"), "", within(-0.037, -0.081113, -0.000858, 600, 6), Time, "<=", 0.95, ""},
		{"p(95)[six] > 163", "", Pass, six, plain(0.163, 0), p("six"), "", within(0.037, 0.000858, 0.081113, 600, 6), Time, ">", 0.95, ""},
		{"p(95)[six] >= 245", "", Fail, six, plain(0.245, 0), p("six"), "", within(-0.045, -0.081142, -0.000887, 600, 6), Time, ">=", 0.95, ""},
		{"245 > p(95)[six]", "", Pass, six, plain(0.245, 0), p("six"), "", within(0.045, 0.000887, 0.081142, 600, 6), Time, "<", 0.95, ""},
		{"163 <= p(95)[six]", "", Pass, six, plain(0.163, 0), p("six"), "", within(0.037, 0.000858, 0.081113, 600, 6), Time, ">=", 0.95, ""},
		{"p(95)[six] == 200", "", Inconclusive, six, plain(0.2, 0), p("six"), "", within(0, -0.044113, 0.036142, 600, 6), Time, "==", 0.95, "the interval holds the limit"},
		{"p(95)[six] == 300", "", Fail, six, plain(0.3, 0), p("six"), "", within(0.1, 0.055887, 0.136142, 600, 6), Time, "==", 0.95, ""},
		{"p(95)[six] != 200", "", Inconclusive, six, plain(0.2, 0), p("six"), "", within(0, -0.044113, 0.036142, 600, 6), Time, "!=", 0.95, "the interval holds the limit"},
		{"300 != p(95)[six]", "", Pass, six, plain(0.3, 0), p("six"), "", within(0.1, 0.055887, 0.136142, 600, 6), Time, "!=", 0.95, ""},
		// Student's t for the rounds there are.
		{"p(95)[three] < 290", "", Inconclusive, within(0.2, 0.137738, 0.290406, 300, 3), plain(0.29, 0), p("three"), "",
			within(0.09, -0.000406, 0.152262, 300, 3), Time, "<", 0.95, both},
		{"p(95)[twelve] < 236", "", Pass, within(0.2, 0.169971, 0.235334, 1200, 12), plain(0.236, 0), p("twelve"), "",
			within(0.036, 0.000666, 0.066029, 1200, 12), Time, "<", 0.95, ""},
		{"p(95)[two] < 1000", "", Inconclusive, noted(plain(0.2, 200), 2, noInterval), plain(1, 0), p("two"), "",
			noted(plain(0.8, 200), 2, noInterval), Time, "<", 0, noInterval},
		{"p(95)[bare] < 1000", "", Inconclusive, noted(plain(0.2, 600), 6, alone), plain(1, 0), p("bare"), "",
			noted(plain(0.8, 600), 6, alone), Time, "<", 0, alone},
		// Values that are not positive have no logarithm: 0.001 -+ 2.571*sqrt(6/5)*0.006/sqrt(2).
		{"overhead_p99[six] < 13ms", "", Pass, within(0.001, -0.0109489, 0.0129489, 600, 6), plain(0.013, 0), "overhead_p(99) of six", "",
			within(0.012, 0.0000510718, 0.0239489, 600, 6), Time, "<", 0.95, ""},
		// What fronts have in common cancels: the intervals overlap, the difference is certain.
		{"p(95)[wide] < p(95)[wider]", "", Pass, within(0.2, 0.0723137, 0.553145, 600, 6), within(0.21, 0.0798560, 0.552244, 600, 6), p("wide"), p("wider"),
			within(0.01, 0.01, 0.01, 600, 6), Time, "<", 0.95, ""},
		{"p(95)[six] <= p(95)[later] - 15ms", "", Pass, six, within(0.205, 0.165170, 0.244830, 600, 6), p("six"), "p(95) of later - 15ms",
			within(0.005, 0.005, 0.005, 600, 6), Time, "<=", 0.95, ""},
		// And the reverse: nearly the same intervals, and a difference that nobody knows.
		{"p(95)[six] < p(95)[apart]", "", Inconclusive, six, later, p("six"), p("apart"), within(0.02, -0.0596595, 0.0996595, 600, 6), Time, "<", 0.95, both},
		{"p(95)[apart] - p(95)[six] < 99ms", "", Inconclusive, within(0.02, -0.0596595, 0.0996595, 600, 6), plain(0.099, 0), "p(95) of apart - p(95) of six", "",
			within(0.079, -0.00065952, 0.158660, 600, 6), Time, "<", 0.95, both},
		{"p(95)[apart] > p(95)[six] + 100ms", "", Fail, later, within(0.3, 0.260170, 0.339830, 600, 6), p("apart"), "p(95) of six + 100ms",
			within(-0.08, -0.159660, -0.00034048, 600, 6), Time, ">", 0.95, ""},
		{"p(95)[six] < p(95)[more]", "", Inconclusive, six, within(0.2, 0.173706, 0.230274, 600, 6), p("six"), p("more"), noted(plain(0, 600), 6, uneven), Time, "<", 0, uneven},
		// An estimate without spread at its limit: the orders differ there, and equality is not claimed.
		{"p(95)[same] <= 200", "", Pass, within(0.2, 0.2, 0.2, 600, 6), plain(0.2, 0), p("same"), "", within(0, 0, 0, 600, 6), Time, "<=", 0.95, ""},
		{"p(95)[same] < 200", "", Fail, within(0.2, 0.2, 0.2, 600, 6), plain(0.2, 0), p("same"), "", within(0, 0, 0, 600, 6), Time, "<", 0.95, ""},
		{"p(95)[same] == 200", "", Inconclusive, within(0.2, 0.2, 0.2, 600, 6), plain(0.2, 0), p("same"), "", within(0, 0, 0, 600, 6), Time, "==", 0.95, "the interval holds the limit"},
		// Exact figures.
		{"count[six] >= 500", "", Pass, plain(500, 100), plain(500, 0), "count of six", "", plain(0, 100), Count, ">=", 1, ""},
		{"count[six] > 500", "", Fail, plain(500, 100), plain(500, 0), "count of six", "", plain(0, 100), Count, ">", 1, ""},
		{"count[six] <= 500", "", Pass, plain(500, 100), plain(500, 0), "count of six", "", plain(0, 100), Count, "<=", 1, ""},
		{"count[six] < 500", "", Fail, plain(500, 100), plain(500, 0), "count of six", "", plain(0, 100), Count, "<", 1, ""},
		{"500 == count[six]", "", Pass, plain(500, 100), plain(500, 0), "count of six", "", plain(0, 100), Count, "==", 1, ""},
		{"count[six] == 499", "", Fail, plain(500, 100), plain(499, 0), "count of six", "", plain(-1, 100), Count, "==", 1, ""},
		{"count[six] != 500", "", Fail, plain(500, 100), plain(500, 0), "count of six", "", plain(0, 100), Count, "!=", 1, ""},
		{"count[six] != 501", "", Pass, plain(500, 100), plain(501, 0), "count of six", "", plain(1, 100), Count, "!=", 1, ""},
		{"count[six] != 499", "", Pass, plain(500, 100), plain(499, 0), "count of six", "", plain(-1, 100), Count, "!=", 1, ""},
		{"max[six] == max[same]", "", Pass, plain(0.5, 100), plain(0.5, 100), "max of six", "max of same", plain(0, 100), Time, "==", 1, ""},
		// One exact figure beside one with draws.
		{"p(95)[six] < max[six] - 200ms", "", Pass, six, plain(0.3, 100), p("six"), "max of six - 200ms",
			within(0.1, 0.0601702, 0.139830, 100, 6), Time, "<", 0.95, ""},
		// No failure in 10 requests bears 27.75 %: prop.test(0, 10, correct = FALSE) in R.
		{"rate[six] < 27%", "", Inconclusive, within(0, 0, 0.2775328, 10, 6), plain(0.27, 0), "rate of six", "", within(0.27, -0.0075328, 0.27, 10, 6), Share, "<", 0.95, both},
		{"rate[six] < 0.28", "", Pass, within(0, 0, 0.2775328, 10, 6), plain(0.28, 0), "rate of six", "", within(0.28, 0.0024672, 0.28, 10, 6), Share, "<", 0.95, ""},
		// 56/70 - 48/80 is [0.0524, 0.3339] in table II of Newcombe, Statistics in Medicine 17, 1998, 873.
		{"rate[newcombe] - rate[other] > 5%", "", Pass, within(0.2, 0.0524315, 0.333873, 70, 6), plain(0.05, 0), "rate of newcombe - rate of other", "",
			within(0.15, 0.0024315, 0.283873, 70, 6), Share, ">", 0.95, ""},
		{"rate[newcombe] > rate[other] + 5.5%", "", Inconclusive, within(0.8, 0.6918336, 0.8769526, 70, 6), within(0.655, 0.5454547, 0.7553817, 80, 6),
			"rate of newcombe", "rate of other + 5.5%", within(0.145, -0.0025685, 0.278873, 70, 6), Share, ">", 0.95, both},
		// Rounds that differ make the interval wider than that, and a share stays one.
		{"rate[rough] <= 100%", "", Pass, within(0.5, 0.0316209, 1, 600, 6), plain(1, 0), "rate of rough", "", within(0.5, 0, 0.968379, 600, 6), Share, "<=", 0.95, ""},
		// Worlds: the 10 % and 90 % quantiles of 0.50, 1.00 ... 10.00 are 1 and 9.
		{"usd_per_month[six] <= $9", "", Pass, within(5, 1, 9, 0, 0), plain(9, 0), "usd_per_month of six", "", within(4, 0, 8, 0, 0), Money, "<=", 0.8, ""},
		{"usd_per_month[six] < 8.99", "", Inconclusive, within(5, 1, 9, 0, 0), plain(8.99, 0), "usd_per_month of six", "", within(3.99, -0.01, 7.99, 0, 0), Money, "<", 0.8, both},
		{"usd_per_month[six] < $0.50", "", Fail, within(5, 1, 9, 0, 0), plain(0.5, 0), "usd_per_month of six", "", within(-4.5, -8.5, -0.5, 0, 0), Money, "<", 0.8, ""},
		{"usd_per_month[six] < usd_per_month[dear]", "", Pass, within(5, 1, 9, 0, 0), within(6, 2, 10, 0, 0), "usd_per_month of six", "usd_per_month of dear",
			within(1, 1, 1, 0, 0), Money, "<", 0.8, ""},
		{"usd_per_month[below] > 0.75", "", Inconclusive, within(0.5, 0.5, 9, 0, 0), plain(0.75, 0), "usd_per_month of below", "", within(-0.25, -0.25, 8.25, 0, 0), Money, ">", 0.8, both},
		{"usd_per_month[exact] < 5", "", Fail, plain(5, 0), plain(5, 0), "usd_per_month of exact", "", plain(0, 0), Money, "<", 1, ""},
		// Both methods in one gate: the wider interval, the lower confidence.
		{"p(95)[mixed] - p(95)[six] < 101ms", "", Inconclusive, within(0, -0.358468, 0.358468, 50, 6), plain(0.101, 0), "p(95) of mixed - p(95) of six", "",
			within(0.101, -0.257468, 0.459468, 50, 6), Time, "<", 0.8, both},
		{"p(95)[mixed] < p(95)[six] + 1s", "", Pass, within(0.2, 0.1, 0.3, 50, 0), within(1.2, 1.160170, 1.239830, 600, 6), p("mixed"), "p(95) of six + 1s",
			within(1, 0.641532, 1.358468, 50, 6), Time, "<", 0.8, "it rests on rounds and on a forecast, and the wider of their intervals counts"},
	}
	for _, want := range tests {
		got := Judge(parsed(t, want.Gate), table{figures: figures()})
		if len(got) != 1 || !sameResult(got[0], want) {
			t.Errorf("%s\n got %+v\nwant %+v", want.Gate, got, want)
		}
	}
}
