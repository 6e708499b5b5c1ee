package focus

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdoor/pricing"
)

func quantity(t testing.TB, s string) pricing.Quantity {
	t.Helper()
	q, err := pricing.ParseQuantity(s)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// Where list and net lines meet. Egress of us-east-1 costs $0.09 up to 10,240 GB,
// $0.085 up to 51,200 (AWSDataTransfer price list 2025-06), and 100 GB are free
// for every account since 2021-12-01; before, in 2020, 1 GB of each Region was a
// band of its own, behind which the paid bands begin. Each row is quantity, net
// cost, free quantity, worked out by hand.
func TestShared(t *testing.T) {
	book, err := pricing.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	egress := func(gb string) []pricing.Item {
		return []pricing.Item{{Meter: pricing.EgressGB, Region: "us-east-1", Quantity: quantity(t, gb)}}
	}
	now, then := pricing.NewDate(2026, time.November, 22), pricing.NewDate(2020, time.June, 1)
	for name, row := range map[string]struct {
		items   []pricing.Item
		account []pricing.Item
		on      pricing.Date
		free    pricing.FreeTier
		want    []string
	}{
		"nothing free":                  {egress("20000"), nil, now, pricing.FreeNone, []string{"10240 921.6 0", "9760 829.6 0"}},
		"within the first tier":         {egress("150"), nil, now, pricing.FreeAlways, []string{"150 4.5 100"}},
		"all of it":                     {egress("60"), nil, now, pricing.FreeAlways, []string{"60 0 60"}},
		"exactly all":                   {egress("100"), nil, now, pricing.FreeAlways, []string{"100 0 100"}},
		"from the last tier":            {egress("20000"), nil, now, pricing.FreeAlways, []string{"10240 921.6 0", "9760 821.1 100"}},
		"the second tier vanishes":      {egress("10300"), nil, now, pricing.FreeAlways, []string{"10240 918 40", "60 0 60"}},
		"a free band of its own":        {egress("20000"), nil, then, pricing.FreeAlways, []string{"10240 921.51 1", "9760 829.6 0"}},
		"the account took the free":     {egress("50"), egress("10240"), now, pricing.FreeAlways, []string{"50 4.5 0"}},
		"the account, across the tiers": {egress("1000"), egress("10240"), now, pricing.FreeAlways, []string{"1000 85.5 0"}},
		"nothing used":                  {egress("0"), nil, now, pricing.FreeAlways, []string{"0 0 0"}},
	} {
		t.Run(name, func(t *testing.T) {
			bill, err := book.Bill(pricing.Usage{Front: "f", Items: row.items}, pricing.BillOptions{AsOf: row.on, FreeTier: row.free, Account: row.account})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, r := range shared(bill) {
				got = append(got, fmt.Sprintf("%s %s %s", r.line.Quantity, r.net, r.free))
			}
			if !slices.Equal(got, row.want) {
				t.Errorf("rows are %q, want %q; the bill's lines are %+v", got, row.want, bill.Lines)
			}
		})
	}
}

// Every service of the shipped book has a place of its own.
func TestClasses(t *testing.T) {
	book, err := pricing.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, m := range book.Meters() {
		bill, err := book.Bill(pricing.Usage{Items: []pricing.Item{{Meter: m, Region: region(book, m), Quantity: pricing.Count(1)}}},
			pricing.BillOptions{AsOf: pricing.NewDate(2026, time.November, 22), FreeTier: pricing.FreeNone})
		if err != nil || len(bill.List) == 0 {
			continue // no price on the day
		}
		service := bill.List[0].Service
		seen[service] = true
		if c := classOf(service); c.category == "Other" || c.provider == "" || c.subcategory == "" || (c.provider == "AWS") == strings.Contains(service, "Akamai") {
			t.Errorf("%s is %+v", service, c)
		}
	}
	if len(seen) < 10 {
		t.Errorf("only %d services were looked at: %v", len(seen), seen)
	}
	if c := classOf("Amazon Something New"); c != (class{"AWS", "Other", "Other (Other)"}) {
		t.Errorf("an unknown service is %+v", c)
	}
}

func region(book *pricing.Book, m pricing.Meter) string {
	if regions := book.Regions(m); len(regions) > 0 {
		return regions[0]
	}
	return pricing.Global
}

// The ends of the forecast are given where a meter has one row, and not where its
// quantity passes from tier to tier.
func TestBetween(t *testing.T) {
	book, err := pricing.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	bill := func(gb string) pricing.Bill {
		b, err := book.Bill(pricing.Usage{Items: []pricing.Item{{Meter: pricing.EgressGB, Region: "us-east-1", Quantity: quantity(t, gb)}}},
			pricing.BillOptions{AsOf: pricing.NewDate(2026, time.November, 22), FreeTier: pricing.FreeAlways})
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for _, row := range []struct{ low, mid, high, want string }{
		{"200", "300", "400", "9 27"},
		{"50", "300", "400", "0 27"}, // the low end is free
		{"200", "300", "20000", "none"},
		{"200", "20000", "30000", "none"},
	} {
		got := "none"
		if low, high := between(shared(bill(row.mid)), 0, bill(row.low), bill(row.high)); low != nil && high != nil {
			got = low.String() + " " + high.String()
		}
		if got != row.want {
			t.Errorf("%s GB, %s to %s: %s, want %s", row.mid, row.low, row.high, got, row.want)
		}
	}
	if low, high := between(shared(bill("300")), 0, pricing.Bill{}, bill("400")); low != nil || high != nil {
		t.Error("a bill without the meter gave an end")
	}
}
