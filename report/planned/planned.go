// Package planned words the plan of a run, before it is made, and what became of it.
package planned

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"frontdoor/guard"
	"frontdoor/pricing"
	"frontdoor/report"
	"frontdoor/report/words"
)

// Document is a plan as a person reads it before saying yes.
func Document(p guard.Plan) report.Document {
	d := report.Document{
		Title: "plan of " + p.Name,
		Lead:  []string{words.Plural(p.Trials, "trial"), "list prices of " + p.Made.UTC().Format(time.DateOnly), "nothing has been sent"},
		Sections: append(hosts(p), []report.Section{
			{ID: "use", Title: "What it uses", Table: uses(p), Note: "At most: each trial that the generator spoils is made again, and every request lasts until its timeout."},
			{ID: "cost", Title: "What it costs, USD", Table: costs(p), Note: costNote(p)},
		}...),
		Verdict: sentences(p),
	}
	for _, gap := range p.Expected.Spent.Missing {
		d.Notes = append(d.Notes, fmt.Sprintf("missing: %s: %s", gap.Meter, gap.Reason))
	}
	d.Notes = append(d.Notes, p.Expected.Spent.Notes...)
	return d
}

// sentences say what it costs and what stops it.
func sentences(p guard.Plan) []string {
	verb := "will cost"
	if len(p.Hosts) == 0 {
		verb = "runs in the lab and costs nothing; on AWS it would cost"
	}
	costs := append([]string{fmt.Sprintf("It %s about %s at list prices, and %s at most.", verb, total(p.Expected), total(p.AtMost))}, written(p)...)
	if refused := p.Refused(); refused != nil { // it stops nowhere, for it does not begin
		return append(costs, fmt.Sprintf("It is REFUSED, exit code 6: %s.", refused))
	}
	stop := fmt.Sprintf("It stops after %s requests or %s bytes", words.Group(p.Bounds.Requests), words.Group(p.Bounds.Bytes))
	if p.MaxCost != nil {
		stop += fmt.Sprintf(", the fewer of what the plan may take and what --max-cost %s pays for", words.Dollars(*p.MaxCost))
	}
	if p.Bounds.ErrorRate > 0 && p.Bounds.ErrorRate < 1 {
		stop += fmt.Sprintf("; and when more than %s of the requests to a front fail, once %d were sent", words.Percent(p.Bounds.ErrorRate), p.Bounds.After)
	}
	return append(costs, stop+".")
}

// written says which tables the run changes: nobody else's items are to be among them.
func written(p guard.Plan) []string {
	var list []string
	for _, t := range p.Tables {
		list = append(list, fmt.Sprintf("It writes %s versions of items of its own into the table %s in %s, and leaves them there.", words.Group(t.Writes), t.Name, t.Region))
	}
	return list
}

// Question asks for what is agreed to.
func Question(p guard.Plan) string {
	if len(p.Hosts) == 0 {
		return "Run this in the lab, for nothing?"
	}
	return fmt.Sprintf("Send this, for about %s and %s at most?", total(p.Expected), total(p.AtMost))
}

func total(u guard.Usage) string {
	text := words.Dollars(u.Total)
	if u.List.LowerBound {
		text = ">= " + text
	}
	return text
}

// hosts is where it is sent, if not to the lab.
func hosts(p guard.Plan) []report.Section {
	if len(p.Hosts) == 0 {
		return nil
	}
	g := report.Grid{Header: []string{"host", "fronts", "whose"}, Left: 3}
	for _, h := range p.Hosts {
		why := h.Why
		if why == "" {
			why = "REFUSED: nobody said whose it is"
		}
		g.Rows = append(g.Rows, []string{h.Name, strings.Join(h.Fronts, ", "), why})
	}
	return []report.Section{{ID: "hosts", Title: "Where it is sent", Table: g}}
}

func uses(p guard.Plan) report.Grid {
	g := report.Grid{Header: []string{"", "expected", "at most"}, Left: 1}
	row := func(name string, of func(guard.Usage) string) {
		g.Rows = append(g.Rows, []string{name, of(p.Expected), of(p.AtMost)})
	}
	quantity := func(of func(guard.Usage) pricing.Quantity) func(guard.Usage) string {
		return func(u guard.Usage) string { return whole(of(u)) }
	}
	row("requests", quantity(func(u guard.Usage) pricing.Quantity { return u.Spent.Traffic.Requests }))
	row("bytes sent", quantity(func(u guard.Usage) pricing.Quantity { return u.Spent.Traffic.Out }))
	row("bytes received", quantity(func(u guard.Usage) pricing.Quantity { return u.Spent.Traffic.In }))
	row("invocations", quantity(guard.Usage.Invocations))
	row("GB-seconds", func(u guard.Usage) string { return words.Quantity(u.GBSeconds()) })
	row("time", func(u guard.Usage) string { return words.Span(u.Lasts.Round(time.Second)) })
	return g
}

// whole is a quantity to the next whole number.
func whole(q pricing.Quantity) string {
	return words.Thousands(q.Rat().FloatString(0))
}

// costs has a row for each line of the expected bill, with what the line is at most, and
// for those that only the most has: what a cache spares every request of a rehearsal.
func costs(p guard.Plan) report.Grid {
	g := report.Grid{Header: []string{"service", "meter", "Region", "quantity", "unit", "USD/unit", "expected", "at most"}, Left: 3}
	type key struct {
		meter  pricing.Meter
		region string
	}
	most := map[key]pricing.USD{}
	for _, l := range p.AtMost.Lines {
		k := key{l.Meter, l.Region}
		most[k] = most[k].Add(l.Amount)
	}
	row := func(l pricing.Line, quantity, expected string) {
		g.Rows = append(g.Rows, []string{l.Service, string(l.Meter), l.Region, quantity, l.Unit, l.UnitPrice.String(), expected, words.Dollars(most[key{l.Meter, l.Region}])})
	}
	seen := map[key]bool{}
	for _, l := range p.Expected.Lines {
		row(l, words.Quantity(l.Quantity), words.Dollars(l.Amount))
		seen[key{l.Meter, l.Region}] = true
	}
	for _, l := range p.AtMost.Lines {
		if k := (key{l.Meter, l.Region}); !seen[k] {
			row(l, "0", words.Dollars(pricing.USD{}))
			seen[k] = true
		}
	}
	g.Rows = append(g.Rows, []string{"total", "", "", "", "", "", total(p.Expected), total(p.AtMost)})
	return g
}

// costNote says what of it may be free.
func costNote(p guard.Plan) string {
	u := p.Expected
	saved := u.Total.Sub(u.Free.Total)
	if saved.Sign() == 0 {
		return "Nothing of it is in the quantities that every account gets free each month."
	}
	return fmt.Sprintf("If this account has used nothing else this month, %s of it stays in the quantities that every account gets free, and %s is left.",
		words.Dollars(saved), words.Dollars(u.Free.Total))
}

// Outcome says what became of a plan. The trials that were made have a plan of their own
// where they are others than were planned, or touched other hours.
func Outcome(p guard.Plan, used guard.Usage) string {
	text := "planned " + words.Dollars(p.Expected.Total)
	switch made := p.AsMade; {
	case made == nil:
		text += ","
	case made.Trials != p.Trials:
		text += fmt.Sprintf(" for %s; %s made, for which the plan is %s;", words.Plural(p.Trials, "trial"), were(made.Trials), words.Dollars(made.Total))
	case !made.Hours().Equal(p.Expected.Hours()):
		text += fmt.Sprintf("; with %s hours of load balancers in place of %s the plan is %s;", made.Hours(), p.Expected.Hours(), words.Dollars(made.Total))
	default:
		text += ","
	}
	text += " the run's own meters say " + words.Dollars(used.Total)
	if n := len(used.Spent.Missing); n > 0 {
		text += " and have gaps: " + strconv.Itoa(n) + " of them, which a bill may fill"
	}
	return text + "; AWS's bill decides, and comes hours later"
}

func were(n int) string {
	if n == 1 {
		return "1 was"
	}
	return fmt.Sprintf("%d were", n)
}
