package contract

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"frontdoor/front"
	"frontdoor/lab"
)

// findings is what one front says of the handler.
func (b *bench) findings(s Subject) []Finding {
	var out []Finding
	for _, a := range b.asked {
		for _, f := range a.findings(b.door) {
			out = merge(out, f)
		}
	}
	reached := slices.DeleteFunc(slices.Clone(b.asked), func(a asked) bool { return slices.ContainsFunc(a.exchanges, refused) })
	for i := range out {
		out[i].All = out[i].Level == Breaks && len(out[i].Cases) == len(reached)
	}
	return append(out, b.near(s)...)
}

// ids are what a message has of its own each time: request ids, addresses, traces.
var ids = regexp.MustCompile(`\b[0-9A-Za-z]*[0-9][0-9A-Za-z]*(?:-[0-9A-Za-z]+){3,}\b|\b[0-9A-Z]{16,}\b|0x[0-9a-f]+|127\.0\.0\.1:[0-9]+`)

// sameRule reports whether two messages differ in nothing but such ids.
func sameRule(a, b string) bool {
	return ids.ReplaceAllString(a, "ID") == ids.ReplaceAllString(b, "ID")
}

// merge adds a finding, to the one that says the same of other cases.
func merge(all []Finding, f Finding) []Finding {
	i := slices.IndexFunc(all, func(g Finding) bool {
		return g.Level == f.Level && g.What == f.What && sameRule(g.Rule, f.Rule)
	})
	if i < 0 {
		return append(all, f)
	}
	if !slices.Contains(all[i].Cases, f.Cases[0]) {
		all[i].Cases = append(all[i].Cases, f.Cases...)
	}
	return all
}

// findings is what came of one case: nothing when the function answered it.
func (a asked) findings(d front.Door) []Finding {
	var out []Finding
	if a.err != nil {
		out = append(out, Finding{
			Level: Breaks, Front: d.Kind, Cases: []string{a.Name}, What: "the client gets no answer: " + a.err.Error(),
			Why: a.Why, Do: a.Do, Source: a.Source,
		})
	}
	for i, x := range a.exchanges {
		switch f := a.finding(d, a.replies[i], x); {
		case f.Level == "":
		default:
			out = merge(out, f)
		}
	}
	return out
}

// finding judges one exchange; one without a level is nothing to tell.
func (a asked) finding(d front.Door, r reply, x lab.Exchange) Finding {
	f := Finding{Front: d.Kind, Cases: []string{a.Name}, Why: a.Why, Do: a.Do, Source: a.Source}
	switch {
	case x.Front == "":
		f.Level, f.What = Note, fmt.Sprintf("the lab's HTTP server refuses the request with %d before the front sees it; what AWS does is not known", r.status)
	case x.Cause == 0 || x.Forwarded || refused(x):
		return Finding{}
	default:
		f.Level, f.What, f.Rule = Breaks, fmt.Sprintf("the client gets %d for a %s", r.status, x.Cause), x.Reason
		if status := failedStatus(d.Kind, x); status != 0 {
			f.What = fmt.Sprintf("the client gets %d for the handler's own %d", r.status, status)
		}
		if advice := adviceOn(d.Kind, x); advice.do != "" {
			f.Why, f.Do, f.Source = advice.why, advice.do, advice.source
		}
	}
	return f
}

// refused reports whether the front refused the request itself, at a limit of its own.
func refused(x lab.Exchange) bool {
	return x.Cause != 0 && x.Invocation == "" && x.Cause != front.Throttled
}

// refusals is what fronts refuse before any function sees it, by case: nothing that
// a handler does changes it.
func refusals(all []*bench) []Finding {
	var out []Finding
	for _, c := range Cases() {
		var at []string
		for _, b := range all {
			i := slices.IndexFunc(b.asked, func(a asked) bool { return a.Name == c.Name })
			if i >= 0 && len(b.asked[i].exchanges) > 0 && refused(b.asked[i].exchanges[0]) {
				at = append(at, fmt.Sprintf("%d at %s", b.asked[i].replies[0].status, b.door.Kind))
			}
		}
		if len(at) > 0 {
			out = append(out, Finding{
				Level: Note, Cases: []string{c.Name}, What: "the front refuses it before the function sees it: " + strings.Join(at, ", "),
				Why: c.Why, Do: c.Do, Source: c.Source,
			})
		}
	}
	return out
}

// refusedFinding is CloudFront's refusal of the function itself.
func refusedFinding(k front.Kind, e *front.AssociationError) Finding {
	return Finding{
		Level: Breaks, Front: k, What: "CloudFront does not take the function", Rule: e.Error(),
		Why: "a function at the edge has no environment variables, 128 MB and 5 s on viewer events, x86_64, and a numbered version in us-east-1",
		Do:  "give an edge function its settings in the code", Source: edgeRules,
	}
}
