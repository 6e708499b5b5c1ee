package pricing

import (
	"errors"
	"fmt"
)

// Mixture is durations of several kinds: 70 % take one time and 30 % another.
type Mixture []Component

// Component is one kind of a Mixture.
type Component struct {
	Share Quantity // more than 0; all shares add up to 1
	Of    Durations
}

// BilledMS is the mean over the components, weighted with their shares.
func (m Mixture) BilledMS(rule Billing) (Bounds, error) {
	var sum Bounds
	var shares Quantity
	for i, c := range m {
		if c.Share.Sign() <= 0 || c.Of == nil {
			return Bounds{}, fmt.Errorf("component %d, share %s: give a share above 0 and its durations", i+1, c.Share)
		}
		billed, err := c.Of.BilledMS(rule)
		if err != nil {
			return Bounds{}, fmt.Errorf("component %d: %w", i+1, err)
		}
		shares, sum = shares.Add(c.Share), sum.plusShare(c.Share, billed)
	}
	if !shares.Equal(Count(1)) {
		return Bounds{}, fmt.Errorf("the shares of %d components add up to %s, not to 1", len(m), shares)
	}
	return sum, nil
}

// Later makes each component later; m is not changed.
func (m Mixture) Later(us int64) Durations {
	later := make(Mixture, len(m))
	for i, c := range m {
		later[i] = c
		if c.Of != nil {
			later[i].Of = c.Of.Later(us)
		}
	}
	return later
}

// WithCold is durations of which a share begins with an INIT phase of InitUS
// microseconds. INIT is apart from Duration in REPORT lines and in the metric,
// so Warm is durations as those tell them. Recorded needs no WithCold: its
// reports have their own INIT, which would be billed on top.
type WithCold struct {
	Warm   Durations
	Share  Quantity // of the invocations that start cold, 0 to 1
	InitUS int64
}

// BilledMS is Warm's where rule does not bill INIT. Where it does, a share of
// the invocations takes InitUS more before it is rounded; both parts are
// bounded by themselves, so bounds are never too narrow, but they may be wider
// than what is known.
func (w WithCold) BilledMS(rule Billing) (Bounds, error) {
	if err := w.check(); err != nil {
		return Bounds{}, err
	}
	warm, err := w.Warm.BilledMS(rule)
	if err != nil || rule.Init.Value == 0 {
		return warm, err
	}
	cold, err := w.Warm.Later(w.InitUS).BilledMS(rule)
	if err != nil {
		return Bounds{}, fmt.Errorf("with INIT: %w", err)
	}
	return Bounds{}.plusShare(Count(1).Sub(w.Share), warm).plusShare(w.Share, cold), nil
}

func (w WithCold) check() error {
	switch {
	case w.Warm == nil:
		return errors.New("cold starts without durations: give the durations of warm invocations")
	case w.Share.Sign() < 0 || w.Share.Cmp(Count(1)) > 0:
		return fmt.Errorf("share of cold starts %s: give a share from 0 to 1", w.Share)
	case w.InitUS < 0:
		return fmt.Errorf("INIT of %d us: give 0 or more", w.InitUS)
	}
	return nil
}

// Later makes warm and cold invocations later.
func (w WithCold) Later(us int64) Durations {
	if w.Warm != nil {
		w.Warm = w.Warm.Later(us)
	}
	return w
}

// WithWarm is d with another duration of its warm invocations: cold starts, if d
// has any, stay.
func WithWarm(d, warm Durations) Durations {
	if c, ok := d.(WithCold); ok {
		c.Warm = warm
		return c
	}
	return warm
}
