package figures

import (
	"strings"
	"testing"

	"frontdoor/record"
	"frontdoor/report/chart"
	"frontdoor/report/reporttest"
	"frontdoor/report/words"
	"frontdoor/stats"
)

// Neighbours differ in shade whichever phases there are, and the bar's end says how much of
// the whole is set-up.
func TestConnectionsWithoutNamesAndTLS(t *testing.T) {
	r := reporttest.Sample(t)
	r.Run.Source = record.SourceURL // of the lab's own there is no figure then
	for i := range r.Fronts {
		r.Fronts[i].Phases.DNS, r.Fronts[i].Phases.TLS = stats.Estimate{}, stats.Estimate{}
	}
	f, ok := connections(r)
	if !ok {
		t.Fatal("no figure")
	}
	var bars []chart.Bar
	for _, m := range f.Chart.Panels[0].Marks {
		if b, is := m.(chart.Bar); is {
			bars = append(bars, b)
		}
	}
	if len(bars) != 2*len(r.Fronts) {
		t.Fatalf("%d bars", len(bars))
	}
	for i := 0; i+1 < len(bars); i += 2 {
		if tcp, first := bars[i], bars[i+1]; !tcp.Pale || first.Pale || tcp.Row != first.Row {
			t.Errorf("%+v and %+v look the same", tcp, first)
		}
	}
	p := r.Fronts[0].Phases
	want := words.Figure(p.Connect.Point) + " of " + words.Figure(p.Connect.Point+p.FirstByte.Point) + " ms"
	if svg := f.Chart.SVG(chart.Wide()); !strings.Contains(svg, want) {
		t.Errorf("no bar's end says %q", want)
	}
}

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
