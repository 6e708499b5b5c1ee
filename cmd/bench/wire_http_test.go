package main

import (
	"testing"

	"frontdoor/front"
	"frontdoor/record"
	"frontdoor/scenarios"
)

// HTTP/3 is for CloudFront, HTTP/2 for what is reached over https, and the lab is
// asked over HTTP/1.1.
func TestProtocolsByFront(t *testing.T) {
	type asked struct{ two, three bool }
	for _, c := range []struct {
		version string
		kind    front.Kind
		url     string
		want    asked
	}{
		{"1.1", front.EdgeViewerRequest, "https://d1.cloudfront.net", asked{}},
		{"2", front.EdgeViewerRequest, "https://d1.cloudfront.net", asked{two: true}},
		{"3", front.EdgeViewerRequest, "https://d1.cloudfront.net", asked{true, true}},
		{"3", front.CloudFrontFunction, "https://d1.cloudfront.net", asked{true, true}},
		{"3", front.APIGatewayHTTP, "https://a.execute-api.us-east-1.amazonaws.com", asked{two: true}},
		{"3", front.EdgeViewerRequest, "http://127.0.0.1:8080", asked{}},
	} {
		s := &loaded{Scenario: &scenarios.Scenario{Load: scenarios.Load{HTTP: c.version, KeepAlive: true}}}
		p := loadPlan(s, record.Front{Kind: c.kind, URL: c.url}, 1, record.Trial{Round: 1})
		if got := (asked{p.HTTP2, p.HTTP3}); got != c.want {
			t.Errorf("http: %q of %s at %s: %+v, want %+v", c.version, c.kind, c.url, got, c.want)
		}
	}
}
