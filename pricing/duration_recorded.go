package pricing

import (
	"fmt"

	"frontdoor/record"
)

// Recorded is the REPORT lines of invocations: known exactly.
type Recorded []record.Report

var _ Durations = Recorded{}

// BilledMS is the mean of the durations, each rounded up by itself.
func (r Recorded) BilledMS(rule Billing) (Bounds, error) {
	if len(r) == 0 {
		return Bounds{}, fmt.Errorf("no invocation is recorded")
	}
	var sum int64
	for _, report := range r {
		sum += BilledMS(report.DurationUS, report.InitUS, rule)
	}
	return Exactly(Ratio(sum, int64(len(r)))), nil
}

// Later is the same invocations, each us microseconds longer.
func (r Recorded) Later(us int64) Durations {
	later := make(Recorded, len(r))
	for i, report := range r {
		report.DurationUS += us
		later[i] = report
	}
	return later
}
