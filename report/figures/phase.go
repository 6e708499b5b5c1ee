package figures

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"frontdoor/pricing/estimate"
	"frontdoor/report"
	"frontdoor/report/chart"
	"frontdoor/report/words"
)

// distinct is the positive values in order, each once.
func distinct(values []float64) []float64 {
	values = slices.DeleteFunc(slices.Clone(values), func(v float64) bool { return !(v > 0) })
	slices.Sort(values)
	return slices.Compact(values)
}

// phase is the cheapest front by volume and duration.
func phase(r *report.Report) (Figure, bool) {
	if r.Estimate == nil || r.Estimate.Phase == nil || r.Estimate.Phase.Y.Over != estimate.SweepDuration {
		return Figure{}, false
	}
	p := r.Estimate.Phase
	spans := make([][]chart.Span, len(p.Fronts))
	for i, row := range p.Diagram.Rows {
		for _, s := range row.Segments {
			spans[s.Curve] = append(spans[s.Curve], chart.Span{Y0: p.YAxis.At(float64(i)) / 1000, Y1: p.YAxis.At(float64(i)+1) / 1000, X0: s.From, X1: s.To})
		}
	}
	var marks []chart.Mark
	var seen []string
	for i, id := range p.Fronts {
		if s := seriesOf(r, id); s >= 0 && len(spans[i]) > 0 {
			marks, seen = append(marks, chart.Region{Series: s, Spans: spans[i]}), append(seen, id)
		}
	}
	if len(seen) == 0 {
		return Figure{}, false
	}
	f := Figure{ID: "phase", Title: "Cheapest front by volume and duration", Table: phaseTable(p),
		Explain: "Each point is a month of so many requests whose invocations all take so long; its colour is the cheapest front. Exact along the requests in each row."}
	here, y := you(r)
	if least := p.YAxis.From / 1000; 0 < y && y < least {
		here.Text, y = "you are here, below the plot: "+strings.TrimPrefix(here.Text, "you are here: "), least
		here.At.Y, here.YLo, here.YHi = least, max(here.YLo, least), max(here.YHi, least)
	}
	if on(p.X.From.Float(), here.At.X, p.X.To.Float()) && on(p.YAxis.From/1000, y, p.YAxis.To/1000) {
		marks = append(marks, here)
		f.Explain += " You are where the forecast meets the durations of the run: the arms are the forecast's range and the fronts' shortest and longest mean duration."
	}
	f.Takeaway = phaseTakeaway(r, p, seen, y)
	f.Chart = &chart.Chart{X: chart.Axis{Scale: chart.Log(p.X.From.Float(), p.X.To.Float()), Title: "requests a month (log)", Format: requests},
		Panels: []chart.Panel{{Y: chart.Axis{Scale: chart.Log(p.YAxis.From/1000, p.YAxis.To/1000), Title: "duration of an invocation, ms (log)", Format: short}, Marks: marks}}}
	return f, true
}

// on reports whether a value is on an axis; beyond it nothing is drawn.
func on(from, x, to float64) bool { return from <= x && x <= to }

// you is where the run and the forecast are; y is 0 when no duration is known.
func you(r *report.Report) (n chart.Note, y float64) {
	sum, count, e := 0.0, 0, newExtent()
	for _, f := range r.Fronts {
		if f.Function.Reports > 0 && f.Function.Mean > 0 {
			sum, count = sum+f.Function.Mean*float64(f.Function.Reports), count+f.Function.Reports
			e.add(f.Function.Mean)
		}
	}
	if count == 0 || r.Traffic.Expected <= 0 {
		return n, 0
	}
	y = sum / float64(count)
	return chart.Note{At: chart.Point{X: float64(r.Traffic.Expected), Y: y}, Circle: true, XLo: float64(r.Traffic.Low), XHi: float64(r.Traffic.High), YLo: e.low, YHi: e.high,
		Text: fmt.Sprintf("you are here: %s requests of %s ms", words.Count(r.Traffic.Expected), words.Figure(y))}, y
}

// cheapestAt is the cheapest front of a diagram at a point; "" off it, and where
// no front can carry the workload.
func cheapestAt(p *estimate.Phase, x, us float64) string {
	i := int(math.Floor(p.YAxis.Position(us)))
	if i < 0 || i >= len(p.Diagram.Rows) {
		return ""
	}
	for _, s := range p.Diagram.Rows[i].Segments {
		if s.From <= x && x <= s.To {
			return p.Fronts[s.Curve]
		}
	}
	return ""
}

func phaseTakeaway(r *report.Report, p *estimate.Phase, seen []string, y float64) string {
	if len(seen) == 1 {
		return sentence("%s is the cheapest wherever any front can carry the workload: neither volume nor duration changes that", seen[0])
	}
	text := words.And(seen) + " each have a place where they are the cheapest"
	if id := cheapestAt(p, float64(r.Traffic.Expected), y*1000); y > 0 && id != "" {
		text += "; where you are it is " + id
	}
	return sentence("%s", text)
}

// phaseTable has a row for each duration in a dozen steps.
func phaseTable(p *estimate.Phase) report.Grid {
	g := report.Grid{Header: []string{"duration ms", "cheapest by requests a month"}, Left: 2}
	every := max(1, len(p.Diagram.Rows)/12)
	for i := every / 2; i < len(p.Diagram.Rows); i += every {
		text := ""
		for k, s := range p.Diagram.Rows[i].Segments {
			if k > 0 {
				text += ", from " + words.Figure(math.Ceil(s.From)) + " "
			}
			text += p.Fronts[s.Curve]
		}
		if text == "" {
			text = "no front can"
		}
		g.Rows = append(g.Rows, []string{words.Figure(p.YAxis.At(float64(i)+0.5) / 1000), text})
	}
	return g
}
