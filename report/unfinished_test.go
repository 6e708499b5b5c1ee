package report

import (
	"slices"
	"testing"

	"frontdoor/front"
	"frontdoor/gate"
	"frontdoor/record"
)

// A run that was stopped has rounds without values. Its gates are judged on those
// that it has: with three of eight a gate far from its limit passes, with two it
// is inconclusive, and only a front without a round is invalid.
func TestGatesOfAnUnfinishedRun(t *testing.T) {
	a, b := doorOf("a", front.APIGatewayHTTP, 256, "arm64"), doorOf("b", front.FunctionURL, 256, "arm64")
	rec := newRecorder(t, record.SourceLab, 8, a, b, doorOf("none", front.ALB, 256, "arm64"))
	for round := 1; round <= 3; round++ {
		rec.trial(a, round, nil, steady(60, 8_000, 20, 22, 20.5, 21))
		if round < 3 {
			rec.trial(b, round, nil, steady(60, 8_000, 24, 26, 24.5, 25))
		}
	}
	in := input(t, rec.recording("interrupt"))
	want := map[string]gate.Outcome{"a": gate.Pass, "b": gate.Inconclusive, "none": gate.Invalid}
	for _, text := range []string{"p(50) < 100", "rate < 50%"} {
		g, err := gate.Parse(text)
		check(t, err)
		in.Gates = append(in.Gates, g)
	}
	r := reportOf(t, in)
	if said := "No round of none counts: it is in no comparison, and cannot be proposed."; !slices.Contains(r.Decision.Cautions, said) {
		t.Errorf("cautions are %q, want %q among them", r.Decision.Cautions, said)
	}
	for _, g := range r.Gates {
		if g.Outcome != want[g.Front] {
			t.Errorf("%s of %s is %s: %s; want %s", g.Result.Gate, g.Front, g.Outcome, g.Why, want[g.Front])
		}
	}
}
