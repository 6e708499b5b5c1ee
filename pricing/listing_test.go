package pricing

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"frontdoor/front"
)

// The bands are those of TestShippedRates, the rules and free quantities those
// of https://aws.amazon.com/lambda/pricing/ and of the blog posts in eras.csv.
func TestShow(t *testing.T) {
	book := shipped(t)
	for _, c := range []struct {
		meter               Meter
		region, day         string
		listed              string // Region: prices
		rules, free, trusts string
	}{
		{LambdaGBSecondsX86, "us-east-1", "2019-06-01", "us-east-1: 0.0000166667", "lambda.granularity_ms=100 lambda.init_billed=0", "lambda-gb-seconds", "confirmed"},
		{LambdaGBSecondsX86, "us-east-1", "2026-09-01", "us-east-1: 0.0000166667 0.000015 0.0000133334", "lambda.granularity_ms=1 lambda.init_billed=1", "lambda-gb-seconds", "confirmed"},
		{LambdaGBSecondsX86, "us-east-1", "2026-11-01", "us-east-1: 0.0000166667 0.000015 0.0000133334", "lambda.granularity_ms=1 lambda.init_billed=1", "lambda-gb-seconds", "carried"},
		{EdgeGBSeconds, "us-east-1", "2020-12-31", "us-east-1: 0.00005001", "edge.granularity_ms=50 edge.init_billed=0", "", "confirmed"},
		{Zone("us").Meter(CloudFrontHTTPS), "us-east-1", "2026-10-08", "global: 0.000001", "", "cloudfront-requests", "confirmed"},
	} {
		listings, err := book.Show(c.meter, c.region, date(t, c.day))
		if err != nil {
			t.Error(err)
			continue
		}
		l := listings[0]
		var usd, rules, free []string
		for _, r := range l.Rates {
			usd = append(usd, r.USD.String())
		}
		for _, r := range l.Rules {
			rules = append(rules, fmt.Sprintf("%s=%d", r.Name, r.Value))
		}
		for _, f := range l.Free {
			free = append(free, f.ID)
		}
		got := []string{l.Region + ": " + strings.Join(usd, " "), strings.Join(rules, " "), strings.Join(free, " "), string(l.Supported)}
		want := []string{c.listed, c.rules, c.free, c.trusts}
		if len(listings) != 1 || strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%s on %s: %d listings, %q, want %q", c.meter, c.day, len(listings), got, want)
		}
	}
}

func TestShowEveryRegionAndErrors(t *testing.T) {
	book := shipped(t)
	listings, err := book.Show(HTTPRequests, EveryRegion, date(t, "2025-06-17"))
	if err != nil || len(listings) != len(book.Regions(HTTPRequests)) || len(listings) < 2 {
		t.Errorf("%d listings, error %v", len(listings), err)
	}
	var early *NotYetError
	if _, err = book.Show(HTTPRequests, EveryRegion, date(t, "2018-01-01")); !errors.As(err, &early) {
		t.Errorf("error is %v", err)
	}
	var unknown *UnknownRateError
	if _, err = book.Show("apigw.http.request", EveryRegion, date(t, "2025-06-17")); !errors.As(err, &unknown) || len(unknown.Meters) == 0 {
		t.Errorf("error is %v", err)
	}
}

// Every meter is listed, also those that have no rate there and then.
func TestListIsComplete(t *testing.T) {
	book := shipped(t)
	reasons := map[string]int{}
	for _, c := range []struct{ region, day string }{{"us-east-1", "2025-06-17"}, {"xx-nowhere-1", "2025-06-17"}, {"us-east-1", "2015-01-01"}} {
		listed := map[Meter]bool{}
		for _, l := range book.List(c.region, date(t, c.day)) {
			listed[l.Meter] = true
			reasons[strings.TrimRight(l.Why, "0123456789-")]++
			if (l.Why == "") != (len(l.Rates) > 0) || (l.Why == "") != (l.Supported != "") || len(l.Regions) == 0 {
				t.Errorf("%+v", l)
			}
		}
		if len(listed) != len(book.Meters()) {
			t.Errorf("%s on %s: %d meters of %d", c.region, c.day, len(listed), len(book.Meters()))
		}
	}
	for _, want := range []string{"", "not in this Region", "begins on "} {
		if reasons[want] == 0 {
			t.Errorf("no listing says %q: %v", want, reasons)
		}
	}
}

// 2024-01-31 to 2024-02-01: IPv4 addresses cost from then on
// (https://aws.amazon.com/blogs/aws/new-aws-public-ipv4-address-charge-public-ip-insights/).
// 2020-11-30 to 2020-12-01: 1 ms (eras.csv). 2021-11-30 to 2021-12-01: free tiers.
func TestDiff(t *testing.T) {
	book := shipped(t)
	ipv4 := book.Diff("us-east-1", date(t, "2024-01-31"), date(t, "2024-02-01"))
	at := slices.IndexFunc(ipv4.Rates, func(c RateChange) bool { return c.Meter == IPv4Hours })
	if at < 0 || len(ipv4.Rules)+len(ipv4.Free)+len(ipv4.Fronts) != 0 {
		t.Fatalf("%+v", ipv4)
	}
	c := ipv4.Rates[at]
	if c.Meter != IPv4Hours || c.Region != "us-east-1" || c.Before[0].USD.String() != "0" || c.After[0].USD.String() != "0.005" {
		t.Errorf("%+v", c)
	}
	ms := book.Diff("us-east-1", date(t, "2020-11-30"), date(t, "2020-12-01"))
	if len(ms.Rates) != 0 || len(ms.Rules) != 1 || ms.Rules[0].Name != "lambda.granularity_ms" || ms.Rules[0].Before.Value != 100 || ms.Rules[0].After.Value != 1 {
		t.Errorf("%+v", ms)
	}
	free := map[string]string{}
	for _, f := range book.Diff("us-east-1", date(t, "2021-11-30"), date(t, "2021-12-01")).Free {
		free[f.ID] = fmt.Sprint(f.Before != nil, f.After != nil)
	}
	for id, want := range map[string]string{"egress-100gb": "false true", "egress-1gb": "true false", "cloudfront-egress": "false true"} {
		if free[id] != want {
			t.Errorf("%s: %q, want %q", id, free[id], want)
		}
	}
	opened := book.Diff("us-east-1", date(t, "2022-04-05"), date(t, "2022-04-06")) // function URLs, fronts.csv
	if len(opened.Fronts) != 1 || opened.Fronts[0] != front.FunctionURL {
		t.Errorf("%+v", opened.Fronts)
	}
	began := book.Diff(EveryRegion, date(t, "2021-09-28"), date(t, "2021-09-29"))
	if len(began.Rates) < 2 || began.Rates[0].Meter != LambdaGBSecondsARM || len(began.Rates[0].Before) != 0 || len(began.Rates[0].After) != 1 {
		t.Errorf("%+v", began.Rates)
	}
	if none := book.Diff(EveryRegion, date(t, "2024-02-01"), date(t, "2024-02-01")); len(none.Rates)+len(none.Rules)+len(none.Free)+len(none.Fronts) != 0 {
		t.Errorf("%+v", none)
	}
}
