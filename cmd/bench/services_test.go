package main

import (
	"testing"

	"frontdoor/lab"
	"frontdoor/record"
	"frontdoor/scenarios"
)

// bench lab says where tables and buckets are, in columns as those of the fronts.
func TestStores(t *testing.T) {
	s := &scenarios.Scenario{
		Tables:  []scenarios.Table{{Name: "Jobs", Regions: []string{"ap-northeast-1", "us-east-1"}}},
		Buckets: []scenarios.S3Bucket{{Name: "web", Region: "eu-west-1"}},
	}
	f := lab.Served{Endpoints: map[string]string{"AWS_ENDPOINT_URL_DYNAMODB": "http://d", "AWS_ENDPOINT_URL_S3": "http://s"}}
	const want = "dynamodb Jobs          ap-northeast-1, us-east-1 http://d\n" +
		"s3 web                 eu-west-1            http://s\n"
	if got := stores(s, f); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// Nobody counts behind deployed fronts, nor did for runs without counters; a scenario
// without tables has nothing to count.
func TestUncounted(t *testing.T) {
	fronts := []scenarios.Front{{ID: "lab"}, {ID: "live", Deployed: scenarios.Deployed{URL: "https://example.com"}}}
	tables := []scenarios.Table{{Name: "Jobs"}}
	for _, c := range []struct {
		counters []record.Counter
		tables   []scenarios.Table
		want     int
	}{
		{[]record.Counter{}, tables, 1}, {nil, tables, 2}, {nil, nil, 0},
	} {
		rec := &record.Recording{Counters: c.counters}
		if got := uncounted(rec, &scenarios.Scenario{Fronts: fronts, Tables: c.tables}); len(got) != c.want || c.want == 1 && got[0] != "live" {
			t.Errorf("%v, want %d", got, c.want)
		}
	}
}
