package report

import (
	"fmt"
	"strings"

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

// Again is the command that writes the report anew from the record.
func (r *Report) Again() string {
	return fmt.Sprintf("bench report %s -o markdown --as-of %s --free-tier %s", shellWord("runs/"+r.Run.ID), r.Pricing.AsOf, r.Pricing.FreeTier)
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

// shellWord is s as one word of a shell: quoted when it has to be.
func shellWord(s string) string {
	safe := func(c rune) bool {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("._/-", c)
	}
	if s != "" && strings.IndexFunc(s, func(c rune) bool { return !safe(c) }) < 0 {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
