package report

import (
	"errors"
	"math"
	"slices"

	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/stats"
)

// readMeters takes over what CloudWatch said.
func (f *Front) readMeters(meters *record.Meters, id string) {
	m := cloudWatchOf(meters, id)
	if m == nil {
		return
	}
	f.Coverage, f.Metrics = m.Coverage, m.Metrics
	f.Problems = append(f.Problems, m.Problems...)
	f.Function.Invocations, f.Function.Steps = m.Coverage.Invocations, m.Steps
	f.Function.P50, f.Function.P99 = duration(m.Metrics, "p50"), duration(m.Metrics, "p99")
}

// duration finds a statistic of the function's Duration, in milliseconds.
func duration(metrics []record.Metric, stat string) *float64 {
	for _, m := range metrics {
		if m.Namespace == "AWS/Lambda" && m.Name == "Duration" && m.Stat == stat {
			return m.Value
		}
	}
	return nil
}

// price bills the front at the forecast and at the ends of its range.
func (f *Front) price(in Input, rf record.Front, rounds []record.Measured) {
	var hits []record.Hit
	var reports []record.Report
	for _, round := range rounds {
		hits = append(hits, round.Hits...)
		reports = append(reports, round.Reports...)
	}
	if in.Choices.Region != "" {
		rf.Region = in.Choices.Region
		if !rf.Kind.Edge() {
			rf.FunctionIn = in.Choices.Region
		}
	}
	m := pricing.Measure(rf, hits, reports)
	f.durations(m.Reports, reports)
	if len(rounds) == 0 {
		f.Cost.Err = "no round of this front counts"
		return
	}
	forecast := in.Forecast
	forecast.RequestsPerMonth = in.Traffic.Expected
	if slices.Contains(in.Elsewhere, rf.ID) {
		forecast.ViewerZones = nil // the zone is that of where its function ran
	}
	workload := m.Workload(forecast)
	f.metered(in, &m, &workload)
	if calls, ok := in.Calls[rf.ID]; ok && calls != pricing.CallsCounted {
		m.Called(&workload, calls)
	} else {
		workload.Counted = pricing.CountedOf(in.Recording.Counters, rf, sentTo(in.Recording, rf.ID))
	}
	f.scripts(in, rf, &workload)
	if region, ok := in.Buckets[rf.ID]; ok {
		if workload.Fetched = pricing.FetchedOf(region, hits); workload.Fetched == nil {
			workload.Missing = append(slices.Clip(workload.Missing), pricing.Gap{Meter: pricing.S3Gets, Reason: "no answer says whether it came out of CloudFront's cache (x-cache)"})
		}
	}
	workload.DNS = dnsOf(in.Recording, rf)
	f.workload = &workload
	bill, err := bills(in, workload, in.Traffic.Expected)
	if err != nil {
		f.Cost.Err = err.Error()
		return
	}
	f.Cost.Bill = bill
	if !f.Cost.Priced() {
		return
	}
	low, errLow := bills(in, workload, in.Traffic.Low)
	high, errHigh := bills(in, workload, in.Traffic.High)
	if err := errors.Join(errLow, errHigh); err != nil {
		f.Cost.Err = err.Error()
		return
	}
	f.Cost.Low, f.Cost.High = low.Total, high.Total
	if err := f.joined(in, &m, workload); err != nil {
		f.Cost.Err = err.Error()
	}
}

func bills(in Input, w pricing.Workload, requests int64) (pricing.Bill, error) {
	w.Traffic.RequestsPerMonth = requests
	return in.Book.Price(w, in.options())
}

// durations sums up the REPORT lines: of the measured requests, and of all.
func (f *Front) durations(measured, all []record.Report) {
	fn := &f.Function
	fn.Reports, fn.All = len(measured), len(all)
	fn.WithoutInit, fn.WithInit = pricing.BilledTotals(measured)
	fn.AllWithoutInit, fn.AllWithInit = pricing.BilledTotals(all)
	fn.Regions = regionShares(all)
	fn.Mean = math.NaN()
	var durations, inits []float64
	for _, r := range measured {
		durations = append(durations, float64(r.DurationUS)/1000)
		if r.InitUS >= 0 {
			inits = append(inits, float64(r.InitUS)/1000)
		}
		fn.MaxMemoryMB = max(fn.MaxMemoryMB, int(r.MaxMemMB))
	}
	if len(durations) > 0 {
		fn.Mean = stats.Mean(durations)
	}
	if len(inits) > 0 {
		f.Cold.Init = stats.Mean(inits)
	}
}
