package pricing

import (
	"strings"
	"testing"
	"time"
)

// Only Akamai's meters have a price that is agreed and not listed.
func TestContractRates(t *testing.T) {
	found := 0
	for _, r := range shipped(t).all() {
		if r.Contract != strings.HasPrefix(string(r.Meter), "akamai.") {
			t.Errorf("%s in %s: contract is %t", r.Meter, r.Region, r.Contract)
		}
		if r.Contract {
			found++
			if r.USD.Sign() != 0 || r.RateCode != "" || r.Tier.Until != nil {
				t.Errorf("contract rate %+v", r)
			}
		}
	}
	if found != 4 {
		t.Errorf("%d contract rates, want requests, egress, storage and purges", found)
	}
	const good = "akamai.requests,global,2020-01-01,,2020-01-01,2020-12-31,0,Inf,Requests,contract,,T,no public list\n"
	for _, c := range []struct{ old, new, want string }{
		{"contract,,", "contract,A.B.C,", `"bad.csv": line 2: rate_code: "A.B.C" stands beside a contract price: want it empty`},
		{"0,Inf", "5,Inf", `"bad.csv": line 2: tier_from: a contract price has one band: want 0, not 5`},
		{"0,Inf", "0,5", `"bad.csv": line 2: tier_until: a contract price has one band: want Inf, not 5`},
		{"contract", "Contract", `"bad.csv": line 2: usd: "Contract" is not a decimal number: want a price or the word contract`},
	} {
		_, err := Parse("bad.csv", strings.NewReader(header+strings.Replace(good, c.old, c.new, 1)))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q for %q: error is %v, want %s", c.new, c.old, err, c.want)
		}
	}
	book, err := Parse("own.csv", strings.NewReader(header+strings.Replace(good, "contract", "0.0000007", 1)))
	if err != nil || prices(book, AkamaiRequests, Global, NewDate(2026, time.November, 1)) != "0.0000007" {
		t.Errorf("a contract's own price is not taken: %v", err)
	}
}

func TestServicesOfMeters(t *testing.T) {
	want := map[string]string{
		"lambda": "AWS Lambda", "edge": "Amazon CloudFront", "cff": "Amazon CloudFront", "cloudfront": "Amazon CloudFront", "apigw": "Amazon API Gateway",
		"alb": "Elastic Load Balancing", "nlb": "Elastic Load Balancing", "ipv4": "Amazon Virtual Private Cloud", "vpc_endpoint": "Amazon Virtual Private Cloud",
		"nat": "Amazon Elastic Compute Cloud", "egress": "AWS Data Transfer", "route53": "Amazon Route 53", "dynamodb": "Amazon DynamoDB", "cognito": "Amazon Cognito",
		"s3": "Amazon Simple Storage Service", "logs": "AmazonCloudWatch", "cloudwatch": "AmazonCloudWatch", "waf": "AWS WAF", "akamai": "Akamai",
	}
	seen := make(map[string]bool)
	for _, m := range shipped(t).Meters() {
		stem, _, _ := strings.Cut(string(m), ".")
		seen[stem] = true
		if got, err := serviceOf(m); err != nil || got != want[stem] {
			t.Errorf("service of %s is %q, %v, want %q", m, got, err, want[stem])
		}
	}
	if len(seen) != len(want) {
		t.Errorf("the book has meters of %d stems, want %d", len(seen), len(want))
	}
}

// 976.56 GB: Lambda pricing page, 1 million answers of 7 MB. 0.125 GB: same
// page. 1.08 GB and 14.3 GB: pages of ELB and API Gateway.
func TestGigabytes(t *testing.T) {
	const mb, kb = 1 << 20, 1 << 10
	for _, c := range []struct {
		meter Meter
		bytes Quantity
		want  string
	}{
		{LambdaStreamedGB, Count(1_000_000).Mul(Count(1 * mb)), "976.56"},
		{LambdaGBSecondsX86, Count(128 * mb), "0.12"},
		{EdgeGBSeconds, Count(128 * mb), "0.12"},
		{ALBLCUHours, Count(300_000).Mul(Count(3600)), "1.08"},
		{EgressGB, Count(5_000_000).Mul(Count(3 * kb)), "14.305"},
		{S3StorageGBMonths, Count(50).Mul(Count(1 << 40)), "51200.00"},
		{LogsIngestedGB, Count(10).Mul(Count(1 << 40)), "10240.00"},
		{AkamaiEgressGB, Count(2_000_000_000), "2.00"},
	} {
		gb := gbOf(c.meter)
		if got := gb.of(c.bytes).Rat().FloatString(3); !strings.HasPrefix(got, c.want) || gb.Source == "" {
			t.Errorf("%s: %s GB, want %s; source %q", c.meter, got, c.want, gb.Source)
		}
	}
}
