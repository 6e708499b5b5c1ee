package report

import (
	"fmt"
	"slices"
	"strings"

	"frontdoor/pricing"
	"frontdoor/report/words"
)

func priceLine(r *Report) string {
	volume := words.Count(r.Traffic.Expected) + " requests a month"
	if r.Traffic.Assumed {
		volume += " (assumed: the scenario has no forecast)"
	} else if r.Traffic.Low != r.Traffic.High {
		volume += fmt.Sprintf(" (%s to %s)", words.Count(r.Traffic.Low), words.Count(r.Traffic.High))
	}
	book := ""
	if r.Pricing.Book != "" && r.Pricing.Book != shippedBook {
		book = " (" + r.Pricing.Book + ")"
	}
	init := ""
	if r.Pricing.Init != "" {
		init = "; " + r.Pricing.Init
	}
	return fmt.Sprintf("USD list prices as of %s%s%s; free tier %s%s; %s", r.Pricing.AsOf, book, carried(r), r.Pricing.FreeTier, init, volume)
}

// shippedBook is how the book that comes with the program is called; only
// others are worth a word in a table.
const shippedBook = "shipped"

func costCells(f Front, t Traffic, notes *footnotes) []string {
	if !f.Cost.Priced() {
		mark := notes.add("%s: no bill: %s", f.ID, f.Cost.Why())
		return []string{"-" + mark + capacityNote(f, notes), "-"}
	}
	b := f.Cost.Bill
	million, month := costRange(f, t)
	if b.LowerBound {
		var gaps []string
		for _, gap := range b.Missing {
			gaps = append(gaps, fmt.Sprintf("%s (%s)", gap.Meter, gap.Reason))
		}
		million += notes.add("%s: lower bound, without %s", f.ID, strings.Join(gaps, ", "))
	}
	if names := unconfirmed(b); len(names) > 0 {
		million += notes.add("unconfirmed by AWS: %s", strings.Join(names, ", "))
	}
	return []string{million + capacityNote(f, notes), month}
}

// capacityNote is on a bill that counts capacity units without CloudWatch.
func capacityNote(f Front, notes *footnotes) (mark string) {
	for _, p := range f.Problems {
		if capacity(p) {
			mark += notes.add("%s: %s; the bill counts capacity units from the run's own requests", f.ID, p)
		}
	}
	return mark
}

// unconfirmed names the meters and rules of a bill that do not rest on AWS's word.
func unconfirmed(b pricing.Bill) []string {
	var names []string
	seen := map[pricing.Meter]bool{}
	for _, l := range b.Lines {
		if l.Confidence == pricing.Unconfirmed && !seen[l.Meter] {
			seen[l.Meter] = true
			names = append(names, string(l.Meter))
		}
	}
	billing := b.Rules.Of(b.Kind)
	for _, rule := range []pricing.Rule{billing.Granularity, billing.Init} {
		if rule.Confidence == pricing.Unconfirmed && bears(b, rule) {
			names = append(names, rule.Name)
		}
	}
	return names
}

// bears reports whether a line of the bill rests on a rule of durations, of which
// each is of one service: edge.init_billed of the lines of edge.*.
func bears(b pricing.Bill, rule pricing.Rule) bool {
	service, _, _ := strings.Cut(rule.Name, ".")
	return slices.ContainsFunc(b.Lines, func(l pricing.Line) bool { return strings.HasPrefix(string(l.Meter), service+".") })
}

// carried says when the prices were last confirmed, if that was not on the day
// they are used for: the span of dates over all lines of all bills.
func carried(r *Report) string {
	var first, last pricing.Date
	for _, f := range r.Fronts {
		for _, l := range f.Cost.Bill.Lines {
			if l.Confidence != pricing.Carried {
				continue
			}
			day := l.Seen.From // the confirmation nearest to a day before it
			if l.Seen.From.Before(r.Pricing.AsOf) {
				day = l.Seen.Until
			}
			if first.IsZero() || day.Before(first) {
				first = day
			}
			if last.IsZero() || last.Before(day) {
				last = day
			}
		}
	}
	switch {
	case first.IsZero():
		return ""
	case first == last:
		return fmt.Sprintf("; last confirmed %s", first)
	}
	return fmt.Sprintf("; last confirmed %s to %s, by line", first, last)
}
