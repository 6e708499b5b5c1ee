package pricing

import "slices"

// Era is a span of days under one pair of rounding rules.
type Era struct {
	InForce  Span  `json:"in_force"`
	LambdaMS int64 `json:"lambda_granularity_ms"` // durations are rounded up to a multiple of it
	EdgeMS   int64 `json:"edge_granularity_ms"`   // the same for Lambda@Edge
}

// Eras lists the eras of the book, oldest first, from the day on which both
// Lambda and Lambda@Edge could be had.
func (b *Book) Eras() []Era {
	var eras []Era
	lambda, edge := b.rules("lambda.granularity_ms"), b.rules("edge.granularity_ms")
	for _, l := range lambda {
		for _, e := range edge {
			if l.inForce.overlaps(e.inForce) {
				eras = append(eras, Era{l.inForce.both(e.inForce), l.value, e.value})
			}
		}
	}
	return eras
}

// rules are the spans of one rule, oldest first.
func (b *Book) rules(name string) []era {
	var spans []era
	for _, e := range b.eras {
		if e.name == name {
			spans = append(spans, e)
		}
	}
	slices.SortFunc(spans, func(x, y era) int { return x.inForce.From.t.Compare(y.inForce.From.t) })
	return spans
}

// both is the days that overlapping spans share.
func (s Span) both(o Span) Span {
	if s.From.Before(o.From) {
		s.From = o.From
	}
	if s.Until.IsZero() || !o.Until.IsZero() && o.Until.Before(s.Until) {
		s.Until = o.Until
	}
	return s
}

// Day is a day of the era to price on: its last, when rates had settled and
// most fronts existed, or the given one when the era has not ended.
func (e Era) Day(now Date) Date {
	switch {
	case !e.InForce.Until.IsZero():
		return e.InForce.Until
	case now.Before(e.InForce.From):
		return e.InForce.From
	}
	return now
}
