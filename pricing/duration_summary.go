package pricing

import (
	"errors"
	"fmt"
	"slices"
)

// Summary is durations of which only statistics are known; nil and no
// percentiles are what is not known. Nothing about the shape between them is
// assumed: the bounds hold for every distribution that has these statistics,
// and some distribution comes as near to each bound as one likes.
//
// Percentile P is a duration that fewer than P percent of the invocations stay
// below and at least P percent do not exceed: the nearest-rank percentile of
// any number of invocations. Those between two percentiles, sorted, take from
// the one to the other, both included. A percentile that is interpolated
// between two invocations differs from it by one rank at most.
type Summary struct {
	MeanUS, MinUS, MaxUS *Quantity // microseconds, more than 0; without a MinUS all is known to be above 0
	Percentiles          []Percentile
	laterUS              int64
}

// Percentile is the duration, in microseconds, of a percentile P between 0 and 100.
type Percentile struct{ P, US Quantity }

// BilledMS bounds from what is known: the sharp bounds of every distribution
// that fits. High is not reached where durations could be just above a multiple
// of the granularity. The error names the statistic that is wrong or
// contradicts others, or says what is missing for an upper bound.
func (s Summary) BilledMS(rule Billing) (Bounds, error) {
	segments, err := s.segments()
	if err != nil {
		return Bounds{}, err
	}
	excess, err := s.excess(segments)
	if err != nil {
		return Bounds{}, err
	}
	step := Count(stepUS(rule))
	if step.Sign() == 0 {
		return Bounds{}, nil
	}
	if excess == nil {
		return extremes(step, segments).inMS(), nil
	}
	return filled(step, segments, *excess).inMS(), nil
}

// Later moves every statistic that is known; s is not changed.
func (s Summary) Later(us int64) Durations {
	s.laterUS += us
	return s
}

// segments cuts the invocations, sorted by duration, at the percentiles.
func (s Summary) segments() ([]segment, error) {
	levels, err := s.levels()
	if err != nil {
		return nil, err
	}
	later := Count(s.laterUS)
	low, open := later, true
	if s.MinUS != nil {
		low, open = s.MinUS.Add(later), false
	}
	var segments []segment
	var from Quantity
	for _, level := range levels {
		high := level.US.Add(later)
		segments = append(segments, segment{share: level.P.Sub(from).Div(Count(100)), low: low, high: high, open: open})
		from, low, open = level.P, high, false
	}
	if s.MaxUS == nil {
		segments = append(segments, segment{share: Count(100).Sub(from).Div(Count(100)), low: low, open: open, endless: true})
	}
	return segments, nil
}

// levels is the percentiles in order, with the max as the hundredth.
func (s Summary) levels() ([]Percentile, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	levels := slices.Clone(s.Percentiles)
	slices.SortFunc(levels, func(a, b Percentile) int { return a.P.Cmp(b.P) })
	if s.MaxUS != nil {
		levels = append(levels, Percentile{Count(100), *s.MaxUS})
	}
	below := Percentile{US: Count(0)}
	if s.MinUS != nil {
		below.US = *s.MinUS
	}
	for _, level := range levels {
		if level.P.Equal(below.P) {
			return nil, fmt.Errorf("%s is given twice", level.name())
		}
		if level.US.Cmp(below.US) < 0 {
			return nil, fmt.Errorf("%s of %s us is below %s of %s us", level.name(), level.US, below.name(), below.US)
		}
		below = level
	}
	return levels, nil
}

func (p Percentile) name() string {
	switch {
	case p.P.Sign() == 0:
		return "min"
	case p.P.Equal(Count(100)):
		return "max"
	}
	return "p" + p.P.String()
}

// check looks at each statistic by itself.
func (s Summary) check() error {
	if s.MeanUS == nil && s.MinUS == nil && s.MaxUS == nil && len(s.Percentiles) == 0 {
		return errors.New("nothing is known of the durations: give a mean, or percentiles and max")
	}
	for _, p := range s.Percentiles {
		if p.P.Sign() <= 0 || p.P.Cmp(Count(100)) >= 0 {
			return fmt.Errorf("percentile %s: give one between 0 and 100; those two are min and max", p.P)
		}
		if p.US.Sign() <= 0 {
			return fmt.Errorf("%s is %s us: a duration is more than 0", p.name(), p.US)
		}
	}
	if s.MaxUS == nil && s.MeanUS == nil {
		return errors.New("with neither a mean nor a max the durations have no upper bound: give max (or the timeout)")
	}
	for i, statistic := range []*Quantity{s.MeanUS, s.MinUS, s.MaxUS} {
		if statistic != nil && statistic.Sign() <= 0 {
			return fmt.Errorf("%s is %s us: a duration is more than 0", []string{"mean", "min", "max"}[i], *statistic)
		}
	}
	return checkLater(s.laterUS)
}

// excess is by how much the mean, nil when it is not known, is above the least
// that the other statistics allow, in microseconds.
func (s Summary) excess(segments []segment) (*Quantity, error) {
	if s.MeanUS == nil {
		return nil, nil
	}
	var low, high Quantity
	for _, g := range segments {
		low, high = low.Add(g.share.Mul(g.low)), high.Add(g.share.Mul(g.high))
	}
	later := Count(s.laterUS)
	excess := s.MeanUS.Add(later).Sub(low)
	switch {
	case segments[0].open && excess.Sign() <= 0:
		return nil, fmt.Errorf("a mean of %s us is too low: the other statistics make it more than %s us", *s.MeanUS, low.Sub(later))
	case excess.Sign() < 0:
		return nil, fmt.Errorf("a mean of %s us is too low: the other statistics make it at least %s us", *s.MeanUS, low.Sub(later))
	case s.MaxUS != nil && s.MeanUS.Add(later).Cmp(high) > 0:
		return nil, fmt.Errorf("a mean of %s us is too high: the other statistics make it at most %s us", *s.MeanUS, high.Sub(later))
	}
	return &excess, nil
}
