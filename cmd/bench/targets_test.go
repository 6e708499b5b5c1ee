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
