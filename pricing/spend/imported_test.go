package spend_test

import (
	"slices"
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/pricing/spend"
	"frontdoor/record"
)

// What another tool's results do not say is missing, and never 0; REPORT lines alone are a
// request each.
func TestImported(t *testing.T) {
	imported := func(kind front.Kind, lacks ...record.Lack) *record.Recording {
		return recording(record.Front{ID: "f", Kind: kind, Region: "us-east-1", FunctionIn: "us-east-1", MemoryMB: 128, Architecture: "arm64",
			Imported: &record.Imported{Lacks: lacks}})
	}
	for name, c := range map[string]struct {
		rec  *record.Recording
		want []pricing.Meter
	}{
		"sizes":       {imported(front.APIGatewayHTTP, record.LacksResponseBytes), []pricing.Meter{pricing.EgressGB, pricing.HTTPRequests}},
		"connections": {imported(front.ALB, record.LacksConnections), []pricing.Meter{pricing.ALBLCUHours}},
		"requests":    {imported(front.ALB, record.LacksRequestBytes), []pricing.Meter{pricing.ALBLCUHours}},
	} {
		s, err := spend.Of(c.rec, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, meter := range c.want {
			if !slices.ContainsFunc(s.Missing, func(g pricing.Gap) bool {
				return g.Meter == meter && strings.Contains(g.Reason, "the imported files do not say")
			}) {
				t.Errorf("%s: %s is not missing: %q", name, meter, s.Missing)
			}
		}
	}

	alone := imported(front.APIGatewayREST, record.LacksHits, record.LacksResponseBytes)
	alone.Measured[0].Hits = nil
	s, err := spend.Of(alone, nil)
	if err != nil {
		t.Fatal(err)
	}
	var calls pricing.Quantity
	for _, u := range s.Uses {
		if u.Meter == pricing.RESTRequests {
			calls = calls.Add(u.Quantity)
		}
	}
	if n := len(alone.Measured[0].Reports); !calls.Equal(pricing.Count(int64(n))) || n == 0 {
		t.Errorf("%s calls of the API for %d REPORT lines", calls, n)
	}
}
