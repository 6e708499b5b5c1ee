package pricing

import (
	"slices"
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/record"
)

// telling is a front's requests: a of the warm-up was read for, and another of it does not
// say; b was read for, whose answer comes twice more out of a cache, and a's comes again; c
// called nothing; d does not say; e failed after it called; one was refused by the API, one
// got no answer and one was never sent.
func telling() []record.Hit {
	const read = "us-east-1>ap-northeast-1 rru=0.5 out=800 in=400"
	return []record.Hit{
		{Warmup: true, Status: 200, RequestID: "a", Consumed: read}, {Warmup: true, Status: 200, RequestID: "w"},
		{Status: 200, RequestID: "b", Consumed: read}, {Status: 200, RequestID: "b", Consumed: read}, {Status: 200, RequestID: "b", Consumed: read},
		{Status: 200, RequestID: "a", Consumed: read},
		{Status: 200, RequestID: "c", Consumed: "-"},
		{Status: 200, RequestID: "d"},
		{Status: 500, RequestID: "e"},
		{Status: 429},
		{Status: 0},
		{Sent: -1},
	}
}

// Each invocation counts once, those of the warm-up for no measured request: 0.5 units of
// the 5 requests that are known, or of 6 where one that does not say calls nothing.
func TestCalled(t *testing.T) {
	for _, c := range []struct {
		calls   Calls
		perUnit string
		unknown string
	}{
		{CallsUnknown, "0.1", "3 of 9 measured requests do not tell"},
		{CallsTold, "0.0833333333", "2 of 9 measured requests do not tell"},
		{CallsNothing, "0.1", ""},
	} {
		m := Measure(record.Front{ID: "f", Kind: front.APIGatewayREST}, telling(), nil)
		var w Workload
		m.Called(&w, c.calls)
		if len(w.Counted) != 3 || !w.Said || w.Counted[0].Meter != DynamoDBReadUnits || w.Counted[0].Region != "ap-northeast-1" || w.Counted[0].PerRequest.String() != c.perUnit {
			t.Errorf("calls %d: %+v", c.calls, w.Counted)
		}
		if out := w.Counted[1]; out.Meter != "egress.interregion_gb.ap-northeast-1" || out.Region != "us-east-1" || out.Counting == "" {
			t.Errorf("sent there: %+v", out)
		}
		if (c.unknown == "") != (len(w.Missing) == 0) || c.unknown != "" && !strings.HasPrefix(w.Missing[0].Reason, c.unknown) {
			t.Errorf("calls %d: missing %q", c.calls, w.Missing)
		}
	}
}

// Functions that never say are no functions that call nothing, whoever wrote them.
func TestCalledInSilence(t *testing.T) {
	const reason = "nobody counted what the handler reads and writes of the scenario's tables; its answers do not say (header x-bench-consumed)"
	hits := []record.Hit{{Status: 200, RequestID: "a"}, {Status: 200, RequestID: "-"}}
	for calls, want := range map[Calls][]Gap{
		CallsUnknown: {{DynamoDBReadUnits, reason}, {DynamoDBWriteUnits, reason}},
		CallsTold:    {{DynamoDBReadUnits, reason}, {DynamoDBWriteUnits, reason}},
		CallsNothing: nil, CallsCounted: nil,
	} {
		m := Measure(record.Front{ID: "f", Kind: front.FunctionURL}, hits, nil)
		var w Workload
		m.Called(&w, calls)
		if len(w.Counted) != 0 || w.Said || !slices.Equal(w.Missing, want) {
			t.Errorf("calls %d: %+v, missing %q", calls, w.Counted, w.Missing)
		}
	}
}

// Of two functions of a request only one says what it consumed. The other may have called
// anything, unless both are bench's own.
func TestCalledByOneOfTwo(t *testing.T) {
	hits := []record.Hit{{Status: 200, RequestID: "a,b", Consumed: ",us-east-1 wru=1"}, {Status: 200, RequestID: "c,d", Consumed: "-,-"}, {Status: 500, RequestID: "e,f", Consumed: ",us-east-1 wru=1"}}
	for calls, want := range map[Calls]string{CallsTold: "1", CallsUnknown: ""} {
		m := Measure(record.Front{ID: "f", Kind: front.EdgeViewerRequest}, hits, nil)
		var w Workload
		m.Called(&w, calls)
		got := ""
		for _, c := range w.Counted {
			got += c.PerRequest.String()
		}
		if got != want {
			t.Errorf("calls %d: %s units a request, want %s", calls, got, want)
		}
	}
	m := Measure(record.Front{ID: "f", Kind: front.EdgeViewerRequest}, hits[2:], nil)
	var w Workload
	if m.Called(&w, CallsTold); len(w.Counted) != 0 || len(w.Missing) == 0 {
		t.Errorf("of no request that is known: %+v, %q", w.Counted, w.Missing)
	}
}

// Behind CloudFront an error page may have any status, and what is no function's says
// nothing of one.
func TestConsumptionAtTheEdge(t *testing.T) {
	f := record.Front{ID: "f", Kind: front.EdgeOriginRequest}
	var c Consumption
	for _, h := range []record.Hit{
		{Status: 200, RequestID: "a,b", Consumed: ",us-east-1 wru=1", Cache: "LambdaGeneratedResponse from cloudfront"},
		{Status: 200, Cache: "Hit from cloudfront"}, // of the origin
		{Status: 200, Cache: "Error from cloudfront"},
		{Status: 429, Cache: "Error from cloudfront"},
	} {
		c.Add(f, h)
	}
	if told, any := c.Unknown(CallsTold), c.Unknown(CallsUnknown); told != 2 || any != 4 {
		t.Errorf("%d and %d are not known, want 2 and 4", told, any)
	}
}

// The bill of the month has what was said, at Tokyo's 0.0000001425 for a read unit (the
// book's source), and says where it comes from.
func TestCalledOnTheBill(t *testing.T) {
	m := measuredOf(front.APIGatewayREST)
	w := m.Workload(Forecast{RequestsPerMonth: 1 << 20})
	told := Measure(record.Front{ID: "f", Kind: front.APIGatewayREST}, telling()[:7], nil)
	told.Called(&w, CallsUnknown)
	bill, err := shipped(t).Price(w, BillOptions{AsOf: date(t, "2026-11-22"), FreeTier: FreeNone})
	if err != nil {
		t.Fatal(err)
	}
	if got := show(bill.Lines[len(bill.Lines)-3 : len(bill.Lines)-2]); got != "104857.6@0.0000001425" {
		t.Errorf("%s", got)
	}
	if !slices.Contains(bill.Notes, "what the handler called is as its answers say (header x-bench-consumed), of the measured requests") {
		t.Errorf("notes %q", bill.Notes)
	}
}
