package report

import (
	"math"

	"frontdoor/pricing/estimate"
)

type jsonUncertainty struct {
	Draws    int             `json:"draws"`
	Seed     uint64          `json:"seed"`
	Material float64         `json:"material_usd"`
	Choice   string          `json:"least_regret"`
	Close    []string        `json:"immaterially_dearer"`
	Fronts   []jsonProspect  `json:"fronts"`
	Pairs    []jsonCrossover `json:"crossovers"`
}

type jsonProspect struct {
	ID       string   `json:"id"`
	Cheapest float64  `json:"p_cheapest"`
	Absent   float64  `json:"share_it_cannot_carry"` // of worlds; the figures below are those of the others
	Regret   *float64 `json:"expected_regret_usd"`   // null, as the next three, when it can carry none
	Mean     *float64 `json:"mean_usd"`
	Low      *float64 `json:"p10_usd"`
	High     *float64 `json:"p90_usd"`
}

type jsonCrossover struct {
	First  string   `json:"cheaper_before"`
	Second string   `json:"cheaper_after"`
	Low    *float64 `json:"p10"`
	Median *float64 `json:"median"`
	High   *float64 `json:"p90"` // null: never
	Never  float64  `json:"share_never"`
	Start  float64  `json:"share_from_start"`
}

type jsonSensitivity struct {
	Incumbent string       `json:"cheapest_at_expected"`
	Inputs    []jsonEffect `json:"inputs"`
}

type jsonEffect struct {
	Input      string   `json:"input"`
	Expected   float64  `json:"expected"`
	Low        float64  `json:"low"`
	LowMargin  *float64 `json:"low_margin_usd"` // null: a front cannot carry it there
	High       float64  `json:"high"`
	HighMargin *float64 `json:"high_margin_usd"`
	Cancels    bool     `json:"cancels"`
	FlipsBelow *float64 `json:"flips_below"`
	FlipsAbove *float64 `json:"flips_above"`
}

func uncertaintyDocument(u *estimate.Uncertainty) *jsonUncertainty {
	d := &jsonUncertainty{Draws: u.Draws, Seed: u.Seed, Material: u.Material, Choice: u.Fronts[u.Outcome.Choice], Close: []string{}, Pairs: []jsonCrossover{}}
	for _, i := range u.Outcome.Close {
		d.Close = append(d.Close, u.Fronts[i])
	}
	for i, f := range u.Outcome.Fronts {
		d.Fronts = append(d.Fronts, jsonProspect{u.Fronts[i], f.Cheapest, f.Absent, number(f.Regret), number(f.Mean), number(f.Low), number(f.High)})
	}
	for _, c := range u.Outcome.Pairs {
		if c.Never < 1 && c.Start < 1 {
			d.Pairs = append(d.Pairs, jsonCrossover{u.Fronts[c.First], u.Fronts[c.Second], number(c.Low), number(c.Median), number(c.High), c.Never, c.Start})
		}
	}
	return d
}

func sensitivityDocument(s *estimate.Sensitivity) *jsonSensitivity {
	d := &jsonSensitivity{Incumbent: s.Fronts[s.Incumbent], Inputs: []jsonEffect{}}
	for _, e := range s.Effects {
		d.Inputs = append(d.Inputs, jsonEffect{e.Name, e.Base, e.Low.Value, able(e.Low.Margin), e.High.Value, able(e.High.Margin), e.Cancels, e.FlipsBelow, e.FlipsAbove})
	}
	return d
}

// able is nil for what stands for a front that cannot carry the workload.
func able(x float64) *float64 {
	if estimate.Unable(math.Abs(x)) {
		return nil
	}
	return number(x)
}
