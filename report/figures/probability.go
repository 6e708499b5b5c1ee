package figures

import (
	"fmt"

	"frontdoor/pricing/breakeven"
	"frontdoor/pricing/estimate"
	"frontdoor/report"
	"frontdoor/report/chart"
	"frontdoor/report/words"
)

// probability is in how many drawn worlds each front is the cheapest.
func probability(r *report.Report) (Figure, bool) {
	if r.Estimate == nil || r.Estimate.Uncertainty == nil {
		return Figure{}, false
	}
	u := r.Estimate.Uncertainty
	var rows []chart.Row
	var marks []chart.Mark
	g := report.Grid{Header: []string{"front", "cheapest in", "mean regret USD/month", "USD/month, 80 % of worlds"}, Left: 1}
	for i, p := range u.Outcome.Fronts {
		marks = append(marks, chart.Bar{Row: float64(i), From: 0, To: p.Cheapest, Class: barClass(i == u.Outcome.Choice)})
		rows = append(rows, chart.Row{Label: u.Fronts[i], End: words.Percent(p.Cheapest) + ", regret " + regret(p)})
		g.Rows = append(g.Rows, []string{u.Fronts[i], words.Percent(p.Cheapest), regret(p), between(p)})
	}
	return Figure{ID: "probability", Title: "Which front is the cheapest, over what is uncertain", Takeaway: probabilityTakeaway(u), Table: g,
		Explain: fmt.Sprintf("Share of %s months, drawn over the ranges of the inputs, in which the front is the cheapest. Its regret is what it costs a month above the cheapest of each, on average: a front that is seldom the cheapest may still be nearly so. The bar in green has the least regret.", words.Group(int64(u.Draws))),
		Chart: &chart.Chart{X: chart.Axis{Scale: chart.Linear(0, 1), Title: "share of worlds in which it is the cheapest", Format: func(v float64) string { return short(v*100) + " %" }},
			Panels: []chart.Panel{{Y: chart.Axis{Scale: chart.Category(rows...)}, Marks: marks}}}}, true
}

func barClass(choice bool) string {
	if choice {
		return chart.Good
	}
	return chart.Muted
}

func regret(p breakeven.Prospect) string {
	if p.Absent == 1 || estimate.Unable(p.Regret) {
		return "-"
	}
	return words.USD(p.Regret)
}

func between(p breakeven.Prospect) string {
	if p.Absent == 1 || estimate.Unable(p.High) {
		return "-"
	}
	return words.USD(p.Low) + " to " + words.USD(p.High)
}

func probabilityTakeaway(u *estimate.Uncertainty) string {
	p := u.Outcome.Fronts[u.Outcome.Choice]
	text := fmt.Sprintf("%s is the cheapest in %s of %s worlds, and has the least mean regret, %s a month", u.Fronts[u.Outcome.Choice], words.Percent(p.Cheapest), words.Group(int64(u.Draws)), regret(p))
	var near []string
	for _, i := range u.Outcome.Close {
		near = append(near, u.Fronts[i])
	}
	switch len(near) {
	case 0:
	case 1:
		text += fmt.Sprintf("; %s costs less than %s a month more", near[0], words.USD(u.Material))
	default:
		text += fmt.Sprintf("; %s cost less than %s a month more", words.And(near), words.USD(u.Material))
	}
	return sentence("%s", text)
}
