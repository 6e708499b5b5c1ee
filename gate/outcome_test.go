package gate

import (
	"math"
	"testing"

	"frontdoor/stats"
)

// A figure that is missing or must not be believed decides nothing, whatever the
// other side says; the side that is known is still told.
func TestJudgeInvalid(t *testing.T) {
	refused := func(why string) stats.Estimate {
		return stats.Estimate{Point: nan, Lo: nan, Hi: nan, Refused: why}
	}
	six := within(0.2, 0.163858, 0.244113, 600, 6)
	number := plain(0.3, 0)
	tests := []struct {
		text          string
		why           string
		value, limit  *stats.Estimate // nil: refused
		what, against string
	}{
		{"p(95)[none] < 300", "p(95) of none: was not measured", nil, &number, "p(95) of none", ""},
		{"p(95)[nan] < 300", "p(95) of nan is NaN, which is not a figure", nil, &number, "p(95) of nan", ""},
		{"p(95)[hole] < 300", "p(95) of hole has a draw of +Inf, which is not a figure", nil, &number, "p(95) of hole", ""},
		{"p(95)[odd] < 300", "p(95) of odd is exact and has draws", nil, &number, "p(95) of odd", ""},
		{"p(95)[guess] < 300", `p(95) of guess has draws from "guesses", which is not a method`, nil, &number, "p(95) of guess", ""},
		{"p(95)[empty] < 300", "p(95) of empty rests on no request", nil, &number, "p(95) of empty", ""},
		{"300 > p(95)[none]", "p(95) of none: was not measured", nil, &number, "p(95) of none", ""},
		{"p(95)[six] < p(95)[none]", "p(95) of none: was not measured", &six, nil, "p(95) of six", "p(95) of none"},
		{"p(95)[empty] < p(95)[none]", "p(95) of empty rests on no request", nil, nil, "p(95) of empty", "p(95) of none"},
	}
	for _, test := range tests {
		g := parsed(t, test.text)
		want := Result{Gate: test.text, Outcome: Invalid, Value: refused(test.why), Limit: refused(test.why), Margin: refused(test.why),
			What: test.what, Against: test.against, Unit: Time, Op: "<", Why: test.why}
		if test.value != nil {
			want.Value = *test.value
		}
		if test.limit != nil {
			want.Limit = *test.limit
		}
		got := Judge(g, table{figures: figures()})
		if len(got) != 1 || !sameResult(got[0], want) {
			t.Errorf("%s\n got %+v\nwant %+v", test.text, got, want)
		}
	}
	for text, why := range map[string]string{
		"count[none] >= 0": "count of none rests on no request",
		"rate[none] < 1":   "rate of none: was not measured",
	} {
		if got := Judge(parsed(t, text), table{figures: figures()})[0]; got.Outcome != Invalid || got.Why != why {
			t.Errorf("%s is %s: %s", text, got.Outcome, got.Why)
		}
	}
}

// Gates that Parse did not make pass nothing by accident.
func TestJudgeGatesMadeByHand(t *testing.T) {
	whole := parsed(t, "p(95)[six] < 1s")
	for name, g := range map[string]Gate{
		"zero":          {},
		"no metric":     {Left: Sum{{Quantity: 1}}, Right: Sum{{Quantity: 2}}, Op: "<"},
		"no comparison": {Left: whole.Left, Right: whole.Right},
		"unknown":       {Left: whole.Left, Right: whole.Right, Op: "~"},
		"space":         {Left: whole.Left, Right: whole.Right, Op: "< "},
	} {
		if got := Judge(g, table{figures: figures()}); len(got) != 1 || got[0].Outcome != Invalid || got[0].Why != "the gate has no metric or no comparison" {
			t.Errorf("%s: %+v", name, got)
		}
	}
	whole.Text = ""
	if got := Judge(whole, table{figures: figures()})[0]; got.Outcome != Pass || got.Gate != "p(95)[six] < 1s" {
		t.Errorf("without its text: %+v", got)
	}
}

func TestJudgeEachFront(t *testing.T) {
	s := table{[]string{"later", "six", "none"}, figures()}
	type line struct {
		front         string
		outcome       Outcome
		what, against string
	}
	tests := map[string][]line{
		"p(95) < 250": {{"later", Inconclusive, "p(95) of later", ""}, {"six", Pass, "p(95) of six", ""}, {"none", Invalid, "p(95) of none", ""}},
		// Fronts against one of them, which is judged against itself as well.
		"p(95) <= p(95)[six] + 19ms": {{"later", Fail, "p(95) of later", "p(95) of six + 19ms"}, {"six", Pass, "p(95) of six", "p(95) of six + 19ms"},
			{"none", Invalid, "p(95) of none", "p(95) of six + 19ms"}},
		"p(95)[six] < 250": {{"", Pass, "p(95) of six", ""}},
	}
	for text, want := range tests {
		got := Judge(parsed(t, text), s)
		if len(got) != len(want) {
			t.Errorf("%s has %d results, want %d", text, len(got), len(want))
			continue
		}
		for i, r := range got {
			if (line{r.Front, r.Outcome, r.What, r.Against}) != want[i] || r.Gate != text {
				t.Errorf("%s\n got %+v\nwant %+v", text, r, want[i])
			}
		}
	}
	if got := Judge(parsed(t, "p(95) < 250"), table{}); len(got) != 1 || got[0].Outcome != Invalid || got[0].Why != "the run has no fronts" {
		t.Errorf("a run without fronts: %+v", got)
	}
}

func TestWorst(t *testing.T) {
	for _, test := range []struct {
		outcomes []Outcome
		want     Outcome
	}{
		{nil, Pass},
		{[]Outcome{Pass, Pass}, Pass},
		{[]Outcome{Inconclusive, Pass}, Inconclusive},
		{[]Outcome{Inconclusive, Fail, Pass}, Fail},
		{[]Outcome{Fail, Invalid, Inconclusive}, Invalid},
		{[]Outcome{Fail, ""}, ""}, // worse than a failure, and no pass
	} {
		var results []Result
		for _, o := range test.outcomes {
			results = append(results, Result{Outcome: o})
		}
		if got := Worst(results); got != test.want {
			t.Errorf("worst of %q is %q, want %q", test.outcomes, got, test.want)
		}
	}
}

// The opposite comparison has the opposite outcome, and the one read from the
// right the same, whatever the figures are.
func FuzzJudgeIsConsistent(f *testing.F) {
	f.Add(0.2, 0.19, 0.21, 0.245, uint8(6), "rounds")
	f.Add(0.2, 0.2, 0.2, 0.2, uint8(3), "rounds")
	f.Add(5.0, 1.0, 9.0, 7.0, uint8(0), "worlds")
	f.Add(-1.0, 0.0, 0.5, 0.0, uint8(2), "rounds")
	f.Add(0.5, 0.0, 0.0, 0.5, uint8(0), "")
	f.Fuzz(func(t *testing.T, point, a, b, limit float64, r uint8, from string) {
		if !(limit >= 0 && limit < maxQuantity) {
			return
		}
		s := Sample{Point: point, Draws: []float64{a, b}, From: Method(from), Rounds: int(r), N: 9}
		if s.From == Exact {
			s.Draws = nil
		}
		source := table{figures: map[string]Sample{"med of a": s}}
		judged := func(op string, turned bool) Outcome {
			g := Gate{Left: Sum{{Metric: &Metric{Name: "med", Front: "a"}}}, Right: Sum{{Quantity: limit}}, Op: op}
			if turned {
				g.Left, g.Right = g.Right, g.Left
			}
			return Judge(g, source)[0].Outcome
		}
		opposite := map[Outcome]Outcome{Pass: Fail, Fail: Pass, Inconclusive: Inconclusive, Invalid: Invalid}
		for _, ops := range [][3]string{{"<", ">=", ">"}, {"<=", ">", ">="}, {"==", "!=", "=="}} {
			outcome := judged(ops[0], false)
			if other := judged(ops[1], false); other != opposite[outcome] {
				t.Errorf("%s is %s and %s is %s", ops[0], outcome, ops[1], other)
			}
			if other := judged(ops[2], true); other != outcome {
				t.Errorf("%s is %s and, turned round, %s", ops[0], outcome, other)
			}
		}
		if g := judged("<", false); math.IsNaN(point) && g != Invalid {
			t.Errorf("NaN is judged %s", g)
		}
	})
}
