package report

import (
	"strings"
	"testing"

	"frontdoor/pricing"
	"frontdoor/record"
)

// What reading took is priced by Region: 1,200 metrics at $0.00001 are $0.012, a GiB
// scanned in Ireland $0.0057. A Region without a rate makes it that or more.
func TestReadingCost(t *testing.T) {
	book, err := pricing.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	rec := &record.Recording{Meters: &record.Meters{Reading: &record.Reading{WaitedS: 65, Regions: []record.RegionReading{
		{Region: "us-east-1", MetricCalls: 3, MetricsRequested: 1200, LogCalls: 2, LogEvents: 3000}, {Region: "eu-west-1", ListCalls: 2, Queries: 1, ScannedBytes: 1 << 30},
	}}}}
	rec.Started = at(0)
	r, err := readingOf(rec, book)
	if err != nil || r.Cost.String() != "0.0177" || r.Partial {
		t.Errorf("%s, %v, %v", r.Cost, r.Partial, err)
	}
	want := "read back: 1,200 metrics in 3 calls, 3,000 log lines in 2 pages of FilterLogEvents, 1,073,741,824 bytes of logs in 1 scan of Logs Insights, 2 calls to find functions at the edge; 2 Regions, waiting 65 s: $0.01770 at list price"
	if r.String() != want {
		t.Errorf("%s\nwant %s", r, want)
	}
	rec.Meters.Reading.Regions[0].Region = "eu-north-1"
	if r, err = readingOf(rec, book); err != nil || r.Cost.String() != "0.0057" || !r.Partial || !strings.Contains(r.String(), "$0.005700 at list price or more") {
		t.Errorf("%s, %v, %v", r, r.Partial, err)
	}
	if r, err := readingOf(&record.Recording{}, book); r != nil || err != nil {
		t.Errorf("%v, %v of a run that nobody read back", r, err)
	}
}

func TestRegionShares(t *testing.T) {
	reports := []record.Report{{Region: "us-west-2", BilledMS: 5}, {Region: "eu-central-1", BilledMS: 7}, {BilledMS: 1}, {Region: "eu-central-1", BilledMS: 8}}
	fn := Function{Regions: regionShares(reports)}
	if got := fn.ranIn(); got != "invocations by the Region that ran them, warm-ups included: eu-central-1 2 (15 ms billed), us-west-2 1 (5 ms billed)" {
		t.Error(got)
	}
	if got := (Function{Regions: regionShares(reports[:1])}).ranIn(); got != "" {
		t.Errorf("one Region: %q", got)
	}
}

// What a Region did not answer is said once.
func TestUnasked(t *testing.T) {
	r := &Reading{Reading: record.Reading{Regions: []record.RegionReading{{Region: "ap-south-1", Problems: []string{"not enabled"}}, {Region: "us-east-1", Problems: []string{"no log group"}}}}}
	if got := r.unasked([]Front{{Problems: []string{"no log group"}}}); len(got) != 1 || got[0] != "Region ap-south-1: not enabled" {
		t.Errorf("%q", got)
	}
}
