package pricing

import (
	"maps"
	"slices"
	"strings"

	"frontdoor/front"
)

// Difference is what differs in a book between two days.
type Difference struct {
	Before, After Date
	Rates         []RateChange
	Rules         []RuleChange
	Free          []FreeChange
	Fronts        []front.Kind // that can be had on the second day and not on the first
}

// RateChange is a meter whose bands or prices differ. Before is empty for a
// meter that is new, After for one that is gone.
type RateChange struct {
	Meter         Meter
	Region        string
	Before, After []Rate
}

// RuleChange is a rule whose value differs. Nil is no rule on that day.
type RuleChange struct {
	Name          string
	Before, After *Rule
}

// FreeChange is a free quantity that differs. Nil is none on that day.
type FreeChange struct {
	ID            string
	Before, After *FreeQuantity
}

// Diff compares two days of a book, in a Region and for the meters that no
// Region divides, or in every Region.
func (b *Book) Diff(region string, before, after Date) Difference {
	d := Compare(b, b, region, before, after)
	d.Rules, d.Free = b.ruleChanges(before, after), b.freeChanges(before, after)
	for _, o := range b.fronts {
		if before.Before(o.from) && !after.Before(o.from) {
			d.Fronts = append(d.Fronts, o.kind)
		}
	}
	return d
}

// Compare compares the rates of one book on a day with those of another on a
// day. Rules and free tiers are left out.
func Compare(old, young *Book, region string, before, after Date) Difference {
	d := Difference{Before: before, After: after}
	keys := slices.Collect(maps.Keys(old.rates))
	for key := range young.rates {
		if _, both := old.rates[key]; !both {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(x, y rateKey) int {
		if c := strings.Compare(string(x.meter), string(y.meter)); c != 0 {
			return c
		}
		return strings.Compare(x.region, y.region)
	})
	for _, key := range keys {
		if region != EveryRegion && key.region != region && key.region != Global {
			continue
		}
		was, _ := old.Rates(key.meter, key.region, before)
		is, _ := young.Rates(key.meter, key.region, after)
		if !samePrices(was, is) {
			d.Rates = append(d.Rates, RateChange{key.meter, key.region, was, is})
		}
	}
	return d
}

// samePrices compares what is paid: bands and dollars, not where they stand.
func samePrices(x, y []Rate) bool {
	return slices.EqualFunc(x, y, func(a, b Rate) bool {
		return a.Unit == b.Unit && a.Contract == b.Contract && a.USD.Equal(b.USD) && a.Tier.From.Equal(b.Tier.From)
	})
}

func (b *Book) ruleChanges(before, after Date) []RuleChange {
	on := func(name string, day Date) *Rule {
		rule, err := b.rule(name, day)
		if err != nil {
			return nil
		}
		return &rule
	}
	names := make(map[string]bool)
	for _, e := range b.eras {
		names[e.name] = true
	}
	var changes []RuleChange
	for _, name := range slices.Sorted(maps.Keys(names)) {
		was, is := on(name, before), on(name, after)
		if (was == nil) != (is == nil) || was != nil && was.Value != is.Value {
			changes = append(changes, RuleChange{name, was, is})
		}
	}
	return changes
}

func (b *Book) freeChanges(before, after Date) []FreeChange {
	by := func(day Date) map[string]*FreeQuantity {
		found := make(map[string]*FreeQuantity)
		for _, f := range b.FreeQuantities("", day) {
			found[f.ID] = &f
		}
		return found
	}
	was, is := by(before), by(after)
	ids := maps.Clone(was)
	maps.Copy(ids, is)
	var changes []FreeChange
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		if x, y := was[id], is[id]; x == nil || y == nil || !x.Quantity.Equal(y.Quantity) {
			changes = append(changes, FreeChange{id, x, y})
		}
	}
	return changes
}
