package report

import (
	"testing"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/record"
)

// Where answers do not name what their functions did, REPORT lines are held against what
// CloudWatch counted of all functions of the front.
func TestJoinedByCount(t *testing.T) {
	n := 10.0
	f := record.Front{ID: "f", Kind: front.EdgeOriginRequest, Function: "us-east-1.own"}
	meters := &record.FrontMeters{Front: "f", Metrics: []record.Metric{{Name: "Invocations", Stat: "Sum", Dimensions: []record.Dimension{{Name: "FunctionName", Value: "us-east-1.own"}}, Value: &n}}}
	rec := &record.Recording{Run: record.Run{Fronts: []record.Front{{ID: "other"}, f}}}
	j := byCount(rec, "f", &pricing.Measured{Reports: make([]record.Report, 9)}, meters)
	if j == nil || j.Known != 9 || j.Requests != 10 {
		t.Fatalf("%+v", j)
	}
	if got, want := j.String(), "9 of 10 invocations that CloudWatch counted have REPORT lines (90.00 %); which request caused which is not known"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if j := byCount(rec, "f", &pricing.Measured{Reports: make([]record.Report, 11)}, meters); j.Known != 10 {
		t.Errorf("more lines than CloudWatch has counted yet: %+v", j)
	}
	if j := byCount(rec, "f", &pricing.Measured{}, &record.FrontMeters{}); j != nil {
		t.Errorf("CloudWatch counted nothing: %+v", j)
	}
}
