package pricing

import "frontdoor/front"

const noReport = "no measured request has a report"

// lambda adds a Regional function's requests and GB-seconds.
func (b *usageBuilder) lambda() {
	region := b.m.FunctionRegion
	b.add(LambdaRequests, region, b.requests)
	switch b.m.Architecture {
	case "x86_64":
		b.gbSeconds(LambdaGBSecondsX86, region, b.requests)
	case "arm64":
		b.gbSeconds(LambdaGBSecondsARM, region, b.requests)
	default:
		b.missing(LambdaGBSecondsX86, "the architecture of the function is %q: want x86_64 or arm64", b.m.Architecture)
	}
}

// edge adds Lambda@Edge's requests and GB-seconds, in the Region that ran the
// function.
func (b *usageBuilder) edge() {
	invocations, ok := b.invocations()
	if !ok {
		b.missing(EdgeRequests, noReport)
		b.missing(EdgeGBSeconds, noReport)
		return
	}
	b.add(EdgeRequests, b.m.FunctionRegion, invocations)
	b.gbSeconds(EdgeGBSeconds, b.m.FunctionRegion, invocations)
}

// invocations is the function's invocations per month. Every front invokes
// once for each request, but an origin-request function only when the cache
// has no answer: there the measured share decides, over the requests whose
// invocation is known.
func (b *usageBuilder) invocations() (Quantity, bool) {
	if b.m.Kind != front.EdgeOriginRequest {
		return b.requests, true
	}
	if b.m.WithReport == 0 {
		return Quantity{}, false
	}
	return b.requests.Mul(Ratio(int64(len(b.m.Reports)), b.m.WithReport)), true
}

// gbSeconds adds the mean billed duration times memory: GB is MB/1024 exactly.
func (b *usageBuilder) gbSeconds(m Meter, region string, invocations Quantity) {
	switch {
	case invocations.Sign() == 0:
		b.add(m, region, Quantity{}) // every answer came from the cache
		return
	case len(b.m.Reports) == 0:
		b.missing(m, noReport)
		return
	case b.m.MemoryMB <= 0:
		b.missing(m, "the memory of the function is not recorded")
		return
	}
	mean := Ratio(b.m.BilledMS(b.billing), int64(len(b.m.Reports)))
	b.add(m, region, invocations.Mul(mean).Div(Count(1000)).Mul(Ratio(b.m.MemoryMB, 1024)))
}

// logs adds the function's log bytes, in the Region that ran it.
func (b *usageBuilder) logs() {
	switch invocations, ok := b.invocations(); {
	case !ok || len(b.m.Reports) == 0 && invocations.Sign() > 0:
		b.missing(LogsIngestedGB, noReport)
	case b.m.LogBytes == 0 && invocations.Sign() > 0:
		// An invocation logs START, END and REPORT at least: none is not measured.
		b.missing(LogsIngestedGB, "no log bytes are recorded")
	case invocations.Sign() == 0:
		b.add(LogsIngestedGB, b.m.FunctionRegion, Quantity{})
	default:
		b.addBytes(LogsIngestedGB, b.m.FunctionRegion, invocations.Mul(Ratio(b.m.LogBytes, int64(len(b.m.Reports)))))
	}
	if b.f.LogStoredGBMonths == nil {
		b.usage.Excluded = append(b.usage.Excluded, Gap{LogsStoredGBMonths, "the forecast does not say how much log is kept"})
		return
	}
	b.add(LogsStoredGBMonths, b.m.FunctionRegion, *b.f.LogStoredGBMonths)
}
