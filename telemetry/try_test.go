package telemetry

import (
	"context"
	"strings"
	"testing"

	"frontdoor/front"
)

// One metric a Region, whatever the number of fronts; what cannot be asked is an error
// that names the Region.
func TestTry(t *testing.T) {
	edge := everyFront(front.EdgeViewerRequest)
	edge.FunctionIn = ""
	w := newWorld(t, everyFront(front.FunctionURL), everyFront(front.ALB), edge)
	r := NewReader(w.Config)
	if err := r.Try(context.Background(), w.run.Fronts); err != nil {
		t.Fatal(err)
	}
	var asked []string
	for _, region := range r.Reading().Regions {
		asked = append(asked, region.Region)
		if region.MetricsRequested != 1 {
			t.Errorf("%+v", region)
		}
	}
	if got := strings.Join(asked, " "); got != "eu-west-1 us-east-1" || w.calls.Load() != 2 {
		t.Errorf("asked %q in %d calls", got, w.calls.Load())
	}
	w.Endpoint = "http://127.0.0.1:1"
	if err := NewReader(w.Config).Try(context.Background(), w.run.Fronts); err == nil || !strings.Contains(err.Error(), `"eu-west-1"`) {
		t.Errorf("%v, want an error that names the Region", err)
	}
}
