package report

import (
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/record"
)

// A front that stands alone has months drawn too: its range is that of the
// forecast, and it is the cheapest of nothing. Between 5 and 20 million requests
// at $1.875 a million are $9.375 and $37.5.
func TestLoneFront(t *testing.T) {
	a := doorOf("a", front.APIGatewayHTTP, 256, "arm64")
	rec := newRecorder(t, record.SourceLab, 6, a)
	for round := 1; round <= 6; round++ {
		rec.trial(a, round, nil, steady(20, 8_000, 20, 22, 20.5, 21))
	}
	in := input(t, rec.recording(""))
	r := reportOf(t, in)
	w := r.Fronts[0].Cost.Worlds
	if w == nil || w.Cheapest != 1 || w.Regret != 0 {
		t.Fatalf("drawn months: %+v", w)
	}
	near := func(got, want float64) bool { return got > want*0.95 && got < want*1.05 } // 10,000 draws
	if !near(w.Month[0], 9.375) || !near(w.Month[1], 37.5) || !near(w.Million[0], 1.875) || !near(w.Million[1], 1.875) {
		t.Errorf("80 %% of months cost %v, of millions %v", w.Month, w.Million)
	}
	tables := TablesOf(r)
	for _, g := range []Grid{tables.Decision, tables.Latency, tables.Function, tables.Money} {
		for _, row := range g.Rows {
			if len(row) != len(g.Header) {
				t.Errorf("%d cells under %q", len(row), g.Header)
			}
		}
	}
	if text := render(t, "table", r); !strings.Contains(text, "\n[80 % of drawn months]\n") {
		t.Error("the table does not say what its range of money is")
	}
	in.Traffic.Low, in.Traffic.High = in.Traffic.Expected, in.Traffic.Expected
	if w := reportOf(t, in).Fronts[0].Cost.Worlds; w != nil {
		t.Errorf("a certain month was drawn: %+v", w)
	}
	if d := r.Decision; d.Choice != "a" || d.Because != "it is the only front of the run" || d.Expires.String() != "2027-05-22" {
		t.Errorf("proposed: %+v", d)
	}
}
