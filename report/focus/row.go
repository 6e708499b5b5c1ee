package focus

import (
	"slices"

	"frontdoor/pricing"
	"frontdoor/report"
)

func sorted(names []string) []string {
	slices.Sort(names)
	return names
}

// row is a line of a bill at list price, with what the free tier leaves of it.
type row struct {
	front report.Front
	line  pricing.Line
	net   pricing.USD      // after the free tier
	free  pricing.Quantity // for nothing
	// The net cost at the ends of the forecast; nil when it is not known of the
	// line, such as where its quantity passes from one tier to the next.
	low, high *pricing.USD
}

func rows(r *report.Report) []row {
	var all []row
	for _, f := range r.Fronts {
		if !f.Cost.Priced() {
			continue
		}
		low, high := ends(r, f.ID)
		part := shared(f.Cost.Bill)
		for i := range part {
			part[i].front = f
			if low != nil && high != nil {
				part[i].low, part[i].high = between(part, i, *low, *high)
			}
		}
		all = append(all, part...)
	}
	return all
}

// ends are the bills at the ends of the forecast; nil when there is no range.
func ends(r *report.Report, id string) (low, high *pricing.Bill) {
	if r.Estimate == nil {
		return nil, nil
	}
	for _, p := range r.Estimate.Fronts {
		if p.ID != id || p.Low == nil || p.High == nil {
			continue
		}
		if p.High.Upper != nil {
			return p.Low, p.High.Upper
		}
		return p.Low, p.High
	}
	return nil, nil
}

// between is the net cost of a row's meter at both ends, when the meter has one
// row here and at most one line that is not free there.
func between(rows []row, at int, low, high pricing.Bill) (*pricing.USD, *pricing.USD) {
	for i, other := range rows {
		if i != at && same(other.line, rows[at].line) {
			return nil, nil
		}
	}
	from, ok := only(low.Lines, rows[at].line)
	until, also := only(high.Lines, rows[at].line)
	if !ok || !also {
		return nil, nil
	}
	return &from, &until
}

// only is the cost of a meter whose quantity lies in one tier. Free lines cost
// nothing; a meter that is free whole has no other line.
func only(lines []pricing.Line, like pricing.Line) (pricing.USD, bool) {
	var cost pricing.USD
	found, priced := false, 0
	for _, l := range lines {
		if !same(l, like) {
			continue
		}
		found = true
		if !l.Free {
			priced++
			cost = l.Amount
		}
	}
	return cost, found && priced <= 1
}

// same reports whether two lines count on one meter.
func same(a, b pricing.Line) bool { return a.Meter == b.Meter && a.Region == b.Region }

// shared lays the net lines of a bill over its lines at list price. A free tier
// takes quantity away: what is left of a meter costs what the net lines say, and
// they may lie in lower tiers than the list's. Each list line first takes what is
// left in its own tier, then, in order, what has found no place; so that of every
// meter the net amounts add up to the bill's, and so do the free quantities.
func shared(b pricing.Bill) []row {
	rows := make([]row, len(b.List))
	room := make([]pricing.Quantity, len(b.List))
	for i, l := range b.List {
		rows[i].line, room[i] = l, l.Quantity
	}
	rest := make([]pricing.Quantity, len(b.Lines))
	for i, l := range b.Lines {
		if !l.Free {
			rest[i] = l.Quantity
		}
	}
	for _, ownTier := range []bool{true, false} {
		for n, l := range b.Lines {
			for i := range rows {
				if !same(rows[i].line, l) || ownTier && !rows[i].line.Tier.From.Equal(l.Tier.From) {
					continue
				}
				part := least(rest[n], room[i])
				rows[i].net = rows[i].net.Add(l.UnitPrice.Mul(part))
				rest[n], room[i] = rest[n].Sub(part), room[i].Sub(part)
			}
		}
	}
	for i := range rows {
		rows[i].free = room[i]
	}
	return rows
}

func least(a, b pricing.Quantity) pricing.Quantity {
	if a.Cmp(b) < 0 {
		return a
	}
	return b
}
