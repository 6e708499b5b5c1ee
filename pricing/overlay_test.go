package pricing

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// priced is "usd@from" of the bands in force, or the error's kind.
func priced(b *Book, m Meter, region string, day Date) string {
	rates, err := b.Rates(m, region, day)
	if err != nil {
		return "none"
	}
	var parts []string
	for _, r := range rates {
		parts = append(parts, r.USD.String()+"@"+r.Tier.From.String()+" "+r.Source)
	}
	return strings.Join(parts, ",")
}

// snapshot is a made-up price of ALB hours with two bands.
func snapshot(from, until, published Date, usd string) []Rate {
	price, _ := ParseUSD(usd)
	middle := Count(100)
	r := Rate{Meter: ALBHours, Region: "us-east-1", InForce: Span{from, until}, Seen: Span{from, published},
		Unit: "Hours", USD: price, Mark: FromPriceData, Source: "snapshot " + usd}
	low, high := r, r
	low.Tier.Until, high.Tier.From = &middle, middle
	return []Rate{low, high}
}

// On the days of the user's spans the user's rates hold, on all others the
// book's: for random spans, on every day.
func TestOverHoldsDayByDay(t *testing.T) {
	shipped := shipped(t)
	first := NewDate(2016, time.August, 1)
	day := func(n int) Date { return Date{first.t.AddDate(0, 0, n)} }
	random := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		var rates []Rate
		at := 0
		for i := range 1 + random.IntN(3) {
			from := at + 1 + random.IntN(40)
			until := from + random.IntN(40)
			at = until
			span := Span{day(from), day(until)}
			if i > 0 && random.IntN(3) == 0 {
				span.Until = Date{}
			}
			rates = append(rates, snapshot(span.From, span.Until, day(from+5), fmt.Sprint(i+1))...)
			if span.Until.IsZero() {
				break
			}
		}
		user, err := NewBook(rates)
		if err != nil {
			t.Fatal(err)
		}
		over, err := shipped.Over(user)
		if err != nil {
			t.Fatal(err)
		}
		for n := range 200 {
			want := priced(user, ALBHours, "us-east-1", day(n))
			if want == "none" {
				want = priced(shipped, ALBHours, "us-east-1", day(n))
			}
			if got := priced(over, ALBHours, "us-east-1", day(n)); got != want {
				t.Fatalf("%s: %s, want %s", day(n), got, want)
			}
		}
		for _, m := range shipped.Meters() {
			for _, region := range shipped.Regions(m) {
				if m != ALBHours && priced(over, m, region, day(100)) != priced(shipped, m, region, day(100)) {
					t.Fatalf("%s in %s changed", m, region)
				}
			}
		}
		if len(over.eras) != len(shipped.eras) || len(over.free) != len(shipped.free) || len(over.fronts) != len(shipped.fronts) {
			t.Fatal("rules, free tiers or fronts were lost")
		}
	}
	if got := priced(shipped, ALBHours, "us-east-1", day(100)); strings.Contains(got, "snapshot") {
		t.Fatalf("the shipped book was changed: %s", got)
	}
}

func TestOverRefusesAnotherUnit(t *testing.T) {
	rates := snapshot(NewDate(2020, 1, 1), Date{}, NewDate(2020, 1, 2), "1")
	for i := range rates {
		rates[i].Unit = "Weeks"
	}
	user, err := NewBook(rates)
	if err != nil {
		t.Fatal(err)
	}
	_, err = shipped(t).Over(user)
	if err == nil || !strings.Contains(err.Error(), `meter "alb.hours" in region "us-east-1": units`) {
		t.Errorf("error is %v", err)
	}
}

func TestLatest(t *testing.T) {
	d := func(text string) Date { return date(t, text) }
	old := snapshot(d("2019-04-01"), Date{}, d("2019-04-24"), "1")
	young := snapshot(d("2022-08-01"), Date{}, d("2022-08-09"), "2")
	corrected := snapshot(d("2022-08-01"), Date{}, d("2022-09-01"), "3")
	ended := snapshot(d("2020-01-01"), d("2020-12-31"), d("2021-06-01"), "4")
	listed := func(version string, rates []Rate) []Rate {
		for i := range rates {
			rates[i].Source = PriceList + "AWSELB " + version
		}
		return rates
	}
	morning := listed("20220901080000", snapshot(d("2022-08-01"), Date{}, d("2022-09-01"), "5"))
	evening := listed("20220901200000", snapshot(d("2022-08-01"), Date{}, d("2022-09-01"), "6"))
	announced := listed("20260101000000", snapshot(d("2026-06-01"), Date{}, d("2026-06-01"), "8")) // ahead of its day
	since := listed("20260315000000", snapshot(d("2026-05-01"), Date{}, d("2026-05-01"), "9"))
	byHand := snapshot(d("2022-08-01"), Date{}, d("2022-09-02"), "7")
	byHand[0].Source, byHand[1].Source = "our contract, page 1", "our contract, page 2"
	for _, c := range []struct {
		name   string
		rates  [][]Rate
		prices map[string]string // day to first price
	}{
		{"two", [][]Rate{old, young}, map[string]string{"2019-03-31": "none", "2019-04-01": "1", "2022-07-31": "1", "2022-08-01": "2", "2030-01-01": "2"}},
		{"the same day twice", [][]Rate{old, young, corrected}, map[string]string{"2022-07-31": "1", "2022-08-01": "3"}},
		{"two versions of one day", [][]Rate{morning, evening}, map[string]string{"2022-08-01": "6"}},
		{"bands with sources of their own", [][]Rate{evening, byHand}, map[string]string{"2022-08-01": "7"}},
		{"announced, and published again since", [][]Rate{announced, since}, map[string]string{"2026-04-30": "none", "2026-05-01": "9", "2026-06-01": "9"}},
		{"one that ended", [][]Rate{old, ended}, map[string]string{"2019-12-31": "1", "2020-01-01": "4", "2020-12-31": "4", "2021-01-01": "1"}},
	} {
		for _, reversed := range []bool{false, true} {
			groups := slices.Clone(c.rates)
			if reversed {
				slices.Reverse(groups)
			}
			book, err := NewBook(Latest(slices.Concat(groups...)))
			if err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			for day, want := range c.prices {
				got, _, _ := strings.Cut(priced(book, ALBHours, "us-east-1", d(day)), "@")
				if got != want {
					t.Errorf("%s, reversed %v: on %s %s, want %s", c.name, reversed, day, got, want)
				}
			}
		}
	}
}

// A list published on 2019-04-24 cannot know of the tiers of 2022-08-01.
func TestEndBefore(t *testing.T) {
	price, _ := ParseUSD("0.0000166667")
	r := Rate{Meter: LambdaGBSecondsX86, Region: "us-east-1", Unit: "GB-Seconds", USD: price, Mark: FromPriceData, Source: "x",
		InForce: Span{From: date(t, "2019-04-01")}, Seen: Span{date(t, "2019-04-01"), date(t, "2019-04-24")}}
	fresh := r
	fresh.Seen.Until = date(t, "2026-09-19")
	other := r
	other.Region = "eu-north-9"
	got := shipped(t).EndBefore([]Rate{r, fresh, other})
	for i, want := range []string{"2022-07-31", "", ""} {
		if got[i].InForce.Until.String() != want {
			t.Errorf("rate %d ends on %q, want %q", i, got[i].InForce.Until, want)
		}
	}
	if !r.InForce.Until.IsZero() {
		t.Error("the argument was changed")
	}
}

func TestParseUserTakesSnapshotsThatOverlap(t *testing.T) {
	text := header + "alb.hours,us-east-1,2020-01-01,,2020-01-01,2020-02-01,0,Inf,Hours,1,,P,a\n" +
		"alb.hours,us-east-1,2021-01-01,,2021-01-01,2021-02-01,0,Inf,Hours,2,,P,b\n"
	if _, err := Parse("u.csv", strings.NewReader(text)); err == nil {
		t.Error("Parse takes rates that overlap")
	}
	book, err := ParseUser("u.csv", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if a, b := priced(book, ALBHours, "us-east-1", date(t, "2020-12-31")), priced(book, ALBHours, "us-east-1", date(t, "2021-01-01")); a != "1@0 a" || b != "2@0 b" {
		t.Errorf("%q, %q", a, b)
	}
	text = strings.Replace(text, "0,Inf,Hours,1", "7,Inf,Hours,1", 1)
	if _, err = ParseUser("u.csv", strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), `read price book "u.csv": meter "alb.hours" in region "us-east-1": tiers from 2020-01-01 begin at 7`) {
		t.Errorf("error is %v", err)
	}
}

func same(x, y []Rate) bool {
	plain := func(rates []Rate) []string {
		var lines []string
		for _, r := range sorted(rates) {
			until := ""
			if r.Tier.Until != nil {
				until = r.Tier.Until.String()
			}
			lines = append(lines, fmt.Sprint(r.Tier.From, " ", until, " ", r.USD))
			r.Tier, r.USD = Tier{}, USD{}
			lines = append(lines, fmt.Sprintf("%+v", r))
		}
		return lines
	}
	return reflect.DeepEqual(plain(x), plain(y))
}

func TestWriteCSVRefuses(t *testing.T) {
	good := snapshot(NewDate(2020, 1, 1), Date{}, NewDate(2020, 2, 1), "1")
	broken := slices.Clone(good)
	broken[1].Source = "a\nb"
	endless := slices.Clone(good)
	endless[0].USD = endless[0].USD.Div(Count(3))
	for _, c := range []struct {
		comments []string
		rates    []Rate
		want     string
	}{
		{[]string{"a\nb"}, good, `comment "a\nb" has a line break`},
		{nil, broken, `meter "alb.hours" in region "us-east-1": source "a\nb" has a line break`},
		{nil, endless, `the decimals of 0.3333333333 never end`},
	} {
		if err := WriteCSV(&strings.Builder{}, c.comments, c.rates); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error is %v, want %s", err, c.want)
		}
	}
}

// What Parse reads, WriteCSV writes so that Parse reads it again.
func FuzzWriteCSV(f *testing.F) {
	f.Add(header + "alb.hours,us-east-1,2020-01-01,,2020-01-01,2020-12-31,0,Inf,Hours,0.0225,,P,\"a \"\"list\"\", dated\"\n")
	f.Add(header + "alb.hours,us-east-1,2020-01-01,2021-01-01,2020-03-04,2020-12-31,0,5.5,Hours,0,X,T,a # b\n" +
		"alb.hours,us-east-1,2020-01-01,2021-01-01,2020-03-04,2020-12-31,5.5,Inf,Hours,7,X,A,b\n")
	book, err := Shipped()
	if err != nil {
		f.Fatal(err)
	}
	var text strings.Builder
	if err := WriteCSV(&text, []string{"a comment"}, book.All()); err != nil {
		f.Fatal(err)
	}
	f.Add(text.String())
	f.Fuzz(func(t *testing.T, text string) {
		book, err := Parse("in.csv", strings.NewReader(text))
		if err != nil {
			return
		}
		var out strings.Builder
		if err := WriteCSV(&out, []string{"one", "two, \"three\""}, book.All()); err != nil {
			if !strings.Contains(err.Error(), "line break") {
				t.Fatal(err)
			}
			return
		}
		again, err := Parse("out.csv", strings.NewReader(out.String()))
		if err != nil {
			t.Fatalf("%v\n%s", err, out.String())
		}
		if !same(book.All(), again.All()) {
			t.Fatalf("%s\nwas read from\n%s", out.String(), text)
		}
	})
}

// Every rate of the shipped books comes back as it was.
func TestShippedRatesSurviveWriteCSV(t *testing.T) {
	rates := shipped(t).All()
	var text strings.Builder
	if err := WriteCSV(&text, nil, rates); err != nil {
		t.Fatal(err)
	}
	again, err := Parse("out.csv", strings.NewReader(text.String()))
	if err != nil {
		t.Fatal(err)
	}
	if len(rates) == 0 || !same(rates, again.All()) {
		t.Error("the rates read again differ")
	}
}
