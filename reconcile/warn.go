package reconcile

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// settled is how long after it a bill may lack lines of an hour: AWS updates its
// exports at least once a day, and lines of the last hours come late
// (https://docs.aws.amazon.com/cur/latest/userguide/what-is-data-exports.html).
const settled = 24 * time.Hour

// warnings are what weakens the comparison, each with what would help.
func (r *Reconciler) warnings(pairs []pair, exports []Export) []string {
	var out []string
	if r.in.Lab {
		out = append(out, "LAB: the run was on loopback, and AWS has billed nothing of it: a bill that matches it was made to")
	}
	if shared := sharedMeters(pairs); len(shared) > 0 && !r.tagged {
		out = append(out, r.untagged())
	} else if len(shared) > 0 {
		out = append(out, fmt.Sprintf("%s: no line of it bears the run's tag or resource; matched by time and Region, so that others' use may be in it", strings.Join(shared, ", ")))
	}
	end := r.hours[len(r.hours)-1].Add(time.Hour)
	for _, x := range exports {
		switch {
		case !x.Modified.IsZero() && x.Modified.Before(r.in.Ended.Add(settled)):
			out = append(out, fmt.Sprintf("%s is of %s, less than 24 h after the run's end: lines may still be missing; export it again", x.Name, x.Modified.Format("2006-01-02 15:04")))
		case x.Until.Before(end) && len(exports) == 1:
			out = append(out, fmt.Sprintf("%s ends at %s, before the run's last hour does", x.Name, x.Until.Format("2006-01-02 15:04")))
		}
	}
	if slices.ContainsFunc(pairs, r.wide) {
		out = append(out, "lines of the bill are longer than an hour: what else was used in that time is in them; an hourly export tells more")
	}
	return out
}

// untagged says what a bill without the run's tag can be held against.
func (r *Reconciler) untagged() string {
	by := "the run's tag is not known (--tag)"
	if r.in.Scope.Key != "" {
		by = fmt.Sprintf("no line bears the tag %s=%s, nor names a resource of the run", r.in.Scope.Key, r.in.Scope.Value)
	}
	return by + ": lines are matched by time and Region, so that others' use is in them, and what the run has no estimate of is not looked for; activate the tag for cost allocation, or export with INCLUDE_RESOURCES"
}

// sharedMeters names the meters whose lines may be anybody's.
func sharedMeters(pairs []pair) []string {
	var names []string
	for _, p := range pairs {
		if name := string(p.at.meter); p.shared && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
