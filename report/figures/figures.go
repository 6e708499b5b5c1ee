// Package figures makes the figures of a report: each a chart, a sentence that
// says what to see in it, and the table of its data. The sentences are computed
// from the data; a figure whose data the report does not have is left out.
package figures

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"frontdoor/record"
	"frontdoor/report"
	"frontdoor/report/chart"
	"frontdoor/report/words"
)

// Figure is a chart with what belongs to it. Its texts are plain text: fronts
// are named by their ids as the user wrote them, and nothing is escaped.
type Figure struct {
	ID       string // "percentiles": the same in every report
	Title    string
	Takeaway string // a sentence: what to see
	Explain  string // how to read it
	Alt      string // for who does not see the chart
	Chart    *chart.Chart
	Table    report.Grid // the data behind it
}

// All are the figures of a report that has data for them, in the order in which
// they are read.
func All(r *report.Report) []Figure {
	var all []Figure
	for _, build := range []func(*report.Report) (Figure, bool){
		percentiles, differences, rounds, timeline, connections, cost, phase, tornado, probability, cold, eras,
	} {
		f, ok := build(r)
		if !ok {
			continue
		}
		f.Alt = f.Title + ". " + f.Takeaway
		f.Chart.ID, f.Chart.Title, f.Chart.Desc = f.ID, f.Title, f.Takeaway
		f.Chart.Series, f.Chart.Source = series(r), source(r, f.ID)
		all = append(all, f)
	}
	return all
}

// series has one entry for each front, in the run's order, so that a front looks
// the same in every figure.
func series(r *report.Report) []chart.Series {
	var list []chart.Series
	for i, f := range r.Fronts {
		list = append(list, chart.Series{Name: f.ID, Color: i})
	}
	return list
}

// seriesOf is the number of a front's series; -1 for one that the run has not.
func seriesOf(r *report.Report, id string) int {
	return slices.IndexFunc(r.Fronts, func(f report.Front) bool { return f.ID == id })
}

// source says where a figure's data are from, in the chart itself, since charts
// get copied without their page.
func source(r *report.Report, id string) string {
	from := "figures of the URLs given"
	if r.Imported() {
		from = "figures that other tools measured"
	}
	switch r.Run.Source {
	case record.SourceLab:
		from = "LAB, loopback"
		if r.Run.Distance != nil {
			from = "LAB, loopback with simulated distance"
		}
	case record.SourceAWS:
		from = "AWS"
	}
	if !r.Run.Started.IsZero() {
		from += ", " + r.Run.Started.UTC().Format("2006-01-02")
	}
	switch id {
	case "cost", "phase", "tornado", "probability":
		from += "; USD list prices as of " + r.Pricing.AsOf.String()
	case "eras":
		from += "; USD list prices of each era"
	}
	return from
}

// sound says whether an estimate may be shown.
func sound(n int, refused string, point float64) bool {
	return n > 0 && refused == "" && !math.IsNaN(point) && !math.IsInf(point, 0)
}

// extent is the least and the greatest of the finite values, positive ones only
// if wanted.
type extent struct{ low, high float64 }

func newExtent() extent { return extent{math.Inf(1), math.Inf(-1)} }

func (e *extent) add(values ...float64) {
	for _, v := range values {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			e.low, e.high = min(e.low, v), max(e.high, v)
		}
	}
}

func (e *extent) addPositive(values ...float64) {
	for _, v := range values {
		if v > 0 {
			e.add(v)
		}
	}
}

func (e extent) empty() bool { return e.low > e.high }

// log is a logarithmic scale with some air at the ends.
func (e extent) log() chart.Scale { return chart.Log(e.low/1.08, e.high*1.08) }

// short is a number at a tick, as short as it can be.
func short(v float64) string { return trim(v, words.Figure(v)) }

// trim takes the zeros off that a figure has for its three digits where it is
// exact without them: ticks are round numbers, not measurements.
func trim(v float64, figure string) string {
	exact, err := strconv.ParseFloat(figure, 64)
	if err == nil && strings.Contains(figure, ".") && math.Abs(exact-v) <= 1e-9*math.Abs(v) {
		return strings.TrimRight(strings.TrimRight(figure, "0"), ".")
	}
	return figure
}

func dollars(v float64) string {
	if v < 0 {
		return "-" + dollars(-v)
	}
	return "$" + trim(v, words.Figure(v))
}

func requests(v float64) string { return words.Count(int64(math.Round(v))) }

// sentence is text with a capital and a full stop, unless it begins with the
// name of a front, which stays as it is.
func sentence(format string, args ...any) string { return fmt.Sprintf(format, args...) + "." }
