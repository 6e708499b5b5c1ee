package spend_test

import (
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/pricing/spend"
	"frontdoor/record"
)

func book(t testing.TB) *pricing.Book {
	t.Helper()
	b, err := pricing.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A run of an hour in which nothing went wrong costs what pricing bills for a month of
// one hour of that traffic: two ways to one figure. The measured requests are all
// there are, and their durations are billed by the rules of 2026.
func TestBillIsThatOfAMonthOfOneHour(t *testing.T) {
	for _, kind := range front.Kinds() {
		if kind == front.CloudFrontFunction {
			continue // its logs are in no report
		}
		f := record.Front{ID: "f", Kind: kind, URL: "https://f", Region: "eu-west-1", FunctionIn: "eu-west-1", MemoryMB: 512, Architecture: "x86_64"}
		rec := recording(f)
		rec.Started = rec.Started.Add(10 * time.Second)
		m := &rec.Measured[0]
		m.Started, m.Ended = m.Started.Add(10*time.Second), m.Ended.Add(10*time.Second)
		rec.Trials[0].Started, rec.Trials[0].Ended = m.Started, m.Ended
		m.Hits[3].Status, m.Hits[3].RequestID, m.Hits[0].Warmup = 200, "c", false
		m.Hits = append(m.Hits[:2], m.Hits[3])
		for i := range m.Reports {
			r := &m.Reports[i]
			r.DurationUS, r.InitUS, r.MemoryMB = r.BilledMS*1000-300, -1, 512
		}
		s, err := spend.Of(rec, nil)
		if err != nil {
			t.Fatal(err)
		}
		o := pricing.BillOptions{FreeTier: pricing.FreeNone, AsOf: s.Day}
		got, err := s.Bill(book(t), o)
		if err != nil {
			t.Fatal(err)
		}
		measured := pricing.Measure(f, m.Hits, m.Reports)
		// Two connections stay open for the ten seconds and seven of them on average 7.
		seven := pricing.Count(7)
		want, err := book(t).Price(measured.Workload(pricing.Forecast{RequestsPerMonth: 3, HoursPerMonth: pricing.Count(1), ConnectionSeconds: &seven}), o)
		if err != nil {
			t.Fatal(err)
		}
		if got.Total.Cmp(want.Total) != 0 || got.Total.Sign() <= 0 {
			t.Errorf("%s: %s, and a month of an hour %s", kind, got.Total, want.Total)
			for _, l := range want.Lines {
				t.Log(l.Meter, l.Region, l.Quantity)
			}
			t.Log(show(s))
		}
	}
}

// A Region that the book does not know leaves a gap, and the rest of the bill stands: a
// function at the edge is looked for in every Region.
func TestUnknownRegionIsMissing(t *testing.T) {
	s := spend.Spent{Day: pricing.NewDate(2026, time.November, 29), Uses: []spend.Use{
		{Meter: pricing.GetMetricData, Region: "xx-nowhere-1", Quantity: pricing.Count(5)},
		{Meter: pricing.GetMetricData, Region: "us-east-1", Quantity: pricing.Count(5)},
	}}
	bill, err := s.Bill(book(t), pricing.BillOptions{FreeTier: pricing.FreeNone})
	if err != nil || len(bill.Lines) != 1 || !bill.LowerBound || len(bill.Missing) != 1 || bill.Missing[0].Meter != pricing.GetMetricData {
		t.Errorf("%+v, %v", bill, err)
	}
}
