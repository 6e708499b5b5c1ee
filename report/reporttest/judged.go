package reporttest

import (
	"math"
	"testing"
	"time"

	"frontdoor/gate"
	"frontdoor/pricing"
	"frontdoor/report"
	"frontdoor/stats"
)

// Judged is the sample with a verdict that was written by hand: every word of a
// comparison, gates that pass, fail and are inconclusive, a disagreement, a floor
// and a flip. Documents are tested on it, so that their tests say what they show
// whatever the sample's figures come to.
func Judged(t testing.TB) *report.Report {
	t.Helper()
	r := Sample(t)
	r.Comparisons = comparisons()
	r.Gates = gates(r.Fronts)
	r.Disagreements = []report.Disagreement{{Metrics: [2]string{"p50", "p99"}, Fronts: [2]string{"edge", "alb"}}}
	r.Floor = &report.Floor{Run: "20261121T150000Z-sample", Entries: []report.Comparison{r.Comparisons[2]}}
	r.Decision = report.Decision{Choice: "url", Because: "it meets every gate and costs the least: no other front is within $10 a month",
		Sentences: []string{
			"url is proposed: it meets every gate and costs the least.",
			"edge is 31.0 % faster than url at p50 and at p99; alb is equivalent at p50 and not told apart at p99.",
			"1 gate of 6 fails: p(95)<60 at rest; 1 is inconclusive.",
		},
		Cautions: []string{"LAB figures: loopback on one machine. They compare handlers and machinery, not AWS's network."},
		Flips:    []report.Flip{{Input: "response size (factor)", Expected: 1, At: 40, Above: true}},
		Expires:  pricing.NewDate(2027, time.May, 22)}
	return r
}

// HostileJudged is Judged with the choice called Name.
func HostileJudged(t testing.TB) *report.Report {
	t.Helper()
	r := Judged(t)
	rename(r, "url", Name)
	return r
}

func comparisons() []report.Comparison {
	var list []report.Comparison
	floor := 0.031
	for _, metric := range []string{"p50", "p99", "mean"} {
		wide := map[string]float64{"p50": 1.02, "p99": 1.2, "mean": 1.03}[metric]
		for _, v := range []struct {
			b       string
			ratio   float64
			verdict stats.Verdict
		}{{"rest", 1.37, stats.Slower}, {"http-api", 1.17, stats.Slower}, {"alb", 1.006, stats.Equivalent}, {"edge", 0.69, stats.Faster}} {
			ratio := stats.Estimate{Point: v.ratio, Lo: v.ratio / wide, Hi: v.ratio * wide, N: 1800, Rounds: 12}
			c := report.Comparison{Metric: metric, A: "url", B: v.b, Family: metric != "mean", Floor: &floor, Comparison: stats.Comparison{
				Ratio: ratio, Shift: ratio, Wins: 0.5 + (1-v.ratio)/2, P: 0.000488, Test: "signed-rank", Adjusted: 0.0039, Pairs: 12, SD: 0.03, Verdict: v.verdict}}
			if metric == "p99" && v.verdict == stats.Equivalent {
				c.Verdict, c.MoreRounds, c.P, c.Adjusted = stats.Inconclusive, 9, 0.41, 0.82
			}
			list = append(list, c)
		}
	}
	return list
}

func gates(fronts []report.Front) []report.Gate {
	ms := func(x float64) stats.Estimate {
		return stats.Estimate{Point: x / 1000, Lo: x / 1030, Hi: x / 970, N: 1800, Rounds: 12}
	}
	limit := func(x float64) stats.Estimate { return stats.Estimate{Point: x, Lo: math.NaN(), Hi: math.NaN()} }
	var list []report.Gate
	for _, f := range fronts {
		g := gate.Result{Gate: "p(95)<60", Front: f.ID, Outcome: gate.Pass, Value: ms(52), What: "p(95) of " + f.ID, Limit: limit(0.06), Margin: ms(8), Unit: gate.Time, Op: "<", Confidence: 0.95}
		switch f.ID {
		case "rest":
			g.Outcome, g.Value, g.Margin = gate.Fail, ms(75), ms(-15)
		case "http-api":
			g.Outcome, g.Value, g.Margin, g.Why = gate.Inconclusive, ms(60), ms(0.2), "more rounds would tell"
		}
		list = append(list, report.Gate{Result: g})
	}
	return append(list, report.Gate{Named: []string{"alb"}, Result: gate.Result{Gate: "usd_per_million[alb] < 2.50", Outcome: gate.Pass, Op: "<", Unit: gate.Money, Confidence: 0.8,
		Value: stats.Estimate{Point: 2.1, Lo: 1.9, Hi: 2.4}, What: "usd_per_million of alb", Limit: limit(2.5), Margin: stats.Estimate{Point: 0.4, Lo: 0.1, Hi: 0.6}}})
}
