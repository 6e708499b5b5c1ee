package planned

import (
	"slices"
	"testing"
	"time"

	"frontdoor/guard"
	"frontdoor/pricing"
	"frontdoor/pricing/spend"
)

// used is n requests to a REST API of us-east-1, $0.0000035 each, and hours of a load
// balancer, $0.0225 each (the book's sources).
func used(t *testing.T, requests, hours int64, missing ...pricing.Gap) guard.Usage {
	t.Helper()
	book, err := pricing.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	hour := time.Date(2026, 11, 29, 7, 0, 0, 0, time.UTC)
	u, err := guard.UsageOf(spend.Spent{Day: pricing.DateOf(hour), Missing: missing, Uses: []spend.Use{
		{Front: "rest", Meter: pricing.RESTRequests, Region: "us-east-1", Hour: hour, Quantity: pricing.Count(requests)},
		{Front: "alb", Meter: pricing.ALBHours, Region: "us-east-1", Hour: hour, Quantity: pricing.Count(hours)},
	}}, 0, book)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// Trials that were made again, or not at all, are no error of the plan: it is repriced
// for those that were, and said only where it is another.
func TestOutcome(t *testing.T) {
	const end = "; AWS's bill decides, and comes hours later"
	for want, c := range map[string]struct {
		made *guard.AsMade
		used guard.Usage
	}{
		"planned $0.02950, the run's own meters say $0.02971" + end: {
			&guard.AsMade{Trials: 60, Usage: used(t, 2001, 1)}, used(t, 2060, 1)},
		"planned $0.02950, the run's own meters say $0.02975" + end: {nil, used(t, 2070, 1)},
		"planned $0.02950 for 60 trials; 75 were made, for which the plan is $0.03125; the run's own meters say $0.03146" + end: {
			&guard.AsMade{Trials: 75, Usage: used(t, 2500, 1)}, used(t, 2560, 1)},
		"planned $0.02950 for 60 trials; 1 was made, for which the plan is $0.02262; the run's own meters say $0.02261 and have gaps: 1 of them, which a bill may fill" + end: {
			&guard.AsMade{Trials: 1, Usage: used(t, 33, 1)}, used(t, 32, 1, pricing.Gap{Meter: pricing.LogsIngestedGB})},
		"planned $0.02950; with 2 hours of load balancers in place of 1 the plan is $0.05200; the run's own meters say $0.05221" + end: {
			&guard.AsMade{Trials: 60, Usage: used(t, 2000, 2)}, used(t, 2060, 2)},
	} {
		p := guard.Plan{Trials: 60, Expected: used(t, 2000, 1), AsMade: c.made}
		if got := Outcome(p, c.used); got != want {
			t.Errorf("%s\nwant %s", got, want)
		}
	}
}

// The question has the amounts: they are a screen above it.
func TestQuestionSaysTheAmounts(t *testing.T) {
	p := guard.Plan{Hosts: []guard.Host{{Name: "x"}}, Expected: used(t, 2000, 1), AtMost: used(t, 2500, 2)}
	if got, want := Question(p), "Send this, for about $0.02950 and $0.05375 at most?"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if got, want := Question(guard.Plan{}), "Run this in the lab, for nothing?"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

// Whoever agrees to a plan is told which tables it writes, in its first sentences.
func TestPlanNamesTheTablesThatItWrites(t *testing.T) {
	p := guard.Plan{Expected: used(t, 2000, 1), AtMost: used(t, 2500, 2), Tables: []guard.Table{{Name: "Jobs", Region: "eu-west-1", Writes: 1234}}}
	want := "It writes 1,234 versions of items of its own into the table Jobs in eu-west-1, and leaves them there."
	if got := Document(p).Verdict; len(got) != 3 || got[1] != want {
		t.Errorf("%q, want %q after the cost", got, want)
	}
	p.Tables = nil
	if got := Document(p).Verdict; len(got) != 2 {
		t.Errorf("%q", got)
	}
}

// How late items were is said where some had a time to keep.
func TestItems(t *testing.T) {
	for want, items := range map[string]Items{
		"":                         {},
		"items: 1 version written": {Written: 1},
		"items: 0 versions written; 2 could not be written":                                                 {Failed: 2},
		"items: 5,454 versions written, 1,526 of them during trials, 1 in 100 of those 97.7ms late or more": {Written: 5454, During: 1526, Late: 97_669 * time.Microsecond},
	} {
		if got := items.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// What only the most has is a row too: rows add up to both totals.
func TestCostsOfTheMost(t *testing.T) {
	p := guard.Plan{Expected: used(t, 2000, 0), AtMost: used(t, 2500, 2)}
	rows := costs(p).Rows
	if len(rows) != 3 {
		t.Fatalf("%q", rows)
	}
	for i, want := range [][]string{{"apigw.rest.requests", "2,000", "$0.007000", "$0.008750"}, {"alb.hours", "0", "$0.00", "$0.04500"}} {
		if got := []string{rows[i][1], rows[i][3], rows[i][6], rows[i][7]}; !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
