package figures

import (
	"testing"

	"frontdoor/report/chart"
	"frontdoor/report/reporttest"
)

// A front with a phase that cannot be told has no bar, which would read as a short
// one; without any front that can be told there is no figure.
func TestConnectionsThatCannotBeTold(t *testing.T) {
	r := reporttest.Sample(t)
	bars := func() (n int) {
		f, ok := connections(r)
		if !ok {
			return 0
		}
		for _, m := range f.Chart.Panels[0].Marks {
			if _, ok := m.(chart.Bar); ok {
				n++
			}
		}
		return n
	}
	if got := bars(); got != 5*4 {
		t.Fatalf("%d bars of five fronts", got)
	}
	for i := range r.Fronts {
		r.Fronts[i].Phases.TLS.Refused = "too few"
		f, ok := connections(r)
		if got, want := bars(), (4-i)*4; got != want || ok != (want > 0) || ok && f.Table.Rows[i][6] != "too few" {
			t.Errorf("%d bars with %d fronts that cannot be told, want %d", got, i+1, want)
		}
	}
}
