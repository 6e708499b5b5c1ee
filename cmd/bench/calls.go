package main

import (
	"fmt"
	"slices"

	"frontdoor/front"
	"frontdoor/handlers"
	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/scenarios"
)

// callsOf is what is known of what the functions of each front of a run call, by the
// scenario as it is written: home. The lab counts what those that it served do (at has
// where fronts were); a run without counters was made elsewhere, or before there were any.
func callsOf(rec *record.Recording, home, at *scenarios.Scenario) map[string]pricing.Calls {
	calls := map[string]pricing.Calls{}
	for _, f := range at.Fronts {
		if f.Lab() && rec.Counters != nil {
			calls[f.ID] = pricing.CallsCounted
			continue
		}
		written, _ := home.Front(f.ID)
		calls[f.ID] = callsBehind(home, written)
	}
	return calls
}

// callsBehind is what functions call of which the scenario says what they are: not those
// of a front that it has an address of. Functions of CloudFront's own reach nothing.
func callsBehind(s *scenarios.Scenario, f scenarios.Front) pricing.Calls {
	names := []string{handlerOf(s, f)}
	own := f.Lab() && len(f.Command) == 0 && f.Code == "" && names[0] != ""
	if f.Kind == front.CloudFrontFunction {
		names, own = nil, f.Lab()
	}
	if f.CloudFront != nil {
		for _, one := range f.CloudFront.Functions {
			if one.Kind() == front.CloudFrontFunction {
				continue
			}
			names, own = append(names, one.Handler), own && len(one.Command) == 0 && one.Handler != ""
		}
	}
	switch {
	case !own:
		return pricing.CallsUnknown
	case slices.ContainsFunc(names, handlers.HasTable):
		return pricing.CallsTold
	}
	return pricing.CallsNothing
}

// billedCalls is the same for the bill of a month: a scenario without tables and buckets
// has no month's price of any.
func billedCalls(rec *record.Recording, home, at *scenarios.Scenario) map[string]pricing.Calls {
	calls := callsOf(rec, home, at)
	for id, known := range calls {
		if len(home.Tables)+len(home.Buckets) == 0 && known != pricing.CallsCounted {
			calls[id] = pricing.CallsNothing
		}
	}
	return calls
}

// bucketsBehind is the Regions of the buckets that are origins of fronts which the lab did
// not serve, by the fronts' ids. Objects without a bucket are in CloudFront's own Region.
func bucketsBehind(rec *record.Recording, home, at *scenarios.Scenario) map[string]string {
	regions := map[string]string{}
	for _, f := range at.Fronts {
		written, _ := home.Front(f.ID)
		d := written.CloudFront
		if f.Lab() && rec.Counters != nil || d == nil || d.Origin == nil || d.Origin.Front != "" {
			continue
		}
		regions[f.ID] = "us-east-1"
		for _, b := range home.Buckets {
			if b.Name == d.Origin.Bucket {
				regions[f.ID] = b.Region
			}
		}
	}
	return regions
}

// unsaid is what no function has a say in, where no lab counts: what CloudFront itself
// reads of buckets, and what a write costs in the other Regions of a global table.
func unsaid(rec *record.Recording, s *scenarios.Scenario) []pricing.Gap {
	var gaps []pricing.Gap
	for _, f := range s.Fronts {
		if d := f.CloudFront; d != nil && d.Origin != nil && d.Origin.Front == "" && (!f.Lab() || rec.Counters == nil) {
			gaps = append(gaps, pricing.Gap{Meter: pricing.S3Gets, Reason: fmt.Sprintf("front %s: nobody counted what CloudFront fetches of its bucket", f.ID)})
		}
	}
	for _, t := range s.Tables {
		if rec.Counters == nil && len(t.Regions) > 1 {
			gaps = append(gaps, pricing.Gap{Meter: pricing.DynamoDBReplicatedWriteUnits, Reason: fmt.Sprintf("table %s is global: nobody counted its writes in other Regions than that of the call", t.Name)})
		}
	}
	return gaps
}

// unbilled is the same for the bill of a month, which has a bucket's GETs by the answers
// that did not come out of a cache.
func unbilled(rec *record.Recording, s *scenarios.Scenario) []string {
	var missing []string
	for _, gap := range unsaid(rec, s) {
		if gap.Meter != pricing.S3Gets {
			missing = append(missing, gap.Reason+": that is on no bill")
		}
	}
	return missing
}
