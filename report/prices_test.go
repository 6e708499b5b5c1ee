package report

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"frontdoor/pricing"
)

// priceTable is a made-up book: its prices are easy to find again in a golden.
const priceTable = `meter,region,from,until,seen_from,seen_until,tier_from,tier_until,unit,usd,rate_code,confidence,source
apigw.http.requests,us-east-1,2020-03-12,,2025-06-05,2025-06-05,0,300000000,Requests,0.000001,HTTP.1,P,"list, June"
apigw.http.requests,us-east-1,2020-03-12,,2025-06-05,2025-06-05,300000000,Inf,Requests,0.0000009,HTTP.2,P,"list, June"
alb.hours,us-east-1,2016-08-11,2024-12-31,2020-01-01,2024-12-31,0,Inf,Hours,0.0225,,A,page
alb.hours,us-east-1,2025-01-01,,2025-01-01,2025-06-05,0,Inf,Hours,0.025,,T,hearsay
alb.hours,eu-west-1,2016-08-11,2024-12-31,2020-01-01,2024-12-31,0,Inf,Hours,0.0252,,P,page
alb.hours,eu-central-1,2016-08-11,,2020-01-01,2024-12-31,0,Inf,Hours,0.027,,P,page
alb.hours,ap-northeast-1,2016-08-11,,2020-01-01,2024-12-31,0,Inf,Hours,0.0243,,P,page
cloudfront.to_origin_gb.jp,global,2017-07-17,,2021-10-14,2025-04-25,0,Inf,GB,0.06,,P,list
`

func priceBook(t *testing.T) *pricing.Book {
	book, err := pricing.Parse("test.csv", strings.NewReader(priceTable))
	check(t, err)
	return book
}

func TestPriceGoldens(t *testing.T) {
	book := priceBook(t)
	before, after := pricing.NewDate(2019, 6, 1), pricing.NewDate(2025, 6, 5)
	view := PriceView{Book: "shipped", Region: "us-east-1", AsOf: after}
	everywhere := PriceView{Book: "shipped", Region: pricing.EveryRegion, AsOf: after}
	// Free quantities and rules are tables of the shipped book only; these are
	// like them.
	shown, err := book.Show("alb.hours", "us-east-1", after)
	check(t, err)
	quantity, err := pricing.ParseQuantity("1750.5")
	check(t, err)
	shown[0].Free = []pricing.FreeQuantity{{ID: "some-hours", Plan: pricing.FreeNewAccount, FirstBand: true, PerRegion: true, Meters: []string{"alb.*"},
		Quantity: quantity, InForce: pricing.Span{From: before}, Mark: pricing.FromAWSText, Source: "free page"}}
	shown[0].Rules = []pricing.Rule{{Name: "lambda.granularity_ms", Value: 100, InForce: pricing.Span{From: before, Until: after}, Confidence: pricing.Confirmed, Source: "blog"},
		{Name: "lambda.init_billed", Value: 1, InForce: pricing.Span{From: before}, Confidence: pricing.Unconfirmed, Source: "guess"}}
	diff := book.Diff(pricing.EveryRegion, before, after)
	diff.Rules = []pricing.RuleChange{{Name: "lambda.granularity_ms", Before: &shown[0].Rules[0]}}
	diff.Free = []pricing.FreeChange{{ID: "some-hours", After: &shown[0].Free[0]}}
	offers := []ImportedOffer{{File: "elb.json", Offer: "AWSELB", Version: "20260919002359", Published: "2026-09-19T00:23:59Z",
		Rates: 1200, Meters: 3, Products: 4000, Ignored: 3997, LeftOut: []string{"alb.hours in us-east-1: products differ"}}}
	for _, format := range PriceFormats() {
		for name, write := range map[string]func(w *strings.Builder) error{
			"prices-list": func(w *strings.Builder) error {
				return PriceList(w, format, view, append(book.List("us-east-1", after), book.List("us-east-1", before)...))
			},
			"prices-show":   func(w *strings.Builder) error { return Prices(w, format, view, shown) },
			"prices-diff":   func(w *strings.Builder) error { return PriceDiff(w, format, everywhere, diff) },
			"prices-import": func(w *strings.Builder) error { return PriceImport(w, offers, pricing.Difference{After: after}) },
		} {
			t.Run(name+"/"+format, func(t *testing.T) {
				var got strings.Builder
				check(t, write(&got))
				path := filepath.Join("testdata", name+"."+format+".golden")
				if name == "prices-import" {
					path = filepath.Join("testdata", name+".golden")
				}
				if *update {
					check(t, os.WriteFile(path, []byte(got.String()), 0o644))
				}
				want, err := os.ReadFile(path)
				check(t, err)
				if got.String() != string(want) {
					t.Errorf("%s differs (-update writes it anew); it is now\n%s", path, got.String())
				}
			})
		}
	}
}

// CSV is rectangular with CRLF, and JSON has every band, with exact decimals.
func TestPriceDataIsWhole(t *testing.T) {
	book := priceBook(t)
	day := pricing.NewDate(2025, 6, 5)
	listings := book.List(pricing.EveryRegion, day)
	bands := 0
	for _, l := range listings {
		bands += max(1, len(l.Rates))
	}
	var text strings.Builder
	check(t, PriceList(&text, "csv", PriceView{}, listings))
	rows, err := csv.NewReader(strings.NewReader(text.String())).ReadAll()
	check(t, err)
	if len(rows) != 1+bands || bands != 6 || strings.Count(text.String(), "\r\n") != len(rows) {
		t.Errorf("%d rows of %d bands:\n%s", len(rows), bands, text.String())
	}
	text.Reset()
	check(t, PriceList(&text, "json", PriceView{}, listings))
	var doc struct {
		Meters []struct {
			Meter string
			Bands []struct{ USD string }
		}
	}
	check(t, json.Unmarshal([]byte(text.String()), &doc))
	found := map[string]string{}
	for _, m := range doc.Meters {
		for _, b := range m.Bands {
			found[m.Meter] += b.USD + " "
		}
	}
	if found["apigw.http.requests"] != "0.000001 0.0000009 " || found["alb.hours"] != "0.0243 0.027 0.025 " {
		t.Errorf("%v", found)
	}
	for _, write := range []func() error{
		func() error { return PriceList(&text, "pdf", PriceView{}, listings) },
		func() error { return Prices(&text, "pdf", PriceView{}, listings) },
		func() error { return PriceDiff(&text, "pdf", PriceView{}, pricing.Difference{}) },
	} {
		if err := write(); err == nil || err.Error() != `unknown format "pdf"` {
			t.Errorf("error is %v", err)
		}
	}
}
