package report

import (
	"slices"
	"testing"

	"frontdoor/record"
)

// What an item that was written late does to a trial is not the generator's lateness, and
// is said apart.
func TestItemsWrittenLateAreSaidApart(t *testing.T) {
	late, stale := Weakness{Round: 1, Why: "the generator was late"}, Weakness{Round: 2, Why: record.Items + "1 of 50 requests"}
	const ofLate = "url: counted although disturbed, so the upper quantiles hold the generator's lateness too: a trial of round 1 (the generator was late)"
	const ofItems = "url: counted although disturbed, so that some answers are another version's: a trial of round 2 (items: 1 of 50 requests)"
	for _, c := range []struct {
		disturbed []Weakness
		want      []string
	}{
		{[]Weakness{late}, []string{ofLate}}, {[]Weakness{stale}, []string{ofItems}}, {[]Weakness{stale, late}, []string{ofLate, ofItems}}, {nil, nil},
	} {
		notes := &footnotes{}
		generatorNotes(Front{ID: "url", Disturbed: c.disturbed}, notes)
		if !slices.Equal(notes.texts, c.want) {
			t.Errorf("%q, want %q", notes.texts, c.want)
		}
	}
}
