package reconciled_test

import (
	"testing"
	"time"

	"frontdoor/pricing"
	"frontdoor/reconcile"
	"frontdoor/report/reconciled"
)

// Of several lines that are not explained the one is named of which most is, billed or not;
// what others used is nobody's to explain.
func TestMismatch(t *testing.T) {
	from := time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)
	line := func(m pricing.Meter, residual string) reconcile.Line {
		return reconcile.Line{Meter: m, Region: "us-east-1", From: from, Until: from.Add(time.Hour), Residual: usd(t, residual), Over: true, Why: "why"}
	}
	unplaced := func(own bool, cost string) reconcile.Unplaced {
		return reconcile.Unplaced{Service: "AmazonS3", UsageType: "Requests-Tier1", Own: own, USD: usd(t, cost), Why: "no meter"}
	}
	few, missing := line(pricing.LambdaRequests, "0.03"), line(pricing.ALBHours, "-0.05")
	const most = "2 lines are not explained; most of "
	for want, r := range map[string]reconcile.Result{
		"": {Lines: []reconcile.Line{{Meter: pricing.ALBHours, Residual: usd(t, "1")}}, Unplaced: []reconcile.Unplaced{unplaced(false, "1")}},
		"lambda.requests in us-east-1, 2026-11-22 15:00: why":  {Lines: []reconcile.Line{few}},
		most + "alb.hours in us-east-1, 2026-11-22 15:00: why": {Lines: []reconcile.Line{few, missing}, Unplaced: []reconcile.Unplaced{unplaced(false, "0.09")}},
		most + "AmazonS3 Requests-Tier1: no meter":             {Lines: []reconcile.Line{few}, Unplaced: []reconcile.Unplaced{unplaced(true, "0.04")}},
	} {
		if got := (&reconciled.Report{Result: &r}).Mismatch(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
