package stats

import (
	"math"
	"slices"
	"strings"
	"testing"
)

func judgedOf(lo, hi, p float64) *Comparison {
	return &Comparison{
		Ratio: Estimate{Point: math.Sqrt(lo * hi), Lo: lo, Hi: hi}, P: p, Test: "signed-rank", Pairs: 10, SD: 0.05,
	}
}

// Every rule of a verdict, with a margin of 5 % (0.952 to 1.05). The rounds that
// are wanted: PlanRounds(0.05, 5 %) is 11, and ten there are; a single test needs
// 6, ten need 9. Where the plan is met, the interval sets them: ln(1.2/0.9) is
// 5.9 times ln(1.05), so 34.8 times the ten.
func TestVerdicts(t *testing.T) {
	nan := math.NaN()
	noisy := judgedOf(0.9, 1.2, 0.5)
	noisy.SD = 0
	far := judgedOf(0.034, 0.043, 0.125) // p can be no less with 4 rounds, and the fronts are 25 times apart
	far.SD, far.Pairs = 0.13, 4
	tail := judgedOf(0.218, 0.673, 0.2) // pooled 2.6 times apart, and the rounds' own figures by 1.25
	tail.SD, tail.Shift.Point = 0.6, 0.8
	astray := judgedOf(1.5, 4.6, 0.2) // and here the other way round, so that the margin is looked for
	astray.SD, astray.Shift.Point = 0.6, 0.8
	runs := judgedOf(0.9, 1.2, 0.5)
	runs.Test, runs.Pairs, runs.SD = "rank-sum", 3, 0
	untested := judgedOf(0.5, 0.6, nan)
	refused := judgedOf(nan, nan, 0.01)
	refused.Ratio.Refused = "too few"
	short := judgedOf(nan, nan, 0.5)
	short.Ratio.Note = "no interval: why"
	for name, c := range map[string]struct {
		c       *Comparison
		verdict Verdict
		more    int
		note    string
	}{
		"faster":                       {judgedOf(0.8, 0.9, 0.01), Faster, 0, ""},
		"slower":                       {judgedOf(1.01, 1.3, 0.049), Slower, 0, ""},
		"the test disagrees":           {judgedOf(0.8, 0.9, 0.05), Inconclusive, 1, ""},
		"the test disagrees, above":    {judgedOf(1.1, 1.2, 0.05), Inconclusive, 1, ""},
		"the interval disagrees":       {judgedOf(0.8, 1.01, 0.01), Inconclusive, 1, ""},
		"equivalent":                   {judgedOf(0.97, 1.03, 0.6), Equivalent, 0, ""},
		"margin itself":                {judgedOf(1/1.05, 1.05, 0.6), Equivalent, 0, ""},
		"just over":                    {judgedOf(0.97, 1.0501, 0.6), Inconclusive, 1, ""},
		"just under":                   {judgedOf(0.95, 1.03, 0.6), Inconclusive, 1, ""},
		"different, too small":         {judgedOf(1.01, 1.04, 0.01), Equivalent, 0, "different, too small to matter"},
		"perhaps different, too small": {judgedOf(1.01, 1.04, 0.2), Equivalent, 0, ""},
		"plan is met":                  {noisy, Inconclusive, 338, ""},
		"far apart":                    {far, Inconclusive, 2, ""},
		"a tail of few rounds":         {tail, Inconclusive, 52, ""},
		"rounds that disagree":         {astray, Inconclusive, 1236, ""},
		"two runs":                     {runs, Inconclusive, 3, ""},
		"no test":                      {untested, Inconclusive, 0, "there is no test"},
		"refused":                      {refused, Inconclusive, 0, "too few"},
		"no interval":                  {short, Inconclusive, 0, "no interval: why"},
	} {
		for range 2 { // judging again changes nothing
			if err := Judge([]*Comparison{c.c}, Rule{0.05, 0.05}); err != nil {
				t.Fatal(err)
			}
		}
		if c.c.Verdict != c.verdict || c.c.MoreRounds != c.more {
			t.Errorf("%s: %q, %d more rounds; want %q, %d", name, c.c.Verdict, c.c.MoreRounds, c.verdict, c.more)
		}
		if !strings.Contains(strings.Join(c.c.Notes, "\n"), c.note) || len(c.c.Notes) > 1 || (len(c.c.Notes) == 0) != (c.note == "") {
			t.Errorf("%s: notes %q, want %q", name, c.c.Notes, c.note)
		}
	}
}

// Four comparisons at p 0.02 are each below 5 %, and none is after Holm: 4*0.02.
// With the smallest at 0.01 that one is. Ten equal ones want 9 rounds, or 6 in
// either of two runs.
func TestVerdictsOfAFamily(t *testing.T) {
	var family []*Comparison
	for _, p := range []float64{0.02, 0.01, 0.02, 0.02} {
		family = append(family, judgedOf(0.7, 0.9, p))
	}
	if err := Judge(family, Rule{0.05, 0.05}); err != nil {
		t.Fatal(err)
	}
	var verdicts []Verdict
	for _, c := range family {
		verdicts = append(verdicts, c.Verdict)
	}
	if want := []Verdict{Inconclusive, Faster, Inconclusive, Inconclusive}; !slices.Equal(verdicts, want) {
		t.Errorf("%q, want %q", verdicts, want)
	}
	if math.Abs(family[0].Adjusted-0.06) > 1e-12 || math.Abs(family[1].Adjusted-0.04) > 1e-12 {
		t.Errorf("adjusted %g and %g, want 0.06 and 0.04", family[0].Adjusted, family[1].Adjusted)
	}
	for test, want := range map[string]int{"signed-rank": 9, "rank-sum": 6} {
		family = nil
		for range 10 {
			c := judgedOf(0.7, 0.9, 0.5)
			c.Test, c.SD, c.Pairs = test, 0.01, 4
			family = append(family, c)
		}
		if err := Judge(family, Rule{0.05, 0.05}); err != nil {
			t.Fatal(err)
		}
		if family[9].MoreRounds != want-4 {
			t.Errorf("%s: %d more rounds, want %d: ten comparisons need %d", test, family[9].MoreRounds, want-4, want)
		}
	}
}

func TestRulesThatAreNone(t *testing.T) {
	for name, rule := range map[string]Rule{
		"zero": {}, "no delta": {Alpha: 0.05}, "no alpha": {Delta: 0.05}, "alpha of 1": {1, 0.05},
		"negative": {0.05, -0.05}, "not numbers": {math.NaN(), math.NaN()}, "endless": {0.05, math.Inf(1)},
	} {
		c := judgedOf(0.5, 0.6, 0.001)
		if err := Judge([]*Comparison{c}, rule); err == nil || c.Verdict != "" {
			t.Errorf("%s: %v, verdict %q", name, err, c.Verdict)
		}
	}
}
