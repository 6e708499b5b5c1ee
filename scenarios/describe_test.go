package scenarios

import (
	"strings"
	"testing"
)

// TestDescribeKnowsWhatTheSchemaKnows compares the two readers of the tables.
func TestDescribeKnowsWhatTheSchemaKnows(t *testing.T) {
	text, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	entries := Describe()
	if len(entries) < 60 {
		t.Fatalf("only %d fields", len(entries))
	}
	seen := map[string]Entry{}
	for _, e := range entries {
		seen[e.Field] = e
		name := e.Field[strings.LastIndex(e.Field, ".")+1:]
		if !strings.Contains(string(text), `"`+name+`": {`) {
			t.Errorf("the schema lacks %s", e.Field)
		}
	}
	want := Entry{Field: "load.connections", Want: "a whole number, from 1 to 10000", Default: "64",
		Doc: "The most connections that a trial opens. Requests that find none free wait, and the wait counts as latency; without a bound one hiccup grows into a storm of connections. Over HTTP/2 a connection carries many requests at once, and another is opened when the streams that the front allows on all of them are taken; 1 is what a browser has. Over HTTP/3 there is one."}
	if got := seen["load.connections"]; got != want {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
	for _, field := range []string{"fronts[].memory", "requests[].expect.body.json", "load.stages[].from", "traffic.requests_per_month.low", "load.tls.ca_file"} {
		if _, ok := seen[field]; !ok {
			t.Errorf("%s is not described", field)
		}
	}
}
