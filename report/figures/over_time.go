package figures

import (
	"fmt"
	"math"

	"frontdoor/report"
	"frontdoor/report/chart"
	"frontdoor/report/words"
)

// rounds is the median of each round: the check for drift.
func rounds(r *report.Report) (Figure, bool) {
	y, x := newExtent(), newExtent()
	var marks []chart.Mark
	g := report.Grid{Header: []string{"round"}, Left: 1}
	cells := map[[2]int]string{}
	for i, f := range r.Fronts {
		line := chart.Line{Series: i, Dots: true}
		for _, b := range f.ByRound {
			if b.Requests == 0 || math.IsNaN(b.P50) {
				continue
			}
			line.Points = append(line.Points, chart.Point{X: float64(b.Round), Y: b.P50})
			y.addPositive(b.P50)
			x.add(float64(b.Round))
			cells[[2]int{b.Round, i}] = words.Figure(b.P50)
		}
		g.Header = append(g.Header, f.ID+" p50 ms")
		if len(line.Points) > 0 {
			marks = append(marks, line)
		}
	}
	if y.empty() || x.low == x.high {
		return Figure{}, false
	}
	for round := int(x.low); round <= int(x.high); round++ {
		row := []string{fmt.Sprint(round)}
		for i := range r.Fronts {
			cell, ok := cells[[2]int{round, i}]
			if !ok {
				cell = "-"
			}
			row = append(row, cell)
		}
		g.Rows = append(g.Rows, row)
	}
	return Figure{ID: "rounds", Title: "Median by round", Takeaway: roundsTakeaway(r), Table: g,
		Explain: "One point is the median response time of one round. Lines that rise or fall together mean that the machine or the network changed; one that does so alone, that the front did. A gap is a round that does not count.",
		Chart: &chart.Chart{X: chart.Axis{Scale: chart.Whole(x.low, x.high), Title: "round"},
			Panels: []chart.Panel{{Height: 220, Y: chart.Axis{Scale: y.log(), Title: "median response time, ms (log)", Format: short}, Marks: marks}}}}, true
}

// roundsTakeaway names the front whose rounds lie farthest apart.
func roundsTakeaway(r *report.Report) string {
	id, most, low, high, n := "", 0.0, 0.0, 0.0, 0
	for _, f := range r.Fronts {
		e, count := newExtent(), 0
		for _, b := range f.ByRound {
			if b.Requests > 0 && b.P50 > 0 {
				e.add(b.P50)
				count++
			}
		}
		if count > 1 && e.high/e.low > most {
			id, most, low, high, n = f.ID, e.high/e.low, e.low, e.high, count
		}
	}
	if id == "" {
		return "No front has two rounds to compare."
	}
	return sentence("The medians of rounds lie farthest apart at %s: %s to %s ms over %s", id, words.Figure(low), words.Figure(high), words.Plural(n, "round"))
}

// timeline is the run as it went, with how late the generator sent below it.
func timeline(r *report.Report) (Figure, bool) {
	y, late, end := newExtent(), newExtent(), 0.0
	var marks, below []chart.Mark
	g := report.Grid{Header: []string{"front", "at", "requests", "p50 ms", "max ms", "late p99 ms"}, Left: 2}
	for i, f := range r.Fronts {
		mid, lateness := chart.Line{Series: i}, chart.Line{Series: i}
		peaks := chart.Dots{Series: i, Small: true}
		for _, b := range f.Timeline {
			mid.Points = append(mid.Points, chart.Point{X: b.AtS, Y: b.P50})
			lateness.Points = append(lateness.Points, chart.Point{X: b.AtS, Y: b.LateP99})
			peaks.Points = append(peaks.Points, chart.Point{X: b.AtS, Y: b.Max})
			y.addPositive(b.P50, b.Max)
			late.add(b.LateP99)
			end = max(end, b.AtS)
			g.Rows = append(g.Rows, []string{f.ID, clock(b.AtS), words.Group(int64(b.Requests)), words.Figure(b.P50), words.Figure(b.Max), words.Figure(b.LateP99)})
		}
		if len(mid.Points) > 0 {
			marks, below = append(marks, peaks, mid), append(below, lateness)
		}
	}
	if y.empty() || late.empty() {
		return Figure{}, false
	}
	return Figure{ID: "timeline", Title: "The run as it went", Takeaway: timelineTakeaway(r), Table: g,
		Explain: "Lines are the median of each part of the run, dots its slowest request. Below: how late the generator itself sent, which is no part of any front's time; where it rises, the figures above it deserve doubt.",
		Chart: &chart.Chart{X: chart.Axis{Scale: chart.Clock(0, end*1.01), Title: "time of the run, mm:ss"},
			Panels: []chart.Panel{
				{Height: 240, Y: chart.Axis{Scale: y.log(), Title: "response time, ms (log)", Format: short}, Marks: marks},
				{Height: 80, Y: chart.Axis{Scale: chart.Linear(0, max(late.high*1.1, 0.01)), Title: "send lateness p99, ms", Format: short}, Marks: below},
			}}}, true
}

func clock(seconds float64) string {
	s := int(seconds)
	return fmt.Sprintf("%02d:%02d", s/60, s%60)
}

// timelineTakeaway names the slowest request and the worst lateness.
func timelineTakeaway(r *report.Report) string {
	slow, late := report.Bin{Max: math.Inf(-1)}, math.Inf(-1)
	id := ""
	for _, f := range r.Fronts {
		for _, b := range f.Timeline {
			if b.Max > slow.Max {
				slow, id = b, f.ID
			}
			late = max(late, b.LateP99)
		}
	}
	return sentence("The slowest request took %s ms, at %s about %s into the run; the generator was at most %s ms late at p99 of any part", words.Figure(slow.Max), id, clock(slow.AtS), words.Figure(late))
}
