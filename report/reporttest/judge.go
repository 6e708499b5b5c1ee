package reporttest

import (
	"frontdoor/gate"
	"frontdoor/pricing"
	"frontdoor/report"
	"frontdoor/stats"
	"time"
)

// judge gives the sample what New does not judge yet.
func judge(r *report.Report) {
	floor := 0.031
	verdicts := []struct {
		b       string
		ratio   float64
		verdict stats.Verdict
		more    int
	}{{"rest", 1.37, stats.Slower, 0}, {"http-api", 1.17, stats.Slower, 0}, {"alb", 1.006, stats.Equivalent, 0}, {"edge", 0.69, stats.Faster, 0}}
	for _, metric := range []string{"p50", "p99", "mean"} {
		for _, v := range verdicts {
			wide := map[string]float64{"p50": 1.02, "p99": 1.2, "mean": 1.03}[metric]
			c := report.Comparison{Metric: metric, A: "url", B: v.b, Family: metric != "mean", Floor: &floor, Comparison: stats.Comparison{
				Ratio: stats.Estimate{Point: v.ratio, Lo: v.ratio / wide, Hi: v.ratio * wide, N: 1800, Rounds: 12},
				Shift: stats.Estimate{Point: v.ratio, Lo: v.ratio / wide, Hi: v.ratio * wide, N: 1800, Rounds: 12},
				Wins:  0.5 + (1-v.ratio)/2, P: 0.000488, Test: "signed-rank", Adjusted: 0.0039, Pairs: 12, SD: 0.03, Verdict: v.verdict}}
			if metric == "p99" && v.verdict == stats.Equivalent {
				c.Verdict, c.MoreRounds, c.P, c.Adjusted = stats.Inconclusive, 9, 0.41, 0.82
			}
			if metric == "mean" {
				c.Adjusted = c.P
			}
			r.Comparisons = append(r.Comparisons, c)
		}
	}
	ms := func(x float64) stats.Estimate {
		return stats.Estimate{Point: x / 1000, Lo: x / 1030, Hi: x / 970, N: 1800, Rounds: 12}
	}
	for _, f := range r.Fronts {
		g := gate.Result{Gate: "p(95)<60", Front: f.ID, Outcome: gate.Pass, Value: ms(52), Limit: stats.Estimate{Point: 0.06}, Margin: ms(8), Unit: gate.Time, Op: "<", Confidence: 0.95,
			Why: "p(95) of " + f.ID + " is 52.0 ms [50.5, 53.6], the limit is 60.0 ms"}
		switch f.ID {
		case "rest":
			g.Outcome, g.Value, g.Margin = gate.Fail, ms(75), ms(-15)
		case "http-api":
			g.Outcome, g.Value, g.Margin = gate.Inconclusive, ms(60), ms(0.2)
		}
		r.Gates = append(r.Gates, g)
	}
	r.Gates = append(r.Gates, gate.Result{Gate: "usd_per_million[alb] < 2.50", Named: []string{"alb"}, Outcome: gate.Pass, Op: "<", Unit: gate.Money, Confidence: 0.8,
		Value: stats.Estimate{Point: 2.1, Lo: 1.9, Hi: 2.4}, Limit: stats.Estimate{Point: 2.5}, Margin: stats.Estimate{Point: 0.4, Lo: 0.1, Hi: 0.6}, Why: "usd_per_million of alb is $2.10 [$1.90, $2.40], the limit is $2.50"})
	r.Disagreements = []report.Disagreement{{Metrics: [2]string{"p50", "p99"}, Fronts: [2]string{"edge", "alb"}}}
	r.Floor = &report.Floor{Run: "20261121T150000Z-sample", Entries: []report.Comparison{r.Comparisons[2]}}
	r.Decision = report.Decision{Choice: "url", Because: "it meets every gate and costs the least: no other front is within $10 a month",
		Sentences: []string{
			"url is proposed: it meets every gate and costs the least, $10.2 a month for 15M requests.",
			"edge is 31.0 % faster than url at p50 and 31.0 % at p99; rest and http-api are slower; alb is equivalent within 5 % at p50 and not told apart at p99.",
			"1 gate of 6 fails: p(95)<60 at rest; 1 is inconclusive.",
		},
		Cautions: []string{"LAB figures: loopback on one machine. They compare handlers and machinery, not AWS's network."},
		Flips:    []report.Flip{{Input: "response size (factor)", Expected: 1, At: 40, Above: true}},
		Expires:  pricing.NewDate(2027, time.May, 22)}
}

// rename gives a front another id, everywhere.
func rename(r *report.Report, from, to string) {
	name := func(s *string) {
		if *s == from {
			*s = to
		}
	}
	for i := range r.Fronts {
		name(&r.Fronts[i].ID)
		name(&r.Fronts[i].Cost.Bill.Front)
	}
	for i := range r.Comparisons {
		name(&r.Comparisons[i].A)
		name(&r.Comparisons[i].B)
	}
	for i := range r.Gates {
		name(&r.Gates[i].Front)
	}
	name(&r.Decision.Choice)
	if e := r.Estimate; e != nil {
		for i := range e.Fronts {
			name(&e.Fronts[i].ID)
		}
		for _, b := range []*[]string{&e.Requests.Fronts, &e.Duration.Fronts, &e.Sensitivity.Fronts, &e.Uncertainty.Fronts, &e.Phase.Fronts} {
			for i := range *b {
				name(&(*b)[i])
			}
		}
	}
	if r.Eras != nil {
		for i := range r.Eras.Fronts {
			name(&r.Eras.Fronts[i])
		}
	}
}
