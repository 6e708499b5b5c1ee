package report

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/gate"
	"frontdoor/pricing"
	"frontdoor/pricing/breakeven"
	"frontdoor/pricing/estimate"
	"frontdoor/record"
	"frontdoor/stats"
)

// made by hand, so that the rule of the verdict is held against figures that
// anybody can add up.
func byHand(t testing.TB, usd ...string) *Report {
	t.Helper()
	r := &Report{Pricing: Choices{Material: 10, Delta: 0.05, Alpha: 0.05, Metrics: []string{"p50", "p99"}, Reference: "a"},
		Traffic: Traffic{Low: 1_000_000, Expected: 1_000_000, High: 1_000_000}}
	for i, text := range usd {
		total, err := pricing.ParseUSD(text)
		check(t, err)
		r.Fronts = append(r.Fronts, Front{ID: string(rune('a' + i)), Rounds: 6, Requests: 60, Cost: Cost{Bill: pricing.Bill{Kind: front.ALB, Total: total}}})
	}
	return r
}

func compared(metric, a, b string, ratio float64, v stats.Verdict) Comparison {
	return Comparison{Metric: metric, A: a, B: b, Family: true,
		Comparison: stats.Comparison{Ratio: stats.Estimate{Point: ratio, Lo: ratio * 0.99, Hi: ratio * 1.01, N: 100, Rounds: 6}, Verdict: v}}
}

func judgedGate(name, front string, o gate.Outcome, named ...string) Gate {
	return Gate{gate.Result{Gate: name, Front: front, Outcome: o}, named}
}

// Which front is proposed, and why.
func TestChoose(t *testing.T) {
	tests := []struct {
		name    string
		usd     []string
		change  func(*Report)
		choice  string
		because string
	}{
		{"the cheapest", []string{"30", "10", "21"}, nil, "b", "it costs the least"},
		{"within the margin", []string{"19.99", "10", "20"}, func(r *Report) {
			r.Comparisons = []Comparison{compared("p50", "b", "a", 1, stats.Equivalent)}
		}, "b", "it costs the least; a is within $10.00 a month, and not clearly faster"},
		{"two within it", []string{"19.99", "10", "19"}, func(r *Report) {
			r.Comparisons = []Comparison{compared("p50", "b", "a", 1, stats.Equivalent), compared("p50", "b", "c", 1, stats.Inconclusive)}
		}, "b", "it costs the least; c and a are within $10.00 a month, and not clearly faster"},
		{"faster and dearer by too much", []string{"20", "10"}, func(r *Report) {
			r.Comparisons = []Comparison{compared("p50", "b", "a", 0.5, stats.Faster)}
		}, "b", "it costs the least"},
		{"faster for little", []string{"15", "10"}, func(r *Report) {
			r.Comparisons = []Comparison{compared("p50", "b", "a", 0.5, stats.Faster)}
		}, "a", "it costs less than $10.00 a month more than b, the cheapest, and is faster at p50 (ratio 0.500 [0.495, 0.505])"},
		{"the fastest of those", []string{"15", "10", "12"}, func(r *Report) {
			r.Comparisons = []Comparison{compared("p50", "b", "c", 0.8, stats.Faster), compared("p99", "b", "c", 0.7, stats.Faster), compared("p50", "b", "a", 0.5, stats.Faster)}
		}, "a", "it costs less than $10.00 a month more than b, the cheapest, and is faster at p50 (ratio 0.500 [0.495, 0.505])"},
		{"faster at one, slower at another", []string{"15", "10"}, func(r *Report) {
			r.Comparisons = []Comparison{compared("p50", "b", "a", 0.5, stats.Faster), compared("p99", "b", "a", 2, stats.Slower)}
		}, "b", "it costs the least; a is within $10.00 a month, and not clearly faster"},
		{"exploratory counts for nothing", []string{"15", "10"}, func(r *Report) {
			c := compared("mean", "b", "a", 0.5, stats.Faster)
			c.Family = false
			r.Comparisons = []Comparison{compared("p50", "b", "a", 1, stats.Equivalent), c}
		}, "b", "it costs the least; a is within $10.00 a month, and not clearly faster"},
		{"gates pass", []string{"30", "10"}, func(r *Report) { r.Gates = []Gate{judgedGate("g", "b", gate.Pass)} }, "b", "it meets every gate and it costs the least"},
		{"a gate is open", []string{"30", "10"}, func(r *Report) {
			r.Gates = []Gate{judgedGate("g", "b", gate.Pass), judgedGate("h", "", gate.Inconclusive, "b")}
		}, "b", "no gate fails for it, though not all can be decided, and it costs the least"},
		{"a gate fails", []string{"30", "10"}, func(r *Report) { r.Gates = []Gate{judgedGate("g", "b", gate.Fail)} }, "a", "it is the only front that can be proposed"},
		{"a gate cannot be judged", []string{"30", "10"}, func(r *Report) { r.Gates = []Gate{judgedGate("g", "", gate.Invalid, "b")} }, "a", "it is the only front that can be proposed"},
		{"no gate is met", []string{"30", "10", "20"}, func(r *Report) {
			r.Gates = []Gate{judgedGate("g", "a", gate.Fail), judgedGate("g", "b", gate.Invalid), judgedGate("g", "c", gate.Fail)}
		}, "", "no front both has a bill and meets every gate; a, b and c do not meet them"},
		{"one front", []string{"30"}, nil, "a", "it is the only front of the run"},
		{"no bill", []string{"30"}, func(r *Report) { r.Fronts[0].Cost.Err = "no price" }, "", "no front has both a round that counts and a bill"},
		{"no round that counts", []string{"30", "10"}, func(r *Report) {
			r.Fronts[1].Rounds, r.Fronts[1].Invalid = 0, []Weakness{{1, 1, "late"}}
		}, "a", "it is the only front that can be proposed"},
		{"stopped before its first round", []string{"30", "10", "20"}, func(r *Report) { r.Fronts[1].Rounds, r.Fronts[2].Rounds = 0, 0 }, "",
			"the run ended before a round of b or c was through"},
		{"nothing succeeded", []string{"30", "10"}, func(r *Report) { r.Fronts[1].Failed = 60 }, "a", "it is the only front that can be proposed"},
		{"it cannot carry the month", []string{"30", "10"}, func(r *Report) { r.Fronts[1].Cost.Cannot = "too large" }, "a", "it is the only front that can be proposed"},
		{"the lowest bill is a lower bound", []string{"30", "10"}, func(r *Report) { r.Fronts[1].Cost.Bill.LowerBound = true }, "",
			"the lowest bill is a lower bound, a meter was not read, so that no front can be called the cheapest"},
		{"another bill is one", []string{"30", "10"}, func(r *Report) { r.Fronts[0].Cost.Bill.LowerBound = true }, "b", "it costs the least"},
	}
	for _, test := range tests {
		r := byHand(t, test.usd...)
		if test.change != nil {
			test.change(r)
		}
		r.choose()
		if r.Decision.Choice != test.choice || r.Decision.Because != test.because {
			t.Errorf("%s: %q: %s\nwant %q: %s", test.name, r.Decision.Choice, r.Decision.Because, test.choice, test.because)
		}
	}
}

// The reference is the cheapest that meets the gates; of those that do not, the
// cheapest; else the first.
func TestReference(t *testing.T) {
	r := byHand(t, "30", "10", "20")
	r.Gates = []Gate{judgedGate("g", "b", gate.Fail)}
	if got := r.reference(); got != "c" {
		t.Errorf("reference %q, want c", got)
	}
	r.Gates = append(r.Gates, judgedGate("g", "", gate.Fail, "a", "c"))
	if got := r.reference(); got != "b" {
		t.Errorf("reference %q without a candidate, want b", got)
	}
	for i := range r.Fronts {
		r.Fronts[i].Cost.Err = "none"
	}
	if got := r.reference(); got != "a" {
		t.Errorf("reference %q without a bill, want a", got)
	}
	// A gate for each front names the front that others are held against too.
	r = byHand(t, "30", "10")
	r.Gates = []Gate{judgedGate("p(50) < p(50)[b]", "a", gate.Fail, "b")}
	if r.refused("b", gate.Fail) || !r.refused("a", gate.Fail) {
		t.Error("a gate that a fails is held against b")
	}
}

// What is said of money, latency and gates.
func TestSentences(t *testing.T) {
	r := byHand(t, "30", "10", "20")
	r.Fronts[2].Cost.Bill.LowerBound = true
	r.Fronts[1].Cost.Worlds = &Worlds{Cheapest: 0.75, Regret: 1.5}
	r.Estimate = &estimate.Estimate{Requests: &estimate.BreakEven{Fronts: []string{"b", "c"}, Envelope: breakeven.Envelope{
		Segments: []breakeven.Segment{{Curve: 0, From: pricing.Count(1)}, {Curve: 1, From: pricing.Ratio(3001, 2)}}}}}
	open := compared("p50", "a", "c", 1, stats.Inconclusive)
	open.MoreRounds = 9
	r.Comparisons = []Comparison{compared("p50", "a", "b", 0.8, stats.Faster), open, compared("p99", "a", "b", 1.01, stats.Equivalent),
		compared("p99", "a", "c", 1.5, stats.Slower), compared("p99", "b", "c", 0.5, stats.Faster)}
	r.Gates = []Gate{judgedGate("one", "a", gate.Pass), judgedGate("two", "b", gate.Fail), judgedGate("three", "", gate.Invalid, "a", "c"), judgedGate("four", "c", gate.Inconclusive), judgedGate("five", "b", gate.Inconclusive)}
	r.sayMoney()
	r.sayLatency()
	r.sayGates()
	want := []string{
		"Cheapest at 1M requests a month: b, $10.00; next c, $20.00 or more. It is the cheapest in 75.0 % of the months drawn from the forecast, and choosing it costs $1.500 a month more than the cheapest of each on average.",
		"By requests a month the cheapest is b from 1, c from 1,501.",
		"Response time p50 against a: faster: b (20.0 % lower); inconclusive: c (about 9 more rounds).",
		"Response time p99 against a: equivalent within 5.00 %: b; slower: c (50.0 % higher).",
		"Gates: 1 of 5 pass, 2 inconclusive; two (b) fails, three (a, c) cannot be judged.",
	}
	if got := r.Decision.Sentences; !slices.Equal(got, want) {
		t.Errorf("\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	r = byHand(t, "30", "10")
	r.Fronts[1].Cost.Worlds = &Worlds{Cheapest: 1}
	r.sayMoney()
	r.sayGates()
	if got := r.Decision.Sentences; len(got) != 1 || got[0] != "Cheapest at 1M requests a month: b, $10.00; next a, $30.00. It is the cheapest in 100 % of the months drawn from the forecast." {
		t.Errorf("without regret: %q", got)
	}
}

// A report lapses half a year after the run's end, or its begin when it has none.
// The lab, the one place of deployed fronts, an assumed month, and what a front cannot
// carry are cautions.
func TestDecideAndCautions(t *testing.T) {
	r := byHand(t, "30", "10")
	r.Run = Run{Started: time.Date(2026, 1, 10, 0, 0, 0, 0, time.UTC), Ended: time.Date(2026, 2, 20, 0, 0, 0, 0, time.UTC), Source: record.SourceAWS}
	r.decide()
	if d := r.Decision; d.Expires.String() != "2026-08-20" || len(d.Cautions) != 1 || !strings.HasPrefix(d.Cautions[0], "The viewers are where the machine is") || d.Sentences[0] != "b is proposed: it costs the least." {
		t.Errorf("%+v", d)
	}
	floor := 0.1
	r = byHand(t, "30", "10", "20")
	r.Run = Run{Started: time.Date(2026, 1, 10, 0, 0, 0, 0, time.UTC), Source: record.SourceLab}
	r.Traffic.Assumed = true
	r.Floor = &Floor{Run: "aa"}
	r.Fronts[0].Settling = Settling{Checked: 4, Unsettled: 2}
	r.Fronts[1].Settling = Settling{Checked: 4, Unsettled: 3}
	r.Fronts[0].Cost.Cannot = "its answers are too large"
	r.Fronts[1].Cost.Bill.Lines = []pricing.Line{{Meter: "lambda.requests", Confidence: pricing.Unconfirmed}}
	r.Disagreements = []Disagreement{{[2]string{"p50", "p99"}, [2]string{"a", "b"}}}
	within, beyond := compared("p50", "a", "b", 0.95, stats.Faster), compared("p99", "a", "b", 0.80, stats.Faster)
	same, slower := compared("p50", "a", "c", 1.001, stats.Equivalent), compared("p99", "a", "c", 1.05, stats.Slower)
	for _, c := range []*Comparison{&within, &beyond, &same, &slower} {
		c.Floor = &floor
	}
	r.Comparisons = []Comparison{within, beyond, same, slower}
	r.decide()
	want := []string{
		"LAB: loopback on one machine. These latencies compare handlers and machinery, never AWS's network; the bills are AWS's list prices of the measured durations and sizes.",
		"p50 and p99 disagree: p50 puts a before b, p99 the other way round (as measured; not tested).",
		"a cannot carry this month: its answers are too large.",
		"b had not settled when measuring began in 3 of 4 rounds: lengthen load.warmup.",
		"b is faster than a at p50 by less than the noise floor (±10.0 %).",
		"c is slower than a at p99 by less than the noise floor (±10.0 %).",
		"The month of 1M requests is assumed: the scenario gives no forecast.",
		"The bill of b rests on what AWS does not confirm: lambda.requests.",
	}
	if got := r.Decision.Cautions; !slices.Equal(got, want) {
		t.Errorf("\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if got := r.Decision.Expires.String(); got != "2026-07-10" {
		t.Errorf("without an end it expires on %s", got)
	}
}

// An A/A run proposes nothing and says how far equal things came apart.
func TestDecideFloor(t *testing.T) {
	r := byHand(t, "30", "10")
	r.Run = Run{AA: true, Source: record.SourceLab, Started: time.Date(2026, 1, 10, 0, 0, 0, 0, time.UTC)}
	none := compared("p99", "a", "a", 1, stats.Inconclusive)
	none.Ratio.Lo, none.Ratio.Hi = math.NaN(), math.NaN()
	r.Floor = &Floor{Same: true, Entries: []Comparison{compared("p50", "a", "a", 1.01, stats.Equivalent), compared("p50", "b", "b", 0.8, stats.Faster), none}}
	r.decide()
	d := r.Decision
	sentences := []string{
		"No front is proposed: this is an A/A run: every front is compared with itself, to measure the noise floor.",
		"Noise floor at p50: equal things may come apart by up to ±26.3 %.", // 1/(0.8*0.99)
		"Noise floor at p99: not known, no front has an interval.",
	}
	cautions := []string{
		"b is called faster than itself at p50 (ratio 0.800 [0.792, 0.808]): this set-up finds differences where there are none.",
		"LAB: loopback on one machine.",
	}
	if d.Choice != "" || !slices.Equal(d.Sentences, sentences) || !slices.Equal(d.Cautions, cautions) {
		t.Errorf("%q\n%q\n%q", d.Choice, d.Sentences, d.Cautions)
	}
}

// Where the choice flips, the nearest first; the errors of measured means are not
// what anybody could change.
func TestFlips(t *testing.T) {
	two, tenth, half := 2.0, 0.1, 0.5
	r := &Report{Estimate: &estimate.Estimate{Sensitivity: &estimate.Sensitivity{Effects: []breakeven.Effect{
		{Name: ErrorOf + "a's mean duration (factor)", Base: 1, FlipsAbove: &two},
		{Name: "duration (factor)", Base: 1, FlipsBelow: &tenth},
		{Name: "requests_per_month", Base: 0.4, FlipsBelow: &tenth, FlipsAbove: &half},
	}}}}
	want := []Flip{{"requests a month", 0.4, 0.5, true}, {"requests a month", 0.4, 0.1, false}, {"duration (times as measured)", 1, 0.1, false}}
	if got := r.flips(); !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// Two metrics disagree about two fronts when each ranks them by more than the
// margin, and once for each pair of fronts.
func TestDisagree(t *testing.T) {
	of := func(id string, p50, mean, p99 float64) Front {
		e := func(x float64) stats.Estimate { return stats.Estimate{Point: x, N: 100} }
		return Front{ID: id, Mean: e(mean), Response: []Quantile{{0.5, e(p50)}, {0.99, e(p99)}}}
	}
	refused := of("d", 1, 1, 1)
	refused.Response[1].Refused = "too few"
	tests := []struct {
		name   string
		fronts []Front
		want   []Disagreement
	}{
		{"agree", []Front{of("a", 10, 11, 30), of("b", 12, 13, 40)}, nil},
		{"first by p50", []Front{of("a", 10, 10.1, 40), of("b", 12, 10, 30)}, []Disagreement{{[2]string{"p50", "p99"}, [2]string{"a", "b"}}}},
		{"second by p50", []Front{of("a", 12, 10, 30), of("b", 10, 10.1, 40)}, []Disagreement{{[2]string{"p50", "p99"}, [2]string{"b", "a"}}}},
		{"the first metrics that do", []Front{of("a", 10, 20, 40), of("b", 12, 15, 30)}, []Disagreement{{[2]string{"p50", "mean"}, [2]string{"a", "b"}}}},
		{"within the margin", []Front{of("a", 10, 10, 31), of("b", 12, 10, 30)}, nil},
		{"one is not known", []Front{of("a", 0.5, 1, 2), refused}, nil},
	}
	for _, test := range tests {
		r := &Report{Fronts: test.fronts, Pricing: Choices{Delta: 0.05}}
		r.disagree()
		if !slices.Equal(r.Disagreements, test.want) {
			t.Errorf("%s: %+v, want %+v", test.name, r.Disagreements, test.want)
		}
	}
}

// What the proposed front lacks is what AWS says that it has not and another front
// of the run has.
func TestLacking(t *testing.T) {
	r := &Report{Fronts: []Front{{ID: "url", Kind: front.FunctionURL}, {ID: "rest", Kind: front.APIGatewayREST}}}
	lacks := r.lacking("url")
	for _, want := range []string{"AWS WAF", "custom domain name", "API keys and usage plans", "request validation"} {
		if !slices.Contains(lacks, want) {
			t.Errorf("the url lacks %q, without %q", lacks, want)
		}
	}
	if slices.Contains(lacks, "response streaming") || slices.Contains(lacks, "mutual TLS") || slices.Contains(lacks, "integration timeout") {
		t.Errorf("the url lacks %q: it streams, and nothing AWS says denies it mutual TLS", lacks)
	}
	if r.Fronts = r.Fronts[:1]; len(r.lacking("url")) != 0 {
		t.Error("a front lacks what no other has")
	}
}
