package pricing

import "errors"

// Billed is a mean of billed milliseconds that is known or assumed as such. It
// holds under the rule it was found under and under no other.
type Billed Quantity

var _ Durations = Billed{}

// BilledMS is the mean itself. The error is for one of 0 or less.
func (b Billed) BilledMS(Billing) (Bounds, error) {
	if Quantity(b).Sign() <= 0 {
		return Bounds{}, errors.New("billed duration of 0 ms or less: give more than 0")
	}
	return Exactly(Quantity(b)), nil
}

// Later adds the whole of us microseconds: how they round is not known.
func (b Billed) Later(us int64) Durations { return Billed(Quantity(b).Add(Ratio(us, 1000))) }
