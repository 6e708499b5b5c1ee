package scenarios

// Summary is what a dashboard shows of durations. What is nil is not known.
type Summary struct {
	Mean, Min, Max           *Duration
	P50, P90, P95, P99, P999 *Duration
}

func (s *Summary) fields() []field {
	return []field{
		span("mean", &s.Mean, "The mean."),
		span("min", &s.Min, "The shortest."),
		span("max", &s.Max, "The longest, or the timeout. Percentiles without it and without the mean bound nothing from above, and are refused."),
		span("p50", &s.P50, "Half of the invocations take no longer."),
		span("p90", &s.P90, "90 % take no longer."),
		span("p95", &s.P95, "95 % take no longer."),
		span("p99", &s.P99, "99 % take no longer."),
		span("p99.9", &s.P999, "99.9 % take no longer."),
	}
}

func (s *Summary) constrain(c *schema) { c.MinProperties = 1 }

// Percentile is a duration that PerMille of 1,000 invocations do not exceed.
type Percentile struct {
	PerMille int
	Duration Duration
}

// Percentiles are those that are known, in order.
func (s Summary) Percentiles() []Percentile {
	var known []Percentile
	for _, p := range []struct {
		perMille int
		at       *Duration
	}{{500, s.P50}, {900, s.P90}, {950, s.P95}, {990, s.P99}, {999, s.P999}} {
		if p.at != nil {
			known = append(known, Percentile{p.perMille, *p.at})
		}
	}
	return known
}

// Lognormal is a log-normal distribution.
type Lognormal struct {
	Mean Duration
	CV   Decimal // standard deviation over mean, above 0
}

func (l *Lognormal) fields() []field {
	cv := field{name: "cv", into: &l.CV, required: true, max: "1000",
		doc: "The coefficient of variation: the standard deviation over the mean. Above 0.", examples: []string{"0.5"}}
	return []field{needed(span("mean", &l.Mean, "The mean.")), cv}
}

// Exponential is an exponential distribution.
type Exponential struct{ Mean Duration }

func (e *Exponential) fields() []field {
	return []field{needed(span("mean", &e.Mean, "The mean."))}
}

// Uniform is a uniform distribution.
type Uniform struct{ Low, High Duration }

func (u *Uniform) fields() []field {
	low := needed(span("low", &u.Low, "The shortest."))
	low.min = "0s"
	return []field{low, needed(span("high", &u.High, "The longest."))}
}

// Normal is a normal distribution, cut off at zero.
type Normal struct{ Mean, SD Duration }

func (n *Normal) fields() []field {
	return []field{
		needed(span("mean", &n.Mean, "The mean of the whole distribution: without what is cut off at zero, durations are longer on average.")),
		needed(span("sd", &n.SD, "The standard deviation.")),
	}
}

func needed(f field) field {
	f.required = true
	return f
}

// RecordedRun is the durations that a run recorded for one of its fronts.
type RecordedRun struct {
	Path  string // of the run's folder, as written: relative to the workload's file
	Front string // the front's id in the run
}

func (r *RecordedRun) fields() []field {
	return []field{
		{name: "run", into: &r.Path, required: true, pattern: `\S`, want: "the path of a run's folder",
			doc:      "The folder of a recorded run, whose durations are taken. Relative to the workload's file.",
			examples: []string{"runs/20261122T101500Z-quickstart"}},
		{name: "front", into: &r.Front, pattern: kebab, want: kebabWant, derived: "the id of this front",
			doc: "The front's id in that run."},
	}
}
