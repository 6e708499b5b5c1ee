package spend_test

import (
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/pricing/spend"
	"frontdoor/record"
)

// told is the recording of of_test.go without counters, whose answers say what they
// consumed: a the request of the warm-up, before the hour; b the one after it, and a once
// more, out of a cache.
func told() *record.Recording {
	rec := recording(record.Front{ID: "f", Kind: front.FunctionURL, Region: "us-east-1", FunctionIn: "us-east-1", MemoryMB: 128, Architecture: "x86_64"})
	rec.Counters = nil
	hits := rec.Measured[0].Hits
	hits[0].Consumed = "us-east-1 rru=0.5 wru=2"
	hits[1].Consumed = "us-east-1>eu-west-1 rru=1 out=1073741824 in=536870912"
	again := hits[1]
	again.RequestID, again.Consumed = "a", hits[0].Consumed
	rec.Measured[0].Hits = append(hits, again)
	return rec
}

// What was consumed is in the hour of the request that caused it, each invocation once;
// bytes over a border of Regions are where they left, in GiB as the book counts them.
func TestConsumedByTheHour(t *testing.T) {
	s, err := spend.Of(told(), map[string]pricing.Calls{"f": pricing.CallsTold})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, u := range s.Uses {
		if strings.HasPrefix(string(u.Meter), "dynamodb.") || strings.HasPrefix(string(u.Meter), "egress.interregion") {
			lines = append(lines, string(u.Meter)+" "+u.Region+" "+u.Hour.Format("15")+" "+u.Quantity.String())
		}
	}
	const want = "dynamodb.read_units eu-west-1 08 1\ndynamodb.read_units us-east-1 07 0.5\ndynamodb.write_units us-east-1 07 2\n" +
		"egress.interregion_gb.eu-west-1 us-east-1 08 1\negress.interregion_gb.us-east-1 eu-west-1 08 0.5"
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// The one request without an answer is missing of handlers that say so, unless they call
// nothing; a lab's counters leave no question, and are what is billed.
func TestConsumedIsMissing(t *testing.T) {
	const lost = "front f: 1 of 4 requests do not tell what their functions called, if anything (header x-bench-consumed): of that, tables and buckets are in no line"
	counted := told()
	counted.Counters = []record.Counter{{Front: "f", Name: "dynamodb.read_units", Region: "us-east-1", Value: 7}}
	for _, c := range []struct {
		rec    *record.Recording
		calls  pricing.Calls
		reason string
		read   string
	}{
		{told(), pricing.CallsUnknown, lost, "1.5"}, {told(), pricing.CallsTold, lost, "1.5"}, {told(), pricing.CallsNothing, "", "1.5"},
		{counted, pricing.CallsCounted, "", "7"},
	} {
		s, err := spend.Of(c.rec, map[string]pricing.Calls{"f": c.calls})
		if err != nil {
			t.Fatal(err)
		}
		reason := ""
		for _, g := range s.Missing {
			if g.Meter == pricing.DynamoDBReadUnits {
				reason += g.Reason
			}
		}
		if got := s.Sum(pricing.DynamoDBReadUnits).String(); reason != c.reason || got != c.read {
			t.Errorf("calls %d: %s units, missing %q", c.calls, got, reason)
		}
	}
}
