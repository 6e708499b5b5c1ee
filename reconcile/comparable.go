package reconcile

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// cover widens what the bill covers by a line of usage: taxes and fees are of the whole
// month.
func (r *Reconciler) cover(c Charge) {
	if !c.used() {
		return
	}
	if r.from.IsZero() || c.From.Before(r.from) {
		r.from = c.From
	}
	if c.Until.After(r.until) {
		r.until = c.Until
	}
}

// comparable refuses a bill in which there is nothing to hold the run against: it has no
// usage in the run's hours, or what it has is others', by account or by tag.
func (r *Reconciler) comparable() error {
	switch {
	case len(r.charges)+len(r.unplaced) == 0 && r.others.Charges == 0:
		return fmt.Errorf("no line of the bill is of the run's hours, %s: want the export of %s%s", r.span(), r.hours[0].Format("2006-01"), r.covered())
	case r.others.Charges > 0 && !r.named && 2*r.billed() < len(r.uses()):
		return fmt.Errorf("no line of the bill is the run's: of its hours, %s, %d are others'%s\nhint: --tag and --account say whose lines are looked for", r.span(), r.others.Charges, r.whose())
	}
	return nil
}

// uses are the meters and Regions of which the run used something.
func (r *Reconciler) uses() map[place]bool {
	places := map[place]bool{}
	for _, u := range r.in.Spent.Uses {
		places[place{u.Meter, u.Region}] = true
	}
	return places
}

// billed is for how many of those a line may be the run's. A bill from before its tag was
// active has one for nearly all of them, and one that is another's for few: addresses
// bear no tag.
func (r *Reconciler) billed() (n int) {
	for at := range r.uses() {
		if len(r.charges[at]) > 0 {
			n++
		}
	}
	return n
}

func (r *Reconciler) covered() string {
	if r.from.IsZero() {
		return ""
	}
	return fmt.Sprintf("; this one covers %s", Span(r.from.UTC(), r.until.UTC()))
}

// whose is what others' lines are called, and what was looked for.
func (r *Reconciler) whose() string {
	s, text := r.in.Scope, ""
	if s.Account != "" {
		text += ", account " + s.Account
	}
	if s.Key != "" {
		text += ", tag " + s.Key + "=" + s.Value
	}
	if text != "" {
		text = "; looked for: " + strings.TrimPrefix(text, ", ")
	}
	if values := slices.Sorted(maps.Keys(r.values)); len(values) > 0 {
		text += "; that tag is on them as " + strings.Join(values[:min(3, len(values))], ", ")
	}
	return text
}
