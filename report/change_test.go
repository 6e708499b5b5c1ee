package report

import (
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/gate"
	"frontdoor/record"
	"frontdoor/stats"
)

// twice is a run of two fronts, of which a takes ms and b always the same.
func twice(t testing.TB, ms float64) *Report {
	t.Helper()
	a, b := doorOf("a", front.ALB, 256, "arm64"), doorOf("b", front.FunctionURL, 256, "arm64")
	rec := newRecorder(t, record.SourceLab, 8, a, b)
	for round := 1; round <= 8; round++ {
		more := 0.01 * float64(round)
		rec.trial(a, round, nil, steady(40, 8_000, ms+more, ms+0.5+more, ms+0.2, ms+0.1))
		rec.trial(b, round, nil, steady(40, 8_000, 30+more, 30.2+more, 30.1, 30.3))
	}
	in := input(t, rec.recording(""))
	in.Choices.Metrics = []string{"p50"}
	return reportOf(t, in)
}

// The new run is judged against the old one, front by front.
func TestChange(t *testing.T) {
	fast, slow := twice(t, 20), twice(t, 40)
	tests := []struct {
		before, after *Report
		outcome       gate.Outcome
		sentences     string
	}{
		{fast, slow, gate.Fail, "slower: a p50 (99."},
		{slow, fast, gate.Pass, "faster: a p50 (49."},
		{fast, fast, gate.Pass, "equivalent: a p50 and b p50"},
	}
	for _, test := range tests {
		c, err := NewChange(test.before, test.after)
		check(t, err)
		if c.Outcome() != test.outcome || !strings.HasPrefix(c.Sentences()[0], test.sentences) {
			t.Errorf("%s: %q, want %s: %q", c.Outcome(), c.Sentences(), test.outcome, test.sentences)
		}
		for _, x := range c.Comparisons {
			if x.Family != (x.Metric == "p50") || x.Family == (x.Verdict == "") || x.A != x.B {
				t.Errorf("%s of %s: family %v, verdict %q", x.Metric, x.A, x.Family, x.Verdict)
			}
		}
		said := strings.Join(c.Cautions, "\n")
		for _, want := range []string{"LAB: loopback", "Two runs differ by their time too", "No A/A run is known"} {
			if !strings.Contains(said, want) {
				t.Errorf("cautions without %q:\n%s", want, said)
			}
		}
		if strings.Contains(said, "different versions") {
			t.Errorf("one version is called different: %s", said)
		}
	}
	fast.Run.Tool, fast.Floor, fast.Run.Source = "v0.2.0", &Floor{}, record.SourceAWS
	c, err := NewChange(slow, fast)
	check(t, err)
	if said := strings.Join(c.Cautions, "\n"); !strings.Contains(said, "different versions of bench: v0.1.0 and v0.2.0") || strings.Contains(said, "A/A") || strings.Contains(said, "LAB") {
		t.Errorf("cautions: %s", said)
	}
	slow.Fronts[1].ID = "c"
	if _, err := NewChange(slow, fast); err == nil || err.Error() != `run "20261122T150000Z-golden" has no front "b"` {
		t.Errorf("a front that the old run has not: %v", err)
	}
}

// What cannot be told is inconclusive, unless a front is slower. Money stands
// under the run that it belongs to, with its lower bounds.
func TestChangeOutcomeAndMoney(t *testing.T) {
	r := byHand(t, "12", "10", "30")
	r.Fronts[1].Cost.Bill.LowerBound = true
	c := &Change{Comparisons: []Comparison{compared("p50", "a", "a", 0.5, stats.Faster), compared("p50", "b", "b", 1, stats.Inconclusive), compared("p50", "c", "c", 1, stats.Equivalent)},
		Costs: []CostChange{{"a", &r.Fronts[0].Cost, &r.Fronts[1].Cost}, {"c", nil, &r.Fronts[2].Cost}}}
	if got := c.Outcome(); got != gate.Inconclusive {
		t.Errorf("outcome %s", got)
	}
	c.Comparisons = append(c.Comparisons, compared("p99", "b", "b", 2, stats.Slower))
	if got := c.Outcome(); got != gate.Fail {
		t.Errorf("outcome %s with a slower front", got)
	}
	if got := strings.Join(c.Sentences(), "; "); got != "slower: b p99 (100 % higher); faster: a p50 (50.0 % lower); equivalent: c p50; inconclusive: b p50" {
		t.Errorf("%s", got)
	}
	explored := compared("p99", "a", "a", 2, stats.Slower)
	explored.Family = false
	if got := (&Change{Comparisons: []Comparison{explored}}).Outcome(); got != gate.Pass {
		t.Errorf("what was not chosen to decide makes it %s", got)
	}
	_, money, _ := c.grids()
	for i, want := range []string{"a|-|-|$12.00|>= $10.00", "c|-|-|-|$30.00"} {
		if got := strings.Join(money.Rows[i], "|"); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
