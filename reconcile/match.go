package reconcile

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"frontdoor/pricing"
	"frontdoor/pricing/spend"
)

// pair is what a run used of a meter in a Region in a span, and the lines of the
// bill for that.
type pair struct {
	at          place
	from, until time.Time
	uses        []spend.Use
	charges     []charge
	shared      bool // the lines are not the run's by tag or resource: others' use may be in them
}

// pairs puts estimates and lines together: by meter and Region, then by spans of
// the bill's lines that overlap. A use in no span stands alone in its hour, a span
// without a use by itself.
func (r *Reconciler) pairs() []pair {
	uses := map[place][]spend.Use{}
	for _, u := range r.in.Spent.Uses {
		at := place{u.Meter, u.Region}
		uses[at] = append(uses[at], u)
	}
	r.renameLogs(uses)
	places := map[place]bool{}
	for at := range uses {
		places[at] = true
	}
	for at := range r.charges {
		places[at] = true
	}
	var all []pair
	for at := range places {
		charges, shared := r.ours(at, len(uses[at]) > 0)
		all = append(all, spans(at, uses[at], charges, shared)...)
	}
	slices.SortFunc(all, func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.at.meter, b.at.meter), cmp.Compare(a.at.region, b.at.region), a.from.Compare(b.from))
	})
	return all
}

// ours are the lines of a place that are held against the run: those that are its
// own by tag or resource, else, where the run used the meter, all that nobody else
// owns. Where it did not, those may be anybody's.
func (r *Reconciler) ours(at place, used bool) (list []charge, shared bool) {
	for _, c := range r.charges[at] {
		if c.owner == own {
			list = append(list, c)
		}
	}
	if len(list) == 0 && used {
		return r.charges[at], len(r.charges[at]) > 0
	}
	for _, c := range r.charges[at] {
		if c.owner != own {
			r.others.add(c.Charge)
		}
	}
	return list, false
}

// renameLogs puts lines of logs under the meter that the run has them under: AWS
// prices what Lambda logs as vended logs since 2025-05-01, and its bills go on to
// call them DataProcessing-Bytes, as they did before (unconfirmed).
func (r *Reconciler) renameLogs(uses map[place][]spend.Use) {
	for at, charges := range r.charges {
		vended := place{pricing.LogsIngestedGB, at.region}
		if at.meter == pricing.LogsCustomIngestedGB && len(uses[at]) == 0 && len(uses[vended]) > 0 {
			r.charges[vended] = append(slices.Clip(r.charges[vended]), charges...)
			delete(r.charges, at)
		}
	}
}

// spans groups the lines of a place by time.
func spans(at place, uses []spend.Use, charges []charge, shared bool) []pair {
	charges = slices.Clone(charges)
	slices.SortStableFunc(charges, func(a, b charge) int {
		return cmp.Or(a.From.Compare(b.From), a.Until.Compare(b.Until), strings.Compare(a.At, b.At))
	})
	var list []pair
	for _, c := range charges {
		from, until := c.From, c.Until
		if from.Equal(until) {
			from = from.Truncate(time.Hour)
			until = from.Add(time.Hour)
		}
		if n := len(list); n > 0 && from.Before(list[n-1].until) {
			list[n-1].charges = append(list[n-1].charges, c)
			if until.After(list[n-1].until) {
				list[n-1].until = until
			}
			continue
		}
		list = append(list, pair{at: at, from: from, until: until, charges: []charge{c}, shared: shared})
	}
	for _, u := range uses {
		i := slices.IndexFunc(list, func(p pair) bool { return within(u.Hour, p.from, p.until) })
		if i < 0 {
			i = len(list)
			list = append(list, pair{at: at, from: u.Hour.UTC(), until: u.Hour.UTC().Add(time.Hour)})
		}
		list[i].uses = append(list[i].uses, u)
	}
	return list
}

// wide reports whether the span is longer than the run's hours in it.
func (r *Reconciler) wide(p pair) bool {
	var covered time.Duration
	for _, hour := range r.hours {
		if within(hour, p.from, p.until) {
			covered += time.Hour
		}
	}
	return p.until.Sub(p.from) > covered
}
