package pricing

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// show prints the lines of a bill: quantity @ price, "free" for free ones.
func show(lines []Line) string {
	var out []string
	for _, l := range lines {
		text := fmt.Sprintf("%s@%s", l.Quantity, l.UnitPrice)
		if l.Free {
			text = fmt.Sprintf("%s free", l.Quantity)
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

func TestFreeTiers(t *testing.T) {
	book := shipped(t)
	now, old := NewDate(2026, time.September, 1), NewDate(2021, time.November, 30)
	const use1 = "us-east-1"
	one := func(m Meter, region, q string) []Item {
		return []Item{{Meter: m, Region: region, Quantity: quantity(t, q)}}
	}
	for _, c := range []struct {
		name   string
		items  []Item
		day    Date
		choice FreeTier
		want   string
	}{
		// A separate $0 SKU of 0 to 100 GB: the paid bands still begin at 0 (AWSDataTransfer price list).
		{"100 GB leave the first 10,240 GB alone", one(EgressGB, use1, "10340"), now, FreeAlways, "100 free, 10240@0.09"},
		{"the next GB is in the second band", one(EgressGB, use1, "10341"), now, FreeAlways, "100 free, 10240@0.09, 1@0.085"},
		{"1 GB before 2021-12 was the first band", one(EgressGB, use1, "10241"), old, FreeAlways, "1 free, 10239@0.09, 1@0.085"},
		{"the day after is an allowance", one(EgressGB, use1, "101"), old.Next(), FreeAlways, "100 free, 1@0.09"},
		{"less than the allowance", one(EgressGB, use1, "99.5"), now, FreeAlways, "99.5 free"},
		{"none is list price", one(EgressGB, use1, "101"), now, FreeNone, "101@0.09"},
		{"nothing used", one(EgressGB, use1, "0"), now, FreeAlways, "0@0.09"},
		{"Lambda requests", one(LambdaRequests, use1, "1000001"), now, FreeAlways, "1000000 free, 1@0.0000002"},
		// "No complimentary tier applies" (CloudFront pricing page, 2026).
		{"Lambda@Edge has none", one(EdgeRequests, use1, "1000"), now, FreeNewAccount, "1000@0.0000006"},
		{"REST is free for new accounts only", one(RESTRequests, use1, "2000000"), old, FreeAlways, "2000000@0.0000035"},
		{"REST in a new account", one(RESTRequests, use1, "2000000"), old, FreeNewAccount, "1000000 free, 1000000@0.0000035"},
		{"last day of the 12-month tiers", one(HTTPRequests, use1, "5"), NewDate(2025, time.July, 14), FreeNewAccount, "5 free"},
		{"accounts from 2025-07-15 get credits", one(HTTPRequests, use1, "5"), NewDate(2025, time.July, 15), FreeNewAccount, "5@0.000001"},
		{"CloudFront new account before 2021-12", one(Zone("us").Meter(CloudFrontEgressGB), Global, "51"), old, FreeNewAccount, "50 free, 1@0.085"},
		{"zones share 1,024 GB in proportion", append(one(Zone("us").Meter(CloudFrontEgressGB), Global, "3072"), one(Zone("jp").Meter(CloudFrontEgressGB), Global, "1024")...),
			now, FreeAlways, "768 free, 2304@0.085, 256 free, 768@0.114"},
		{"of 400,000 GB-s, arm gets what x86 leaves", append(one(LambdaGBSecondsARM, use1, "300000"), one(LambdaGBSecondsX86, use1, "300000")...),
			now, FreeAlways, "100000 free, 200000@0.0000133334, 300000 free"},
		{"x86 in two Regions shares in proportion, arm gets nothing", append(append(one(LambdaGBSecondsX86, use1, "600000"), one(LambdaGBSecondsX86, "eu-west-1", "200000")...), one(LambdaGBSecondsARM, use1, "5")...),
			now, FreeAlways, "300000 free, 300000@0.0000166667, 100000 free, 100000@0.0000166667, 5@0.0000133334"},
		{"stored logs before ingested ones, which share", append(append(one(LogsIngestedGB, use1, "6"), one(LogsStoredGBMonths, use1, "2")...), one(LogsCustomIngestedGB, use1, "3")...),
			now, FreeAlways, "2 free, 4@0.5, 2 free, 1 free, 2@0.5"},
		{"streamed GB", one(LambdaStreamedGB, use1, "101"), now, FreeAlways, "100 free, 1@0.008"},
		{"CloudFront Functions", one(CFFInvocations, Global, "100000000"), now, FreeAlways, "2000000 free, 98000000@0.0000001"},
		{"key-value reads", one("cloudfront.kvs_reads", Global, "2000001"), now, FreeAlways, "2000000 free, 1@0.00000003"},
		{"invalidated paths", one(CloudFrontInvalidationPaths, Global, "1001"), now, FreeAlways, "1000 free, 1@0.005"},
		{"DynamoDB: 25 GB in each Region", append(one(DynamoDBStorageGBMonths, use1, "26"), one(DynamoDBStorageGBMonths, "eu-west-1", "26")...),
			now, FreeAlways, "25 free, 1@0.25, 25 free, 1@0.283"},
		{"health checks of AWS endpoints", one("route53.health_checks.aws", Global, "51"), now, FreeAlways, "50 free, 1@0.5"},
		{"no health checks of others", one("route53.health_checks.other", Global, "51"), now, FreeAlways, "51@0.75"},
		{"CloudWatch API requests", one("cloudwatch.api_requests", use1, "1000001"), now, FreeAlways, "1000000 free, 1@0.00001"},
		// A bill of 2024-09 charges 0.01444 for 1,444 metrics.
		{"GetMetricData is charged", one(GetMetricData, use1, "1444"), now, FreeNewAccount, "1444@0.00001"},
		{"alarms", one(StandardAlarms, use1, "11"), now, FreeAlways, "10 free, 1@0.1"},
		{"metrics", one("cloudwatch.metric_months", use1, "10010"), now, FreeAlways, "10 free, 10000@0.3"},
		{"WebSocket messages of a new account", one(WebSocketMessages, use1, "1000001"), old, FreeNewAccount, "1000000 free, 1@0.000001"},
		{"WebSocket minutes of a new account", one(WebSocketMinutes, use1, "750001"), old, FreeNewAccount, "750000 free, 1@0.00000025"},
		{"WebSocket in an account with credits", one(WebSocketMinutes, use1, "750001"), now, FreeNewAccount, "750001@0.00000025"},
		{"Cognito users before the plans", one(CognitoMAU, Global, "100001"), old, FreeAlways, "50000 free, 50000@0.0055, 1@0.0046"},
		{"Cognito users now", one(CognitoMAU, Global, "60001"), now, FreeAlways, "10000 free, 50000@0.0055, 1@0.0046"},
		{"federated users", one("cognito.mau.federated", Global, "51"), now, FreeAlways, "50 free, 1@0.015"},
		{"Regions share one allowance", append(one(EgressGB, use1, "100"), one(EgressGB, "ap-northeast-1", "100")...),
			now, FreeAlways, "50 free, 50@0.09, 50 free, 50@0.114"},
		{"each Region had its 1 GB", append(one(EgressGB, use1, "2"), one(EgressGB, "ap-northeast-1", "2")...),
			old, FreeAlways, "1 free, 1@0.09, 1 free, 1@0.114"},
	} {
		bill, err := book.Bill(Usage{Items: c.items}, BillOptions{AsOf: c.day, FreeTier: c.choice})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := show(bill.Lines); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		if strings.Contains(show(bill.List), "free") || bill.ListTotal.Cmp(bill.Total) < 0 {
			t.Errorf("%s: list lines are %s, %s", c.name, show(bill.List), bill.ListTotal)
		}
		for _, l := range bill.Lines {
			if l.Free && (l.FreeTier == "" || l.Amount.Sign() != 0 || l.Source == "") {
				t.Errorf("%s: free line %+v", c.name, l)
			}
		}
	}
}

func TestParseFreeTier(t *testing.T) {
	for _, want := range []FreeTier{FreeNone, FreeAlways, FreeNewAccount} {
		if got, err := ParseFreeTier(string(want)); got != want || err != nil {
			t.Errorf("%q is %q, %v", want, got, err)
		}
	}
	for _, s := range []string{"", "yes", "Always"} {
		if _, err := ParseFreeTier(s); err == nil {
			t.Errorf("%q is taken", s)
		}
	}
}

func TestFreeTierNotes(t *testing.T) {
	book := shipped(t)
	notes := func(choice FreeTier, day Date) int {
		bill, err := book.Bill(Usage{}, BillOptions{AsOf: day, FreeTier: choice})
		if err != nil {
			t.Fatal(err)
		}
		return len(bill.Notes)
	}
	early, late := NewDate(2024, time.January, 1), NewDate(2026, time.January, 1)
	if notes(FreeNone, late) != 0 || notes(FreeAlways, late) != 1 || notes(FreeNewAccount, early) != 1 || notes(FreeNewAccount, late) != 2 {
		t.Error("notes on the free tier are missing")
	}
}

// However a row's quantity is shared out, nobody gets more than is used, all of
// it is given that can be used, and a later word gets nothing while an earlier
// one still pays.
func FuzzShareOfAllowance(f *testing.F) {
	f.Add(uint32(5), uint32(2), uint32(6), uint32(3))
	f.Add(uint32(0), uint32(1), uint32(0), uint32(0))
	f.Add(uint32(400000), uint32(600000), uint32(200000), uint32(5))
	f.Fuzz(func(t *testing.T, quantity, stored, vended, custom uint32) {
		a := allowance{meters: []string{"logs.storage_gb_months", "logs.ingested_gb.*"}, quantity: Count(int64(quantity))}
		items := []Item{{Meter: LogsIngestedGB}, {Meter: LogsStoredGBMonths}, {Meter: LogsCustomIngestedGB}, {Meter: LambdaRequests}}
		left := []Quantity{Count(int64(vended)), Count(int64(stored)), Count(int64(custom)), Count(7)}
		free := a.share(items, left)
		var given Quantity
		for i := range items {
			given = given.Add(free[i])
			if free[i].Sign() < 0 || free[i].Cmp(left[i]) > 0 {
				t.Errorf("%s gets %s of %s", items[i].Meter, free[i], left[i])
			}
		}
		if free[3].Sign() != 0 {
			t.Errorf("a meter outside the row gets %s", free[3])
		}
		if want := least(a.quantity, left[0].Add(left[1]).Add(left[2])); !given.Equal(want) {
			t.Errorf("%s are given, want %s", given, want)
		}
		if free[1].Cmp(left[1]) < 0 && free[0].Add(free[2]).Sign() > 0 {
			t.Errorf("storage pays for %s of %s while ingestion gets %s", left[1].Sub(free[1]), left[1], free[0].Add(free[2]))
		}
		if !free[0].Mul(left[2]).Equal(free[2].Mul(left[0])) {
			t.Errorf("vended and custom logs get %s and %s of %s and %s: not in proportion", free[0], free[2], left[0], left[2])
		}
	})
}
