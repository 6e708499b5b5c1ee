package reconciled

import (
	"strconv"
	"strings"

	"frontdoor/pricing"
	"frontdoor/reconcile"
	"frontdoor/report"
	"frontdoor/report/words"
)

// lines are estimate and bill side by side.
func (r *Report) lines() report.Section {
	g := report.Grid{Left: 4, Keys: 1, Header: []string{"#", "meter", "Region", "hour (UTC)", "estimated", "billed", "unit", "USD est.", "USD billed", "difference", "quantity", "price", "unexplained", "because"}}
	for i, l := range r.Lines {
		estimated, costs := cells(l.Estimate)
		billed, cost := cells(l.Billed)
		unit := l.Unit
		if unit == "" {
			unit = "-"
		}
		g.Rows = append(g.Rows, []string{strconv.Itoa(i + 1), string(l.Meter), l.Region, reconcile.Span(l.From, l.Until), estimated, billed, unit, costs, cost,
			money(l.Difference), money(l.QuantityPart), money(l.RatePart), residual(l), because(l)})
	}
	t := r.Total
	_, costs := cells(t.Estimate)
	_, cost := cells(t.Billed)
	g.Rows = append(g.Rows, []string{"", "total", "", "", "", "", "", costs, cost, money(t.Difference), money(t.QuantityPart), money(t.RatePart), residual(t), "-"}) // what the total is made of, a sentence says
	return report.Section{ID: "lines", Title: "Estimate and bill", Table: g,
		Note: "The difference is billed less estimated: for another quantity at the estimate's price, and for another price of what was billed. >= is a lower bound, - is no line."}
}

// cells are a side's quantity and cost.
func cells(s *reconcile.Side) (quantity, cost string) {
	if s == nil {
		return "-", "-"
	}
	least := ""
	if s.AtLeast {
		least = ">="
	}
	return least + words.Quantity(s.Quantity), least + money(s.Cost)
}

func residual(l reconcile.Line) string {
	if l.Over {
		return money(l.Residual) + " ✗"
	}
	return money(l.Residual)
}

// because are the reasons of a line, each once.
func because(l reconcile.Line) string {
	var list []string
	seen := map[reconcile.Reason]bool{}
	for _, e := range l.Explained {
		if !seen[e.Reason] && (e.Reason != reconcile.Rounding || !tiny(e.USD)) {
			seen[e.Reason] = true
			list = append(list, string(e.Reason))
		}
	}
	if len(list) == 0 {
		return "-"
	}
	return strings.Join(list, ", ")
}

// residuals are the lines beyond the tolerance, with where they stand in the bill.
func (r *Report) residuals() report.Section {
	g := report.Grid{Left: 4, Keys: 1, Header: []string{"line", "what", "fronts", "where", "unexplained"}}
	for _, l := range r.Lines {
		if l.Over {
			g.Rows = append(g.Rows, []string{l.Name(), l.Why, strings.Join(l.Fronts, ", "), where(l.Charges), money(l.Residual)})
		}
	}
	for _, u := range r.Unplaced {
		if u.Own && u.USD.Sign() != 0 {
			g.Rows = append(g.Rows, []string{u.Name(), u.Why, "-", where([]reconcile.Source{u.First}), money(u.USD)})
		}
	}
	return report.Section{ID: "residuals", Title: "Not explained", Table: g, Note: "Look at these first: the line of the bill, or what the run recorded of these fronts, is not what it should be."}
}

func where(sources []reconcile.Source) string {
	if len(sources) == 0 {
		return "in no line"
	}
	return place(sources)
}

// explanations are the reasons, added up over the hours.
func (r *Report) explanations() report.Section {
	type key struct {
		reason        reconcile.Reason
		meter, region string
		text          string
	}
	var order []key
	sums := map[key]pricing.USD{}
	for _, l := range r.Lines {
		for _, e := range l.Explained {
			k := key{e.Reason, string(l.Meter), l.Region, e.Text}
			if e.Reason == reconcile.Rounding {
				k.meter, k.region = "all", ""
			}
			if _, ok := sums[k]; !ok {
				order = append(order, k)
			}
			sums[k] = sums[k].Add(e.USD)
		}
	}
	g := report.Grid{Left: 4, Keys: 2, Header: []string{"reason", "meter", "Region", "what", "USD"}}
	for _, k := range order {
		g.Rows = append(g.Rows, []string{string(k.reason), k.meter, k.region, k.text, money(sums[k])})
	}
	return report.Section{ID: "explained", Title: "What explains the differences", Table: g, Note: "Added up over the run's hours. Less than a billionth of a dollar reads $0.00; CSV and JSON have every digit."}
}

// apart is what is beside usage.
func (r *Report) apart() report.Section {
	g := report.Grid{Left: 1, Header: []string{"kind", "lines", "USD"}}
	for _, a := range r.Apart {
		g.Rows = append(g.Rows, []string{string(a.Kind), strconv.Itoa(a.Charges), money(a.USD)})
	}
	return report.Section{ID: "apart", Title: "Apart", Table: g, Note: "Lines that touch the run's hours, of the whole account where they bear no tag: never part of a residual."}
}

// unplaced are the lines that count no meter of bench.
func (r *Report) unplaced() report.Section {
	g := report.Grid{Left: 6, Keys: 2, Header: []string{"service", "usage type", "operation", "Region", "why", "where", "the run's", "lines", "USD"}}
	for _, u := range r.Unplaced {
		own := "not known"
		if u.Own {
			own = "yes"
		}
		g.Rows = append(g.Rows, []string{u.Service, u.UsageType, u.Operation, u.Region, u.Why, place([]reconcile.Source{u.First}), own, strconv.Itoa(u.Charges), money(u.USD)})
	}
	return report.Section{ID: "unplaced", Title: "Lines of no meter", Table: g, Note: "Not dropped: what is the run's and costs something is a residual."}
}
