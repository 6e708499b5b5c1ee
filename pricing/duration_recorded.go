package pricing

import (
	"errors"
	"fmt"
	"slices"

	"frontdoor/record"
)

// Recorded is durations known invocation by invocation: the REPORT lines of a
// run, with the cold starts among them. What is billed is exact.
type Recorded []record.Report

// BilledMS is the exact mean; INIT is added before rounding, as in the
// function BilledMS. The error is for no reports and for negative durations.
func (r Recorded) BilledMS(rule Billing) (Bounds, error) {
	if len(r) == 0 {
		return Bounds{}, errors.New("no REPORT line: the duration of no invocation is known")
	}
	var sum int64
	for i, report := range r {
		if report.DurationUS < 0 {
			return Bounds{}, fmt.Errorf("report %d (request %q): duration %d us: a duration is not negative",
				i+1, report.RequestID, report.DurationUS)
		}
		sum += BilledMS(report.DurationUS, report.InitUS, rule)
	}
	return Exactly(Ratio(sum, int64(len(r)))), nil
}

// Later adds to the duration of each report; r is not changed.
func (r Recorded) Later(us int64) Durations {
	later := slices.Clone(r)
	for i := range later {
		later[i].DurationUS += us
	}
	return later
}

// Constant is one duration for all invocations, in microseconds.
type Constant int64

// BilledMS is exact. The error is for a duration of 0 or less.
func (c Constant) BilledMS(rule Billing) (Bounds, error) {
	if c <= 0 {
		return Bounds{}, fmt.Errorf("duration %d us: a duration is more than 0", c)
	}
	return Exactly(Count(BilledMS(int64(c), -1, rule))), nil
}

// Later is c + us.
func (c Constant) Later(us int64) Durations { return c + Constant(us) }
