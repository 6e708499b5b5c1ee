package report

import (
	"strings"
	"testing"

	"frontdoor/record"
)

// Deployed fronts are seen from one place, and a report says so; the lab's from none.
func TestCautionOfPlace(t *testing.T) {
	for source, want := range map[record.Source]bool{record.SourceLab: false, record.SourceAWS: true, record.SourceURL: true} {
		r := *goldens()[0].made(t)
		r.Run.Source, r.Decision = source, Decision{}
		r.caution()
		if got := strings.Contains(strings.Join(r.Decision.Cautions, "\n"), "viewers elsewhere have another"); got != want {
			t.Errorf("%s: %q", source, r.Decision.Cautions)
		}
	}
}
