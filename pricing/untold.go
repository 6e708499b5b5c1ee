package pricing

import "frontdoor/record"

// handsOn reports whether answers of a distribution leave out invocations that took place:
// a function at a request event that hands the request on has no answer to tell of itself
// in, unlike in the lab. A few REPORT lines that no answer names are of requests that got
// none, or were cut off: one in twenty, as of the coverage that a run wants.
func handsOn(f record.Front, hits []record.Hit, byID map[string]record.Report) bool {
	if !f.Kind.CloudFront() || f.Imported != nil {
		return false
	}
	named, silent := map[string]bool{}, 0
	for _, h := range hits {
		if h.Sent >= 0 && h.Status == 0 {
			silent += 1 + len(f.Further)
		}
		ids, _ := h.Invocations()
		for _, id := range ids {
			named[id] = true
		}
	}
	alone := 0
	for id := range byID {
		if !named[id] {
			alone++
		}
	}
	return alone > silent && alone*20 > len(hits)
}

// forget drops what was joined: the reports of all requests are taken instead.
func (m *Measured) forget() (owned map[string]bool) {
	m.Reports, m.LogBytes, m.Unlogged = nil, 0, 0
	m.Coverage.NotInvoked, m.Coverage.FromOtherCalls = 0, 0
	return map[string]bool{}
}

// ByCount reports whether a distribution's invocations are known by their number, and not
// by the requests that caused them. A lone function at viewer-request runs once for each.
func (m *Measured) ByCount() bool { return m.byCount }

// untoldNote says what that makes of durations.
func (m *Measured) untoldNote() string {
	const rest = ": durations are those of every REPORT line, warm-ups included"
	if m.partly {
		return "answers do not tell every invocation, since functions that hand requests on tell of none (header x-bench-request-id)" + rest
	}
	return "answers do not tell their invocation (header x-bench-request-id)" + rest
}

// Invoked is how often the front's functions of Lambda@Edge ran in the whole run, by
// CloudWatch's count of each; nil where it did not count the front's own, or none of those
// behind a CloudFront Function. A further one that is never reached has no count.
func Invoked(f record.Front, meters *record.FrontMeters) *int64 {
	if meters == nil {
		return nil
	}
	var sum int64
	known := false
	if f.Kind.Edge() {
		own := metricSum(meters, "Invocations", "FunctionName", f.Function)
		if own == nil {
			return nil
		}
		sum, known = int64(*own), true
	}
	for _, one := range f.Further {
		if n := metricSum(meters, "Invocations", "FunctionName", one.Function); n != nil && one.Kind.Edge() {
			sum, known = sum+int64(*n), true
		}
	}
	if !known {
		return nil
	}
	return &sum
}
