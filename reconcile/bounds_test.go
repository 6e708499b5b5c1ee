package reconcile_test

import (
	"strings"
	"testing"

	"frontdoor/pricing"
	"frontdoor/reconcile"
	"frontdoor/record"
)

// A run whose REPORT lines are missing is a lower bound: what is billed beyond it is
// explained as that, and the estimate says at least.
func TestWithoutReports(t *testing.T) {
	rec := *known(t)
	rec.Measured = append([]record.Measured(nil), rec.Measured...)
	for i := range rec.Measured {
		if rec.Measured[i].Front == "url" {
			rec.Measured[i].Reports = rec.Measured[i].Reports[:20]
		}
	}
	res := against(t, input(t, &rec), synthetic("cur-2.0.csv"))
	l := lineOf(t, res, pricing.LambdaGBSecondsARM, "us-east-1", "15:00")
	if !l.Estimate.AtLeast || l.Over || !strings.Contains(because(l, reconcile.LowerBound), "no REPORT line") || !res.Total.Estimate.AtLeast {
		t.Errorf("%+v %+v %s", l.Estimate, l.Explained, l.Why)
	}
	// 20 invocations of 10 ms at 256 MB are 0.05 GB-seconds, of 0.25.
	if l.Estimate.Quantity.String() != "0.05" || l.Billed.Quantity.String() != "0.25" {
		t.Errorf("%s estimated, %s billed", l.Estimate.Quantity, l.Billed.Quantity)
	}
}

// A lab's run can be held against a made-up bill, and the result says what it is.
func TestLab(t *testing.T) {
	rec := write(t, t.TempDir(), record.SourceLab)
	res := against(t, input(t, rec), synthetic("focus-1.2.csv"))
	if !res.Lab || !warned(res, "LAB: ") {
		t.Errorf("%v %q", res.Lab, res.Warnings)
	}
}

// The parts of a difference add up, exactly, line by line and in all, whatever is
// wrong with the bill.
func TestPartsAddUp(t *testing.T) {
	in := input(t, known(t))
	b, w := load(t, "focus-1.0.csv"), wordsOf("focus-1.0.csv")
	for row := 0; row < len(b.rows); row += 7 {
		wrong := b.with(row, map[string]string{w.quantity: "123.4567", w.cost: "0.0765"})
		res := against(t, in, wrong.save(t))
		var differences, residuals pricing.USD
		for _, l := range append(res.Lines, res.Total) {
			sum := l.Residual
			for _, e := range l.Explained {
				sum = sum.Add(e.USD)
			}
			if !sum.Equal(l.Difference) || !l.QuantityPart.Add(l.RatePart).Equal(l.Difference) {
				t.Errorf("row %d: %s: explained and residual %s, parts %s + %s, difference %s", row+2, l.Meter, sum, l.QuantityPart, l.RatePart, l.Difference)
			}
			if l.Meter != "" {
				differences, residuals = differences.Add(l.Difference), residuals.Add(l.Residual)
			}
		}
		for _, u := range res.Unplaced {
			if u.Own {
				differences, residuals = differences.Add(u.USD), residuals.Add(u.USD)
			}
		}
		if !differences.Equal(res.Total.Difference) || !residuals.Equal(res.Total.Residual) {
			t.Errorf("row %d: lines add up to %s and %s, the total has %s and %s", row+2, differences, residuals, res.Total.Difference, res.Total.Residual)
		}
	}
}
