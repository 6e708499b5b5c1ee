package report

import (
	"testing"

	"frontdoor/front"
	"frontdoor/gate"
	"frontdoor/record"
)

// A gate is proved on the measured requests of the record, changed; warm-ups are in
// no figure, neither before nor after, and one front's change leaves the others.
func TestProving(t *testing.T) {
	a, b := doorOf("a", front.ALB, 256, "arm64"), doorOf("b", front.FunctionURL, 256, "arm64")
	rec := newRecorder(t, record.SourceLab, 6, a, b)
	for round := 1; round <= 6; round++ { // and two warm-ups each, of 300 and 90 ms
		rec.trial(a, round, nil, steady(40, 8_000, 20, 22, 21, 23))
		rec.trial(b, round, nil, steady(40, 8_000, 20, 22, 21, 23))
	}
	p, err := NewProving(input(t, rec.recording("")))
	check(t, err)
	figure := func(metric, front string, step gate.Step) float64 {
		g, err := gate.Parse(metric + "[" + front + "] < 1")
		check(t, err)
		results, err := p.Judge(g, step)
		check(t, err)
		return results[0].Value.Point
	}
	tests := []struct {
		metric, front string
		step          gate.Step
		want          float64
	}{
		{"count", "a", gate.Step{}, 240},
		{"count", "a", gate.Step{What: "requests", Factor: 0.5}, 120},
		{"count", "a", gate.Step{What: "requests", Factor: 3}, 720},
		{"count", "a", gate.Step{What: "requests", Factor: 3, Front: "b"}, 240},
		{"count", "a", gate.Step{What: "latency", Factor: 2}, 240},
		{"rate", "a", gate.Step{}, 0},
		{"rate", "a", gate.Step{What: "failures", Factor: 0.25}, 0.25},
		{"rate", "b", gate.Step{What: "failures", Factor: 0.25, Front: "a"}, 0},
		{"med", "a", gate.Step{}, 0.021},
		{"med", "a", gate.Step{What: "latency", Factor: 2}, 0.042},
		{"med", "b", gate.Step{What: "latency", Factor: 2, Front: "a"}, 0.021},
		{"max", "a", gate.Step{What: "latency", Factor: 2}, 0.046},
	}
	for _, test := range tests {
		if got := figure(test.metric, test.front, test.step); got < test.want-1e-9 || got > test.want+1e-9 {
			t.Errorf("%s of %s with %+v: %g, want %g", test.metric, test.front, test.step, got, test.want)
		}
	}
	// What was changed for one question is as it was for the next.
	if got := figure("count", "a", gate.Step{}); got != 240 {
		t.Errorf("afterwards %g requests", got)
	}
	g, err := gate.Parse("count > 1")
	check(t, err)
	if _, err := p.Judge(g, gate.Step{What: "weather", Factor: 2}); err == nil {
		t.Error("a change that there is not is made")
	}
}
