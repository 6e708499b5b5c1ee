package report

import (
	"cmp"
	"slices"
	"strings"

	"frontdoor/gate"
)

// judge prices, compares and decides. Gates come before comparisons, since the
// reference of these is the cheapest front that meets them.
func (r *Report) judge(in Input) error {
	if err := r.money(in); err != nil {
		return err
	}
	if in.Floor != nil {
		var err error
		if r.Floor, err = floorOf(in.Floor, in, r.Pricing); err != nil {
			return err
		}
	}
	from := newSource(r)
	for _, g := range in.Gates {
		for _, result := range gate.Judge(g, from) {
			r.Gates = append(r.Gates, Gate{result, judged(g)})
		}
	}
	if r.Pricing.Reference == "" && len(r.Fronts) > 0 {
		r.Pricing.Reference = r.reference()
	}
	if r.Run.AA && r.Floor != nil && r.Floor.Same {
		r.Comparisons = r.Floor.Entries // of the same two visits, and of nothing else
	} else if err := r.compare(); err != nil {
		return err
	}
	r.disagree()
	r.decide()
	return nil
}

// judged are the fronts that a gate is a condition on, each once. A gate between
// fronts bounds one side by the other: "p(95)[alb] <= p(95)[http-api] + 5ms" says
// nothing against http-api, however slow alb is.
func judged(g gate.Gate) []string {
	small, great := gate.Gate{Left: g.Left}.Fronts(), gate.Gate{Left: g.Right}.Fronts()
	if strings.HasPrefix(g.Op, ">") != (g.Dimension() == gate.Count) { // of requests more is better
		small, great = great, small
	}
	if len(small) == 0 || g.Op == "==" || g.Op == "!=" {
		small = append(small, great...)
	}
	slices.Sort(small)
	return slices.Compact(small)
}

// reference is the cheapest front that meets the gates, or the first: it is
// chosen by money, so that comparing latencies with it is not comparing with
// whatever happened to be the fastest.
func (r *Report) reference() string {
	for _, fronts := range [][]*Front{r.candidates(), r.priced()} {
		if best, _ := r.cheapest(fronts); best != nil {
			return best.ID
		}
	}
	return r.Fronts[0].ID
}

// refused reports whether a gate that judges the front does not hold.
func (r *Report) refused(id string, outcomes ...gate.Outcome) bool {
	return slices.ContainsFunc(r.Gates, func(g Gate) bool {
		return (g.Front == id || g.Front == "" && slices.Contains(g.Named, id)) && slices.Contains(outcomes, g.Outcome)
	})
}

// priced are the fronts with a bill that can carry the month.
func (r *Report) priced() []*Front {
	var out []*Front
	for i := range r.Fronts {
		if f := &r.Fronts[i]; f.Cost.Priced() && f.Cost.Cannot == "" && (f.Requests == 0 || f.Failed < f.Requests) {
			out = append(out, f)
		}
	}
	return out
}

// often is the share of failed requests from which on a front is not proposed,
// whatever it costs: no price is worth it, and a scenario without gates would
// propose a front for answering nothing.
const often = 0.1

func (f *Front) failsOften() bool {
	return float64(f.Failed) >= often*float64(f.Requests) && f.Failed > 0
}

// candidates are the fronts that could be proposed: measured, priced, able to
// carry the month, not failing often, and with no gate that fails.
func (r *Report) candidates() []*Front {
	var out []*Front
	for _, f := range r.priced() {
		if f.Rounds > 0 && f.Requests > 0 && !f.failsOften() && !r.refused(f.ID, gate.Fail, gate.Invalid) {
			out = append(out, f)
		}
	}
	return out
}

// cheapest is the candidate with the lowest mean cost over the drawn months, or
// the lowest bill, and the others from the next on. Nil when a bill that is only
// a lower bound might be below it.
func (r *Report) cheapest(fronts []*Front) (*Front, []*Front) {
	sorted := slices.Clone(fronts)
	slices.SortStableFunc(sorted, func(a, b *Front) int { return cmp.Compare(r.expected(a), r.expected(b)) })
	if len(sorted) == 0 || sorted[0].Cost.Bill.LowerBound {
		return nil, nil
	}
	return sorted[0], sorted[1:]
}

// expected is a front's mean cost of a month in dollars, over the drawn ones.
func (r *Report) expected(f *Front) float64 {
	if r.uncertain() {
		for i, id := range r.Estimate.Uncertainty.Fronts {
			if id == f.ID {
				return r.Estimate.Uncertainty.Outcome.Fronts[i].Mean
			}
		}
	}
	return f.Cost.Bill.Total.Float()
}

// Outcome is that of all gates together.
func (r *Report) Outcome() gate.Outcome {
	var results []gate.Result
	for _, g := range r.Gates {
		results = append(results, g.Result)
	}
	return gate.Worst(results)
}
