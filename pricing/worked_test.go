package pricing

import (
	"strings"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/record"
)

// gbs is the GB-seconds of n invocations of one duration, rounded under the
// rules of the day.
func gbs(t testing.TB, b *Book, k front.Kind, day Date, n, durationMS, memoryMB int64) Quantity {
	t.Helper()
	rules, err := b.Rules(day, InitSwitch{})
	if err != nil {
		t.Fatal(err)
	}
	ms := BilledMS(durationMS*1000, -1, rules.Of(k))
	return Count(n).Mul(Count(ms)).Mul(Count(memoryMB)).Div(Count(1000 * 1024))
}

// oldPage is the book with the GB-second price as AWS's pages of 2014 to 2020
// printed it: a rounding of the price list's 0.0000166667, which their totals
// need.
func oldPage(t testing.TB) *Book {
	t.Helper()
	b, err := Parse("old-page.csv", strings.NewReader(
		`meter,region,from,until,seen_from,seen_until,tier_from,tier_until,unit,usd,rate_code,confidence,source
lambda.gb_seconds.x86,us-east-1,2014-11-13,2020-11-30,2014-11-13,2020-11-30,0,Inf,GB-Seconds,0.00001667,,A,https://aws.amazon.com/lambda/pricing/
lambda.requests,us-east-1,2014-11-13,2020-11-30,2014-11-13,2020-11-30,0,Inf,Requests,0.0000002,,A,https://aws.amazon.com/lambda/pricing/
`))
	if err != nil {
		t.Fatal(err)
	}
	b.eras, b.free, b.fronts = shipped(t).eras, shipped(t).free, shipped(t).fronts
	return b
}

// TestWorkedExamples bills published examples, rounds each line to cents as
// the sources do and compares every paid line and the total with theirs.
func TestWorkedExamples(t *testing.T) {
	book := shipped(t)
	regional, edge := front.FunctionURL, front.EdgeViewerRequest
	now, d2018 := NewDate(2026, time.September, 1), NewDate(2018, time.June, 1)
	before1ms, at1ms := NewDate(2020, time.November, 30), NewDate(2020, time.December, 1)
	const use1 = "us-east-1"
	lambda := func(requests int64, gbSeconds Quantity) []Item {
		return []Item{{Meter: LambdaGBSecondsX86, Region: use1, Quantity: gbSeconds}, {Meter: LambdaRequests, Region: use1, Quantity: Count(requests)}}
	}
	atEdge := func(requests int64, gbSeconds Quantity) []Item {
		return []Item{{Meter: EdgeGBSeconds, Region: use1, Quantity: gbSeconds}, {Meter: EdgeRequests, Region: use1, Quantity: Count(requests)}}
	}
	for _, c := range []struct {
		name, source string
		book         *Book
		day          Date
		free         FreeTier
		items        []Item
		lines        string // paid lines in cents, in order
		total        string
	}{
		{"3M x 120 ms x 1536 MB", "aws.amazon.com/lambda/pricing 2026", book, now, FreeAlways,
			lambda(3_000_000, gbs(t, book, regional, now, 3_000_000, 120, 1536)), "2.33 0.4", "2.73"},
		{"10,000 vehicles, 7.44M x 2 s x 1 GB, no free tier", "aws.amazon.com/lambda/pricing 2026", book, now, FreeNone,
			lambda(7_440_000, gbs(t, book, regional, now, 7_440_000, 2000, 1024)), "248 1.49", "249.49"},
		{"Lambda@Edge 10M x 10 ms", "aws.amazon.com/lambda/pricing 2026", book, now, FreeAlways,
			atEdge(10_000_000, gbs(t, book, edge, now, 10_000_000, 10, 128)), "0.63 6", "6.63"},
		{"3M x 1 s x 512 MB", "aws.amazon.com/lambda/pricing as of 2014-2020", oldPage(t), d2018, FreeAlways,
			lambda(3_000_000, gbs(t, book, regional, d2018, 3_000_000, 1000, 512)), "18.34 0.4", "18.74"},
		{"the same at the price list's rate", "price list effective 2019-04-01", book, d2018, FreeAlways,
			lambda(3_000_000, gbs(t, book, regional, d2018, 3_000_000, 1000, 512)), "18.33 0.4", "18.73"},
		{"Lambda@Edge 10M x 50 ms, 50 ms era", "aws.amazon.com/lambda/pricing before 2021-04", book, d2018, FreeNone,
			atEdge(10_000_000, gbs(t, book, edge, d2018, 10_000_000, 50, 128)), "3.13 6", "9.13"},
		{"Lambda@Edge 10M x 10 ms cost the same in the 50 ms era", "aws.amazon.com/lambda/pricing before 2021-04", book, d2018, FreeNone,
			atEdge(10_000_000, gbs(t, book, edge, d2018, 10_000_000, 10, 128)), "3.13 6", "9.13"},
		{"60M x 28 ms x 1 GB, the day before 1 ms", "aws.amazon.com/blogs/aws/new-for-aws-lambda-1ms-billing-granularity", book, before1ms, FreeNone,
			lambda(60_000_000, gbs(t, book, regional, before1ms, 60_000_000, 28, 1024)), "100 12", "112"},
		{"60M x 28 ms x 1 GB at 1 ms", "aws.amazon.com/blogs/aws/new-for-aws-lambda-1ms-billing-granularity", book, at1ms, FreeNone,
			lambda(60_000_000, gbs(t, book, regional, at1ms, 60_000_000, 28, 1024)), "28 12", "40"},
		{"REST 5M x 3 KB", "API Gateway pricing page, repeated by awsforengineers.com 2025-05-19", book, now, FreeNone,
			[]Item{{Meter: RESTRequests, Region: use1, Quantity: Count(5_000_000)}, {Meter: EgressGB, Region: use1, Quantity: gbOf(EgressGB).of(Count(5_000_000 * 3 * 1024))}},
			"17.5 1.29", "18.79"},
		{"ALB example 1, LCU only", "ELB pricing page, inputs by qiita.com/hokutoasari", book, now, FreeNone,
			[]Item{{Meter: ALBLCUHours, Region: use1, Quantity: pageALB(t, OtherTarget()).Mul(Count(720))}}, "6.22", "6.22"},
		{"REST 21B requests", "infracost golden 2024-07-01", book, now, FreeNone,
			[]Item{{Meter: RESTRequests, Region: use1, Quantity: Count(21_000_000_000)}}, "1165.5 1867.6 45220 1510", "49763.1"},
		{"15B x 2,048 ms x 2 GB", "infracost golden 2024-07-01", book, now, FreeNone,
			lambda(15_000_000_000, gbs(t, book, regional, now, 15_000_000_000, 2048, 2048)), "100000.2 135000 619203.1 3000", "857203.3"},
		{"REST 450 requests/s for a day", "serverless-training.com on replacing API Gateway by ALB: $136 per day", book, now, FreeNone,
			[]Item{{Meter: RESTRequests, Region: use1, Quantity: Count(450 * 86400)}}, "136.08", "136.08"},
		{"Lambda@Edge 100M x 5 ms", "a cost page that compares CloudFront Functions", book, now, FreeNone,
			atEdge(100_000_000, gbs(t, book, edge, now, 100_000_000, 5, 128)), "3.13 60", "63.13"},
		{"Lambda@Edge 1 GB for 1 s", "aws.amazon.com/lambda/pricing: $0.00000625125 is for 128 MB", book, now, FreeNone,
			[]Item{{Meter: EdgeGBSeconds, Region: use1, Quantity: Count(100_000)}}, "5", "5"},
		{"fixed part of an ALB, 730 h", "ALB hours + 2 x $0.005 x 730 = 7.30", book, now, FreeNone,
			[]Item{{Meter: ALBHours, Region: use1, Quantity: Count(730)}, {Meter: IPv4Hours, Region: use1, Quantity: Count(1460)}}, "16.43 7.3", "23.73"},
	} {
		t.Run(c.name, func(t *testing.T) {
			bill, err := c.book.Bill(Usage{Items: c.items}, BillOptions{AsOf: c.day, FreeTier: c.free})
			if err != nil {
				t.Fatal(err)
			}
			if bill.Unavailable != "" {
				t.Fatal(bill.Unavailable)
			}
			bill = bill.Rounded(RoundAWSPage)
			var paid []string
			for _, l := range bill.Lines {
				if !l.Free {
					paid = append(paid, l.Amount.String())
				}
			}
			if got := strings.Join(paid, " "); got != c.lines {
				t.Errorf("lines are %s, want %s (%s)", got, c.lines, c.source)
			}
			if got := bill.Total.String(); got != c.total {
				t.Errorf("total is %s, want %s (%s)", got, c.total, c.source)
			}
		})
	}
}

// 128 MB for 1 ms at the edge: a page's $0.00000625125 per 128 MB-second / 1000.
func TestEdgePriceIsPer128MBSecond(t *testing.T) {
	bill, err := shipped(t).Bill(Usage{Items: []Item{{Meter: EdgeGBSeconds, Region: "us-east-1", Quantity: Ratio(1, 8000)}}},
		BillOptions{AsOf: NewDate(2024, time.July, 1), FreeTier: FreeNone})
	if err != nil {
		t.Fatal(err)
	}
	if got := bill.Total.String(); got != "0.00000000625125" {
		t.Errorf("total is %s", got)
	}
}

// Log volume of 60 TB: tiers bring the bill from 30,000 to 12,500, in TB of
// 1,000 GB (duckbillgroup.com/?p=9080); the price list's bands are of 1,024 GB,
// which leaves the ratio as it is.
func TestLogTiers(t *testing.T) {
	book := shipped(t)
	items := []Item{{Meter: LogsIngestedGB, Region: "us-east-1", Quantity: Count(60 * 1024)}}
	total := func(day Date) USD {
		bill, err := book.Bill(Usage{Items: items}, BillOptions{AsOf: day, FreeTier: FreeNone})
		if err != nil {
			t.Fatal(err)
		}
		return bill.Total
	}
	flat, tiered := total(NewDate(2025, time.April, 30)), total(NewDate(2025, time.May, 1))
	if !flat.Mul(Count(12_500)).Equal(tiered.Mul(Count(30_000))) {
		t.Errorf("flat %s and tiered %s are not as 30,000 to 12,500", flat, tiered)
	}
}

// Published REPORT lines after 2025-08-01
// (bitesizedserverless.com/bite/when-is-the-lambda-init-phase-free-and-when-is-it-billed)
// and one recorded in 2023: INIT is added before rounding, and was not billed
// before.
func TestBilledMSOfPublishedReports(t *testing.T) {
	book := shipped(t)
	for _, c := range []struct {
		day                      string
		durationUS, initUS, want int64
	}{
		{"2025-08-01", 1_293_830, 1_049_630, 2344},
		{"2025-08-01", 1_307_680, 1_058_150, 2366},
		{"2025-08-01", 1_258_240, 1_002_250, 2261},
		{"2023-06-01", 3_010, 110_100, 4},
		{"2025-07-31", 3_010, 110_100, 4},
		{"2026-01-01", 3_010, -1, 4},
	} {
		rules, err := book.Rules(date(t, c.day), InitSwitch{})
		if err != nil {
			t.Fatal(err)
		}
		if got := BilledMS(c.durationUS, c.initUS, rules.Lambda); got != c.want {
			t.Errorf("%s: %d + %d us are billed as %d ms, want %d", c.day, c.durationUS, c.initUS, got, c.want)
		}
	}
}

func TestBilledTotals(t *testing.T) {
	// 50 ms sharp, just above it, and a cold start of 3.01 + 110.10 ms.
	without, with := BilledTotals([]record.Report{
		{DurationUS: 50_000, InitUS: -1}, {DurationUS: 50_010, InitUS: -1}, {DurationUS: 3_010, InitUS: 110_100},
	})
	if want := (Totals{MS1: 50 + 51 + 4, MS50: 50 + 100 + 50, MS100: 300}); without != want {
		t.Errorf("without INIT %+v, want %+v", without, want)
	}
	if want := (Totals{MS1: 50 + 51 + 114, MS50: 50 + 100 + 150, MS100: 100 + 100 + 200}); with != want {
		t.Errorf("with INIT %+v, want %+v", with, want)
	}
}
