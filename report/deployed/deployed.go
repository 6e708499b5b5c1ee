// Package deployed words what a deployment will make and what it costs, before anything
// is made.
package deployed

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"frontdoor/deploy"
	"frontdoor/pricing"
	"frontdoor/report"
	"frontdoor/report/words"
)

// Document is a deployment as a person reads it before saying yes. idle is what it
// costs in a month in which nobody calls; where says in which account, "" for nowhere yet.
func Document(d *deploy.Deployment, idle pricing.Bill, where string) (report.Document, error) {
	stacks, types, err := stacksOf(d)
	if err != nil {
		return report.Document{}, err
	}
	if where == "" {
		where = "no account was asked"
	}
	doc := report.Document{
		Title: fmt.Sprintf("deployment %s of %s", d.Name, d.Scenario),
		Lead:  []string{where, "nothing has been made"},
		Verdict: append([]string{fmt.Sprintf("It makes %s of CloudFormation in %s. A month in which nobody calls costs %s.",
			words.Plural(len(d.Stacks), "stack"), strings.Join(regions(d), ", "), total(idle))}, exposure(d)...),
		Sections: []report.Section{
			{ID: "stacks", Title: "What it makes", Table: stacks},
			{ID: "resources", Title: "Resources by type", Table: types},
			{ID: "packages", Title: "What runs in it", Table: packages(d)},
			{ID: "idle", Title: "What it costs while nobody calls, USD a month", Table: costs(idle), Note: fmt.Sprintf("List prices of %s, free tier none. Requests come on top: bench run prices them before it sends any.", idle.AsOf)},
		},
		Notes: slices.Clone(d.Notes),
	}
	doc.Notes = append(doc.Notes, missing(idle.Missing)...)
	for _, gap := range idle.Excluded {
		doc.Notes = append(doc.Notes, fmt.Sprintf("not counted: %s: %s", gap.Meter, gap.Reason))
	}
	return doc, nil
}

// exposure says who can call what will be made, and how to limit that; nothing when every
// front wants a key or a signature.
func exposure(d *deploy.Deployment) []string {
	open := d.Open()
	if len(open) == 0 {
		return nil
	}
	answer := "answer everybody who finds their addresses"
	if len(open) == 1 {
		answer = "answers everybody who finds its address"
	}
	limit := "bench destroy takes them away."
	if ways := d.Closing(); len(ways) > 0 {
		limit = "To close or bound them: " + strings.Join(ways, ", ") + "; " + limit
	}
	return []string{fmt.Sprintf("%s %s, and what others call you pay for: %s. %s", words.Plural(len(open), "front"), answer, strings.Join(open, ", "), limit)}
}

// missing is a note for each reason, with the meters that it is of.
func missing(gaps []pricing.Gap) []string {
	var notes, reasons []string
	of := map[string][]string{}
	for _, gap := range gaps {
		if of[gap.Reason] == nil {
			reasons = append(reasons, gap.Reason)
		}
		of[gap.Reason] = append(of[gap.Reason], string(gap.Meter))
	}
	for _, reason := range reasons {
		notes = append(notes, fmt.Sprintf("missing: %s: %s", reason, strings.Join(of[reason], ", ")))
	}
	return notes
}

func total(b pricing.Bill) string {
	text := words.Dollars(b.Total)
	if b.LowerBound {
		text = ">= " + text
	}
	return text
}

func regions(d *deploy.Deployment) []string {
	seen := map[string]bool{}
	for _, s := range d.Stacks {
		seen[s.Region] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

// stacksOf has a row for each stack, and for each type of resource how many of it all
// stacks make.
func stacksOf(d *deploy.Deployment) (stacks, types report.Grid, err error) {
	stacks = report.Grid{Header: []string{"stack", "Region", "template", "resources"}, Left: 3}
	types = report.Grid{Header: []string{"type", "made"}, Left: 1}
	all := map[string]int{}
	for _, s := range d.Stacks {
		made, err := s.Made()
		if err != nil {
			return stacks, types, err
		}
		sum := 0
		for kind, n := range made {
			all[kind] += n
			sum += n
		}
		stacks.Rows = append(stacks.Rows, []string{s.Name, s.Region, s.Template, strconv.Itoa(sum)})
	}
	for _, kind := range slices.Sorted(maps.Keys(all)) {
		types.Rows = append(types.Rows, []string{kind, strconv.Itoa(all[kind])})
	}
	return stacks, types, nil
}

func packages(d *deploy.Deployment) report.Grid {
	g := report.Grid{Header: []string{"front", "kind", "code"}, Left: 3}
	for _, s := range d.Stacks {
		for _, event := range slices.Sorted(maps.Keys(s.Scripts)) {
			g.Rows = append(g.Rows, []string{s.Front, "cloudfront-function", fmt.Sprintf("%d bytes of JavaScript at %s", len(s.Scripts[event]), event)})
		}
		if s.Code == nil {
			continue
		}
		what := fmt.Sprintf("handler %q as %s", s.Code.Handler, s.Code.Runtime)
		if s.Code.File != "" {
			what = s.Code.File + " as " + s.Code.Own
		}
		g.Rows = append(g.Rows, []string{s.Front, string(s.Code.Kind), what})
	}
	return g
}

func costs(b pricing.Bill) report.Grid {
	g := report.Grid{Header: []string{"service", "meter", "Region", "quantity", "unit", "USD/unit", "USD/month"}, Left: 3}
	for _, l := range b.Lines {
		g.Rows = append(g.Rows, []string{l.Service, string(l.Meter), l.Region, words.Quantity(l.Quantity), l.Unit, l.UnitPrice.String(), words.Dollars(l.Amount)})
	}
	g.Rows = append(g.Rows, []string{"total", "", "", "", "", "", total(b)})
	return g
}
