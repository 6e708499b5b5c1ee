package figures

import (
	"fmt"
	"math"

	"frontdoor/pricing"
	"frontdoor/pricing/estimate"
	"frontdoor/report"
	"frontdoor/report/chart"
	"frontdoor/report/words"
)

// steps is how many points a cost curve is drawn with, besides its kinks.
const steps = 160

// volumes is the range of requests a month that is drawn: a hundredth of the
// forecast to its hundredfold, and farther if the cheapest front changes there.
func volumes(r *report.Report, b *estimate.BreakEven) (from, to float64) {
	low, high := float64(r.Traffic.Low), float64(r.Traffic.High)
	if expected := float64(r.Traffic.Expected); !(low > 0 && high >= low) {
		low, high = expected, expected
	}
	from, to = low/100, high*100
	for _, c := range b.Envelope.Crossings {
		x := c.X.Float()
		from, to = min(from, x/3), max(to, x*3)
	}
	return max(from, b.From.Float(), 1), min(to, b.To.Float())
}

// cost is USD for a million requests by volume, with who is the cheapest where.
func cost(r *report.Report) (Figure, bool) {
	if r.Estimate == nil || r.Estimate.Requests == nil {
		return Figure{}, false
	}
	b := r.Estimate.Requests
	from, to := volumes(r, b)
	if !(from < to) {
		return Figure{}, false
	}
	f := Figure{ID: "cost", Title: "Cost of a million requests by volume", Takeaway: costTakeaway(r, b), Table: costTable(r, b),
		Explain: "Per-request prices are flat lines, hourly ones fall with the volume. The lane below the axis names the cheapest front. Durations and sizes are those of the forecast; the shaded range is the forecast's requests."}
	var marks []chart.Mark
	if r.Traffic.Low < r.Traffic.High {
		marks = append(marks, chart.Range{From: float64(r.Traffic.Low), To: float64(r.Traffic.High), Text: "forecast"})
	}
	marks = append(marks, chart.Rule{At: float64(r.Traffic.Expected), Dashed: true})
	for i, id := range b.Fronts {
		if s := seriesOf(r, id); s >= 0 {
			marks = append(marks, chart.Line{Series: s, Points: perMillion(b.Curves[i].Float(), from, to)})
		}
	}
	for _, c := range b.Envelope.Crossings {
		x := c.X.Float()
		marks = append(marks, chart.Note{At: chart.Point{X: x, Y: b.Curves[c.To].Float().At(x) / x * 1e6}, Circle: true,
			Text: fmt.Sprintf("%s is the cheapest from %s", b.Fronts[c.To], words.Group(int64(math.Ceil(x))))})
	}
	strip := chart.Strip{Title: "cheapest:"}
	for _, s := range b.Envelope.Segments {
		if i := seriesOf(r, b.Fronts[s.Curve]); i >= 0 {
			strip.Parts = append(strip.Parts, chart.Part{Series: i, From: s.From.Float(), To: s.To.Float()})
		}
	}
	scale, title := costScale(r, b)
	f.Chart = &chart.Chart{X: chart.Axis{Scale: chart.Log(from, to), Title: "requests a month (log)", Format: requests},
		Panels: []chart.Panel{{Y: chart.Axis{Scale: scale, Title: title, Format: dollars}, Marks: append(marks, strip)}}}
	return f, true
}

// perMillion samples a curve at even ratios and at its kinks.
func perMillion(c pricing.FloatCurve, from, to float64) []chart.Point {
	var points []chart.Point
	kink := 0
	add := func(x float64) { points = append(points, chart.Point{X: x, Y: c.At(x) / x * 1e6}) }
	for i := range steps + 1 {
		x := from * math.Pow(to/from, float64(i)/steps)
		for ; kink < len(c.From) && c.From[kink] < x; kink++ {
			if c.From[kink] > from {
				add(c.From[kink])
			}
		}
		add(x)
	}
	return points
}

// costScale holds every front as it is at the forecast: beyond, curves may leave
// the plot. It is logarithmic when the dearest is ten times the cheapest, and
// its title says so.
func costScale(r *report.Report, b *estimate.BreakEven) (scale chart.Scale, title string) {
	title = "USD per million requests"
	e := newExtent()
	for _, c := range b.Curves {
		for _, n := range []int64{r.Traffic.Low, r.Traffic.Expected, r.Traffic.High} {
			if n > 0 {
				e.addPositive(c.Float().At(float64(n)) / float64(n) * 1e6)
			}
		}
	}
	switch {
	case e.empty():
		return chart.Linear(0, 1), title
	case e.high > 10*e.low:
		return chart.Log(e.low/3, e.high*3), title + " (log)"
	}
	return chart.Linear(0, e.high*1.25), title
}

// costTakeaway says who is the cheapest over the forecast, and where that ends.
func costTakeaway(r *report.Report, b *estimate.BreakEven) string {
	segments := b.Envelope.Segments
	if len(segments) == 1 {
		return sentence("%s is the cheapest at every volume from %s to %s requests a month", b.Fronts[segments[0].Curve], requests(b.From.Float()), requests(b.To.Float()))
	}
	text := ""
	for i, s := range segments {
		name := b.Fronts[s.Curve]
		switch {
		case i == 0:
			text = name + " is the cheapest below " + words.Group(int64(math.Ceil(s.To.Float()))) + " requests a month"
		case i == len(segments)-1:
			text += ", " + name + " from there on"
		default:
			text += ", " + name + " from there to " + words.Group(int64(math.Ceil(s.To.Float())))
		}
	}
	return sentence("%s", text)
}

func costTable(r *report.Report, b *estimate.BreakEven) report.Grid {
	g := report.Grid{Header: append([]string{"requests a month"}, b.Fronts...), Left: 1}
	for i := range g.Header[1:] {
		g.Header[i+1] += " USD/million"
	}
	rows := []float64{float64(r.Traffic.Low), float64(r.Traffic.Expected), float64(r.Traffic.High)}
	from, to := volumes(r, b)
	for x := math.Pow(10, math.Ceil(math.Log10(from))); x <= to; x *= 10 {
		rows = append(rows, x)
	}
	for _, x := range distinct(rows) {
		row := []string{requests(x)}
		for _, c := range b.Curves {
			row = append(row, words.USD(c.Float().At(x)/x*1e6))
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}
