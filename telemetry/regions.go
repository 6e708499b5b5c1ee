package telemetry

import (
	"context"
	"strings"
)

// alsoIn asks for the metrics of further Regions too, which hold those of a front that
// is one name for several. What does not follow from parts, such as a percentile, is
// left out: nobody knows it of all Regions together.
func alsoIn(list []Wanted, regions []string) []Wanted {
	if len(regions) == 0 {
		return list
	}
	var kept []Wanted
	for _, w := range list {
		if byMinute(w.Stat) {
			w.Also = regions
			kept = append(kept, w)
		}
	}
	return kept
}

// where names every Region that is asked.
func (w Wanted) where() string { return strings.Join(append([]string{w.Region}, w.Also...), ", ") }

// read answers asks in their order, each with the values of all its Regions.
func (r *Reader) read(ctx context.Context, asks []ask) ([]reply, error) {
	var spread []ask
	var owner []int // whose ask each is
	for i, a := range asks {
		for _, region := range append([]string{a.Region}, a.Also...) {
			one := a
			one.Region = region
			spread, owner = append(spread, one), append(owner, i)
		}
	}
	parts, err := r.readEach(ctx, spread)
	if err != nil {
		return nil, err
	}
	replies := make([]reply, len(asks))
	for k, part := range parts {
		whole := &replies[owner[k]]
		whole.values = append(whole.values, part.values...)
		whole.notes = append(whole.notes, part.notes...)
	}
	return replies, nil
}
