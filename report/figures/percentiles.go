package figures

import (
	"cmp"
	"math"
	"slices"

	"frontdoor/report"
	"frontdoor/report/chart"
	"frontdoor/report/words"
	"frontdoor/stats"
)

// percentiles is latency by percentile, with bands.
func percentiles(r *report.Report) (Figure, bool) {
	y, last := newExtent(), 0.0
	var bands, lines []chart.Mark
	for i, f := range r.Fronts {
		band, line := chart.Band{Series: i}, chart.Line{Series: i}
		for _, q := range f.Curve {
			if !sound(q.N, q.Refused, q.Point) {
				continue
			}
			line.Points = append(line.Points, chart.Point{X: q.Q, Y: q.Point})
			band.X, band.Lo, band.Hi = append(band.X, q.Q), append(band.Lo, q.Lo), append(band.Hi, q.Hi)
			y.addPositive(q.Point, q.Lo, q.Hi)
			last = max(last, q.Q)
		}
		if len(line.Points) > 0 {
			bands, lines = append(bands, band), append(lines, line)
		}
	}
	if y.empty() || last == 0 {
		return Figure{}, false
	}
	f := Figure{ID: "percentiles", Title: "Latency by percentile",
		Explain: "Response time of warm, successful requests, counted from when each was due. Each step right keeps a tenth of the requests; the bands are 95 % intervals over rounds. Percentiles that the run is too short for are not drawn."}
	f.Takeaway = percentilesTakeaway(r)
	f.Chart = &chart.Chart{X: chart.Axis{Scale: chart.Percentile(last), Title: "percentile of requests"},
		Panels: []chart.Panel{{Y: chart.Axis{Scale: y.log(), Title: "response time, ms (log)", Format: short}, Marks: append(bands, lines...)}}}
	f.Table = percentilesTable(r)
	return f, true
}

// shown are the quantiles of tables and sentences.
func shown() []float64 { return []float64{0.5, 0.9, 0.95, 0.99, 0.999, 0.9999} }

// at is a front's response time at a quantile, or at the nearest one of its
// curve, if it may be shown.
func at(f report.Front, q float64) (stats.Estimate, bool) {
	for _, e := range f.Response {
		if e.Q == q {
			return e.Estimate, sound(e.N, e.Refused, e.Point)
		}
	}
	best, apart := stats.Estimate{}, math.Inf(1)
	for _, c := range f.Curve {
		if d := math.Abs(math.Log((1 - c.Q) / (1 - q))); d < apart {
			best, apart = c.Estimate, d
		}
	}
	return best, apart < 0.05 && sound(best.N, best.Refused, best.Point)
}

func percentilesTakeaway(r *report.Report) string {
	highest := 0.0
	for _, q := range shown() {
		if slices.ContainsFunc(r.Fronts, func(f report.Front) bool { _, ok := at(f, q); return ok }) {
			highest = q
		}
	}
	text := lowestAt(r, 0.5)
	if highest > 0.5 {
		if tail := lowestAt(r, highest); text != "" && tail != "" {
			text += "; a" + tail[1:]
		} else {
			text += tail
		}
	}
	if text == "" {
		return "The run is too short to tell a median."
	}
	return sentence("%s", text)
}

// lowestAt says who is the lowest at a quantile, and whether its interval parts
// from the next one's.
func lowestAt(r *report.Report, q float64) string {
	type entry struct {
		id string
		stats.Estimate
	}
	var list []entry
	for _, f := range r.Fronts {
		if e, ok := at(f, q); ok {
			list = append(list, entry{f.ID, e})
		}
	}
	if len(list) == 0 {
		return ""
	}
	slices.SortStableFunc(list, func(a, b entry) int { return cmp.Compare(a.Point, b.Point) })
	first := list[0]
	text := "At " + words.Quantile(q) + " " + first.id + " is the lowest with " + words.Figure(first.Point) + " ms"
	if len(list) == 1 {
		return "At " + words.Quantile(q) + " " + first.id + " takes " + words.Figure(first.Point) + " ms"
	}
	next := list[1]
	switch {
	case !first.HasInterval() || !next.HasInterval():
		return text + ", without an interval to compare with " + next.id
	case first.Hi < next.Lo:
		return text + ", clear of " + next.id + " with " + words.Figure(next.Point) + " ms"
	}
	return text + ", but its interval overlaps that of " + next.id
}

func percentilesTable(r *report.Report) report.Grid {
	g := report.Grid{Header: []string{"front"}, Left: 1}
	for _, q := range shown() {
		g.Header = append(g.Header, words.Quantile(q)+" ms")
	}
	for _, f := range r.Fronts {
		row := []string{f.ID}
		for _, q := range shown() {
			e, ok := at(f, q)
			switch {
			case ok:
				row = append(row, words.Interval(e))
			case e.N > 0:
				row = append(row, "too few")
			default:
				row = append(row, "-")
			}
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}
