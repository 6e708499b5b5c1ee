package reconcile_test

import (
	"strings"
	"testing"

	"frontdoor/pricing"
	"frontdoor/reconcile"
)

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

// Each reason is given to the line that it is of, in each export.
func TestReasons(t *testing.T) {
	in := input(t, known(t))
	for _, name := range exports() {
		res := against(t, in, synthetic(name))
		for _, c := range []struct {
			meter  pricing.Meter
			at     string
			reason reconcile.Reason
			text   string
		}{
			{pricing.LambdaRequests, "16:00", reconcile.FreeTier, "free tier"},
			{pricing.HTTPRequests, "16:00", reconcile.HigherTier, "from 300000000 Requests: $0.0000009 a unit"},
			{pricing.ALBLCUHours, "15:00", reconcile.Negotiated, "$0.0076 a unit"},
			{pricing.ALBHours, "15:00", reconcile.WholeHour, "for 10 min of it"},
			{pricing.S3StorageGBMonths, "15:00", reconcile.Standing, "without it"},
			{pricing.LogsIngestedGB, "15:00", reconcile.Rounding, "10 decimals"},
		} {
			if got := because(lineOf(t, res, c.meter, "us-east-1", c.at), c.reason); !strings.Contains(got, c.text) {
				t.Errorf("%s: %s at %s: %q, want %q", name, c.meter, c.at, got, c.text)
			}
		}
		// CUR bills what a Savings Plan covers at list price and takes it back in a line
		// apart; FOCUS bills nothing for it.
		covered := because(lineOf(t, res, pricing.LambdaGBSecondsX86, "us-east-1", "15:00"), reconcile.Covered)
		if focus := strings.HasPrefix(name, "focus"); focus != (covered != "") {
			t.Errorf("%s: %q", name, covered)
		}
		kinds := map[reconcile.Kind]int{}
		for _, a := range res.Apart {
			kinds[a.Kind] = a.Charges
		}
		want := map[reconcile.Kind]int{reconcile.Commitment: 2, reconcile.Credit: 1, reconcile.Discount: 1, reconcile.Tax: 1}
		if strings.HasPrefix(name, "focus") {
			want = map[reconcile.Kind]int{reconcile.Credit: 2, reconcile.Tax: 1}
		}
		if len(kinds) != len(want) || kinds[reconcile.Credit] != want[reconcile.Credit] || kinds[reconcile.Tax] != 1 || kinds[reconcile.Commitment] != want[reconcile.Commitment] {
			t.Errorf("%s: apart are %v, want %v", name, kinds, want)
		}
	}
}

// A line at $0 is free when AWS says so, in either of its wordings, though the price
// book knows of nothing free of the meter.
func TestFreeByDescription(t *testing.T) {
	in := input(t, known(t))
	b := load(t, "focus-1.2.csv")
	for _, text := range []string{"$0.00 per request under the monthly free tier", "First 5GB-mo per month of logs storage is free."} {
		for row := range b.rows {
			if b.get(row, "SkuMeter") == "Lambda-Edge-Request" && strings.Contains(b.get(row, "ChargePeriodStart"), "T15") {
				free := b.with(row, map[string]string{"BilledCost": "0.0", "ContractedUnitPrice": "0", "ListUnitPrice": "0", "ChargeDescription": text})
				res := against(t, in, free.save(t))
				if got := because(lineOf(t, res, pricing.EdgeRequests, "us-east-1", "15:00"), reconcile.FreeTier); len(res.Over()) > 0 || !strings.Contains(got, text) {
					t.Errorf("%q: %q", res.Over(), got)
				}
			}
		}
	}
}

// $0 where nothing of the meter is free, and a price above AWS's own in the same line,
// are no explanation.
func TestNoExplanation(t *testing.T) {
	in := input(t, known(t))
	b, w := load(t, "cur-2.0.csv"), wordsOf("cur-2.0.csv")
	for row := range b.rows {
		if b.get(row, w.usage) != "Lambda-Edge-Request" || !strings.Contains(b.get(row, w.start), "T15") {
			continue
		}
		for cells, want := range map[*map[string]string]string{
			{w.cost: "0.0", w.rate: "0", w.list: "0"}:             "bills it at $0, and no free quantity of it is known",
			{w.cost: "0.000072", w.rate: "0.0000009"}:             "bills $0.0000009 a unit, the list price is $0.0000006",
			{w.cost: "0.000024", w.rate: "0.0000003", w.list: ""}: "bills $0.0000003 a unit, the list price is $0.0000006",
		} {
			if over := against(t, in, b.with(row, *cells).save(t)).Over(); len(over) != 1 || !strings.Contains(over[0], want) {
				t.Errorf("%q, want %q", over, want)
			}
		}
	}
}

// FOCUS's cost is what is left after the discounts that the line states; CUR states
// the full price, and the discount beside it.
func TestDiscounts(t *testing.T) {
	in := input(t, known(t))
	for name, cells := range map[string]map[string]string{
		"focus-1.2.csv": {"BilledCost": "0.0003", "x_Discounts": `{"EdpDiscount": -3.0E-5, "BundledDiscount": -2.0E-5}`},
		"cur-2.0.csv":   {"discount_total_discount": "-5.0E-5"},
	} {
		b, w := load(t, name), wordsOf(name)
		for row := range b.rows {
			if !strings.HasSuffix(b.get(row, w.usage), "-ApiGatewayRequest") || !strings.Contains(b.get(row, w.start), "T15") {
				continue
			}
			res := against(t, in, b.with(row, cells).save(t))
			l := lineOf(t, res, pricing.RESTRequests, "us-east-1", "15:00")
			apart := ""
			for _, a := range res.Apart {
				if a.Kind == reconcile.Discount {
					apart = a.USD.String()
				}
			}
			if focus := name != "cur-2.0.csv"; len(res.Over()) > 0 || l.Residual.Sign() != 0 || focus != (because(l, reconcile.Discounted) != "") || !focus && apart != "-0.00045" {
				t.Errorf("%s: %q %+v, apart %s", name, res.Over(), l.Explained, apart)
			}
			delete(cells, "x_Discounts")
			if over := against(t, in, b.with(row, cells).save(t)).Over(); name != "cur-2.0.csv" && len(over) != 1 {
				t.Errorf("%s without its discount: %q", name, over)
			}
		}
	}
}
