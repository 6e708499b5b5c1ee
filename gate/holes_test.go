package gate

import (
	"math"
	"testing"
)

// A round without values, of a front whose trial was lost, is in some draws
// alone. Such a draw says nothing: it is left out, and the others count as if it
// had not been made. Worlds have no such excuse.
func TestDrawsWithoutValues(t *testing.T) {
	with := figures()
	with["p(95) of hole"] = rounds(6, 0.20, nan, 0.19, nan, 0.21)
	with["p(95) of late"] = rounds(6, 0.22, 0.1, 0.21, nan, 0.23)
	with["p(95) of bored"] = rounds(2, 0.20, nan, 0.19, nan)
	with["usd_per_month of hole"] = worlds(5, 4, nan, 6)
	tests := []struct {
		text, like string // the same but for holes
		outcome    Outcome
		why        string
	}{
		{"p(95)[hole] < 300", "p(95)[six] < 300", Pass, ""},
		{"p(95)[hole] < 210", "p(95)[six] < 210", Inconclusive, "the interval holds both sides of the limit"},
		{"p(95)[late] <= p(95)[hole] + 30ms", "p(95)[later] <= p(95)[six] + 30ms", Pass, ""},
		{"p(95)[bored] < 300", "", Inconclusive, "no interval: 1 draws hold values and 2 or more are needed"},
		{"usd_per_month[hole] < 9", "", Invalid, "usd_per_month of hole has a draw of NaN, which is not a figure"},
	}
	for _, test := range tests {
		got := Judge(parsed(t, test.text), table{figures: with})[0]
		if got.Outcome != test.outcome || got.Why != test.why {
			t.Errorf("%s is %s: %q", test.text, got.Outcome, got.Why)
		}
		if test.like == "" {
			continue
		}
		want := Judge(parsed(t, test.like), table{figures: with})[0]
		if math.Abs(got.Margin.Lo-want.Margin.Lo) > 1e-12 || math.Abs(got.Margin.Hi-want.Margin.Hi) > 1e-12 {
			t.Errorf("%s: margin %+v, want that of %s, %+v", test.text, got.Margin, test.like, want.Margin)
		}
	}
}
