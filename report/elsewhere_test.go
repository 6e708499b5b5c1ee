package report_test

import (
	"slices"
	"strings"
	"testing"

	"frontdoor/pricing"
	"frontdoor/report"
	"frontdoor/report/reporttest"
)

// A front whose viewers are elsewhere is priced in their zone, which is that of where
// its function ran, and all others in the zones of the forecast.
func TestViewersElsewhere(t *testing.T) {
	for _, c := range []struct {
		elsewhere []string
		zone      string
	}{{nil, ".jp"}, {[]string{"alb"}, ".jp"}, {[]string{"edge"}, ".us"}} {
		in := reporttest.Input(t, reporttest.Recording(t))
		in.Forecast.ViewerZones = map[pricing.Zone]pricing.Quantity{"jp": pricing.Count(1)}
		in.Elsewhere = c.elsewhere
		r, err := report.New(in)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range r.Fronts {
			if f.ID != "edge" {
				continue
			}
			var meters []string
			for _, l := range f.Cost.Bill.Lines {
				if m := string(l.Meter); strings.HasPrefix(m, "cloudfront.requests") {
					meters = append(meters, m)
				}
			}
			if len(meters) == 0 || slices.ContainsFunc(meters, func(m string) bool { return !strings.HasSuffix(m, c.zone) }) {
				t.Errorf("elsewhere %q: %q, want those of %s", c.elsewhere, meters, c.zone)
			}
		}
	}
}
