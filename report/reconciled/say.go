package reconciled

import (
	"fmt"
	"strings"

	"frontdoor/pricing"
	"frontdoor/reconcile"
	"frontdoor/report/words"
)

func (r *Report) title() string { return r.Scenario + ", run " + r.Run + ", held against its bill" }

// lead says what the figures are.
func (r *Report) lead() []string {
	var lead []string
	if r.Lab {
		lead = append(lead, "LAB: a run on loopback, which AWS billed nothing for; to learn by")
	}
	for _, x := range r.Exports {
		lead = append(lead, fmt.Sprintf("%s: %s, %s", x.Name, x.Format, words.Plural(x.Charges, "line")))
	}
	book := ""
	if r.Book != "shipped" {
		book = " (" + r.Book + ")"
	}
	return append(lead, fmt.Sprintf("estimates at list prices of %s%s; tolerance %s of a line", r.Day, book, words.Percent(r.Tolerance.Float())))
}

// sentences say whether the bill matches, what the difference is made of, and what
// weakens that.
func (r *Report) sentences() []string {
	t := r.Total
	over := r.Over()
	verdict := fmt.Sprintf("The bill matches: of %s none differs by more than %s unexplained; the residual is %s of %s.",
		words.Plural(len(r.Lines), "line"), words.Percent(r.Tolerance.Float()), money(t.Residual), money(t.Billed.Cost))
	if len(over) > 0 {
		verdict = fmt.Sprintf("The bill does not match: %s not explained; the residual is %s of %s.", plural(len(over), "line is", "lines are"), money(t.Residual), money(t.Billed.Cost))
	}
	least := ""
	if t.Estimate.AtLeast {
		least = "at least "
	}
	list := []string{verdict, fmt.Sprintf("Estimated: %s%s; billed: %s; difference: %s%s.", least, money(t.Estimate.Cost), money(t.Billed.Cost), money(t.Difference), r.madeOf())}
	if len(over) > 0 && len(r.residuals().Table.Rows) == 0 { // no line by itself, all together
		list = append(list, "✗ "+over[0])
	}
	for _, text := range r.Warnings {
		list = append(list, "! "+text)
	}
	return list
}

// Mismatch says in one line that the bill does not match, with the line of which most
// is not explained; "" where it does. The tables have the others.
func (r *Report) Mismatch() string {
	over := r.Over()
	if len(over) <= 1 {
		return strings.Join(over, "")
	}
	var most pricing.USD
	worst := ""
	hold := func(usd pricing.USD, text string) {
		if usd.Sign() < 0 {
			usd = pricing.USD{}.Sub(usd)
		}
		if worst == "" || usd.Cmp(most) > 0 {
			most, worst = usd, text
		}
	}
	for _, l := range r.Lines {
		if l.Over {
			hold(l.Residual, l.Name()+": "+l.Why)
		}
	}
	for _, u := range r.Unplaced {
		if u.Own && u.USD.Sign() != 0 {
			hold(u.USD, u.Name()+": "+u.Why)
		}
	}
	return fmt.Sprintf("%d lines are not explained; most of %s", len(over), worst)
}

// madeOf is the parts of the total difference.
func (r *Report) madeOf() string {
	var parts []string
	for _, e := range r.Total.Explained {
		if !tiny(e.USD) {
			parts = append(parts, string(e.Reason)+" "+money(e.USD))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return ", of it " + words.And(parts)
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return words.Group(int64(n)) + " " + many
}

// notes say what the figures rest on.
func (r *Report) notes() []string {
	notes := []string{"Residuals value a free quantity at what it would have cost: a free tier hides no mistake of quantity."}
	if r.Scope.Key != "" {
		notes = append(notes, fmt.Sprintf("Lines are the run's by the tag %s=%s or by a resource of the run; a meter without such a line takes those that nobody else owns.", r.Scope.Key, r.Scope.Value))
	}
	if r.Others.Charges > 0 {
		notes = append(notes, fmt.Sprintf("%s of the run's hours, %s in all, are not the run's and left out.", plural(r.Others.Charges, "line", "lines"), money(r.Others.USD)))
	}
	for _, g := range r.Missing {
		notes = append(notes, fmt.Sprintf("%s: the estimate is a lower bound: %s.", g.Meter, strings.TrimSuffix(g.Reason, ".")))
	}
	return notes
}

// tiny is less than what a line of a bill can show ten of.
func tiny(u pricing.USD) bool {
	nano, _ := pricing.ParseUSD("0.000000001") // a decimal number
	return u.Cmp(nano) < 0 && pricing.USD{}.Sub(u).Cmp(nano) < 0
}

// money is an amount; less than a billionth of a dollar is rounding, and reads $0.00.
func money(u pricing.USD) string {
	if tiny(u) {
		return words.Dollars(pricing.USD{})
	}
	return words.Dollars(u)
}

// place is where a line stands in a bill, of the first three.
func place(sources []reconcile.Source) string {
	var list []string
	for i, s := range sources {
		if i == 3 {
			list = append(list, fmt.Sprintf("%d more", len(sources)-i))
			break
		}
		list = append(list, s.File+" "+s.At)
	}
	return strings.Join(list, ", ")
}
