package figures

import (
	"cmp"
	"fmt"
	"slices"

	"frontdoor/report"
	"frontdoor/report/chart"
	"frontdoor/report/words"
	"frontdoor/stats"
)

// waited is a part of a first request's wait.
type waited struct {
	name string
	stats.Estimate
}

// connections is what a request waits for that finds no connection: each phase's
// median on the end of the one before.
func connections(r *report.Report) (Figure, bool) {
	if !r.Connected() {
		return Figure{}, false
	}
	var rows []chart.Row
	var marks []chart.Mark
	x := newExtent()
	x.add(0)
	g := report.Grid{Header: []string{"front", "new connections", "DNS", "TCP", "TLS", "first byte", "together"}, Left: 1}
	for i, f := range r.Fronts {
		if f.Phases == nil {
			continue
		}
		at, all, bars := 0.0, true, []chart.Bar(nil)
		cells := []string{f.ID, words.Group(int64(f.Phases.Connections))}
		for _, w := range wait(f.Phases) {
			cells = append(cells, words.Interval(w.Estimate))
			if !sound(w.N, w.Refused, w.Point) {
				all = all && w.N == 0 // a phase that there is none of takes no time
				continue
			}
			bars = append(bars, chart.Bar{Series: i, Row: float64(len(rows)), From: at, To: at + w.Point})
			at += w.Point
		}
		together, end := "too few", "too few"
		if all {
			before, _ := setUp(f.Phases)
			together, end = words.Figure(at), words.Figure(before)+" of "+words.Figure(at)+" ms"
			x.add(at)
			marks = append(marks, shaded(bars)...) // a bar that lacks a phase would read as a short one
		}
		rows = append(rows, chart.Row{Label: f.ID, End: end})
		g.Rows = append(g.Rows, append(cells, together))
	}
	if len(marks) == 0 {
		return Figure{}, false
	}
	f := Figure{ID: "connections", Title: "Setting up a connection", Takeaway: connectionTakeaway(r), Table: g,
		Explain: "From the left, pale and full by turns, those that there were: looking the name up, TCP, TLS, and at the end, in full, from there to the first byte of the answer, which is all that a request over an open connection waits for. At the bar's end: how much of the whole is set-up. Medians, each of its own; their sum is not the median of a whole first request, and says how much of one is set-up."}
	f.Chart = &chart.Chart{X: chart.Axis{Scale: chart.Linear(0, x.high*1.05), Title: "ms", Format: short},
		Panels: []chart.Panel{{Y: chart.Axis{Scale: chart.Category(rows...)}, Marks: marks}}}
	return f, true
}

// shaded makes neighbours differ, whichever phases there are, with the last one in full.
func shaded(bars []chart.Bar) (marks []chart.Mark) {
	for i, b := range bars {
		b.Pale = (len(bars)-1-i)%2 == 1
		marks = append(marks, b)
	}
	return marks
}

func wait(p *report.Phases) []waited {
	return []waited{{"DNS", p.DNS}, {"TCP", p.Connect}, {"TLS", p.TLS}, {"first byte", p.FirstByte}}
}

// setUp is the sum of the phases before the send; false when one of them cannot be
// told.
func setUp(p *report.Phases) (ms float64, ok bool) {
	for _, w := range wait(p)[:3] {
		switch {
		case w.N == 0:
		case !sound(w.N, w.Refused, w.Point):
			return 0, false
		default:
			ms += w.Point
		}
	}
	return ms, true
}

func connectionTakeaway(r *report.Report) string {
	type front struct {
		id string
		ms float64
	}
	var told []front
	for _, f := range r.Fronts {
		if f.Phases == nil {
			continue
		}
		if ms, ok := setUp(f.Phases); ok {
			told = append(told, front{f.ID, ms})
		}
	}
	if len(told) == 0 {
		return "Too few connections were made to say what setting one up takes."
	}
	slices.SortStableFunc(told, func(a, b front) int { return cmp.Compare(a.ms, b.ms) })
	least, most := told[0], told[len(told)-1]
	if len(told) == 1 {
		return sentence("Setting up a connection to %s takes %s ms, which every first request waits for and no later one", least.id, words.Figure(least.ms))
	}
	return fmt.Sprintf("Setting up a connection takes from %s ms (%s) to %s ms (%s), which every first request waits for and no later one.",
		words.Figure(least.ms), least.id, words.Figure(most.ms), most.id)
}
