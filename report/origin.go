package report

import (
	"fmt"

	"frontdoor/record"
)

// Origin says where the latencies come from, in one phrase. Every document that
// shows one shows it.
func (r *Report) Origin() string { return origin(r) }

// Label names the run for a line that may be quoted alone: "LAB run ID" when its
// latencies are the lab's, so that nobody takes the line for AWS's.
func (r *Report) Label() string {
	if r.Run.Source == record.SourceLab {
		return "LAB run " + r.Run.ID
	}
	return "run " + r.Run.ID
}

// Again is the command that shows the report anew from the record: the caller's,
// with its folder, gates and rules, or the plain one.
func (r *Report) Again() string {
	if r.Run.Again != "" {
		return r.Run.Again
	}
	return fmt.Sprintf("bench report runs/%s --as-of %s --free-tier %s", r.Run.ID, r.Pricing.AsOf, r.Pricing.FreeTier)
}

// Prices says which prices apply: the day, the book, the free tier and the month.
func (r *Report) Prices() string { return priceLine(r) }

// marked puts LAB before a phrase of a lab's run.
func (r *Report) marked(phrase string) string {
	if r.Run.Source == record.SourceLab {
		return "LAB: " + phrase
	}
	return phrase
}
