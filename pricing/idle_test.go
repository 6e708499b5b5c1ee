package pricing

import (
	"testing"
	"time"

	"frontdoor/front"
)

// A month in which nobody calls: API Gateway, Lambda, function URLs and CloudFront
// charge nothing, a load balancer its hours: 730 x $0.0225 = $16.425, and since
// 2024-02-01 its two public IPv4 addresses, 2 x 730 x $0.005 = $7.30
// (https://aws.amazon.com/elasticloadbalancing/pricing/,
// https://aws.amazon.com/blogs/aws/new-aws-public-ipv4-address-charge-public-ip-insights/).
func TestIdleMonth(t *testing.T) {
	for _, day := range []struct {
		date Date
		alb  string
	}{{NewDate(2022, time.May, 10), "16.425"}, {NewDate(2026, time.November, 22), "23.725"}} {
		for _, k := range front.Kinds() {
			bytes, one := Count(2000), Count(1)
			w := Workload{
				Front: string(k), Kind: k, Region: "us-east-1", MemoryMB: 128, Architecture: "x86_64", Duration: Constant(12_300), LogBytes: &bytes, Invocations: &one,
				Traffic: Forecast{RequestBytes: &bytes, ResponseBytes: &bytes, NewConnectionShare: &one, ConnectionSeconds: &one, ViewerZones: map[Zone]Quantity{"us": one}},
			}
			bill, err := shipped(t).Price(w, BillOptions{AsOf: day.date, FreeTier: FreeNone})
			if err != nil {
				t.Errorf("%s: %v", k, err)
				continue
			}
			want := "0"
			if k == front.ALB {
				want = day.alb
			}
			if bill.Unavailable != "" || bill.Total.String() != want || bill.PerMillion != nil || bill.LowerBound || len(bill.Missing) > 0 {
				t.Errorf("%s on %s: %s, per million %v, missing %v, unavailable %q: want %s", k, day.date, bill.Total, bill.PerMillion, bill.Missing, bill.Unavailable, want)
			}
		}
	}
	_, err := shipped(t).Price(Workload{Front: "f", Kind: front.ALB, Traffic: Forecast{RequestsPerMonth: -1}}, BillOptions{AsOf: NewDate(2026, time.November, 22), FreeTier: FreeNone})
	if err == nil {
		t.Error("a month of -1 requests has a bill")
	}
}
