package spend

import (
	"time"

	"frontdoor/pricing"
	"frontdoor/record"
)

// apiRequests counts CloudWatch's requests, of which a million a month are free:
// ListMetrics is one, and the record counts it together with DescribeLogGroups of the
// Logs. That and FilterLogEvents have no row in the price list, and are taken to be free
// (unconfirmed).
const apiRequests pricing.Meter = "cloudwatch.api_requests"

// read adds what reading the run's own metrics and logs costs. No front causes it.
func (s *Spent) read(r *record.Reading, hour time.Time) {
	if r == nil {
		s.gap(pricing.GetMetricData, "what reading the run's own metrics costs is not known")
		return
	}
	for _, region := range r.Regions {
		use := func(m pricing.Meter, q pricing.Quantity) { s.use("", "", m, region.Region, hour, q) }
		use(apiRequests, pricing.Count(int64(region.ListCalls)))
		for _, item := range pricing.ReadItems(region) {
			use(item.Meter, item.Quantity)
		}
	}
}

// readingOf is how a run's metrics were read, nil when nobody knows. Nobody is billed for
// asking the lab.
func readingOf(rec *record.Recording) *record.Reading {
	switch {
	case rec.Source == record.SourceLab:
		return new(record.Reading)
	case rec.Meters == nil:
		return nil
	}
	return rec.Meters.Reading
}
