package figures

import (
	"math"
	"strings"

	"frontdoor/report"
	"frontdoor/report/chart"
	"frontdoor/report/words"
	"frontdoor/stats"
)

// differences is one row for each comparison: the ratio with its interval.
func differences(r *report.Report) (Figure, bool) {
	var rows []chart.Row
	var marks []chart.Mark
	x := newExtent()
	delta := r.Pricing.Delta
	if delta > 0 {
		x.add(1/(1+delta), 1+delta)
		marks = append(marks, chart.Range{From: 1 / (1 + delta), To: 1 + delta})
	}
	marks = append(marks, chart.Rule{At: 1, Class: chart.Ink})
	g := report.Grid{Header: []string{"front / reference", "metric", "ratio", "p", "verdict"}, Left: 2}
	for _, c := range r.Comparisons {
		if !sound(c.Ratio.N, c.Ratio.Refused, c.Ratio.Point) {
			continue
		}
		marks = append(marks, chart.Whisker{At: float64(len(rows)), Point: c.Ratio.Point, Lo: c.Ratio.Lo, Hi: c.Ratio.Hi, Pale: !c.Family, Class: verdictClass(c.Verdict)})
		rows = append(rows, chart.Row{Label: c.B + " / " + c.A + ", " + c.Metric, End: verdictWord(c), Pale: !c.Family})
		x.addPositive(c.Ratio.Point, c.Ratio.Lo, c.Ratio.Hi)
		p := words.P(c.Adjusted)
		if !c.Family {
			p = "(" + words.P(c.P) + ")" // of itself alone, not adjusted
		}
		g.Rows = append(g.Rows, []string{c.B + " / " + c.A, c.Metric, words.Interval(c.Ratio), p, c.Words()})
	}
	if len(rows) == 0 {
		return Figure{}, false
	}
	x.add(1)
	x = extent{max(x.low, 0.02), min(x.high, 50)} // an interval without end does not squeeze the others
	f := Figure{ID: "differences", Title: "How far the fronts are apart", Takeaway: differencesTakeaway(r), Table: g}
	f.Explain = "Each row is one figure of a front over that of its reference, with its 95 % interval over rounds; left of 1 the front is faster."
	if delta > 0 {
		f.Explain += " Within the shaded band, " + words.Percent(delta) + " either way, a difference would not matter."
	}
	f.Explain += " Pale rows are exploratory: they decide nothing."
	f.Chart = &chart.Chart{X: chart.Axis{Scale: x.log(), Title: "ratio of response times (log)", Format: short},
		Panels: []chart.Panel{{Y: chart.Axis{Scale: chart.Category(rows...)}, Marks: marks}}}
	return f, true
}

func verdictClass(v stats.Verdict) string {
	switch v {
	case stats.Faster:
		return chart.Good
	case stats.Slower:
		return chart.Bad
	case stats.Equivalent:
		return chart.Ink
	}
	return chart.Muted
}

func verdictWord(c report.Comparison) string {
	if c.Verdict == "" {
		return "exploratory"
	}
	return string(c.Verdict)
}

// differencesTakeaway counts the verdicts, and names the clear difference that is
// the largest.
func differencesTakeaway(r *report.Report) string {
	counts, deciding := map[stats.Verdict]int{}, 0
	var most *report.Comparison
	for i, c := range r.Comparisons {
		if !c.Family || !sound(c.Ratio.N, c.Ratio.Refused, c.Ratio.Point) {
			continue
		}
		counts[c.Verdict]++
		deciding++
		if clear := c.Verdict == stats.Faster || c.Verdict == stats.Slower; clear && (most == nil || distance(c) > distance(*most)) {
			most = &r.Comparisons[i]
		}
	}
	if deciding == 0 {
		return "Every comparison is exploratory."
	}
	var parts []string
	for _, v := range []stats.Verdict{stats.Faster, stats.Slower, stats.Equivalent, stats.Inconclusive} {
		if n := counts[v]; n > 0 {
			parts = append(parts, words.Group(int64(n))+" "+string(v))
		}
	}
	text := words.Plural(deciding, "comparison") + " decide: "
	if deciding == 1 {
		text = "1 comparison decides: "
	}
	text += strings.Join(parts, ", ")
	if most != nil {
		text += "; the largest clear difference is " + most.B + " against " + most.A + ", " + words.Change(most.Ratio.Point) + " at " + most.Metric
	}
	return sentence("%s", text)
}

func distance(c report.Comparison) float64 { return math.Abs(math.Log(c.Ratio.Point)) }
