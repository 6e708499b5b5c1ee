package deploy

import (
	"strings"
	"testing"
	"time"

	"frontdoor/pricing"
)

func idleOf(t *testing.T, c Config) (pricing.Bill, map[string]pricing.Line) {
	t.Helper()
	book, err := pricing.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	bill, err := planOf(t, c).Idle(book, pricing.NewDate(2026, time.November, 29))
	if err != nil {
		t.Fatal(err)
	}
	lines := map[string]pricing.Line{}
	for _, l := range bill.Lines {
		lines[string(l.Meter)+" "+l.Region] = l
	}
	return bill, lines
}

// A load balancer is 730 h x $0.0225 = $16.425 (https://aws.amazon.com/elasticloadbalancing/pricing/)
// and its two addresses 1460 h x $0.005 = $7.30 (https://aws.amazon.com/vpc/pricing/);
// each of the five functions has two alarms at $0.10 (https://aws.amazon.com/cloudwatch/pricing/).
func TestIdleQuickstart(t *testing.T) {
	bill, lines := idleOf(t, Config{Name: "quickstart-1", Scenario: shipped(t, "quickstart")})
	for key, want := range map[string]string{
		"alb.hours us-east-1":                  "16.425",
		"ipv4.hours us-east-1":                 "7.3",
		"cloudwatch.alarms.standard us-east-1": "1",
	} {
		if got := lines[key].Amount.String(); got != want {
			t.Errorf("%s: %s USD, want %s", key, got, want)
		}
	}
	if got := bill.Total.String(); got != "24.725" || len(lines) != 3 || bill.LowerBound {
		t.Errorf("in all %s USD in %d lines, lower bound %t", got, len(lines), bill.LowerBound)
	}
}

// Tokyo's load balancer hour is $0.0243.
func TestIdleInTokyo(t *testing.T) {
	_, lines := idleOf(t, Config{Scenario: scenarioOf(t, "handler: hello\nfronts: [{id: a, kind: alb, region: ap-northeast-1}]")})
	if got := lines["alb.hours ap-northeast-1"].Amount.String(); got != "17.739" {
		t.Errorf("%s USD, want 17.739", got)
	}
}

// Where the book has no price the bill says so, once, and is a lower bound, not zero.
func TestIdleWithoutAPrice(t *testing.T) {
	bill, _ := idleOf(t, Config{Region: "ap-southeast-5", Scenario: scenarioOf(t, "handler: hello\nfronts: [{id: u, kind: function-url}, {id: h, kind: apigw-http}]")})
	if !bill.LowerBound || len(bill.Missing) != 1 || !strings.Contains(bill.Missing[0].Reason, "no prices for ap-southeast-5") {
		t.Errorf("missing %+v, lower bound %t", bill.Missing, bill.LowerBound)
	}
}
