package report

import (
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/record"
)

// Of a forecast with a long tail the mean of drawn months is not the bill of the
// expected month: alb, mostly fixed, costs less on average, http at 20M.
func TestMoneyNamesTheMonthItIsOf(t *testing.T) {
	http := doorOf("http", front.APIGatewayHTTP, 128, "x86_64")
	alb := doorOf("alb", front.ALB, 128, "x86_64")
	rec := newRecorder(t, record.SourceLab, 6, http, alb)
	for round := 1; round <= 6; round++ {
		rec.trial(http, round, nil, steady(10, 3_200, 20, 22))
		rec.trial(alb, round, nil, steady(10, 3_200, 20, 22))
	}
	check(t, rec.w.WriteMeters(record.Meters{}))
	in := input(t, rec.recording(""))
	in.Traffic = Traffic{Low: 5_000_000, Expected: 20_000_000, High: 60_000_000}
	r := reportOf(t, in)
	if h, a := r.front("http").Cost.Bill.Total, r.front("alb").Cost.Bill.Total; h.Cmp(a) >= 0 || r.expected(r.front("http")) <= r.expected(r.front("alb")) {
		t.Fatalf("the case is none: bills %v and %v", h, a)
	}
	said := strings.Join(r.Decision.Sentences, "\n")
	for _, want := range []string{
		"alb is proposed: it costs the least on average of the drawn months, though not at the expected one",
		"Cheapest at 20M requests a month: http, ", "; next alb, ", "Cheapest on average of the drawn months: alb, ", "alb is the cheapest in ",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("the decision lacks %q:\n%s", want, said)
		}
	}
}
