package report

import (
	"testing"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/record"
)

// A deployed front's CloudFront Functions are billed as CloudWatch counted them, unless the
// lab did; of further ones that nobody counted the meter is missing.
func TestScriptsOfAFront(t *testing.T) {
	n := 30.0
	further := record.Front{ID: "f", Kind: front.EdgeOriginRequest, Further: []record.Function{{Kind: front.CloudFrontFunction, Function: "script"}}}
	meters := &record.Meters{Fronts: []record.FrontMeters{{Front: "f", Coverage: record.Coverage{Sent: 20},
		Metrics: []record.Metric{{Name: "FunctionInvocations", Stat: "Sum", Dimensions: []record.Dimension{{Name: "FunctionName", Value: "script"}}, Value: &n}}}}}
	for name, c := range map[string]struct {
		front   record.Front
		meters  *record.Meters
		counted []pricing.Counted
		runs    string // for each request
		missing int
	}{
		"CloudWatch counted":   {further, meters, nil, "1.5", 0},
		"the lab counted":      {further, meters, []pricing.Counted{{Meter: pricing.CFFInvocations}}, "", 0},
		"nobody counted":       {further, nil, nil, "", 1},
		"its own, not counted": {record.Front{ID: "f", Kind: front.CloudFrontFunction, Function: "own"}, nil, nil, "", 0},
		"none":                 {record.Front{ID: "f", Kind: front.ALB}, meters, nil, "", 0},
	} {
		w := pricing.Workload{Counted: c.counted}
		new(Front).scripts(Input{Recording: &record.Recording{Meters: c.meters}}, c.front, &w)
		runs := ""
		if w.Scripts != nil {
			runs = w.Scripts.String()
		}
		if runs != c.runs || len(w.Missing) != c.missing {
			t.Errorf("%s: %s for each request, missing %v", name, runs, w.Missing)
		}
	}
}
