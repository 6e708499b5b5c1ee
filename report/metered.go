package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/report/words"
)

// metered lets CloudWatch stand in for REPORT lines that were not read, within its bounds:
// it counts durations over the whole run with its warm-ups, and leaves INIT out.
func (f *Front) metered(in Input, m *pricing.Measured, w *pricing.Workload) {
	meters := cloudWatchOf(in.Recording.Meters, f.ID)
	if meters == nil || w.Kind == front.CloudFrontFunction {
		return
	}
	if w.LogBytes == nil {
		w.LogBytes = ingested(meters)
	}
	if m.WithReport > 0 {
		return
	}
	durations, err := pricing.Metered(*meters)
	if err != nil {
		return
	}
	w.Duration, w.NoDuration = durations, ""
	w.NoInit = "CloudWatch's Duration leaves INIT out: that of cold starts is in no line"
	if f.Cold.Known {
		w.NoInit = fmt.Sprintf("CloudWatch's Duration leaves INIT out: that of %d cold starts in %d measured requests is in no line", f.Cold.Count, f.Requests)
	}
	if n := meters.Coverage.Invocations; w.Kind.CloudFront() && n != nil && meters.Coverage.Sent > 0 {
		share := pricing.Ratio(*n, int64(meters.Coverage.Sent))
		w.Invocations = &share
	}
	w.Notes = append(slices.Clip(w.Notes), "no REPORT line was read: durations are those that CloudWatch counted over the whole run, warm-ups included")
}

// ingested is the bytes that CloudWatch Logs took in for an invocation, over the whole
// run; nil when it counted none.
func ingested(meters *record.FrontMeters) *pricing.Quantity {
	n := meters.Coverage.Invocations
	for _, x := range meters.Metrics {
		if x.Namespace == "AWS/Logs" && x.Name == "IncomingBytes" && x.Value != nil && n != nil && *n > 0 {
			each := pricing.Ratio(int64(*x.Value), *n)
			return &each
		}
	}
	return nil
}

// regionShares counts reports by the Region that ran them, the one with the most first.
func regionShares(reports []record.Report) []RegionShare {
	var shares []RegionShare
	for _, r := range reports {
		if r.Region == "" {
			continue
		}
		i := slices.IndexFunc(shares, func(s RegionShare) bool { return s.Region == r.Region })
		if i < 0 {
			i = len(shares)
			shares = append(shares, RegionShare{Region: r.Region})
		}
		shares[i].Reports++
		shares[i].BilledMS += r.BilledMS
	}
	slices.SortFunc(shares, func(a, b RegionShare) int {
		return cmp.Or(b.Reports-a.Reports, cmp.Compare(a.Region, b.Region))
	})
	return shares
}

// ranIn says which Regions ran a function; "" where there is but one.
func (fn Function) ranIn() string {
	if len(fn.Regions) < 2 {
		return ""
	}
	var parts []string
	for _, s := range fn.Regions {
		parts = append(parts, fmt.Sprintf("%s %s (%s ms billed)", s.Region, words.Group(int64(s.Reports)), words.Group(s.BilledMS)))
	}
	return "invocations by the Region that ran them, warm-ups included: " + strings.Join(parts, ", ")
}
