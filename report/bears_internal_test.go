package report

import (
	"slices"
	"testing"

	"frontdoor/front"
	"frontdoor/pricing"
)

// A rule of Lambda@Edge's durations is nothing that a bill without them rests on.
func TestBears(t *testing.T) {
	rule := pricing.Rule{Name: "edge.init_billed"}
	for meter, want := range map[pricing.Meter]bool{"cff.invocations": false, "edge.gb_seconds": true, "lambda.requests": false} {
		b := pricing.Bill{Lines: []pricing.Line{{Meter: meter}}}
		if got := bears(b, rule); got != want {
			t.Errorf("a bill of %s rests on %s: %v", meter, rule.Name, got)
		}
	}
}

// Behind a distribution's cache a front lacks no caching.
func TestCachedFrontsCache(t *testing.T) {
	for cached, want := range map[bool]bool{true: false, false: true} {
		r := &Report{Fronts: []Front{{ID: "edge", Kind: front.EdgeViewerRequest, cached: cached}, {ID: "rest", Kind: front.APIGatewayREST}}}
		if got := slices.Contains(r.lacking("edge"), front.CachingAbility); got != want {
			t.Errorf("cached %v: lacks caching %v", cached, got)
		}
	}
}
