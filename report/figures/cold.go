package figures

import (
	"fmt"

	"frontdoor/report"
	"frontdoor/report/chart"
	"frontdoor/report/words"
)

// cold is the share of requests that met a cold environment, and how long they
// took.
func cold(r *report.Report) (Figure, bool) {
	var rows, times []chart.Row
	var share, p50 []chart.Mark
	x, y := newExtent(), newExtent()
	g := report.Grid{Header: []string{"front", "cold starts", "share", "cold p50 ms", "mean Init Duration ms"}, Left: 1}
	for i, f := range r.Fronts {
		if !f.Cold.Known {
			continue
		}
		if at := float64(len(rows)); sound(f.Cold.Rate.N, f.Cold.Rate.Refused, f.Cold.Rate.Point) {
			share = append(share, chart.Whisker{Series: i, At: at, Point: f.Cold.Rate.Point, Lo: f.Cold.Rate.Lo, Hi: f.Cold.Rate.Hi})
			x.add(f.Cold.Rate.Point, f.Cold.Rate.Lo, f.Cold.Rate.Hi)
		}
		took := "none"
		if f.Cold.Count > 0 {
			took = "too few"
		}
		if e := f.Cold.P50; f.Cold.Count > 0 && sound(e.N, e.Refused, e.Point) {
			p50 = append(p50, chart.Whisker{Series: i, At: float64(len(times)), Point: e.Point, Lo: e.Lo, Hi: e.Hi})
			y.addPositive(e.Point, e.Lo, e.Hi)
			took = words.Figure(e.Point) + " ms"
		}
		rows = append(rows, chart.Row{Label: f.ID, End: fmt.Sprintf("%s of %s", words.Group(int64(f.Cold.Count)), words.Group(int64(f.Cold.Rate.N)))})
		times = append(times, chart.Row{Label: f.ID, End: took})
		g.Rows = append(g.Rows, []string{f.ID, words.Group(int64(f.Cold.Count)), coldShare(f), words.Interval(f.Cold.P50), words.Figure(f.Cold.Init)})
	}
	if x.empty() {
		return Figure{}, false
	}
	panels := []chart.Panel{{Y: chart.Axis{Scale: chart.Category(rows...)}, Marks: share}}
	if !y.empty() {
		panels = append(panels, chart.Panel{X: &chart.Axis{Scale: y.log(), Title: "median response time of cold requests, ms (log)", Format: short}, Y: chart.Axis{Scale: chart.Category(times...)}, Marks: p50})
	}
	return Figure{ID: "cold", Title: "Cold starts", Takeaway: coldTakeaway(r), Table: g,
		Explain: "Requests that met an environment which had to be initialised first, with the 95 % Wilson interval of their share. They are left out of the latencies above. Where it says too few, a median needs more of them.",
		Chart:   &chart.Chart{X: chart.Axis{Scale: chart.Linear(0, max(x.high*1.08, 0.0001)), Title: "share of requests that were cold", Format: func(v float64) string { return short(v*100) + " %" }}, Panels: panels}}, true
}

func coldShare(f report.Front) string {
	e := f.Cold.Rate
	if !sound(e.N, e.Refused, e.Point) {
		return "-"
	}
	if !e.HasInterval() {
		return words.Percent(e.Point)
	}
	return fmt.Sprintf("%s [%s, %s]", words.Percent(e.Point), words.Percent(e.Lo), words.Percent(e.Hi))
}

func coldTakeaway(r *report.Report) string {
	most, total := -1, 0
	for i, f := range r.Fronts {
		if !f.Cold.Known {
			continue
		}
		total += f.Cold.Count
		if most < 0 || f.Cold.Rate.Point > r.Fronts[most].Cold.Rate.Point {
			most = i
		}
	}
	if total == 0 {
		return "No measured request was cold."
	}
	f := r.Fronts[most]
	text := fmt.Sprintf("%s had the largest share of cold starts: %s of %s requests", f.ID, words.Group(int64(f.Cold.Count)), words.Group(int64(f.Cold.Rate.N)))
	for _, o := range r.Fronts {
		if o.ID != f.ID && o.Cold.Known && o.Cold.Rate.Hi >= f.Cold.Rate.Lo {
			return sentence("%s; its interval overlaps that of at least one other front", text)
		}
	}
	return sentence("%s", text)
}
