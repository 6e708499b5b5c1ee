package pricing

import (
	"slices"
	"testing"

	"frontdoor/front"
	"frontdoor/record"
)

// What the lab counted over a run is on the bill of the month: 400 requests were sent,
// with 200 read units in Tokyo, 100 KiB from there to Virginia and 100 KiB back, so
// that a month of 2^20 requests has 524,288 units and 0.25 GiB each way. Units of other
// fronts, and what is on no bill, stay out. Rates of 2025-06: Tokyo reads 0.0000001425,
// transfer from Tokyo 0.09 and from Virginia 0.02 (the book's sources); Virginia has
// S3 GETs for 0.0000004.
func TestCounted(t *testing.T) {
	const tokyo, virginia = "ap-northeast-1", "us-east-1"
	counters := []record.Counter{
		{Front: "f", Name: "dynamodb.read_units", Region: tokyo, Value: 200},
		{Front: "f", Name: "egress.interregion_bytes.us-east-1", Region: tokyo, Value: 102400},
		{Front: "f", Name: "egress.interregion_bytes.ap-northeast-1", Region: virginia, Value: 102400},
		{Front: "f", Name: "s3.get", Region: virginia, Value: 400},
		{Front: "f", Name: "cloudfront.cache_hits", Value: 7},
		{Front: "g", Name: "dynamodb.read_units", Region: tokyo, Value: 1},
		{Name: "dynamodb.write_units", Region: tokyo, Value: 1},
	}
	w := measuredOf(front.APIGatewayREST).Workload(Forecast{RequestsPerMonth: 1 << 20})
	before, err := shipped(t).Price(w, BillOptions{AsOf: date(t, "2026-11-22"), FreeTier: FreeNone})
	if err != nil {
		t.Fatal(err)
	}
	w.Counted = CountedOf(counters, record.Front{ID: "f"}, 400)
	bill, err := shipped(t).Price(w, BillOptions{AsOf: date(t, "2026-11-22"), FreeTier: FreeNone})
	if err != nil {
		t.Fatal(err)
	}
	const want = `524288@0.0000001425, 0.25@0.09, 0.25@0.02, 1048576@0.0000004`
	if got := show(bill.Lines[len(before.Lines):]); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	const note = "what the handler called is as the lab counted it over all requests, those of the warm-up included, by AWS's rules for each service"
	if !slices.Contains(bill.Notes, note) {
		t.Errorf("notes %q", bill.Notes)
	}
	// On-demand request units begin on 2018-11-28 (the book's source). Before, the rest
	// of the bill stands, with what is missing.
	early, err := shipped(t).Price(w, BillOptions{AsOf: date(t, "2018-01-01"), FreeTier: FreeNone})
	if err != nil || early.Unavailable != "" || len(early.Lines) == 0 {
		t.Fatalf("%+v %v", early, err)
	}
	gap := Gap{DynamoDBReadUnits, "meter dynamodb.read_units in region ap-northeast-1 did not exist on 2018-01-01: it begins on 2024-11-01: what was in its place is not on the bill"}
	if !slices.Contains(early.Missing, gap) {
		t.Errorf("%q", early.Missing)
	}
	if list := CountedOf(counters, record.Front{ID: "f"}, 0); list != nil {
		t.Errorf("%v of no requests", list)
	}
}
