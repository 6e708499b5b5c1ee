package claims

import (
	"cmp"
	"slices"
	"strings"

	"frontdoor/record"
	"frontdoor/report/words"
)

// ranInOne looks at where the function of a front ran, as far as the run measured it:
// Regions whose CloudWatch counted invocations, in which the lab metered some, or to
// which the name resolved. A request that a function answered and that these
// Regions did not count was answered elsewhere. Without a metric nothing is
// said: a missing one is not zero, and the configured Region proves nothing.
func ranInOne(v *Verdict, t *tally, run *record.Recording, f record.Front) {
	counted, regions := invokedIn(run, f.ID)
	regions = slices.Concat(regions, meteredIn(run, f.ID), resolved(run, f.ID))
	slices.Sort(regions)
	regions = slices.Compact(regions)
	answered := byFunction(run, f.ID)
	if answered == 0 || counted == 0 && len(regions) < 2 {
		return
	}
	t.of++
	switch {
	case len(regions) > 1:
		v.add(Record, run.ID, "%s: its function ran in %s, for viewers near %s", f.ID, words.And(regions), f.Viewer)
	case counted < answered:
		v.add(Record, run.ID, "%s: functions answered more requests than CloudWatch of %s counted invocations, for viewers near %s", f.ID, regions[0], f.Viewer)
	default:
		t.holds++
		v.add(Record, run.ID, "%s: CloudWatch of %s counted an invocation for every request that a function answered, for viewers near %s", f.ID, regions[0], f.Viewer)
	}
}

// invokedIn is how many invocations CloudWatch counted of a front's function, and in
// which Regions.
func invokedIn(run *record.Recording, id string) (n int, regions []string) {
	if run.Meters == nil {
		return 0, nil
	}
	for _, f := range run.Meters.Fronts {
		for _, m := range f.Metrics {
			if f.Front == id && m.Namespace == "AWS/Lambda" && m.Name == "Invocations" && m.Stat == "Sum" && m.Value != nil && *m.Value > 0 {
				n += int(*m.Value)
				regions = append(regions, strings.Split(m.Region, ", ")...)
			}
		}
	}
	return n, regions
}

// meteredIn lists the Regions in which the lab metered invocations at the edge.
func meteredIn(run *record.Recording, id string) []string {
	var regions []string
	for _, c := range run.Counters {
		if c.Front == id && strings.HasPrefix(c.Name, "edge.invocations.") && c.Value > 0 {
			regions = append(regions, c.Region)
		}
	}
	return regions
}

// byFunction is how many requests of a front a function answered, by the ids that
// their answers have; warm-ups included, as metrics include them.
func byFunction(run *record.Recording, id string) (n int) {
	for _, m := range run.Of(id) {
		for _, h := range m.Hits {
			ids, _ := h.Invocations()
			n += truth(len(ids) > 0)
		}
	}
	return n
}

// viewersOf lists the Regions that viewers of edge-optimized fronts are near.
func viewersOf(runs []*record.Recording) []string {
	var near []string
	for _, run := range runs {
		for _, f := range run.Fronts {
			if f.Resource.EdgeOptimized {
				near = append(near, cmp.Or(f.Viewer, "the lab"))
			}
		}
	}
	slices.Sort(near)
	return slices.Compact(near)
}
