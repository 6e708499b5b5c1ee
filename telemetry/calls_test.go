package telemetry

import (
	"context"
	"testing"

	"frontdoor/front"
	"frontdoor/record"
)

// One window a run is as few calls as there can be: a question of progress, the metrics,
// which are in two calls where the period of percentiles reaches over the window, and
// the steps in fives of hundreds. All are counted, with the metrics that AWS bills.
func TestCallsAreFew(t *testing.T) {
	for started, windows := range map[string]int{"12:00:10": 1, "12:01:10": 2} {
		fronts := []record.Front{everyFront(front.FunctionURL), everyFront(front.APIGatewayHTTP), everyFront(front.ALB)}
		w := newWorld(t, fronts...)
		w.run.Started = at(started)
		asked := 0
		for _, f := range fronts {
			w.sent(f, 2)
			w.invoke(f, at("12:02:00"), 3, 120)
			s := &subject{front: f, window: windowOf(&w.run, at("12:10:00")), wanted: Metrics(f)}
			asked += len(s.progress())
			for _, x := range s.wanted {
				asked += len(s.asks(x))
			}
			for _, g := range granularities() {
				asked += (120+g-1)/g + 2
			}
		}
		meters, err := Collect(context.Background(), w.Config, &w.run)
		if err != nil {
			t.Fatal(err)
		}
		region := meters.Reading.Regions[0]
		if len(meters.Reading.Regions) != 1 || region.MetricsRequested != asked || region.MetricCalls != 1+windows+1 || region.MetricCalls != int(w.calls.Load()) {
			t.Errorf("started %s: %+v of %d calls; want %d metrics in %d", started, meters.Reading.Regions, w.calls.Load(), asked, 1+windows+1)
		}
	}
}
