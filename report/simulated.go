package report

import "frontdoor/record"

// simulated is what is said of figures that hold what was not measured: what it is
// and where it comes from. It stands wherever the lab is named.
func simulated(d *record.Distance) string {
	return "SIMULATED DISTANCE: the lab let requests wait for " + d.String() + ". It is in the response times of the lab's fronts, and no network was measured."
}

// cautionDistance says so among what to know before quoting the verdict.
func (r *Report) cautionDistance() {
	if d := r.Run.Distance; d != nil {
		r.Decision.warn("%s", simulated(d))
	}
}
