package scenarios

// Stage is a stretch of a trial in which the rate holds or changes linearly. After
// Parse From and To are both set, and equal when the rate holds.
type Stage struct {
	Rate     Rate // 0 in a ramp
	From, To Rate
	Duration Duration
}

func (s *Stage) fields() []field {
	return []field{
		{name: "rate", into: &s.Rate,
			doc: "Requests per second throughout the stage. Give either rate, or from and to."},
		{name: "from", into: &s.From,
			doc: "Requests per second at the beginning of a ramp."},
		{name: "to", into: &s.To,
			doc: "Requests per second at its end."},
		{name: "duration", into: &s.Duration, required: true, min: "100ms", max: "24h",
			doc: "How long the stage lasts."},
	}
}

func (s *Stage) constrain(c *schema) {
	ramp := []string{"from", "to"}
	c.OneOf = []*schema{
		{Required: []string{"rate"}, Not: &schema{AnyOf: []*schema{{Required: ramp[:1]}, {Required: ramp[1:]}}}},
		{Required: ramp, Not: &schema{Required: []string{"rate"}}},
	}
}
