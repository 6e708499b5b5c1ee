package report

import (
	"strings"
	"testing"
)

// What CloudWatch lacks of capacity units is said beside the price, not beside the
// function's durations.
func TestCapacityIsNoMatterOfTheFunction(t *testing.T) {
	const lcu, count = `AWS/ApplicationELB ConsumedLCUs is not there yet in Region "us-east-1": x`, `AWS/Lambda Invocations never came from Region "us-east-1"`
	f := Front{ID: "alb", Problems: []string{lcu, count}}
	notes := &footnotes{}
	functionTable(&Report{Fronts: []Front{f}}, notes)
	if len(notes.texts) != 1 || notes.texts[0] != "alb: "+count {
		t.Errorf("the function's notes are %q", notes.texts)
	}
	notes = &footnotes{}
	cells := costCells(f, Traffic{}, notes)
	if got := strings.Join(notes.texts, "\n"); !strings.Contains(got, "alb: "+lcu+"; the bill counts capacity units from the run's own requests") || strings.Contains(got, count) {
		t.Errorf("the bill's notes are %q, in cells %q", notes.texts, cells)
	}
}
