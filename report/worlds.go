package report

import (
	"math/rand/v2"

	"frontdoor/pricing"
	"frontdoor/pricing/breakeven"
	"frontdoor/stats"
)

// month is one front's cost in a drawn month.
type month struct{ requests, cost float64 }

// worldsOf are the drawn months of a front; nil when nothing is uncertain.
func (r *Report) worldsOf(id string) []month {
	if r.alone != nil {
		return r.alone
	}
	if !r.uncertain() {
		return r.ends(id)
	}
	u := r.Estimate.Uncertainty
	for k, front := range u.Fronts {
		if front != id {
			continue
		}
		months := make([]month, len(u.Outcome.Worlds))
		for i, w := range u.Outcome.Worlds {
			months[i] = month{w.X, w.Costs[k]}
		}
		return months
	}
	return r.ends(id)
}

// ends stand for the months of a front where none were drawn, since the others
// cannot be compared with it: the month as expected, and those at the ends of the
// forecast, between which 80 % of months lie.
func (r *Report) ends(id string) []month {
	t, c := r.Traffic, r.front(id).Cost
	if t.Low == t.High {
		return nil
	}
	return []month{{float64(t.Low), c.Low.Float()}, {float64(t.Expected), c.Bill.Total.Float()}, {float64(t.High), c.High.Float()}}
}

// loneDraws is how many months are drawn for a front that stands alone.
const loneDraws = 10_000

// lone draws the months of a run with one front that can be priced: there is
// nothing to compare, and its cost is uncertain all the same.
func (r *Report) lone(in Input, f *Front) error {
	if in.Traffic.Low == in.Traffic.High {
		return nil
	}
	requests, err := breakeven.Spread{Low: float64(in.Traffic.Low), Expected: float64(in.Traffic.Expected), High: float64(in.Traffic.High)}.Positive()
	if err != nil {
		return err
	}
	_, usage, err := in.Book.PriceUsage(*f.workload, in.options())
	if err != nil {
		return err
	}
	curve, err := in.Book.FloatCurve(usage, pricing.AlongRequests, in.options())
	if err != nil {
		return err
	}
	rng := rand.New(rand.NewPCG(in.Recording.Seed, 0))
	var months, millions []float64
	for range loneDraws {
		x := max(1, requests.Draw(rng))
		m := month{x, curve.At(x)}
		r.alone = append(r.alone, m)
		months, millions = append(months, m.cost), append(millions, m.cost/x*1e6)
	}
	months, millions = stats.Sorted(months), stats.Sorted(millions)
	f.Cost.Worlds = &Worlds{
		Month:    [2]float64{stats.Quantile(months, 0.1), stats.Quantile(months, 0.9)},
		Million:  [2]float64{stats.Quantile(millions, 0.1), stats.Quantile(millions, 0.9)},
		Cheapest: 1,
	}
	return nil
}
