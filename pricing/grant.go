package pricing

import "fmt"

// grant is the part of an allowance that falls to one item of usage.
type grant struct {
	allowance allowance
	quantity  Quantity
}

// granted is what an item gets for nothing, and where its paid bands begin:
// behind the rest of the account, and behind free bands.
type granted struct {
	grants []grant
	start  Quantity
	list   Quantity // where they begin without any free tier
}

func (g granted) free() Quantity {
	var sum Quantity
	for _, grant := range g.grants {
		sum = sum.Add(grant.quantity)
	}
	return sum
}

// growth is how an item's quantity moves along an axis: fixed + perX*x.
type growth struct{ fixed, perX Quantity }

// still is a quantity that does not move.
func still(items []Item) []growth {
	growths := make([]growth, len(items))
	for i, item := range items {
		growths[i].fixed = item.Quantity
	}
	return growths
}

// grants shares the free quantities of a day out. The rest of the account is
// served first, then the words of a row in its order, each with as much as is
// left; items of one word share in proportion, since AWS does not say which zone
// or Region is served first. An item that
// grows is granted what it may use up: that is a constant as long as nobody is
// served after it, and the error is for usage where it is not.
func (b *Book) grants(items []Item, growths []growth, o BillOptions) ([]granted, error) {
	result := make([]granted, len(items))
	if o.FreeTier == FreeNone && o.Account == nil {
		return result, nil
	}
	account := merged(o.Account)
	all := append(append([]Item{}, account...), items...)
	moves := append(still(account), growths...)
	shares := make([]granted, len(all))
	for _, a := range b.free {
		if !o.FreeTier.grants(a.plan) || !a.inForce.Has(o.AsOf) {
			continue
		}
		for _, pool := range a.pools(all, len(account)) {
			if err := a.share(shares, moves, pool); err != nil {
				return nil, err
			}
		}
	}
	for i, item := range items {
		result[i] = shares[len(account)+i]
		for j, other := range account {
			if other.same(item) {
				result[i].start = result[i].start.Add(shares[j].behind(other.Quantity))
				result[i].list = result[i].list.Add(other.Quantity)
			}
		}
	}
	return result, nil
}

// behind is where the bands of others begin when quantity came first.
func (g granted) behind(quantity Quantity) Quantity { return g.start.Add(quantity.Sub(g.free())) }

// pools groups the items that an allowance covers: pools have a quantity each,
// and the groups of a pool are served one after the other. The first account
// items are the rest of the account's.
func (a allowance) pools(items []Item, account int) map[string][][]int {
	pools := make(map[string][][]int)
	add := func(covers func(i int, m Meter) bool) {
		groups := make(map[string][]int)
		for i, item := range items {
			if covers(i, item.Meter) {
				groups[a.pool(item)] = append(groups[a.pool(item)], i)
			}
		}
		for name, group := range groups {
			pools[name] = append(pools[name], group)
		}
	}
	add(func(i int, m Meter) bool { return i < account && a.covers(m) })
	for word := range a.meters {
		add(func(i int, m Meter) bool { return i >= account && a.place(m) == word })
	}
	return pools
}

// pool names the items that share one quantity.
func (a allowance) pool(item Item) string {
	if a.perRegion {
		return item.Region
	}
	return Global
}

// share serves the groups of one pool.
func (a allowance) share(shares []granted, moves []growth, groups [][]int) error {
	left := a.quantity
	for n, group := range groups {
		var fixed, perX Quantity
		for _, i := range group {
			fixed = fixed.Add(moves[i].fixed)
			perX = perX.Add(moves[i].perX)
			if moves[i].perX.Sign() == 0 {
				fixed = fixed.Sub(shares[i].free())
			}
		}
		part := func(i int) Quantity { // of the group
			if perX.Sign() != 0 {
				return moves[i].perX.Div(perX)
			}
			return moves[i].fixed.Sub(shares[i].free()).Div(fixed)
		}
		pooled := least(left, fixed)
		switch {
		case perX.Sign() == 0 && fixed.Sign() == 0:
			continue
		case perX.Sign() != 0:
			pooled = left
			if n < len(groups)-1 || len(group) > 1 && fixed.Sign() != 0 {
				return fmt.Errorf("free quantity %q is shared by meters that grow with others: no curve of straight pieces", a.id)
			}
		}
		for _, i := range group {
			given := pooled.Mul(part(i))
			if given.Sign() == 0 {
				continue
			}
			shares[i].grants = append(shares[i].grants, grant{a, given})
			if a.firstBand {
				shares[i].start = shares[i].start.Add(given)
			}
		}
		left = left.Sub(pooled)
	}
	return nil
}
