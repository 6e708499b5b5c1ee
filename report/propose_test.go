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

// What is proposed does not hang on which comparisons are shown, and a front that
// was not compared is not called "not clearly faster".
func TestDecisionUnderOtherReferences(t *testing.T) {
	alb := doorOf("alb", front.ALB, 128, "x86_64")
	rest := doorOf("rest", front.APIGatewayREST, 128, "x86_64")
	url := doorOf("url", front.FunctionURL, 128, "x86_64")
	rec := newRecorder(t, record.SourceLab, 12, rest, alb, url)
	for round := 1; round <= 12; round++ {
		rec.trial(rest, round, nil, steady(10, 3_200, 20, 22))
		rec.trial(alb, round, nil, steady(10, 3_200, 10, 11))
		rec.trial(url, round, nil, steady(10, 3_200, 30, 33))
	}
	check(t, rec.w.WriteMeters(record.Meters{}))
	in := input(t, rec.recording(""))
	in.Choices.Material, in.Choices.Metrics = 1e6, []string{"p50"}
	for reference, want := range map[string]string{
		"":     "alb is proposed: it costs less than $1,000,000.00 a month more than url, the cheapest, and is faster at p50",
		"all":  "alb is proposed: it costs less than $1,000,000.00 a month more than url, the cheapest, and is faster at p50",
		"rest": "rest is proposed: it costs less than $1,000,000.00 a month more than url, the cheapest, and is faster at p50",
	} {
		in.Choices.Reference = reference
		if said := reportOf(t, in).Decision.Sentences[0]; !strings.HasPrefix(said, want) {
			t.Errorf("reference %q: %s\nwant %s", reference, said, want)
		}
	}
}
