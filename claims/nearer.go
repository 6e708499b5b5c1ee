package claims

import (
	"time"

	"frontdoor/front"
	"frontdoor/record"
	"frontdoor/stats"
)

// remoteInRun compares functions at the edge that read a table in another Region
// with APIs in that Region, by the requests of a run on new and on open connections.
// The lab's own times are small beside the distance that it injects, and the relation
// is all that is said, and counted.
func remoteInRun(v *Verdict, fresh, open *tally, run *record.Recording) {
	for _, edge := range run.Fronts {
		table := remoteTable(run, edge)
		if table == "" {
			continue
		}
		for _, api := range run.Fronts {
			if api.Kind.CloudFront() || api.Resource.EdgeOptimized || api.Region != table || len(api.Also) > 0 || api.Viewer != edge.Viewer {
				continue
			}
			for _, c := range []struct {
				what  string
				fresh bool
				t     *tally
			}{{"new", true, fresh}, {"open", false, open}} {
				at, there := warm(run, edge.ID, c.fresh), warm(run, api.ID, c.fresh)
				if at == 0 || there == 0 {
					continue
				}
				c.t.of++
				c.t.holds += truth(relation(at, there) == less)
				v.add(Record, run.ID, "on %s connections %s, whose table is in %s, took %s %s, which is there", c.what, edge.ID, table, relation(at, there), api.ID)
			}
		}
	}
}

// remoteTable is the Region of a table that a function at the edge read far from its
// viewer; "" when it read none.
func remoteTable(run *record.Recording, f record.Front) string {
	if f.Kind != front.EdgeViewerRequest || f.Viewer == "" {
		return ""
	}
	for _, c := range run.Counters {
		if c.Front == f.ID && c.Name == "dynamodb.read_units" && c.Region != f.Viewer && c.Value > 0 {
			return c.Region
		}
	}
	return ""
}

// warm is the median time of a front's successful requests on new or on open
// connections, in environments that were there; 0 when there is none. Most connections
// are new in the warm-up, which counts for them.
func warm(run *record.Recording, id string, fresh bool) time.Duration {
	var times []float64
	for _, m := range run.Of(id) {
		for _, h := range m.Hits {
			if (fresh || !h.Warmup) && h.Error == "" && h.NewConn == fresh && h.Cold != 1 {
				times = append(times, float64(h.Done-h.Sent))
			}
		}
	}
	if len(times) == 0 {
		return 0
	}
	return time.Duration(stats.Quantile(stats.Sorted(times), 0.5))
}

// alike is the share within which two medians count as equal: far below what a leg
// between Regions makes of them, far above what a busy machine does.
const alike = 0.25

// less is the relation in which the claim holds.
const less = "less than"

// relation is how a compares with b.
func relation(a, b time.Duration) string {
	switch ratio := float64(a) / float64(b); {
	case ratio > 1+alike:
		return "longer than"
	case ratio < 1/(1+alike):
		return less
	}
	return "about as long as"
}
