package contract

import (
	"cmp"
	"slices"

	"frontdoor/front"
)

// Level says how bad a finding is.
type Level string

// The levels.
const (
	Breaks  Level = "breaks"  // the client gets the front's error in place of an answer, or CloudFront refuses the function
	Differs Level = "differs" // the same request is answered otherwise behind another front
	Note    Level = "note"    // what to know: a limit, or something near one
)

// Finding is one thing that was found.
type Finding struct {
	Level  Level      `json:"level"`
	Front  front.Kind `json:"front,omitempty"` // "" of a difference between fronts
	Cases  []string   `json:"cases,omitempty"`
	All    bool       `json:"all_cases,omitempty"` // Cases are all that the front let through
	What   string     `json:"what"`                // what the client gets, or what was measured
	Rule   string     `json:"rule,omitempty"`      // the front's reason, in its own words
	Why    string     `json:"why,omitempty"`
	Do     string     `json:"do,omitempty"`
	Source string     `json:"source,omitempty"`
}

// Broken counts what would break.
func (r *Result) Broken() int {
	n := 0
	for _, f := range r.Findings {
		if f.Level == Breaks {
			n++
		}
	}
	return n
}

// Of lists the findings of a level.
func (r *Result) Of(l Level) []Finding {
	return slices.DeleteFunc(slices.Clone(r.Findings), func(f Finding) bool { return f.Level != l })
}

// Sound lists the fronts at which nothing would break.
func (r *Result) Sound() []front.Kind {
	return slices.DeleteFunc(slices.Clone(r.Fronts), func(k front.Kind) bool {
		return slices.ContainsFunc(r.Of(Breaks), func(f Finding) bool { return f.Front == k })
	})
}

func (r *Result) sort() {
	levels := []Level{Breaks, Differs, Note}
	slices.SortStableFunc(r.Findings, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(slices.Index(levels, a.Level), slices.Index(levels, b.Level)),
			cmp.Compare(slices.Index(r.Fronts, a.Front), slices.Index(r.Fronts, b.Front)),
		)
	})
}
