package report

import (
	"reflect"
	"testing"

	"frontdoor/record"
)

// A counter is given per request sent, warm-ups and further attempts included; a
// front that was sent nothing has none per request, and one without the counter
// shows a dash and no zero.
func TestCountsPerRequest(t *testing.T) {
	rec := &record.Recording{Run: record.Run{Trials: []record.Trial{
		{Front: "a", Load: &record.Load{Sent: 30, Warmup: 10}},
		{Front: "a", Attempt: 2, Load: &record.Load{Sent: 10}},
		{Front: "b"},
	}}, Counters: []record.Counter{
		{Front: "a", Name: "s3.get", Region: "us-east-1", Value: 10},
		{Front: "a", Name: "dynamodb.read_units", Region: "eu-west-1", Value: 20},
		{Front: "b", Name: "s3.get", Region: "us-east-1", Value: 3},
		{Name: "route53.queries.latency", Value: 5},
	}}
	r := &Report{}
	for _, id := range []string{"a", "b", "c"} {
		r.Fronts = append(r.Fronts, Front{ID: id, Counts: countsOf(rec, id)})
	}
	quarter := 0.25
	if got := r.Fronts[0].Counts[0]; !reflect.DeepEqual(got, Count{"s3.get", "us-east-1", 10, &quarter}) {
		t.Errorf("%+v", got)
	}
	if got := r.Fronts[1].Counts[0]; got.PerRequest != nil {
		t.Errorf("%v per request of none", *got.PerRequest)
	}
	want := [][]string{
		{"dynamodb.read_units", "eu-west-1", "0.500", "-", "-"},
		{"s3.get", "us-east-1", "0.250", "3.00 in all", "-"},
	}
	if g := countTable(r); !reflect.DeepEqual(g.Rows, want) || len(g.Header) != 5 {
		t.Errorf("%q %q", g.Header, g.Rows)
	}
}
