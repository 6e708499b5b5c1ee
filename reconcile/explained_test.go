package reconcile_test

import "testing"

// Every line of the bill of a known run, 20 meters and Regions in each of 2 hours, is explained, in each export: nothing is
// left, and nothing is beyond a tolerance of a hundredth.
func TestEveryLineIsExplained(t *testing.T) {
	in := input(t, known(t))
	for _, name := range exports() {
		res := against(t, in, synthetic(name))
		for _, l := range res.Lines {
			if l.Residual.Sign() != 0 || l.Over || l.Why != "" {
				t.Errorf("%s: %s: residual %s: %s", name, l.Name(), l.Residual, l.Why)
			}
		}
		if over := res.Over(); len(over) > 0 || res.Total.Residual.Sign() != 0 || len(res.Lines) != 40 {
			t.Errorf("%s: %d lines, %q, residual %s", name, len(res.Lines), over, res.Total.Residual)
		}
	}
}

