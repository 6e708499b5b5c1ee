package report

import (
	"strings"
	"testing"

	"frontdoor/stats"
)

// What mends a p99 of short trials is the scenario's load, unless it says nothing of the
// run: another tool measured it.
func TestTailNoteSaysWhatMends(t *testing.T) {
	q := Quantile{Q: 0.99, Estimate: stats.Estimate{N: 100, Point: 2, Lo: 1, Hi: 3}}
	for imported, want := range map[bool]string{false: "lengthen load.duration", true: "longer files, or a longer --split, mend it"} {
		notes := &footnotes{}
		tailNote(Front{Rounds: 6, Requests: 600, imported: imported}, q, notes)
		if got := strings.Join(notes.texts, "\n"); !strings.HasSuffix(got, "; "+want) {
			t.Errorf("imported %t: %q, want the end %q", imported, got, want)
		}
	}
}
