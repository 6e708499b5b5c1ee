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
		at, all, bars := 0.0, true, []chart.Mark(nil)
		cells := []string{f.ID, words.Group(int64(f.Phases.Connections))}
		for k, w := range wait(f.Phases) {
			cells = append(cells, words.Interval(w.Estimate))
			if !sound(w.N, w.Refused, w.Point) {
				all = all && w.N == 0 // a phase that there is none of takes no time
				continue
			}
			bars = append(bars, chart.Bar{Series: i, Row: float64(len(rows)), From: at, To: at + w.Point, Pale: k%2 == 0})
			at += w.Point
		}
		together, end := "too few", "too few"
		if all {
			together, end = words.Figure(at), words.Figure(at)+" ms"
			x.add(at)
			marks = append(marks, bars...) // a bar that lacks a phase would read as a short one
		}
		rows = append(rows, chart.Row{Label: f.ID, End: end})
		g.Rows = append(g.Rows, append(cells, together))
	}
	if len(marks) == 0 {
		return Figure{}, false
	}
	f := Figure{ID: "connections", Title: "Setting up a connection", Takeaway: connectionTakeaway(r), Table: g,
		Explain: "From the left: looking the name up (pale), TCP, TLS (pale), and from there to the first byte of the answer, which is all that a request over an open connection waits for. Medians, each of its own; their sum is not the median of a whole first request, and says how much of one is set-up."}
	f.Chart = &chart.Chart{X: chart.Axis{Scale: chart.Linear(0, x.high*1.05), Title: "ms", Format: short},
		Panels: []chart.Panel{{Y: chart.Axis{Scale: chart.Category(rows...)}, Marks: marks}}}
	return f, true
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
