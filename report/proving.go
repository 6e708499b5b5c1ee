package report

import (
	"fmt"
	"math"
	"slices"

	"frontdoor/gate"
	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/stats"
)

// Proving judges gates on a record that was changed, to see whether they can fail.
type Proving struct {
	in   Input
	base *Report
}

// NewProving prices the record as it is, once.
func NewProving(in Input) (*Proving, error) {
	in.Gates, in.Choices.Eras = nil, false
	base, err := New(in)
	return &Proving{in, base}, err
}

// Judge judges the gate with a step applied to every hit of the record, or to its
// prices.
func (p *Proving) Judge(g gate.Gate, step gate.Step) ([]gate.Result, error) {
	changed := *p.base
	changed.Fronts = slices.Clone(p.base.Fronts)
	from := source{&changed, stats.NewResample(changed.Run.Rounds, gateDraws, changed.Run.Seed), step}
	if step.What == "price" || step.What == "" {
		return gate.Judge(g, from), nil
	}
	for i := range changed.Fronts {
		f := &changed.Fronts[i]
		if step.Front == "" || step.Front == f.ID {
			if err := p.change(f, step); err != nil {
				return nil, err
			}
		}
	}
	return gate.Judge(g, from), nil
}

// change measures the front again on changed hits.
func (p *Proving) change(f *Front, step gate.Step) error {
	rounds := counting(p.in.Recording.Of(f.ID), p.in.CountInvalid)
	for i := range rounds {
		var err error
		if rounds[i].Hits, err = changedHits(rounds[i].Hits, step); err != nil {
			return err
		}
	}
	f.Requests, f.Failed, f.Warmup, f.Errors = 0, 0, 0, nil
	f.count(rounds)
	f.samples = samplesOf(p.in.Recording.Rounds, rounds, billedBy(pricing.Billing{}), false)
	return nil
}

// changedHits is the measured hits in another world; warm-ups are left out.
func changedHits(hits []record.Hit, step gate.Step) ([]record.Hit, error) {
	var out []record.Hit
	n := 0
	for _, h := range hits {
		if h.Warmup {
			continue
		}
		n++
		// Spread evenly: the n-th request is taken when the share reaches a whole.
		taken := int(math.Floor(float64(n)*step.Factor)) - int(math.Floor(float64(n-1)*step.Factor))
		switch step.What {
		case "latency":
			h.Done = h.Due + int64(float64(h.Done-h.Due)*step.Factor)
			out = append(out, h)
		case "failures":
			if taken > 0 && h.Error == "" {
				h.Error = "turned into a failure"
			}
			out = append(out, h)
		case "requests":
			for range taken {
				out = append(out, h)
			}
		default:
			return nil, fmt.Errorf("change %q of a record: want latency, failures, requests or price", step.What)
		}
	}
	return out, nil
}
