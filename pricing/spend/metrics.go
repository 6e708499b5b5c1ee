package spend

import (
	"slices"

	"frontdoor/pricing"
	"frontdoor/record"
)

// metrics counts invocations by CloudWatch where no REPORT line was read. The Duration
// metric leaves INIT out, and no metric has log bytes.
func (c *count) metrics(gap func(pricing.Meter, string, ...any)) {
	duration := pricing.DurationMeter(c.front.Kind, c.front.Architecture)
	invocations, steps := c.invoked()
	gap(pricing.LogsIngestedGB, "no REPORT line was read: log bytes are not known")
	if invocations == nil {
		gap(invocationMeter(c.front.Kind), "no REPORT line was read, nor CloudWatch's count: it is not known how often the function ran")
		gap(duration, "no duration is known")
		return
	}
	mbMS := pricing.Quantity{}
	switch {
	case steps == nil || c.front.MemoryMB == 0:
		gap(duration, "no duration is known")
	default:
		mbMS = pricing.Count(steps.BilledMin * int64(c.front.MemoryMB))
		gap(duration, "no REPORT line was read: CloudWatch's Duration has no INIT and is the least that was billed")
	}
	for _, a := range c.hours {
		share := a.requests.Div(c.total)
		a.work(c.ranIn(record.Report{}), share.Mul(pricing.Count(*invocations)), share.Mul(mbMS), pricing.Quantity{})
	}
}

// invoked is what CloudWatch said of the front's functions, and of its own in steps of
// 1 ms; or nil.
func (c *count) invoked() (invocations *int64, steps *record.Steps) {
	m := c.meters()
	if m == nil {
		return nil, nil
	}
	if i := slices.IndexFunc(m.Steps, func(s record.Steps) bool { return s.GranularityMS == 1 }); i >= 0 {
		steps = &m.Steps[i]
	}
	if len(c.front.Further) > 0 {
		return pricing.Invoked(c.front, m), steps
	}
	return m.Coverage.Invocations, steps
}
