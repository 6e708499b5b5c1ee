package pricing

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// FreeTier is the caller's choice of free quantities. It has no default: a
// bill that leaves it out is refused, so that no free tier is merged silently.
type FreeTier string

// The choices.
const (
	FreeNone       FreeTier = "none"        // list prices
	FreeAlways     FreeTier = "always"      // what every account gets every month
	FreeNewAccount FreeTier = "new-account" // that, and what an account opened at the date gets in its first 12 months
)

// ParseFreeTier reads none, always or new-account.
func ParseFreeTier(s string) (FreeTier, error) {
	switch f := FreeTier(s); f {
	case FreeNone, FreeAlways, FreeNewAccount:
		return f, nil
	}
	return "", fmt.Errorf("unknown free tier %q: want none, always or new-account", s)
}

// grants reports whether the choice includes what a plan gives.
func (f FreeTier) grants(plan FreeTier) bool {
	return f == FreeNewAccount || f == FreeAlways && plan == FreeAlways
}

// allowance is a free quantity per month.
type allowance struct {
	id        string
	plan      FreeTier // FreeAlways or FreeNewAccount
	firstBand bool     // paid bands begin behind it; else they begin at 0 all the same
	perRegion bool
	meters    []string // words, in the order of service: names; "*" at the end stands for any rest
	quantity  Quantity
	inForce   Span
	mark      Mark
	source    string
}

// place is the position of the first word of the row that covers a meter, or -1.
func (a allowance) place(m Meter) int {
	return slices.IndexFunc(a.meters, func(word string) bool {
		stem, open := strings.CutSuffix(word, "*")
		return word == string(m) || open && strings.HasPrefix(string(m), stem)
	})
}

func (a allowance) covers(m Meter) bool { return a.place(m) >= 0 }

// grant is the part of an allowance that falls to one item of usage.
type grant struct {
	allowance allowance
	quantity  Quantity
}

// grants shares the allowances of a day out over items. The words of a row are
// served in its order, each as much as is left. Items of one word share in
// proportion to their quantities: AWS does not say which zone or Region is
// served first.
func (b *Book) grants(items []Item, choice FreeTier, day Date) [][]grant {
	granted := make([][]grant, len(items))
	left := make([]Quantity, len(items))
	for i, item := range items {
		left[i] = item.Quantity
	}
	for _, a := range b.free {
		if !choice.grants(a.plan) || !a.inForce.Has(day) {
			continue
		}
		for i, free := range a.share(items, left) {
			if free.Sign() > 0 {
				granted[i] = append(granted[i], grant{a, free})
				left[i] = left[i].Sub(free)
			}
		}
	}
	return granted
}

// share is what each item gets of the allowance when left of it is not yet free.
func (a allowance) share(items []Item, left []Quantity) []Quantity {
	free := make([]Quantity, len(items))
	taken := make(map[string]Quantity) // of each pool, by the words before
	for place := range a.meters {
		wanted := make(map[string]Quantity)
		for i, item := range items {
			if a.place(item.Meter) == place {
				wanted[a.pool(item)] = wanted[a.pool(item)].Add(left[i])
			}
		}
		for i, item := range items {
			pool := a.pool(item)
			if a.place(item.Meter) == place && left[i].Sign() > 0 {
				rest := a.quantity.Sub(taken[pool])
				free[i] = least(rest, wanted[pool]).Mul(left[i]).Div(wanted[pool])
			}
		}
		for pool, want := range wanted {
			taken[pool] = least(a.quantity, taken[pool].Add(want))
		}
	}
	return free
}

// freeNotes says what the choice of free tier takes for granted.
func (b *Book) freeNotes(o BillOptions) []string {
	if o.FreeTier == FreeNone {
		return nil
	}
	notes := []string{"free quantities belong to the whole account: they are granted as if this front were alone in it"}
	for _, a := range b.free {
		if a.plan == FreeNewAccount && a.inForce.Has(o.AsOf) {
			return notes
		}
	}
	if o.FreeTier == FreeNewAccount {
		notes = append(notes, fmt.Sprintf("accounts opened on %s get no 12-month free tier", o.AsOf))
	}
	return notes
}

// pool names the items that share one quantity.
func (a allowance) pool(item Item) string {
	if a.perRegion {
		return item.Region
	}
	return Global
}

func parseFree(name string, r io.Reader) ([]allowance, error) {
	rows, err := readTable(name, r, []string{"id", "plan", "shape", "scope", "meters", "quantity", "unit", "from", "until", "confidence", "source"})
	if err != nil {
		return nil, err
	}
	var allowances []allowance
	for _, row := range rows {
		row.text("unit")
		a := allowance{
			id:        row.text("id"),
			plan:      one(row, "plan", ParseFreeTier),
			firstBand: one(row, "shape", choose("allowance", "first-band")),
			perRegion: one(row, "scope", choose("global", "region")),
			meters:    strings.Fields(row.text("meters")),
			quantity:  row.quantity("quantity"),
			inForce:   row.span("from", "until"),
			mark:      one(row, "confidence", parseMark),
			source:    row.text("source"),
		}
		if a.plan == FreeNone {
			row.fail("plan", fmt.Errorf("%q grants nothing", a.plan))
		}
		if row.err != nil {
			return nil, row.err
		}
		allowances = append(allowances, a)
	}
	return allowances, nil
}

// choose reads one of two words and reports whether it was the second.
func choose(no, yes string) func(string) (bool, error) {
	return func(s string) (bool, error) {
		if s != no && s != yes {
			return false, fmt.Errorf("%q: want %s or %s", s, no, yes)
		}
		return s == yes, nil
	}
}
