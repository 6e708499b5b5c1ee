package report

import (
	"slices"

	"frontdoor/pricing"
	"frontdoor/record"
)

// scripts sets how often a front's CloudFront Functions ran, which CloudWatch alone knows
// of deployed ones. Its own runs once for each request, if nobody counted.
func (f *Front) scripts(in Input, rf record.Front, w *pricing.Workload) {
	if slices.ContainsFunc(w.Counted, func(c pricing.Counted) bool { return c.Meter == pricing.CFFInvocations }) {
		return
	}
	if s, ok := pricing.ScriptsOf(rf, cloudWatchOf(in.Recording.Meters, rf.ID)); ok {
		w.Ran(s)
	} else if pricing.FurtherScripts(rf) {
		w.Missing = append(slices.Clip(w.Missing), pricing.Gap{Meter: pricing.CFFInvocations, Reason: "CloudWatch did not say how often the CloudFront Functions ran"})
	}
}
