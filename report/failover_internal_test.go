package report

import (
	"strings"
	"testing"

	"frontdoor/pricing"
	"frontdoor/record"
)

func outage(events ...record.Event) record.Measured {
	m := record.Measured{}
	m.Trial = record.Trial{Front: "global", State: record.Done, Events: append([]record.Event{{AtS: 60, What: record.OutageBegins, Region: "us-east-1"}}, events...),
		Load: &record.Load{Sent: 100}}
	return m
}

// Failovers are told in seconds of the simulated clock, beside the rule of thumb: 2 x
// 30 s, and 30 s and the TTL of 60 s more.
func TestSayFailovers(t *testing.T) {
	rec := &record.Recording{}
	moved := func(at float64) record.Event {
		return record.Event{AtS: at, What: record.Resolves, Region: "us-west-2"}
	}
	for _, m := range []record.Measured{outage(moved(130)), outage(moved(150)), outage()} {
		rec.Trials = append(rec.Trials, m.Trial)
	}
	r := &Report{Run: Run{Speed: 60}, Fronts: []Front{{ID: "global", Failover: failoverOf(rec, "global"), dns: &record.DNS{IntervalS: 30, Threshold: 2, TTLS: 60}}, {ID: "other"}}}
	r.sayFailovers()
	want := "global: viewers were still sent to the Region 1m20s after its outage began, on average, 1m10s to 1m30s, in 2 of 3 trials; the rule of thumb says 1m0s to 2m30s (SIMULATED CLOCK, 60 times as fast as life)."
	if got := strings.Join(r.Decision.Sentences, "\n"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	rec.Trials = rec.Trials[2:]
	r = &Report{Fronts: []Front{{ID: "global", Failover: failoverOf(rec, "global"), dns: &record.DNS{}}}}
	r.sayFailovers()
	if got := strings.Join(r.Decision.Sentences, "\n"); got != "global: viewers stayed with the Region in each of 1 trial with an outage." {
		t.Errorf("%q", got)
	}
	if failoverOf(&record.Recording{}, "global") != nil {
		t.Error("a failover of nothing")
	}
}

// What the lab counted of a name becomes its bill: queries for each request that was
// sent, and what an invocation by a checker took.
func TestDNSOf(t *testing.T) {
	rec := &record.Recording{Counters: []record.Counter{
		{Front: "global", Name: "route53.queries.latency", Value: 20}, {Front: "other", Name: "route53.queries.latency", Value: 7},
		{Front: "global", Name: "route53.health_check_requests", Region: "us-east-1", Value: 30}, {Front: "global", Name: "route53.health_check_requests", Region: "us-west-2", Value: 10},
		{Front: "global", Name: "route53.health_check_billed_ms", Region: "us-east-1", Value: 60},
		{Front: "global", Name: "route53.health_check_log_bytes", Region: "us-west-2", Value: 12000},
	}}
	rec.Trials = append(rec.Trials, outage().Trial)
	f := record.Front{ID: "global", DNS: &record.DNS{Routing: "latency", Checked: []string{"us-east-1", "us-west-2"}, Options: 2, Checkers: 16, IntervalS: 30}}
	d := dnsOf(rec, f)
	if d.Queries != pricing.Route53LatencyQueries || d.PerRequest.String() != "0.2" || d.BilledMS.String() != "1.5" || d.LogBytes.String() != "300" || d.Interval.String() != "30" || len(d.Checked) != 2 || d.Options != 2 || d.Checkers != 16 {
		t.Errorf("%+v, %v, %v", d, d.PerRequest, d.BilledMS)
	}
	if f.DNS.Alias = true; dnsOf(rec, f).Queries != pricing.Route53AliasQueries || dnsOf(rec, f).PerRequest != nil {
		t.Error("queries of a CNAME count for an alias")
	}
	if f.DNS = nil; dnsOf(rec, f) != nil {
		t.Error("no name has a bill")
	}
}
