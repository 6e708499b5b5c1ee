package pricing

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"frontdoor/front"
)

// The days on which AWS changed the rules, and the day before each:
// aws.amazon.com/blogs/aws/new-for-aws-lambda-1ms-billing-granularity-adds-cost-savings,
// aws.amazon.com/about-aws/whats-new/2021/03/cloudfront-lambda-at-edge-billing-granularity,
// AWS Compute Blog 2025-04-29 on the INIT phase.
func TestRulesAtTheEdgesOfEras(t *testing.T) {
	book := shipped(t)
	for _, c := range []struct {
		day                                    string
		lambdaMS, lambdaInit, edgeMS, edgeInit int64
	}{
		{"2017-07-17", 100, 0, 50, 0},
		{"2020-11-30", 100, 0, 50, 0},
		{"2020-12-01", 1, 0, 50, 0},
		{"2021-03-31", 1, 0, 50, 0},
		{"2021-04-01", 1, 0, 1, 0},
		{"2025-07-31", 1, 0, 1, 0},
		{"2025-08-01", 1, 1, 1, 1},
		{"2026-11-22", 1, 1, 1, 1},
	} {
		r, err := book.Rules(date(t, c.day), InitSwitch{})
		if err != nil {
			t.Fatal(err)
		}
		got := [4]int64{r.Lambda.Granularity.Value, r.Lambda.Init.Value, r.Edge.Granularity.Value, r.Edge.Init.Value}
		if want := [4]int64{c.lambdaMS, c.lambdaInit, c.edgeMS, c.edgeInit}; got != want {
			t.Errorf("%s: rules are %v, want %v", c.day, got, want)
		}
		if r.Lambda.Granularity.Confidence != Confirmed || r.Edge.Init.Confidence != Unconfirmed || r.Edge.Init.Source == "" {
			t.Errorf("%s: confidences are %+v", c.day, r)
		}
		if r.Of(front.EdgeOriginRequest) != r.Edge || r.Of(front.ALB) != r.Lambda {
			t.Errorf("%s: Of mixes the two up", c.day)
		}
	}
}

func TestRulesBeforeLambda(t *testing.T) {
	book := shipped(t)
	if _, err := book.Rules(NewDate(2014, time.November, 12), InitSwitch{}); err == nil || err.Error() != "rule lambda.granularity_ms did not exist on 2014-11-12: it begins on 2014-11-13" {
		t.Errorf("error is %v", err)
	}
	r, err := book.Rules(NewDate(2017, time.July, 16), InitSwitch{})
	if err != nil || r.Edge != (Billing{}) || r.Lambda.Granularity.Value != 100 {
		t.Errorf("rules the day before Lambda@Edge are %+v, %v", r, err)
	}
}

func TestInitSwitch(t *testing.T) {
	on, off := true, false
	r, err := shipped(t).Rules(NewDate(2026, time.January, 1), InitSwitch{Lambda: &on, Edge: &off})
	if err != nil {
		t.Fatal(err)
	}
	if got := BilledMS(10_000, 5_500, r.Edge); got != 10 {
		t.Errorf("edge without INIT is billed %d ms, want 10", got)
	}
	if got := BilledMS(10_000, 5_500, r.Lambda); got != 16 {
		t.Errorf("Lambda with INIT is billed %d ms, want 16", got)
	}
	if !r.Edge.Init.Overridden || r.Edge.Init.Confidence != Unconfirmed {
		t.Errorf("the switch does not show: %+v", r.Edge.Init)
	}
}

// The laws of rounding up: a multiple of g, at least the duration, less than g
// above it, and never less for a longer duration.
func FuzzBilledMS(f *testing.F) {
	f.Add(int64(3_010), int64(110_100), int64(1), true)
	f.Add(int64(50_000), int64(-1), int64(50), false)
	f.Add(int64(0), int64(0), int64(100), true)
	f.Fuzz(func(t *testing.T, durationUS, initUS, g int64, init bool) {
		const most = int64(1) << 50
		if durationUS < 0 || durationUS > most || initUS < -1 || initUS > most || g < 1 || g > 1000 {
			return
		}
		rule := Billing{Granularity: Rule{Value: g}}
		us := durationUS
		if init {
			rule.Init.Value = 1
			us += max(initUS, 0)
		}
		got := BilledMS(durationUS, initUS, rule)
		if got%g != 0 || got*1000 < us || got*1000 >= us+g*1000 {
			t.Errorf("%d us at %d ms are billed as %d ms", us, g, got)
		}
		if longer := BilledMS(durationUS+1, initUS, rule); longer < got {
			t.Errorf("%d us longer by one are billed as %d ms, not %d", us, longer, got)
		}
	})
}

// The three eras: 100 ms and 50 ms; 1 ms and 50 ms from 2020-12-01; 1 ms and
// 1 ms from 2021-04-01 (sources in books/eras.csv).
func TestEras(t *testing.T) {
	var got []string
	now := NewDate(2026, time.November, 22)
	for _, e := range shipped(t).Eras() {
		got = append(got, fmt.Sprintf("%s %s %d %d %s", e.InForce.From, e.InForce.Until, e.LambdaMS, e.EdgeMS, e.Day(now)))
	}
	want := []string{"2017-07-17 2020-11-30 100 50 2020-11-30", "2020-12-01 2021-03-31 1 50 2021-03-31", "2021-04-01  1 1 2026-11-22"}
	if !slices.Equal(got, want) {
		t.Errorf("eras are %q, want %q", got, want)
	}
	last := shipped(t).Eras()[2]
	if got := last.Day(NewDate(2018, time.June, 1)); got != last.InForce.From {
		t.Errorf("an era that began later is priced on %s", got)
	}
}
