package pricing

import (
	"strings"
	"testing"

	"frontdoor/front"
)

// named is a workload of 1M requests a month behind a name in two Regions, checked by
// 16 checkers every 30 s over HTTPS for a string.
func named(k front.Kind) Workload {
	queries, ms, log := Ratio(1, 6), Count(2), Count(1<<10)
	w := Workload{Front: "f", Kind: k, Region: "us-east-1", MemoryMB: 128, Architecture: "x86_64", Traffic: Forecast{RequestsPerMonth: 1_000_000}}
	w.DNS = &DNS{Queries: Route53LatencyQueries, PerRequest: &queries,
		Checked: []string{"us-east-1", "us-west-2"}, Options: 2, Checkers: 16, Interval: Count(30), BilledMS: &ms, LogBytes: &log}
	return w
}

// By hand, for 730 hours: 16 checkers x 730 h x 3,600 s / 30 s = 1,401,600 requests to
// each endpoint. https://aws.amazon.com/route53/pricing/: a zone $0.50, a check of an
// AWS endpoint $0.50, an option $1.00, a million latency queries $0.60. The requests
// cost an API as much as others: $4.9056 at REST's $3.50, $1.4016 at HTTP's $1.00,
// $0.28032 at Lambda's $0.20, 1,401,600 KiB of logs are 1.3367 binary GB, and 1,401,600 x 2 ms x 0.125 GB at $0.0000166667.
func TestNameIsBilled(t *testing.T) {
	for kind, api := range map[front.Kind]string{
		front.APIGatewayREST: "apigw.rest.requests us-west-2 1401600 4.9056",
		front.APIGatewayHTTP: "apigw.http.requests us-west-2 1401600 1.4016",
	} {
		bill, err := shipped(t).Price(named(kind), BillOptions{AsOf: date(t, "2026-11-22"), FreeTier: FreeNone})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, l := range bill.Lines {
			got = append(got, string(l.Meter)+" "+l.Region+" "+l.Quantity.String()+" "+l.Amount.String())
		}
		text := "\n" + strings.Join(got, "\n") + "\n"
		for _, want := range []string{
			"route53.zones global 1 0.5", "route53.queries.latency global 166666.6666", "route53.health_checks.aws global 2 1", "route53.health_check_options.aws global 4 4",
			api, "lambda.requests us-west-2 1401600 0.28032", "lambda.gb_seconds.x86 us-west-2 350.4 0.00584", "logs.ingested_gb.vended us-west-2 1.3366",
		} {
			if !strings.Contains(text, "\n"+want) {
				t.Errorf("%s: no line %q in%s", kind, want, text)
			}
		}
	}
}

// A load balancer in each Region is paid for by the hour in each: 730 hours at $0.0225,
// and two addresses at $0.005, https://aws.amazon.com/elasticloadbalancing/pricing/,
// https://aws.amazon.com/vpc/pricing/.
func TestLoadBalancerInEachRegion(t *testing.T) {
	w := named(front.ALB)
	w.DNS.Also = []string{"us-west-2"}
	bill, err := shipped(t).Price(w, BillOptions{AsOf: date(t, "2026-11-22"), FreeTier: FreeNone})
	if err != nil {
		t.Fatal(err)
	}
	amounts := map[string]string{}
	for _, l := range bill.Lines {
		amounts[string(l.Meter)+" "+l.Region] = l.Amount.String()
	}
	for _, region := range []string{"us-east-1", "us-west-2"} {
		if got := amounts["alb.hours "+region] + " " + amounts["ipv4.hours "+region]; got != "16.425 7.3" {
			t.Errorf("%s: %s", region, got)
		}
	}
}

// What is not known is missing, and never nothing.
func TestNameIsNotKnown(t *testing.T) {
	w := named(front.ALB)
	w.DNS.PerRequest, w.DNS.BilledMS, w.DNS.LogBytes = nil, nil, nil
	rules, err := shipped(t).Rules(date(t, "2026-11-22"), InitSwitch{})
	if err != nil {
		t.Fatal(err)
	}
	u, err := UsageOf(w, rules)
	if err != nil {
		t.Fatal(err)
	}
	missing := map[Meter]int{}
	for _, gap := range u.Missing {
		missing[gap.Meter]++
	}
	if missing[Route53LatencyQueries] != 1 || missing[ALBLCUHours] < 2 || missing[LambdaGBSecondsX86] < 2 || missing[LogsIngestedGB] < 2 {
		t.Errorf("%v", u.Missing)
	}
	old, err := shipped(t).Rules(date(t, "2018-01-01"), InitSwitch{})
	if err != nil {
		t.Fatal(err)
	}
	if u, err = UsageOf(named(front.APIGatewayREST), old); err != nil || !strings.Contains(showGaps(u.Missing), "steps of 1 ms, and 100 ms are billed") {
		t.Errorf("%v, %v", u.Missing, err)
	}
}

func showGaps(gaps []Gap) string {
	var all []string
	for _, g := range gaps {
		all = append(all, string(g.Meter)+": "+g.Reason)
	}
	return strings.Join(all, "\n")
}
