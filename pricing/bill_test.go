package pricing

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
)

// Lambda@Edge and REST can be billed in 2018 and today; the other fronts came
// later, and the bill says when.
func TestBillAcrossTime(t *testing.T) {
	book := shipped(t)
	begins := map[front.Kind]string{front.APIGatewayHTTP: "2020-03-12", front.ALB: "2018-11-29", front.FunctionURL: "2022-04-06", front.CloudFrontFunction: "2021-05-03"}
	for _, k := range front.Kinds() {
		for _, day := range []string{"2018-01-01", "2026-11-22"} {
			bill, err := book.Price(measuredOf(k).Workload(fullForecast()), BillOptions{AsOf: date(t, day), FreeTier: FreeAlways})
			if err != nil {
				t.Fatal(err)
			}
			if begin, later := begins[k]; later && day == "2018-01-01" {
				want := "front " + string(k) + " did not exist on 2018-01-01: it begins on " + begin + " (day unconfirmed)"
				if bill.Unavailable != want || len(bill.Lines) != 0 || bill.Total.Sign() != 0 {
					t.Errorf("%s: unavailable %q, want %q; %d lines", k, bill.Unavailable, want, len(bill.Lines))
				}
				continue
			}
			if bill.Unavailable != "" || bill.Total.Sign() <= 0 || bill.Rules.Of(k).Granularity.Value == 0 {
				t.Errorf("%s on %s: unavailable %q, total %s", k, day, bill.Unavailable, bill.Total)
			}
		}
	}
}

// The first day of a front bills, the day before does not.
func TestBillOnTheFirstDay(t *testing.T) {
	book := shipped(t)
	for _, k := range front.Kinds() {
		from, _, err := book.Began(k)
		if err != nil {
			t.Fatal(err)
		}
		for day, want := range map[Date]bool{from: true, {from.t.AddDate(0, 0, -1)}: false} {
			bill, err := book.Price(measuredOf(k).Workload(fullForecast()), BillOptions{AsOf: day, FreeTier: FreeNone})
			if err != nil {
				t.Fatal(err)
			}
			if got := bill.Unavailable == ""; got != want {
				t.Errorf("%s on %s: unavailable %q", k, day, bill.Unavailable)
			}
		}
	}
}

// A part that came after its front makes the bill unavailable too.
func TestBillOfARMBeforeItExisted(t *testing.T) {
	m := measuredOf(front.APIGatewayREST)
	m.Architecture = "arm64"
	bill, err := shipped(t).Price(m.Workload(fullForecast()), BillOptions{AsOf: NewDate(2021, time.September, 28), FreeTier: FreeNone})
	if err != nil || bill.Unavailable != "meter lambda.gb_seconds.arm in region us-east-1 did not exist on 2021-09-28: it begins on 2021-09-29" || len(bill.Lines) != 0 {
		t.Errorf("unavailable is %q, %d lines, error %v", bill.Unavailable, len(bill.Lines), err)
	}
}

// addsUp checks the law of every bill: lines add up to the totals, quantities
// to the usage, amounts per million to the total's.
func addsUp(t testing.TB, u Usage, b Bill) {
	t.Helper()
	for _, side := range []struct {
		lines []Line
		total USD
	}{{b.Lines, b.Total}, {b.List, b.ListTotal}} {
		var sum USD
		quantities := make(map[Meter]Quantity)
		for _, l := range side.lines {
			sum = sum.Add(l.Amount)
			quantities[l.Meter] = quantities[l.Meter].Add(l.Quantity)
			if b.Rounding == RoundExact && !l.Amount.Equal(l.UnitPrice.Mul(l.Quantity)) {
				t.Errorf("%s: %s x %s is %s", l.Meter, l.Quantity, l.UnitPrice, l.Amount)
			}
		}
		if !sum.Equal(side.total) {
			t.Errorf("lines add up to %s, the total is %s", sum, side.total)
		}
		for _, item := range u.Items {
			if !quantities[item.Meter].Equal(item.Quantity) {
				t.Errorf("%s: lines have %s of %s", item.Meter, quantities[item.Meter], item.Quantity)
			}
		}
	}
	var perMillion USD
	for _, l := range b.Lines {
		perMillion = perMillion.Add(*l.PerMillion)
	}
	if !perMillion.Equal(*b.PerMillion) {
		t.Errorf("per million: lines add up to %s, the total is %s", perMillion, b.PerMillion)
	}
}

func TestLinesAddUp(t *testing.T) {
	book := shipped(t)
	seconds := Ratio(7, 3)
	for _, k := range front.Kinds() {
		for _, requests := range []int64{1, 999_983, 7_000_000_007, 400_000_000_000} {
			for _, choice := range []FreeTier{FreeNone, FreeAlways, FreeNewAccount} {
				for _, day := range []Date{NewDate(2024, time.July, 1), NewDate(2026, time.November, 22)} {
					u := usageOf(t, measuredOf(k), Forecast{RequestsPerMonth: requests, ConnectionSeconds: &seconds}, day)
					bill, err := book.Bill(u, BillOptions{AsOf: day, FreeTier: choice})
					if err != nil {
						t.Fatal(err)
					}
					addsUp(t, u, bill)
					before := bill.Total
					for _, r := range []Rounding{RoundExact, RoundAWSBill, RoundAWSPage} {
						addsUp(t, u, bill.Rounded(r))
					}
					addsUp(t, u, bill) // Rounded left the lines it was given alone
					if !bill.Total.Equal(before) || bill.Rounding != RoundExact {
						t.Error("Rounded changed the bill it was given")
					}
				}
			}
		}
	}
}

// AWS's response streaming example: 30.83 + 0.40 + 7.81 are published as
// 39.04, while the exact sum 39.045895 would round to 39.05
// (aws.amazon.com/lambda/pricing 2026).
func TestPageRoundingIsPerLine(t *testing.T) {
	b := Bill{Lines: []Line{{Amount: usd(t, "30.833395")}, {Amount: usd(t, "0.4")}, {Amount: usd(t, "7.8125")}}}
	b.sum()
	if b.Total.Round(2).String() != "39.05" || b.Rounded(RoundAWSPage).Total.String() != "39.04" {
		t.Errorf("exact total %s, page total %s", b.Total, b.Rounded(RoundAWSPage).Total)
	}
	for _, r := range []Rounding{RoundExact, RoundAWSBill, RoundAWSPage} {
		if got, err := ParseRounding(string(r)); got != r || err != nil {
			t.Errorf("%q is %q, %v", r, got, err)
		}
	}
	if _, err := ParseRounding("up"); err == nil {
		t.Error(`rounding "up" is taken`)
	}
}

func TestBillIsALowerBoundWhenAMeterIsMissing(t *testing.T) {
	m := measuredOf(front.ALB)
	bill, err := shipped(t).Price(m.Workload(Forecast{RequestsPerMonth: 1000}), BillOptions{AsOf: NewDate(2026, time.November, 22), FreeTier: FreeNone})
	if err != nil {
		t.Fatal(err)
	}
	if !bill.LowerBound || len(bill.Missing) != 1 || bill.Missing[0].Meter != ALBLCUHours || !strings.Contains(bill.Missing[0].Reason, "active connections") {
		t.Errorf("lower bound %v, missing %v", bill.LowerBound, bill.Missing)
	}
}

// Confirmed only inside the span in which AWS's word covers every line and the
// rules: us-east-1 rates were last seen in 2026-09 and logs in 2025-06.
func TestConfidence(t *testing.T) {
	book := shipped(t)
	items := []Item{{Meter: LambdaRequests, Region: "us-east-1", Quantity: Count(1)}}
	for day, want := range map[string]Confidence{
		"2020-11-30": Carried, "2020-12-01": Confirmed, "2026-09-06": Confirmed, "2026-09-07": Carried,
	} {
		bill, err := book.Bill(Usage{Items: items}, BillOptions{AsOf: date(t, day), FreeTier: FreeNone})
		if err != nil {
			t.Fatal(err)
		}
		if bill.Confidence != want || bill.Lines[0].Confidence != want {
			t.Errorf("%s: %s, line %s, want %s", day, bill.Confidence, bill.Lines[0].Confidence, want)
		}
	}
	// An unconfirmed rule is enough: nobody says that Lambda@Edge bills INIT.
	day := NewDate(2026, time.January, 1)
	u := usageOf(t, measuredOf(front.EdgeViewerRequest), fullForecast(), day)
	u.Items = items
	bill, err := book.Bill(u, BillOptions{AsOf: day, FreeTier: FreeNone})
	if err != nil || bill.Confidence != Unconfirmed || bill.Lines[0].Confidence != Confirmed {
		t.Errorf("confidence %s, line %s, error %v", bill.Confidence, bill.Lines[0].Confidence, err)
	}
}

func TestBillRefuses(t *testing.T) {
	book := shipped(t)
	day := NewDate(2026, time.January, 1)
	rest := func(mutate func(*Measured)) Usage {
		m := measuredOf(front.APIGatewayREST)
		mutate(m)
		return usageOf(t, m, fullForecast(), day)
	}
	off := false
	for _, c := range []struct {
		name  string
		usage Usage
		opts  BillOptions
		want  string
	}{
		{"no date", Usage{}, BillOptions{FreeTier: FreeNone}, "no date is given"},
		{"no choice of free tier", Usage{}, BillOptions{AsOf: day}, `unknown free tier ""`},
		{"rules of another era", rest(func(*Measured) {}), BillOptions{AsOf: NewDate(2020, time.January, 1), FreeTier: FreeNone}, "usage follows the rules of 2026-01-01, the bill those of 2020-01-01"},
		{"another INIT switch", rest(func(*Measured) {}), BillOptions{AsOf: day, FreeTier: FreeNone, Init: InitSwitch{Lambda: &off}}, "usage follows the rules"},
		{"unknown region", rest(func(m *Measured) { m.Region = "mars-1" }), BillOptions{AsOf: day, FreeTier: FreeNone}, `in region "mars-1"`},
		{"negative quantity", Usage{Items: []Item{{Meter: ALBHours, Region: "us-east-1", Quantity: Count(-1)}}}, BillOptions{AsOf: day, FreeTier: FreeNone}, `meter "alb.hours" has quantity -1`},
	} {
		if _, err := book.Bill(c.usage, c.opts); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error is %v, want %s", c.name, err, c.want)
		}
	}
	// The same rules on another day of the era are fine.
	if _, err := book.Bill(rest(func(*Measured) {}), BillOptions{AsOf: NewDate(2026, time.February, 1), FreeTier: FreeNone}); err != nil {
		t.Error(err)
	}
}

func TestLinesCarryTheirSource(t *testing.T) {
	bill, err := shipped(t).Price(measuredOf(front.EdgeViewerRequest).Workload(fullForecast()), BillOptions{AsOf: NewDate(2024, time.July, 1), FreeTier: FreeNone})
	if err != nil {
		t.Fatal(err)
	}
	l := bill.Lines[0]
	// Bills show Lambda@Edge under Amazon CloudFront (FOCUS 1.0 sample, September 2024).
	if l.Meter != EdgeRequests || l.Service != "Amazon CloudFront" || l.RateCode != "NQA9ZMGJKNJQT78E.JRTCKXETXF.6YS6EN2CT7" ||
		l.UnitPrice.String() != "0.0000006" || l.AsOf.String() != "2024-07-01" || l.Seen.Until.String() != "2026-09-06" || l.Mark != FromPriceData {
		t.Errorf("line is %+v", l)
	}
	if got := l.PerMillion.String(); got != "0.6" {
		t.Errorf("per million %s, want 0.6", got)
	}
	text, err := json.Marshal(bill)
	if err != nil || !strings.Contains(string(text), `"unit_price_usd":"0.0000006"`) {
		t.Errorf("JSON %s, %v", text, err)
	}
}

// Tiers are graduated: what two parts pay one after the other is what the
// whole pays, wherever it is cut.
func FuzzGraduate(f *testing.F) {
	f.Add(int64(333_000_000), int64(1), int64(1))
	f.Add(int64(0), int64(21_000_000_000), int64(7))
	f.Add(int64(332_999_999), int64(667_000_002), int64(3))
	rates, err := shipped(f).Rates(RESTRequests, "us-east-1", NewDate(2026, time.January, 1))
	if err != nil {
		f.Fatal(err)
	}
	cost := func(start, q Quantity) USD {
		var sum USD
		for _, s := range graduate(rates, start, q) {
			sum = sum.Add(s.rate.USD.Mul(s.quantity))
		}
		return sum
	}
	f.Fuzz(func(t *testing.T, a, b, den int64) {
		if a < 0 || b < 0 || den < 1 {
			return
		}
		first, second := Ratio(a, den), Ratio(b, den)
		whole := cost(Quantity{}, first.Add(second))
		if parts := cost(Quantity{}, first).Add(cost(first, second)); !parts.Equal(whole) {
			t.Errorf("%s and then %s cost %s, together %s", first, second, parts, whole)
		}
	})
}

// A price that only a contract knows is missing, not zero: the bill is a lower
// bound until the user gives the rate.
func TestContractPricesAreMissing(t *testing.T) {
	day := NewDate(2026, time.November, 22)
	items := []Item{{Meter: LambdaRequests, Region: "us-east-1", Quantity: Count(1_000_000)}, {Meter: AkamaiRequests, Region: Global, Quantity: Count(7)}}
	for _, free := range []FreeTier{FreeNone, FreeAlways} {
		bill, err := shipped(t).Bill(Usage{Items: items}, BillOptions{AsOf: day, FreeTier: free})
		if err != nil {
			t.Fatal(err)
		}
		if len(bill.Lines) != 1 || !bill.LowerBound || len(bill.Missing) != 1 || bill.Missing[0].Meter != AkamaiRequests ||
			!strings.Contains(bill.Missing[0].Reason, "contract: 7 Requests are not priced") {
			t.Errorf("free tier %s: %+v, missing %v", free, bill.Lines, bill.Missing)
		}
	}
}

// A price that the book knows on that day in other Regions only is missing: the
// meter existed. DynamoDB cost 0.25 USD a million reads in us-east-1 before
// 2024-11-01; what it cost in Tokyo is not recorded.
func TestPricesKnownElsewhereAreMissing(t *testing.T) {
	book, day := shipped(t), NewDate(2021, time.March, 31)
	reads := func(region string) []Item {
		return []Item{{Meter: LambdaRequests, Region: region, Quantity: Count(10_000_000)}, {Meter: DynamoDBReadUnits, Region: region, Quantity: Count(10_000_000)}}
	}
	bill, err := book.Bill(Usage{Items: reads("ap-northeast-1")}, BillOptions{AsOf: day, FreeTier: FreeNone})
	if err != nil || bill.Unavailable != "" {
		t.Fatal(err, bill.Unavailable)
	}
	if !bill.LowerBound || len(bill.Missing) != 1 || bill.Missing[0].Meter != DynamoDBReadUnits || bill.Total.String() != "2" ||
		bill.Missing[0].Reason != "no price of dynamodb.read_units in ap-northeast-1 is known before 2024-11-01" {
		t.Errorf("%s, missing %v", bill.Total, bill.Missing)
	}
	if bill, err = book.Bill(Usage{Items: reads("us-east-1")}, BillOptions{AsOf: day, FreeTier: FreeNone}); err != nil || bill.Total.String() != "4.5" || bill.LowerBound {
		t.Errorf("%s, missing %v, %v", bill.Total, bill.Missing, err)
	}
	// Regions that the book knows may lack a meter on every day.
	bill, err = book.Bill(Usage{Items: []Item{{Meter: InterRegionGB("eu-west-1"), Region: "us-west-2", Quantity: Count(1)}}}, BillOptions{AsOf: day, FreeTier: FreeNone})
	if err != nil || !bill.LowerBound || len(bill.Missing) != 1 || bill.Missing[0].Reason != "no price of egress.interregion_gb.eu-west-1 in us-west-2 is known" {
		t.Errorf("%v, missing %v", err, bill.Missing)
	}
	curve, err := book.Curve(Usage{Items: reads("ap-northeast-1")}, AlongRequests, BillOptions{AsOf: day, FreeTier: FreeNone})
	if err != nil || curve.At(Count(1)).String() != "2" {
		t.Errorf("the curve is %+v, %v", curve, err)
	}
}

// Where sizes are not known, the least that AWS counts is on the bill.
func TestUnknownSizesAreCountedAtLeast(t *testing.T) {
	f := Forecast{RequestsPerMonth: 1_000_000, NewConnectionShare: new(Quantity), ConnectionSeconds: new(Quantity)}
	size := Count(400_000)
	f.ResponseBytes = &size
	rules, err := shipped(t).Rules(NewDate(2026, time.November, 22), InitSwitch{})
	if err != nil {
		t.Fatal(err)
	}
	for k, want := range map[front.Kind]string{
		front.APIGatewayHTTP: "apigw.http.requests 1000000", // one increment each
		front.ALB:            "alb.lcu_hours 1000",          // 1M x 400 KB / 0.4 GB
	} {
		u, err := UsageOf(Workload{Front: "f", Kind: k, Region: "us-east-1", Architecture: "x86_64", Traffic: f}, rules)
		if err != nil {
			t.Fatal(err)
		}
		meter, quantity, _ := strings.Cut(want, " ")
		counted := slices.ContainsFunc(u.Items, func(i Item) bool { return string(i.Meter) == meter && i.Quantity.String() == quantity })
		missing := slices.ContainsFunc(u.Missing, func(g Gap) bool { return string(g.Meter) == meter })
		if !counted || !missing {
			t.Errorf("%s: items\n%s\nmissing %v: want %s and its gap", k, showItems(u.Items), u.Missing, want)
		}
	}
}
