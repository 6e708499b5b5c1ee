package report

import (
	"math"

	"frontdoor/pricing"
)

// spread is a measured duration that a world may change: all invocations by a
// factor, as another handler or more memory would, and the mean by the error
// that a handful of rounds leaves in it.
type spread struct {
	of     pricing.Recorded
	rule   pricing.Billing
	mean   pricing.Bounds   // of under rule: thousands of worlds ask for it
	factor float64          // of each duration; 1 is as measured
	err    pricing.Quantity // of the mean billed duration; 1 is as measured
}

var _ pricing.Durations = spread{}

func newSpread(of pricing.Recorded, rule pricing.Billing) (spread, error) {
	mean, err := of.BilledMS(rule)
	return spread{of, rule, mean, 1, pricing.Count(1)}, err
}

// BilledMS is the exact mean times the error.
func (s spread) BilledMS(rule pricing.Billing) (pricing.Bounds, error) {
	mean := s.mean
	if rule != s.rule || s.factor != 1 {
		var err error
		if mean, err = s.scaled().BilledMS(rule); err != nil {
			return mean, err
		}
	}
	return pricing.Bounds{Low: mean.Low.Mul(s.err), High: mean.High.Mul(s.err)}, nil
}

// Later adds to each duration.
func (s spread) Later(us int64) pricing.Durations {
	s.of = s.scaled().Later(us).(pricing.Recorded)
	s.factor, s.rule = 1, pricing.Billing{} // the mean is that of other durations now
	return s
}

func (s spread) scaled() pricing.Recorded {
	if s.factor == 1 {
		return s.of
	}
	out := make(pricing.Recorded, len(s.of))
	for i, r := range s.of {
		r.DurationUS = int64(math.Round(float64(r.DurationUS) * s.factor))
		out[i] = r
	}
	return out
}
