package spend_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/pricing/spend"
	"frontdoor/record"
)

// What bench writes is no front's, in the table's Region and the hour in which it was
// sent, that before a trial's beginning included. 715 units of $0.000000715 are
// $0.000511225 in ap-northeast-1 (the book's source).
func TestWritesAreOnTheRunsBill(t *testing.T) {
	f := record.Front{ID: "f", Kind: front.APIGatewayHTTP, URL: "https://f", Region: "us-east-1", FunctionIn: "us-east-1"}
	rec := recording(f)
	hour := start.Truncate(time.Hour)
	rec.Trials[0].Started = hour.Add(time.Second)
	event := func(at float64, units int64) record.Event {
		return record.Event{AtS: at, What: record.ItemWritten, Region: "ap-northeast-1", Write: &record.Write{Table: "Jobs", Units: units}}
	}
	rec.Trials[0].Events = []record.Event{event(-2, 700), event(0, 10), event(0.5, 5), {What: record.Resolves, Region: "ap-northeast-1"}}
	rec.Measured[0].Trial = rec.Trials[0]
	got, err := spend.Of(rec, nil)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, u := range got.Front("").Uses {
		lines = append(lines, string(u.Meter)+" "+u.Region+" "+u.Hour.Sub(hour).String()+" "+u.Quantity.String()+" "+string(u.Kind))
	}
	if want := []string{"dynamodb.write_units ap-northeast-1 -1h0m0s 700 ", "dynamodb.write_units ap-northeast-1 0s 15 "}; !slices.Equal(lines, want) {
		t.Errorf("%q, want %q", lines, want)
	}
	bill, err := got.Front("").Bill(book(t), pricing.BillOptions{FreeTier: pricing.FreeNone})
	if err != nil || bill.Total.String() != "0.000511225" {
		t.Errorf("%s, %v", bill.Total, err)
	}
	for _, g := range got.Missing {
		if g.Meter == pricing.DynamoDBWriteUnits {
			t.Errorf("nothing failed, and missing is %+v", g)
		}
	}
	rec.Trials[0].Events[1].Write.Error, rec.Trials[0].Events[2].Write.Attempts = "no answer", 2
	if got, err = spend.Of(rec, nil); err != nil || !slices.ContainsFunc(got.Missing, func(g pricing.Gap) bool {
		return g.Meter == pricing.DynamoDBWriteUnits && strings.HasPrefix(g.Reason, "2 of bench's own writes failed at least once")
	}) {
		t.Errorf("missing %+v, %v", got.Missing, err)
	}
}

// A plan has the same, each trial's in the hour in which it starts.
func TestPlannedWrites(t *testing.T) {
	at := start.Truncate(time.Hour).Add(59 * time.Minute)
	w := spend.Written{"ap-northeast-1": 7, "eu-west-1": 2}
	plan := spend.Plan{Start: at, Reading: new(record.Reading), Tried: spend.Written{"eu-west-1": 1},
		Trials: []spend.Trial{{Start: at, Length: time.Minute, Written: w}, {Start: at.Add(time.Minute), Length: time.Minute, Written: w.Times(3)}}}
	got, err := spend.Planned(plan)
	if err != nil {
		t.Fatal(err)
	}
	hour := start.Hour()
	want := []spend.Use{
		{Region: "ap-northeast-1", Hour: start.Truncate(time.Hour), Quantity: pricing.Count(7)},
		{Region: "ap-northeast-1", Hour: start.Truncate(time.Hour).Add(time.Hour), Quantity: pricing.Count(21)},
		{Region: "eu-west-1", Hour: start.Truncate(time.Hour), Quantity: pricing.Count(3)},
		{Region: "eu-west-1", Hour: start.Truncate(time.Hour).Add(time.Hour), Quantity: pricing.Count(6)},
	}
	if !slices.EqualFunc(got.Uses, want, func(a, b spend.Use) bool {
		return a.Front == "" && a.Meter == pricing.DynamoDBWriteUnits && a.Region == b.Region && a.Hour.Equal(b.Hour) && a.Quantity.Equal(b.Quantity)
	}) {
		t.Errorf("hour %d:\n%s", hour, show(got))
	}
	if w["eu-west-1"] != 2 {
		t.Error("what was planned has changed")
	}
}
