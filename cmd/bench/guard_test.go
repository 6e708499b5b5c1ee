package main

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"frontdoor/guard"
	"frontdoor/pricing"
	"frontdoor/pricing/spend"
	"frontdoor/record"
	"frontdoor/scenarios"
)

// Only a plain yes is one: no answer, or the end of the input, is a no.
func TestConfirmed(t *testing.T) {
	for answer, want := range map[string]bool{"y\n": true, "Y\n": true, "yes\n": true, " yes \n": true, "y": true,
		"": false, "\n": false, "n\n": false, "no\n": false, "yes please\n": false, "yy\n": false, "\ny\n": false} {
		e := &env{stdin: strings.NewReader(answer), stderr: io.Discard}
		if got := e.confirmed(context.Background(), "Send this?"); got != want {
			t.Errorf("%q: %v", answer, got)
		}
	}
	ended, end := context.WithCancel(context.Background())
	end()
	waiting, writer := io.Pipe()
	defer writer.Close()
	if (&env{stdin: waiting, stderr: io.Discard}).confirmed(ended, "Send this?") {
		t.Error("an interrupt is taken for a yes")
	}
}

// The hosts of a deployment are ours as long as its file has the hosts that it was
// written with: one more url, edited in by hand, makes all of them strangers.
func TestAllowedByDeployment(t *testing.T) {
	const host = "a1b2.execute-api.us-east-1.amazonaws.com"
	targets := &targets{Targets: &scenarios.Targets{Fronts: []scenarios.Target{{ID: "rest", Deployed: scenarios.Deployed{URL: "https://" + host + "/prod"}}},
		Deployment: &scenarios.Deployment{Name: "quickstart-3f9a"}}}
	targets.Deployment.HostsSum = targets.HostsSum()
	if why := allowed(targets, nil).Why(host); why != "made by bench deploy: quickstart-3f9a" {
		t.Errorf("%q", why)
	}
	targets.Fronts = append(targets.Fronts, scenarios.Target{ID: "url", Deployed: scenarios.Deployed{URL: "https://victim.example.com"}})
	for _, name := range []string{host, "victim.example.com"} {
		if why := allowed(targets, nil).Why(name); why != "" {
			t.Errorf("%s after an edit: %q", name, why)
		}
	}
	targets.Deployment = nil
	if why := allowed(targets, nil).Why(host); why != "" {
		t.Errorf("of a file by hand: %q", why)
	}
	owned, err := guard.ParseOwned(host)
	if err != nil {
		t.Fatal(err)
	}
	if why := allowed(targets, []guard.Owned{owned}).Why(host); why != "named with --i-own "+host {
		t.Errorf("named: %q", why)
	}
}

// Where the lab cannot run the handlers, a run on AWS is still planned: by what is
// assumed, which says so and why.
func TestWhatCannotBeRehearsedIsAssumed(t *testing.T) {
	env := quietEnv()
	env.self = func() (string, error) { return "", errors.New("no program") }
	home, err := loadScenario(env, "quickstart", "")
	if err != nil {
		t.Fatal(err)
	}
	p := &planner{env: env, home: home, at: home}
	r, err := p.rehearse(context.Background())
	if err != nil || len(r.samples) != 5 || r.reading != nil {
		t.Fatalf("%+v, %v", r, err)
	}
	for i, id := range ids(home.Scenario) {
		if s := r.samples[i]; s.Front != id || len(s.Hits) != 1 || !strings.Contains(s.Note, "ASSUMED, for it could not be rehearsed: no program: requests of 500 bytes") {
			t.Errorf("%+v", s)
		}
	}
	ended, end := context.WithCancel(context.Background())
	end()
	if _, err := p.rehearse(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("after an interrupt: %v", err)
	}
}

// Logs Insights is billed by what it scans: all that the functions logged, where they
// did.
func TestPlanScansWhatIsLogged(t *testing.T) {
	p := &planner{rehearsed: rehearsed{reading: &record.Reading{Regions: []record.RegionReading{{Region: "us-east-1", MetricsRequested: 7}}}}}
	before := p.reading
	p.scan(spend.Spent{Uses: []spend.Use{
		{Meter: pricing.LogsIngestedGB, Region: "eu-west-1", Quantity: pricing.BytesOf(pricing.LogsIngestedGB, "", pricing.Count(5000)).Quantity},
		{Meter: pricing.EgressGB, Region: "eu-west-1", Quantity: pricing.Count(1)},
	}})
	got, err := spend.Planned(spend.Plan{Reading: p.reading, Start: time.Unix(0, 0)})
	if err != nil {
		t.Fatal(err)
	}
	if bytes := got.Sum(pricing.LogsScannedGB).Mul(pricing.Count(1 << 30)); bytes.String() != "5000" || got.Sum(pricing.GetMetricData).String() != "7" || len(before.Regions) != 1 {
		t.Errorf("%s bytes, %+v", bytes, got.Uses)
	}
}
