package offload

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"frontdoor/offload"
	"frontdoor/report"
	"frontdoor/report/chart"
	"frontdoor/report/figures"
	"frontdoor/report/page"
	"frontdoor/report/words"
)

// HTML writes the report as one page that loads nothing.
func HTML(w io.Writer, r *Report) error {
	source := "SIMULATED"
	if r.Observed != nil {
		source = "SIMULATED and LAB"
	}
	d := document(r)
	for i, line := range d.Lead {
		d.Lead[i] = strings.ToUpper(line[:1]) + line[1:]
	}
	return page.Document(w, d, source, r.Run.Started.UTC().Format("2 January 2006, 15:04 UTC"), []figures.Figure{r.edges(), r.margins()})
}

// edges is a figure of the formulas: requests a day by the number of edge caches.
func (r *Report) edges() figures.Figure {
	p := r.Params
	names := []string{"direct", "a, no parent", "a, one parent", "b"}
	daily := 24 / p.Schedule.Every.Hours()
	at := func(series, edges int) float64 {
		switch series {
		case 0:
			return offload.DirectPerDay(p.ReadsPerHour, edges)
		case 1:
			return daily * float64(edges)
		case 2:
			return daily
		}
		return 0
	}
	f := figures.Figure{
		ID: "edges", Title: "Requests to S3 by the number of edge caches",
		Takeaway: "Without a parent option a asks once for each edge, and more edges offload no larger share; with one, or under option b, their number does not matter.",
		Explain:  "Formulas, not the simulation. b asks nothing and is not on a logarithmic scale.",
		Table:    report.Grid{Left: 1, Header: append([]string{"edges"}, names...)},
	}
	c := &chart.Chart{ID: f.ID, Title: f.Title, Source: "formulas of the simulation's closed form"}
	panel := chart.Panel{Y: chart.Axis{Scale: chart.Log(daily/2, at(0, 100)*1.2), Title: "requests a day (log)", Format: tick}}
	for series, name := range names[:3] {
		c.Series = append(c.Series, chart.Series{Name: name, Color: series})
		line := chart.Line{Series: series}
		for edges := 1; edges <= 100; edges++ {
			line.Points = append(line.Points, chart.Point{X: float64(edges), Y: at(series, edges)})
		}
		panel.Marks = append(panel.Marks, line)
	}
	for _, edges := range []int{1, 2, 5, 10, 20, 50, 100} {
		row := []string{group(int64(edges))}
		for series := range names {
			row = append(row, words.Figure(at(series, edges)))
		}
		f.Table.Rows = append(f.Table.Rows, row)
	}
	c.X = chart.Axis{Scale: chart.Log(1, 100), Title: "edge caches (log)", Format: tick}
	c.Panels = []chart.Panel{panel}
	f.Chart = c
	return f
}

// tick is a number at an axis: round ones, as they are.
func tick(v float64) string {
	if v >= 1000 {
		return group(int64(math.Round(v)))
	}
	return strconv.FormatFloat(v, 'g', 4, 64)
}

// margins is the mean window by how long behind the expected change the job runs.
func (r *Report) margins() figures.Figure {
	p := r.Params
	sigma := max(p.Changes.Deviation, time.Second)
	best := offload.BestMargin(sigma, p.Schedule.Every)
	most := max(2*best, 4*sigma, p.Schedule.Margin*5/4)
	window := []func(time.Duration) time.Duration{
		func(m time.Duration) time.Duration { return offload.ExpectedWindow(m, sigma, p.Schedule.Every) },
		func(m time.Duration) time.Duration {
			return offload.ExpectedManualWindow(m, sigma, p.Schedule.Manual)
		},
	}
	f := figures.Figure{
		ID: "margins", Title: "Option a's window by the margin of its job",
		Takeaway: fmt.Sprintf("A job %s behind the expected change makes the mean window least, %s; this scenario's margin is %s. Where somebody purges by hand an earlier job is better.", short(best), short(window[0](best)), words.Span(p.Schedule.Margin)),
		Explain:  fmt.Sprintf("Formulas for changes that scatter by %s; the dots are the simulation. Too early a job runs ahead of a late change, which then waits for the next one.", words.Span(sigma)),
		Table:    report.Grid{Left: 1, Header: []string{"margin", "a", "a-manual"}},
	}
	c := &chart.Chart{ID: f.ID, Title: f.Title, Source: "formulas and simulation", Series: []chart.Series{{Name: "a", Color: 0}, {Name: "a-manual", Color: 1}}}
	panel := chart.Panel{}
	low, high := math.Inf(1), 0.0
	for series, of := range window {
		line := chart.Line{Series: series}
		for i := range 121 {
			m := most * time.Duration(i) / 120
			y := max(of(m).Minutes(), 0.01)
			low, high = min(low, y), max(high, y)
			line.Points = append(line.Points, chart.Point{X: m.Minutes(), Y: y})
		}
		panel.Marks = append(panel.Marks, line)
	}
	for _, o := range []offload.Option{offload.A, offload.AManual} {
		if out, ok := r.Result.Of(o); ok && out.Window != nil && out.Window.Mean > 0 {
			y := out.Window.Mean.Minutes()
			low, high = min(low, y), max(high, y)
			panel.Marks = append(panel.Marks, chart.Note{At: chart.Point{X: p.Schedule.Margin.Minutes(), Y: y}, Circle: true, Text: string(o) + ", simulated"})
		}
	}
	panel.Y = chart.Axis{Scale: chart.Log(low/1.3, high*1.3), Title: "mean window, minutes (log)", Format: tick}
	for i := range 9 {
		m := most * time.Duration(i) / 8
		f.Table.Rows = append(f.Table.Rows, []string{short(m), short(window[0](m)), short(window[1](m))})
	}
	c.X = chart.Axis{Scale: chart.Linear(0, most.Minutes()), Title: "margin, minutes", Format: tick}
	c.Panels = []chart.Panel{panel}
	f.Chart = c
	return f
}
