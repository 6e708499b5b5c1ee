package page

import (
	"strings"

	"frontdoor/report"
	"frontdoor/report/chart"
	"frontdoor/report/figures"
)

// drawings are the report's figures in both sizes.
func drawings(r *report.Report) []drawing {
	var list []drawing
	for _, f := range figures.All(r) {
		hover := f.Chart.Hover()
		if f.ID == "timeline" { // where there is one front at a time, so that a read-out compares nothing
			hover = nil
		}
		f.Chart.Desc = "" // it is the takeaway, which stands right above the drawing
		list = append(list, drawing{
			ID: f.ID, Title: f.Title, Takeaway: f.Takeaway, Explain: f.Explain,
			Wide: oneLine(f.Chart.SVG(chart.Wide())), Narrow: oneLine(f.Chart.SVG(chart.Narrow())),
			Hover: hover, Data: f.Table,
		})
	}
	return list
}

// oneLine takes out the line ends between elements; texts have none.
func oneLine(svg string) string { return strings.ReplaceAll(svg, "\n", "") }
