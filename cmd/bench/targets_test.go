package main

import (
	"testing"

	"frontdoor/record"
	"frontdoor/scenarios"
)

// TestSource: a figure of this machine never reads as AWS's, whatever a file says.
func TestSource(t *testing.T) {
	for _, c := range []struct {
		urls     []string
		deployed bool // a deployment block
		edited   bool // hosts are others than it says
		want     record.Source
	}{
		{[]string{""}, false, false, record.SourceLab},
		{[]string{"", "https://a1b2c3d4.execute-api.us-east-1.amazonaws.com/prod"}, true, false, record.SourceLab},
		{[]string{"https://a1b2c3d4.execute-api.us-east-1.amazonaws.com/prod"}, false, false, record.SourceAWS},
		{[]string{"https://A1B2.execute-api.eu-west-1.API.AWS./x"}, false, false, record.SourceAWS},
		{[]string{"https://abc.lambda-url.us-east-1.on.aws", "https://d111111abcdef8.cloudfront.net", "http://front-1.us-east-1.elb.amazonaws.com:8080"}, false, false, record.SourceAWS},
		{[]string{"https://api.example.com"}, false, false, record.SourceURL},
		{[]string{"https://api.example.com"}, true, false, record.SourceAWS},
		{[]string{"https://api.example.com"}, true, true, record.SourceURL},
		{[]string{"https://d111111abcdef8.cloudfront.net", "https://api.example.com"}, false, false, record.SourceURL},
		{[]string{"https://amazonaws.com.example.com", "https://xamazonaws.com"}, false, false, record.SourceURL},
		{[]string{"http://127.0.0.1:8080"}, true, false, record.SourceURL},
		{[]string{"http://localhost:8080"}, true, false, record.SourceURL},
		{[]string{"http://a.localhost"}, true, false, record.SourceURL},
		{[]string{"http://[::1]:80"}, true, false, record.SourceURL},
		{[]string{"http://[::ffff:127.0.0.1]:80"}, true, false, record.SourceURL},
		{[]string{"http://127.9.9.9"}, true, false, record.SourceURL},
		{[]string{"http://0.0.0.0:80"}, true, false, record.SourceURL},
		{[]string{"https://d111111abcdef8.cloudfront.net", "http://127.0.0.1"}, true, false, record.SourceURL},
	} {
		l := &loaded{Scenario: &scenarios.Scenario{}, targets: &targets{Targets: &scenarios.Targets{}}}
		for _, u := range c.urls {
			l.Fronts = append(l.Fronts, scenarios.Front{Deployed: scenarios.Deployed{URL: u}})
			l.targets.Fronts = append(l.targets.Fronts, scenarios.Target{Deployed: scenarios.Deployed{URL: u}})
		}
		if c.deployed {
			l.targets.Deployment = &scenarios.Deployment{HostsSum: l.targets.HostsSum()}
		}
		if c.edited {
			l.targets.Deployment.HostsSum = "0"
		}
		if got := source(l); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
	none := &loaded{Scenario: &scenarios.Scenario{Fronts: []scenarios.Front{{Deployed: scenarios.Deployed{URL: "https://d1.cloudfront.net"}}}}}
	if got := source(none); got != record.SourceAWS {
		t.Errorf("without a targets file: %s", got)
	}
}

// A recording is read as it was run: with its fronts deployed, those that were measured
// and no others, and without what is simulated.
func TestAsRun(t *testing.T) {
	const scenario = `version: 1
name: tiny
handler: hello
fronts: [{id: url, kind: function-url}, {id: alb, kind: alb}]
requests: [{method: GET, expect: {body: any}}]
load: {rate: 50/s, duration: 1s}
distance: {}
`
	const at = `version: 1
scenario: tiny
fronts: [{id: url, url: "https://a.example", function: f, auth: {iam: {}}}]
`
	rec := &record.Recording{YAML: []byte(scenario), Targets: []byte(at), Run: record.Run{Fronts: []record.Front{{ID: "url"}}}}
	s, err := asRun(rec)
	if err != nil || len(s.Fronts) != 1 || s.Fronts[0].URL != "https://a.example" || s.Fronts[0].Auth.IAM.Service != "lambda" || s.Distance != nil {
		t.Errorf("%+v, %v", s, err)
	}
	rec.Targets = nil
	if s, err = asRun(rec); err != nil || len(s.Fronts) != 2 || !s.Fronts[0].Lab() || s.Distance == nil {
		t.Errorf("without targets: %+v, %v", s, err)
	}
	rec.Dir, rec.Targets = "runs/x", []byte("version: 1\nscenario: other\nfronts: [{id: url, url: \"https://a.example\"}]\n")
	if _, err = asRun(rec); err == nil || err.Error() != `runs/x/targets.yaml:2:11: scenario: "other" is not the scenario that is run, "tiny": want targets of tiny` {
		t.Errorf("targets of another scenario: %v", err)
	}
}

// Two deployments of a scenario can be compared; another memory, or another way to prove
// who one is, is another front.
func TestDeploymentsCompare(t *testing.T) {
	at := func(url string, memory int, auth *scenarios.Auth) []scenarios.Front {
		return []scenarios.Front{{ID: "url", Memory: scenarios.Memory(memory), Deployed: scenarios.Deployed{URL: url, Function: url, Auth: auth}}}
	}
	for _, c := range []struct {
		a, b []scenarios.Front
		same bool
	}{
		{at("https://a", 128, nil), at("https://b", 128, nil), true},
		{at("https://a", 128, nil), at("https://a", 256, nil), false},
		{at("https://a", 128, nil), at("https://a", 128, &scenarios.Auth{IAM: &scenarios.IAM{}}), false},
		{at("https://a", 128, nil), at("", 128, nil), false},
	} {
		if got := differentFronts(c.a, c.b); (len(got) == 0) != c.same {
			t.Errorf("%+v and %+v: %q", c.a, c.b, got)
		}
	}
}
