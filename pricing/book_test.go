package pricing

import (
	"errors"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
)

// Parse refuses gaps, overlaps and missing sources, so that Shipped succeeding
// says that no shipped file has them; TestParseErrors sees it refuse. Here:
// that there are files, that every one gave rates, and what must be in them.
func TestShippedBookIsComplete(t *testing.T) {
	entries, err := books.ReadDir("books")
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) < 18 {
		t.Fatalf("%d files in books: want the 15 of rates and 3 others", len(entries))
	}
	book := shipped(t)
	if len(book.eras) == 0 || len(book.free) == 0 {
		t.Fatal("no eras or no free tiers")
	}
	want := []Meter{LambdaRequests, LambdaGBSecondsX86, LambdaGBSecondsARM, EdgeRequests, EdgeGBSeconds, RESTRequests,
		HTTPRequests, ALBHours, ALBLCUHours, IPv4Hours, EgressGB, LogsIngestedGB, LogsStoredGBMonths}
	day := NewDate(2026, time.November, 22)
	for _, m := range want {
		for _, region := range []string{"us-east-1", "ap-northeast-1"} {
			if _, err := book.Rates(m, region, day); err != nil {
				t.Error(err)
			}
		}
	}
	for _, stem := range []string{CloudFrontHTTP, CloudFrontHTTPS, CloudFrontEgressGB, CloudFrontOriginGB} {
		for _, z := range Zones() {
			if _, err := book.Rates(z.Meter(stem), Global, day); err != nil {
				t.Error(err)
			}
		}
	}
	for _, a := range book.free {
		covered := false
		for _, m := range book.Meters() {
			covered = covered || a.covers(m)
		}
		if !covered {
			t.Errorf("free tier %q covers no meter of the book", a.id)
		}
	}
}

func TestShippedSourcesNameNoLocalFile(t *testing.T) {
	n := 0
	for _, r := range shipped(t).all() {
		n++
		if strings.HasPrefix(r.Source, "/") || strings.Contains(r.Source, ".md") {
			t.Errorf("%s in %s: source %q", r.Meter, r.Region, r.Source)
		}
	}
	if n == 0 {
		t.Fatal("no rates")
	}
}

// Every kind of front began, has meters, and the book has all of them.
func TestEveryFrontHasMeters(t *testing.T) {
	book := shipped(t)
	if len(front.Kinds()) == 0 {
		t.Fatal("no kinds")
	}
	for _, k := range front.Kinds() {
		if _, _, err := book.Began(k); err != nil {
			t.Error(err)
		}
		bill, err := book.Price(measuredOf(k).Workload(fullForecast()), BillOptions{AsOf: NewDate(2026, time.November, 22), FreeTier: FreeNone})
		if err != nil {
			t.Error(err)
			continue
		}
		if len(bill.Lines) < 4 || bill.Unavailable != "" || bill.LowerBound {
			t.Errorf("%s: %d lines, unavailable %q, missing %v", k, len(bill.Lines), bill.Unavailable, bill.Missing)
		}
		for _, l := range bill.Lines {
			if l.Service == "" || l.Source == "" || l.Unit == "" {
				t.Errorf("%s: line without service, source or unit: %+v", k, l)
			}
		}
	}
}

// Rates from the price list, by hand: AWS pages of 2026 for us-east-1, the
// metered-unit feed of June 2025 for Tokyo.
func TestShippedRates(t *testing.T) {
	book := shipped(t)
	for _, c := range []struct {
		meter       Meter
		region, day string
		want        string // price per band
	}{
		{LambdaGBSecondsX86, "us-east-1", "2022-07-31", "0.0000166667"},
		{LambdaGBSecondsX86, "us-east-1", "2022-08-01", "0.0000166667 0.000015 0.0000133334"},
		{LambdaGBSecondsARM, "ap-northeast-1", "2025-06-17", "0.0000133334 0.0000120001 0.0000106667"},
		{RESTRequests, "ap-northeast-1", "2025-06-17", "0.00000425 0.00000353 0.000003 0.00000191"},
		{HTTPRequests, "us-east-1", "2025-06-17", "0.000001 0.0000009"},
		{EgressGB, "ap-northeast-1", "2025-06-17", "0.114 0.089 0.086 0.084"},
		{IPv4Hours, "us-east-1", "2024-01-31", "0"},
		{IPv4Hours, "us-east-1", "2024-02-01", "0.005"},
		{LogsIngestedGB, "ap-northeast-1", "2025-04-30", "0.76"},
		{LogsIngestedGB, "ap-northeast-1", "2025-05-01", "0.76 0.38 0.152 0.076"},
		{Zone("au").Meter(CloudFrontHTTPS), Global, "2025-04-25", "0.00000125"},
		{Zone("in").Meter(CloudFrontOriginGB), Global, "2025-04-25", "0.16"},
		{Zone("jp").Meter(CloudFrontEgressGB), Global, "2025-04-25", "0.114 0.089 0.086 0.084 0.08 0.07 0.06"},
	} {
		rates, err := book.Rates(c.meter, c.region, date(t, c.day))
		if err != nil {
			t.Error(err)
			continue
		}
		var got []string
		for _, r := range rates {
			got = append(got, r.USD.String())
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s in %s on %s: %s, want %s", c.meter, c.region, c.day, got, c.want)
		}
	}
}

func TestRateErrorsNameWhatIsKnown(t *testing.T) {
	book := shipped(t)
	day := NewDate(2024, time.July, 1)
	var unknown *UnknownRateError
	var early *NotYetError
	for _, c := range []struct {
		meter  Meter
		region string
		day    Date
		target any
		want   string
	}{
		{"lambda.request", "us-east-1", day, &unknown, `unknown meter "lambda.request": near ones are lambda.requests, lambda.ephemeral_gb_seconds`},
		{LambdaRequests, "eu-west-9", day, &unknown, `no rate of meter "lambda.requests" in region "eu-west-9": known are ap-northeast-1, eu-central-1, eu-west-1, us-east-1, us-west-2`},
		{HTTPRequests, "us-east-1", NewDate(2018, time.January, 1), &early, `meter apigw.http.requests in region us-east-1 did not exist on 2018-01-01: it begins on 2020-03-12`},
	} {
		_, err := book.Rates(c.meter, c.region, c.day)
		if !errors.As(err, c.target) || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("error is %v, want %s", err, c.want)
		}
	}
}

// A rate that ended has no successor: the error names the day.
func TestRateThatEnded(t *testing.T) {
	_, err := oldPage(t).Rates(LambdaRequests, "us-east-1", NewDate(2024, time.July, 1))
	if err == nil || err.Error() != `no rate of meter "lambda.requests" in region "us-east-1" on 2024-07-01` {
		t.Errorf("error is %v", err)
	}
}

const header = "meter,region,from,until,seen_from,seen_until,tier_from,tier_until,unit,usd,rate_code,confidence,source\n"

func TestParseErrors(t *testing.T) {
	const good = "alb.hours,us-east-1,2020-01-01,,2020-01-01,2020-12-31,0,Inf,Hours,0.0225,,P,price list\n"
	if _, err := Parse("good.csv", strings.NewReader("# comment\n"+header+good)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, want string }{
		{"0.0225", "1e-2", `line 3: usd: "1e-2" is not a decimal number`},
		{"0.0225", "-1", `line 3: usd: -1 is negative`},
		{"2020-01-01,,", "2020-13-01,,", `line 3: from: "2020-13-01" is not a day`},
		{"2020-01-01,,", "2020-01-01,2019-01-01,", `line 3: until: 2019-01-01 is before 2020-01-01`},
		{"2020-12-31", "", `line 3: seen_until: is empty`},
		{",P,", ",Q,", `line 3: confidence: "Q" is not a confidence`},
		{"price list", "", `line 3: source: "" is empty`},
		{"Inf", "x", `line 3: tier_until: "x" is not a decimal number`},
		{"Inf", "10", `tiers from 2020-01-01 end at 10: want Inf`},
		{"0,Inf", "5,Inf", `tiers from 2020-01-01 begin at 5: want 0`},
		{"alb.hours", "moon.hours", `line 3: meter: meter "moon.hours" belongs to no known service`},
		{"Hours,", "", `wrong number of fields`},
		{"price list\n", "price list\n" + good, `does not end there`},
		{"price list\n", "price list\n" + strings.Replace(good, "2020-01-01,,", "2020-06-01,,", 1), `in force on the same day`},
		{"Inf,Hours,0.0225,,P,price list\n", "10,Hours,0.0225,,P,x\n" + strings.Replace(good, "0,Inf", "11,Inf", 1), `tiers from 2020-01-01: the one before 11 does not end there`},
		{"Inf,Hours,0.0225,,P,price list\n", "10,Hours,0.0225,,P,x\n" + strings.Replace(good, "0,Inf,Hours", "10,Inf,Weeks", 1), `units "Hours" and "Weeks" differ`},
	} {
		text := "# comment\n" + header + strings.Replace(good, c.old, c.new, 1)
		_, err := Parse("bad.csv", strings.NewReader(text))
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), `"bad.csv"`) {
			t.Errorf("%q for %q: error is %v, want %s", c.new, c.old, err, c.want)
		}
	}
	for text, want := range map[string]string{"": "no header line", "meter,region\n": "columns are"} {
		if _, err := Parse("bad.csv", strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error is %v, want %s", text, err, want)
		}
	}
}

func TestOtherTablesRefuse(t *testing.T) {
	for _, c := range []struct {
		parse      func(string) error
		text, want string
	}{
		{func(s string) error { _, err := parseEras("e.csv", strings.NewReader(s)); return err },
			"rule,from,until,value,confidence,source\na,2020-01-01,,1,A,x\na,2021-01-01,,2,A,x\n", `line 3: from: rule "a" is given twice`},
		{func(s string) error { _, err := parseEras("e.csv", strings.NewReader(s)); return err },
			"rule,from,until,value,confidence,source\na,2020-01-01,,-1,A,x\n", `line 2: value: "-1" is not a whole number`},
		{func(s string) error { _, err := parseFronts("f.csv", strings.NewReader(s)); return err },
			"kind,from,confidence,source\nbackdoor,2020-01-01,A,x\n", `line 2: kind: unknown front kind "backdoor"`},
		{func(s string) error { _, err := parseFree("g.csv", strings.NewReader(s)); return err },
			"id,plan,shape,scope,meters,quantity,unit,from,until,confidence,source\na,none,allowance,global,x,1,GB,2020-01-01,,A,x\n", `line 2: plan: "none" grants nothing`},
		{func(s string) error { _, err := parseFree("g.csv", strings.NewReader(s)); return err },
			"id,plan,shape,scope,meters,quantity,unit,from,until,confidence,source\na,always,band,global,x,1,GB,2020-01-01,,A,x\n", `line 2: shape: "band": want allowance or first-band`},
	} {
		if err := c.parse(c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error is %v, want %s", err, c.want)
		}
	}
}
