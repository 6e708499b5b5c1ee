package figures

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"frontdoor/pricing/breakeven"
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
	if y > 0 {
		marks = append(marks, here)
		f.Explain += " You are where the forecast meets the durations of the run: the arms are the forecast's range and the fronts' shortest and longest mean duration."
	}
	f.Takeaway = phaseTakeaway(r, p, seen, y)
	f.Chart = &chart.Chart{X: chart.Axis{Scale: chart.Log(p.X.From.Float(), p.X.To.Float()), Title: "requests a month (log)", Format: requests},
		Panels: []chart.Panel{{Y: chart.Axis{Scale: chart.Log(p.YAxis.From/1000, p.YAxis.To/1000), Title: "duration of an invocation, ms (log)", Format: short}, Marks: marks}}}
	return f, true
}

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
	text := list(seen) + " each have a place where they are the cheapest"
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

// bars is how many inputs the tornado shows at most.
const bars = 10

// tornado is how far each input's range moves the margin to the next front.
func tornado(r *report.Report) (Figure, bool) {
	if r.Estimate == nil || r.Estimate.Sensitivity == nil || len(r.Estimate.Sensitivity.Effects) == 0 {
		return Figure{}, false
	}
	s := r.Estimate.Sensitivity
	var rows []chart.Row
	var marks []chart.Mark
	x := newExtent()
	x.add(0)
	uncertain := slices.DeleteFunc(slices.Clone(s.Effects), func(e breakeven.Effect) bool { return e.Low.Value == e.High.Value })
	if len(uncertain) == 0 {
		return Figure{}, false
	}
	for _, e := range uncertain[:min(bars, len(uncertain))] {
		marks = append(marks, effectBars(float64(len(rows)), e)...)
		rows = append(rows, chart.Row{Label: effectLabel(e), End: effectEnd(e), Pale: !moves(e)})
		for _, m := range []float64{e.Low.Margin, e.High.Margin} {
			if !estimate.Unable(math.Abs(m)) {
				x.add(m)
			}
		}
	}
	marks = append(marks, chart.Rule{At: 0, Class: chart.Ink})
	if base, ok := baseMargin(s); ok {
		x.add(base)
		marks = append(marks, chart.Rule{At: base, Dashed: true, Class: chart.Ink})
	}
	if x.low == x.high {
		return Figure{}, false
	}
	air := (x.high - x.low) * 0.06
	f := Figure{ID: "tornado", Title: "What could change the cheapest front", Takeaway: tornadoTakeaway(s), Table: tornadoTable(s),
		Explain: fmt.Sprintf("USD a month between %s, the cheapest at the expected values, and the next front, when one input goes from the low to the high end of its range. Left of zero another front is cheaper; a bar that does not get there cannot change the choice. The dashed line is the margin at the expected values. Inputs without a range are in the table only.", s.Fronts[s.Incumbent])}
	f.Chart = &chart.Chart{X: chart.Axis{Scale: chart.Linear(x.low-air, x.high+air), Title: "margin to the next front, USD a month", Format: dollars},
		Panels: []chart.Panel{{Y: chart.Axis{Scale: chart.Category(rows...)}, Marks: marks}}}
	return f, true
}

// moves says whether an input's range does anything worth a word.
func moves(e breakeven.Effect) bool { return !e.Cancels && e.Low.Value != e.High.Value && e.Swing > 0 }

// effectBars is the bar of an input, in two colours where it crosses zero.
func effectBars(row float64, e breakeven.Effect) []chart.Mark {
	low, high := min(e.Low.Margin, e.High.Margin), max(e.Low.Margin, e.High.Margin)
	if !moves(e) {
		return nil
	}
	var marks []chart.Mark
	if low < 0 {
		marks = append(marks, chart.Bar{Row: row, From: low, To: min(high, 0), Class: chart.Bad})
	}
	if high > 0 {
		marks = append(marks, chart.Bar{Row: row, From: max(low, 0), To: high, Class: chart.Good})
	}
	return marks
}

func effectLabel(e breakeven.Effect) string {
	name := inputName(e.Name)
	if short, ok := strings.CutSuffix(name, " (factor)"); ok {
		return fmt.Sprintf("%s, ×%s to ×%s", short, inputValue(e.Name, e.Low.Value), inputValue(e.Name, e.High.Value))
	}
	return fmt.Sprintf("%s, %s to %s", name, inputValue(e.Name, e.Low.Value), inputValue(e.Name, e.High.Value))
}

// requestsInput is how the estimate calls the month's requests.
const requestsInput = "requests_per_month"

func inputName(name string) string {
	if name == requestsInput {
		return "requests a month"
	}
	return name
}

func inputValue(name string, v float64) string {
	if name == requestsInput {
		return requests(v)
	}
	return words.Figure(v)
}

func effectEnd(e breakeven.Effect) string {
	if !moves(e) {
		return "moves nothing"
	}
	return marginWord(e.Low.Margin) + " to " + marginWord(e.High.Margin)
}

func marginWord(m float64) string {
	switch {
	case estimate.Unable(m):
		return "no other can"
	case estimate.Unable(-m):
		return "cannot"
	}
	return words.USD(m)
}

// baseMargin is the margin at the expected values: that of an input that stays
// there.
func baseMargin(s *estimate.Sensitivity) (float64, bool) {
	for _, e := range s.Effects {
		if e.Low.Value == e.Base && !estimate.Unable(math.Abs(e.Low.Margin)) {
			return e.Low.Margin, true
		}
	}
	return 0, false
}

func tornadoTakeaway(s *estimate.Sensitivity) string {
	var flips, moving []string
	for _, e := range s.Effects {
		if e.Flips {
			flips = append(flips, inputName(e.Name))
		}
		if moves(e) {
			moving = append(moving, inputName(e.Name))
		}
	}
	choice := s.Fronts[s.Incumbent]
	switch {
	case len(flips) > 0:
		return sentence("Within its range, %s can make another front cheaper than %s", list(flips), choice)
	case len(moving) == 0:
		return sentence("No input has a range that moves the margin of %s", choice)
	}
	return sentence("No input's range makes another front cheaper than %s; %s moves the margin most", choice, moving[0])
}

func tornadoTable(s *estimate.Sensitivity) report.Grid {
	g := report.Grid{Header: []string{"input", "expected", "low", "margin there", "high", "margin there", "choice changes"}, Left: 1}
	for _, e := range s.Effects {
		g.Rows = append(g.Rows, []string{inputName(e.Name), inputValue(e.Name, e.Base), inputValue(e.Name, e.Low.Value), marginWord(e.Low.Margin),
			inputValue(e.Name, e.High.Value), marginWord(e.High.Margin), changes(e)})
	}
	return g
}

func changes(e breakeven.Effect) string {
	var at []string
	if e.FlipsBelow != nil {
		at = append(at, "below "+inputValue(e.Name, *e.FlipsBelow))
	}
	if e.FlipsAbove != nil {
		at = append(at, "above "+inputValue(e.Name, *e.FlipsAbove))
	}
	if len(at) == 0 {
		return "no"
	}
	return list(at)
}
