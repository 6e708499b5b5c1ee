package report

import (
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/record"
)

// A month in which nobody calls has bills and no cost per million, and every format
// says so without a division by zero: 730 h x $0.0225 and two addresses at 730 h x
// $0.005 are the load balancer's $23.725.
func TestIdleMonth(t *testing.T) {
	rest, alb, edge := doorOf("rest", front.APIGatewayREST, 256, "x86_64"), doorOf("alb", front.ALB, 256, "x86_64"), doorOf("edge", front.EdgeOriginRequest, 256, "x86_64")
	rec := newRecorder(t, record.SourceLab, 6, rest, alb, edge)
	for round := 1; round <= 6; round++ {
		for _, f := range []record.Front{rest, alb, edge} {
			rec.trial(f, round, nil, steady(20, 8_000, 20, 22, 20.5, 21))
		}
	}
	in := input(t, rec.recording(""))
	in.Traffic = Traffic{}
	r := reportOf(t, in)
	for i, want := range []string{"0", "23.725", "0"} {
		b := r.Fronts[i].Cost.Bill
		if r.Fronts[i].Cost.Err != "" || b.Total.String() != want || b.PerMillion != nil {
			t.Errorf("%s: %s, per million %v, %s", r.Fronts[i].ID, b.Total, b.PerMillion, r.Fronts[i].Cost.Err)
		}
	}
	const said = "In a month without requests nothing is charged for rest, edge; alb costs $23.73."
	if !strings.Contains(strings.Join(r.Decision.Sentences, "\n"), said) {
		t.Errorf("no %q in %q", said, r.Decision.Sentences)
	}
	if r.Estimate != nil {
		t.Errorf("an idle month has a break-even: %+v", r.Estimate)
	}
	for _, format := range []string{"table", "lines", "csv", "json", "markdown", "junit", "gobench", "smaller"} {
		text := render(t, format, r)
		for _, bad := range []string{"NaN", "Inf", "+Inf"} {
			if strings.Contains(text, bad) {
				t.Errorf("%s has %s:\n%s", format, bad, text)
			}
		}
	}
}
