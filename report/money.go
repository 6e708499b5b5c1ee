package report

import (
	"fmt"
	"math"

	"frontdoor/pricing"
	"frontdoor/pricing/estimate"
	"frontdoor/record"
	"frontdoor/stats"
)

// billedBy gives the billed milliseconds of an invocation.
func billedBy(rule pricing.Billing) func(record.Report) float64 {
	return func(r record.Report) float64 { return float64(pricing.BilledMS(r.DurationUS, r.InitUS, rule)) }
}

// money asks what the month's cost depends on: break-even, drawn worlds, what
// flips the choice, and the diagram around the month.
func (r *Report) money(in Input) error {
	ein := estimate.Input{Book: in.Book, Material: in.Choices.Material, Seed: in.Recording.Seed, Draws: monthDraws, Options: in.options()}
	for _, f := range r.Fronts {
		if f.workload != nil && f.Cost.Priced() {
			ein.Fronts = append(ein.Fronts, estimate.Front{Workload: *f.workload, Low: in.Traffic.Low, High: in.Traffic.High})
		}
	}
	if len(ein.Fronts) == 0 || in.Traffic.High == 0 {
		return nil // a month in which nobody calls depends on nothing
	}
	var err error
	if ein.Variables, err = r.variables(in, ein.Fronts); err != nil {
		return err
	}
	if r.Estimate, err = estimate.New(ein); err != nil {
		return err
	}
	for _, p := range r.Estimate.Fronts {
		r.front(p.ID).Cost.Cannot = p.Cannot
	}
	r.worlds()
	if len(ein.Fronts) == 1 {
		return r.lone(in, r.front(ein.Fronts[0].Workload.Front))
	}
	if r.Estimate.Requests == nil || r.Estimate.Duration == nil {
		return nil
	}
	r.Estimate.Phase, err = estimate.NewPhase(ein, phaseCells)
	return err
}

// monthDraws is how many months are drawn: P(cheapest) is good to a percent, in a
// third of a second.
const monthDraws = 4000

// phaseCells is how fine the diagram is drawn.
const phaseCells = 120

func (in Input) options() pricing.BillOptions {
	return pricing.BillOptions{AsOf: in.Choices.AsOf, FreeTier: in.Choices.FreeTier, Init: in.Init}
}

// worlds gives each front what the drawn months say of it.
func (r *Report) worlds() {
	u := r.Estimate.Uncertainty
	if u == nil {
		return
	}
	for i, id := range u.Fronts {
		f, p := r.front(id), u.Outcome.Fronts[i]
		f.Cost.Worlds = &Worlds{Month: [2]float64{p.Low, p.High}, Million: [2]float64{p.UnitLow * 1e6, p.UnitHigh * 1e6}, Cheapest: p.Cheapest, Regret: p.Regret}
	}
}

// front is the front called id; nil when there is none.
func (r *Report) front(id string) *Front {
	for i := range r.Fronts {
		if r.Fronts[i].ID == id {
			return &r.Fronts[i]
		}
	}
	return nil
}

// variables are the inputs beside the month's requests. Sizes and durations were
// measured: what is asked of them is how far off they would have to be. What a
// handful of rounds leaves open of a mean duration is small, and drawn.
func (r *Report) variables(in Input, fronts []estimate.Front) ([]estimate.Variable, error) {
	rules, err := in.Book.Rules(in.Choices.AsOf, in.Init)
	if err != nil {
		return nil, err
	}
	one, ids := pricing.Count(1), []string{}
	var errors []estimate.Variable
	for i := range fronts {
		w := &fronts[i].Workload
		ids = append(ids, w.Front)
		recorded, ok := w.Duration.(pricing.Recorded)
		if !ok {
			continue
		}
		d, err := newSpread(recorded, rules.Of(w.Kind))
		if err != nil {
			return nil, fmt.Errorf("front %q: %w", w.Front, err)
		}
		w.Duration = d
		if e := meanError(r.front(w.Front).samples.billed); e > 0 {
			errors = append(errors, estimate.Variable{Name: ErrorOf + w.Front + "'s mean duration (factor)", Fronts: []string{w.Front},
				Low: factor(1 / (1 + e)), Expected: one, High: factor(1 + e), Set: setError})
		}
	}
	certain := func(name string, set func(*pricing.Workload, pricing.Quantity) error) estimate.Variable {
		return estimate.Variable{Name: name, Fronts: ids, Low: one, Expected: one, High: one, Set: set}
	}
	return append([]estimate.Variable{certain("duration (factor)", setFactor), certain("response size (factor)", setSize)}, errors...), nil
}

// ErrorOf begins the names of the inputs that are errors of measured means.
const ErrorOf = "error of "

// factor has six decimals: no error is known better.
func factor(x float64) pricing.Quantity { return pricing.Ratio(int64(math.Round(x*1e6)), 1e6) }

func setFactor(w *pricing.Workload, v pricing.Quantity) error {
	if d, ok := w.Duration.(spread); ok {
		d.factor = v.Float()
		w.Duration = d
	}
	return nil
}

func setError(w *pricing.Workload, v pricing.Quantity) error {
	if d, ok := w.Duration.(spread); ok {
		d.err = v
		w.Duration = d
	}
	return nil
}

func setSize(w *pricing.Workload, v pricing.Quantity) error {
	if w.Traffic.ResponseBytes != nil && !v.Equal(pricing.Count(1)) {
		size := w.Traffic.ResponseBytes.Mul(v)
		w.Traffic.ResponseBytes, w.Increments = &size, nil
	}
	return nil
}

// meanError is half of the 80 % interval of the mean billed duration, as a share
// of it, over rounds: 0 with fewer than three of them, or when all are the same.
func meanError(rounds [][]float64) float64 {
	var logs []float64
	for _, round := range rounds {
		if mean := stats.Mean(round); len(round) > 0 && mean > 0 {
			logs = append(logs, math.Log(mean))
		}
	}
	if len(logs) < 3 {
		return 0
	}
	e := math.Expm1(stats.StudentT(0.9, len(logs)-1) * stats.Deviation(logs) / math.Sqrt(float64(len(logs))))
	if e < 1e-6 { // below what factor keeps
		return 0
	}
	return e
}
