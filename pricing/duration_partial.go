package pricing

// Partial is durations of which some invocations are recorded, and of Lost more nobody
// knows whether they took place: their requests name no invocation, or its REPORT line
// never came. At least none of them did; at most each did, and was billed as much as the
// longest that is recorded.
type Partial struct {
	Recorded Recorded
	Lost     Quantity // invocations; 0 or more
}

var _ Durations = Partial{}

// BilledMS bounds the mean over recorded and lost invocations. The error is Recorded's.
func (p Partial) BilledMS(rule Billing) (Bounds, error) {
	known, err := p.Recorded.BilledMS(rule)
	if err != nil {
		return Bounds{}, err
	}
	longest := int64(0)
	for _, r := range p.Recorded {
		longest = max(longest, BilledMS(r.DurationUS, r.InitUS, rule))
	}
	n := Count(int64(len(p.Recorded)))
	all := n.Add(p.Lost)
	low := known.Low.Mul(n)
	return Bounds{low.Div(all), low.Add(p.Lost.Mul(Count(longest))).Div(all)}, nil
}

// Later adds to the recorded invocations, and so to the longest.
func (p Partial) Later(us int64) Durations {
	later, _ := p.Recorded.Later(us).(Recorded)
	return Partial{later, p.Lost}
}

// Within is the workload with bounds for what requests without a known invocation may
// have caused, and whether there are any.
func (m *Measured) Within(w Workload) (Workload, bool) {
	recorded, ok := w.Duration.(Recorded)
	if !ok || m.Coverage.WithoutReport == 0 || len(m.Reports) == 0 {
		return w, false
	}
	each := Ratio(int64(len(m.Reports)), m.WithReport) // invocations of a request
	w.Duration = Partial{recorded, each.Mul(Count(m.Coverage.WithoutReport))}
	return w, true
}

// Joined is how many of the measured requests have known invocations, of those that may
// have had any: a request that API Gateway refused by itself had none.
func (m *Measured) Joined() (known, of int64) {
	return m.WithReport, m.WithReport + m.Coverage.WithoutReport
}
