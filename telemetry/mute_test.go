package telemetry

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/record"
)

// A function that hands requests on tells itself in no answer, though another one of its
// distribution does: its lines go to the trial under way, as many as requests were sent.
// Each function runs in a Region of its own here.
func TestInvocationsOfAFunctionThatHandsOn(t *testing.T) {
	for _, how := range []string{record.ReportsFilter, record.ReportsInsights} {
		w := newLogWorld(t, front.EdgeViewerRequest)
		f := &w.run.Fronts[0]
		f.FunctionIn, f.Further = home, []record.Function{{Event: "origin-response", Kind: front.EdgeOriginResponse, Function: "us-east-1.further", In: "us-west-2"}}
		w.call("us-west-2", "s", "made", at("12:00:40"), 10)
		w.call("us-west-2", "s", "stranger", at("12:00:50"), 1) // which tells itself: every request has told
		for i, id := range []string{"own-1", "own-2", "own-3"} {
			w.call(home, "s", id, at("12:00:40").Add(time.Duration(i)*time.Second), 1)
		}
		w.call(home, "s", "other", at("12:04:30"), 1) // of no trial
		w.answered(0, "made", "made")                 // and a third one is one too many
		got, _ := w.read(t, how)
		if ids := idsOf(got.ByTrial[0]); ids != "own-1:1 own-2:1 made:10" && ids != "made:10 own-1:1 own-2:1" {
			t.Errorf("%s: %q", how, ids)
		}
		if problems := strings.Join(got.Problems[f.ID], "; "); strings.Count(problems, "REPORT lines of no trial") != 2 {
			t.Errorf("%s: problems %q", how, problems)
		}
	}
}

// Lines of a function that may tell itself in no answer are asked for until nothing new
// comes, although every id that was told has its line.
func TestWaitForAFunctionThatHandsOn(t *testing.T) {
	w := newLogWorld(t, front.EdgeViewerRequest)
	f := &w.run.Fronts[0]
	f.FunctionIn, f.Further = home, []record.Function{{Event: "origin-response", Kind: front.EdgeOriginResponse, Function: "us-east-1.further", In: "us-west-2"}}
	w.call("us-west-2", "s", "made", at("12:00:40"), 10)
	w.answered(0, "made", "made")
	waits := w.clocked(time.Minute, func(n int) {
		if n <= 2 {
			w.call(home, "s", fmt.Sprint("late-", n), at("12:00:41").Add(time.Duration(n)*time.Second), 1)
		}
	})
	got, _ := w.read(t, record.ReportsFilter)
	if len(got.ByTrial[0]) != 3 || *waits != 3 {
		t.Errorf("%q after %d waits, want 3 after 3: two that brought something, one that did not", idsOf(got.ByTrial[0]), *waits)
	}
}

// A distribution hands on the answer of the front that is its origin, with the id of that
// front's function, which is no Lambda@Edge and no work of the distribution's.
func TestInvocationsOfAnOrigin(t *testing.T) {
	run := &record.Run{Trials: []record.Trial{{Front: "edge"}, {Front: "rest"}}}
	var told Told
	told.Add(0, []record.Hit{{Status: 200, RequestID: "behind"}})
	told.Add(1, []record.Hit{{Status: 200, RequestID: "own"}})
	lines := []reported{{Report: record.Report{RequestID: "behind"}}, {Report: record.Report{RequestID: "own"}}}
	byTrial, alone := told.assign(run, []string{"rest"}, lines, false)
	if len(byTrial) != 1 || idsOf(byTrial[1]) != "own:0" || alone != 0 {
		t.Errorf("%v, and %d alone", byTrial, alone)
	}
}

func TestHandsOn(t *testing.T) {
	function := func(kind front.Kind) record.Function { return record.Function{Kind: kind, Function: "further"} }
	for _, c := range []struct {
		own     front.Kind
		further []record.Function
		want    bool
	}{
		{front.EdgeViewerRequest, nil, false}, // where it hands on no answer tells anything
		{front.EdgeViewerRequest, []record.Function{function(front.EdgeViewerResponse)}, true},
		{front.EdgeOriginResponse, []record.Function{function(front.EdgeViewerResponse)}, false},
		{front.EdgeOriginResponse, []record.Function{function(front.EdgeOriginRequest)}, true},
		{front.CloudFrontFunction, []record.Function{function(front.EdgeOriginResponse)}, false},
		{front.CloudFrontFunction, []record.Function{function(front.EdgeOriginResponse), function(front.EdgeOriginRequest)}, true},
		{front.FunctionURL, nil, false},
	} {
		if got := handsOn(record.Front{Kind: c.own, Function: "own", Further: c.further}); got != c.want {
			t.Errorf("%s with %v: %t", c.own, c.further, got)
		}
	}
}
