package pricing

// unknown is the given reason, or else the general one.
func (w *Workload) unknown(general string) string {
	if w.NoDuration != "" {
		return w.NoDuration
	}
	return general
}

// lambda adds a Regional function's requests, GB-seconds and logs.
func (b *usageBuilder) lambda() error {
	one := Count(1)
	region := b.w.functionRegion()
	b.add(LambdaRequests, region, one)
	if arch := b.w.Architecture; arch != "x86_64" && arch != "arm64" {
		b.missing(LambdaGBSecondsX86, "the architecture of the function is %q: want x86_64 or arm64", arch)
	} else if err := b.gbSeconds(region, one); err != nil {
		return err
	}
	b.logs(region, one)
	return nil
}

// edge adds Lambda@Edge's requests, GB-seconds and logs, in the Region that ran
// the function.
func (b *usageBuilder) edge() error {
	region, invocations := b.w.functionRegion(), b.w.Invocations
	if invocations == nil {
		for _, m := range []Meter{EdgeRequests, EdgeGBSeconds, LogsIngestedGB} {
			b.missing(m, "%s", b.w.unknown("it is not known how often the function runs"))
		}
		return nil
	}
	b.add(EdgeRequests, region, *invocations)
	if err := b.gbSeconds(region, *invocations); err != nil {
		return err
	}
	b.logs(region, *invocations)
	b.scripts()
	return nil
}

// cff adds the invocations of a CloudFront Function: they have no duration to pay for,
// and log in us-east-1 wherever they run
// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-logs.html).
// Functions of Lambda@Edge at the origin's events are billed beside it. What the lab
// counted is in items of its own.
func (b *usageBuilder) cff() error {
	switch {
	case b.w.isCounted(CFFInvocations):
	case b.w.Scripts != nil:
		b.scripts()
	case b.w.Invocations == nil:
		b.missing(CFFInvocations, "it is not known how often the function runs")
		return nil
	default:
		b.add(CFFInvocations, Global, *b.w.Invocations)
	}
	if further := b.w.Further; further != nil {
		b.add(EdgeRequests, b.w.functionRegion(), *further)
		if err := b.gbSeconds(b.w.functionRegion(), *further); err != nil {
			return err
		}
	}
	switch {
	case b.w.isCounted(LogsIngestedGB):
	case b.w.Scripts == nil:
		b.logs(cloudFrontRegion, Count(1))
	case b.w.Further != nil: // whose lines were read
		b.logs(b.w.functionRegion(), *b.w.Further)
	}
	return nil
}

// gbSeconds adds the mean billed duration times memory: GB is MB/1024 exactly.
func (b *usageBuilder) gbSeconds(region string, invocations Quantity) error {
	m := b.w.durationMeter()
	switch {
	case invocations.Sign() == 0:
		b.add(m, region, Quantity{}) // every answer comes from the cache
		return nil
	case b.w.Duration == nil:
		b.missing(m, "%s", b.w.unknown("no duration is known"))
		return nil
	case b.w.MemoryMB <= 0:
		b.missing(m, "the memory of the function is not recorded")
		return nil
	}
	billed, err := b.w.Duration.BilledMS(b.billing)
	if err != nil {
		return err
	}
	if b.w.NoInit != "" && b.billing.Init.Value != 0 {
		b.missing(m, "%s", b.w.NoInit)
	}
	b.usage.BilledMS = billed
	perMS := invocations.Mul(GBSeconds(b.w.MemoryMB))
	b.add(m, region, billed.Low.Mul(perMS))
	b.usage.Items[len(b.usage.Items)-1].PerMS = b.requests.Mul(perMS)
	return nil
}

// upper sets the items of the upper bound, after all were added.
func (b *usageBuilder) upper() {
	billed := b.usage.BilledMS
	if billed.Exact() {
		return
	}
	between := billed.High.Sub(billed.Low)
	for _, item := range b.usage.Items {
		if item.PerMS.Sign() != 0 {
			item.Quantity = item.Quantity.Add(between.Mul(item.PerMS))
			item.PerRequest = item.Quantity.Div(b.requests)
		}
		b.usage.Upper = append(b.usage.Upper, item)
	}
	b.note("the billed duration of an invocation is known within bounds only: %s to %s ms on average", billed.Low, billed.High)
}

// logs adds the function's log bytes, in the Region that ran it.
func (b *usageBuilder) logs(region string, invocations Quantity) {
	switch {
	case invocations.Sign() == 0:
		b.add(LogsIngestedGB, region, Quantity{})
	case b.w.LogBytes == nil && b.w.NoLogs != "":
		b.usage.Excluded = append(b.usage.Excluded, Gap{LogsIngestedGB, b.w.NoLogs})
	case b.w.LogBytes == nil:
		b.missing(LogsIngestedGB, "%s", b.w.unknown("log bytes are not known"))
	default:
		b.bytes(LogsIngestedGB, region, invocations.Mul(*b.w.LogBytes))
	}
	if b.f.LogStoredGBMonths == nil {
		b.usage.Excluded = append(b.usage.Excluded, Gap{LogsStoredGBMonths, "the forecast does not say how much log is kept"})
		return
	}
	b.fixed(LogsStoredGBMonths, region, *b.f.LogStoredGBMonths)
}
