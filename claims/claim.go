package claims

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Word is a verdict in one word.
type Word string

// The verdicts.
const (
	True        Word = "true"
	False       Word = "false"
	Conditional Word = "conditional" // true on one side of a boundary
	NotJudged   Word = "not judged"  // the evidence is not there
)

// Said is who made a claim.
type Said struct {
	Who  string `json:"who"`
	Date string `json:"date"`
	URL  string `json:"url"`
}

// Claim is one entry of the register.
type Claim struct {
	ID       string `json:"id"`
	Text     string `json:"claim"`
	Said     []Said `json:"said"`
	Expected Word   `json:"expected"`        // the word that was recorded when the verdict was checked by hand
	Needs    string `json:"needs,omitempty"` // the shipped scenario whose run is a part of the evidence; "" when none is

	judge func(*Evidence) (Verdict, error)
}

// Verdict is what the evidence says of a claim.
type Verdict struct {
	Word     Word   `json:"verdict"`
	Boundary string `json:"boundary,omitempty"` // where it turns, or what it lacks
	Lines    []Line `json:"evidence"`
}

// Judged is a claim with its verdict.
type Judged struct {
	Claim
	Verdict
}

// Changed reports whether the verdict is another than the recorded one. What was
// not judged has not changed.
func (j Judged) Changed() bool { return j.Word != NotJudged && j.Word != j.Expected }

// Kind is what a line of evidence rests on.
type Kind string

// The kinds of evidence.
const (
	Bill       Kind = "bill"       // a price book on a day, with quantities
	Rule       Kind = "rule"       // what AWS says a front does
	Simulation Kind = "simulation" // SIMULATED: arithmetic over somebody's measurements, or over assumptions
	Record     Kind = "record"     // a run, mostly of the lab
)

// Line is one piece of evidence.
type Line struct {
	Kind   Kind   `json:"kind"`
	Text   string `json:"text"`
	Source string `json:"source,omitempty"` // an address, or a run
}

func (v *Verdict) add(k Kind, source, format string, args ...any) {
	v.Lines = append(v.Lines, Line{Kind: k, Text: fmt.Sprintf(format, args...), Source: source})
}

// Register lists every claim, C1 first.
func Register() []Claim {
	all := slices.Concat(priceClaims(), edgeClaims(), offloadClaims(), worldClaims())
	slices.SortFunc(all, func(a, b Claim) int { return cmp.Compare(number(a.ID), number(b.ID)) })
	return all
}

// IDs lists the ids of the register.
func IDs() []string {
	var ids []string
	for _, c := range Register() {
		ids = append(ids, c.ID)
	}
	return ids
}

// number is that of an id: 12 of "C12".
func number(id string) int {
	n, err := strconv.Atoi(strings.TrimPrefix(id, "C"))
	if err != nil {
		panic(err) // ids are constants of this package
	}
	return n
}

// Judge judges the claims with the given ids, all of them when there are none, in
// the order of the register. The error names an id that there is not, and is of no
// other kind: a claim that cannot be judged says why, and fails nobody's report.
func Judge(e *Evidence, ids ...string) ([]Judged, error) {
	for _, id := range ids {
		if !slices.Contains(IDs(), id) {
			return nil, fmt.Errorf("there is no claim %q: want some of %s", id, strings.Join(IDs(), ", "))
		}
	}
	var out []Judged
	for _, c := range Register() {
		if len(ids) > 0 && !slices.Contains(ids, c.ID) {
			continue
		}
		v, err := c.judge(e)
		if err != nil {
			v.Word, v.Boundary = NotJudged, err.Error()
		}
		if v.Word == NotJudged && v.Boundary == "" {
			v = unpriced(v, e.AsOf)
		}
		out = append(out, Judged{c, v})
	}
	return out, nil
}

// either is the word for a claim that holds in some of the cases looked at.
func either(holds, of int) Word {
	if of == 0 {
		return NotJudged
	}
	switch holds {
	case of:
		return True
	case 0:
		return False
	}
	return Conditional
}
