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
	base, known := baseMargin(s)
	if !known {
		base = math.NaN()
	}
	uncertain := slices.DeleteFunc(slices.Clone(s.Effects), func(e breakeven.Effect) bool { return e.Low.Value == e.High.Value })
	still := len(uncertain) // errors of measured means that move nothing are counted and not drawn
	uncertain = slices.DeleteFunc(uncertain, func(e breakeven.Effect) bool { return strings.HasPrefix(e.Name, report.ErrorOf) && !moves(e) })
	still -= len(uncertain)
	if len(uncertain) == 0 {
		return Figure{}, false
	}
	for _, e := range uncertain[:min(bars, len(uncertain))] {
		marks = append(marks, effectBars(float64(len(rows)), e, base)...)
		rows = append(rows, chart.Row{Label: effectLabel(e), End: effectEnd(e), Pale: !moves(e)})
		for _, m := range []float64{e.Low.Margin, e.High.Margin} {
			if !estimate.Unable(math.Abs(m)) {
				x.add(m)
			}
		}
	}
	marks = append(marks, chart.Rule{At: 0, Class: chart.Ink})
	if known {
		x.add(base)
		marks = append(marks, chart.Rule{At: base, Dashed: true, Class: chart.Ink})
	}
	if x.low == x.high {
		return Figure{}, false
	}
	air := (x.high - x.low) * 0.06
	f := Figure{ID: "tornado", Title: "What could change the cheapest front", Takeaway: tornadoTakeaway(s), Table: tornadoTable(s),
		Explain: fmt.Sprintf("USD a month between %s, the cheapest at the expected values, and the next front, when one input goes from the low to the high end of its range; a bar holds the margins there and at the expected value. Left of zero another front is cheaper; a bar that does not get there cannot change the choice. The dashed line is the margin at the expected values. Inputs without a range are in the table only.", s.Fronts[s.Incumbent])}
	if still > 0 {
		f.Explain += fmt.Sprintf(" Not drawn: the errors of measured mean durations that move nothing (%d).", still)
	}
	f.Chart = &chart.Chart{X: chart.Axis{Scale: chart.Linear(x.low-air, x.high+air), Title: "margin to the next front, USD a month", Format: dollars},
		Panels: []chart.Panel{{Y: chart.Axis{Scale: chart.Category(rows...)}, Marks: marks}}}
	return f, true
}

// moves says whether an input's range does anything worth a word.
func moves(e breakeven.Effect) bool {
	return !e.Cancels && e.Low.Value != e.High.Value && e.Swing >= 0.005 // dollars: below, both ends read the same
}

// effectBars is the bar of an input, in two colours where it crosses zero. It
// holds the margin at the expected value too, which lies outside of those at the
// ends where the next front is another one.
func effectBars(row float64, e breakeven.Effect, base float64) []chart.Mark {
	if !moves(e) {
		return nil
	}
	span := newExtent()
	span.add(e.Low.Margin, e.High.Margin, base)
	low, high := span.low, span.high
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
			flips = append(flips, inputName(e.Name)+" ("+changes(e)+")")
		}
		if moves(e) {
			moving = append(moving, inputName(e.Name))
		}
	}
	choice := s.Fronts[s.Incumbent]
	switch {
	case len(flips) > 0:
		return sentence("Within its range, %s can make another front cheaper than %s", words.And(flips), choice)
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
	return words.And(at)
}
