package pricing

import "frontdoor/record"

// BilledMS is the billed duration of one invocation in milliseconds: duration,
// with INIT added where the rule bills it, rounded up once to a multiple of
// the granularity. initUS is -1 on a warm start. A granularity of 0, the zero
// Billing, bills nothing.
//
// That INIT is added before rounding is what published REPORT lines show:
// 1293.83 ms + 1049.63 ms was billed as 2344 ms
// (bitesizedserverless.com/bite/when-is-the-lambda-init-phase-free-and-when-is-it-billed).
func BilledMS(durationUS, initUS int64, rule Billing) int64 {
	return roundUpMS(durationUS, initUS, rule.Granularity.Value, rule.Init.Value != 0)
}

func roundUpMS(durationUS, initUS, granularityMS int64, withInit bool) int64 {
	if granularityMS <= 0 {
		return 0
	}
	us := max(durationUS, 0)
	if withInit {
		us += max(initUS, 0)
	}
	step := granularityMS * 1000
	steps := us / step
	if us%step > 0 {
		steps++
	}
	return steps * granularityMS
}

// Totals is the billed milliseconds of a set of invocations under the three
// granularities that AWS has used. They are sums of rounded durations: the
// rounded mean would be off by up to 67 % at 50 ms.
type Totals struct {
	MS1   int64 `json:"ms_1"`
	MS50  int64 `json:"ms_50"`
	MS100 int64 `json:"ms_100"`
}

// BilledTotals sums the reports with and without INIT.
func BilledTotals(reports []record.Report) (without, with Totals) {
	for _, r := range reports {
		without.add(r, false)
		with.add(r, true)
	}
	return without, with
}

func (t *Totals) add(r record.Report, withInit bool) {
	t.MS1 += roundUpMS(r.DurationUS, r.InitUS, 1, withInit)
	t.MS50 += roundUpMS(r.DurationUS, r.InitUS, 50, withInit)
	t.MS100 += roundUpMS(r.DurationUS, r.InitUS, 100, withInit)
}
