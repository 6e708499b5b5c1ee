package spend_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/pricing/spend"
	"frontdoor/record"
)

var start = time.Date(2026, 11, 29, 7, 59, 58, 0, time.UTC) // two seconds before the hour

// recording is a run of one front with one trial of ten seconds: a request of the
// warm-up before the hour, and after it one that is measured, one that was never sent,
// and one whose client gave up. Three invocations, one of which no answer names.
func recording(f record.Front) *record.Recording {
	const s = int64(time.Second)
	t := record.Trial{Round: 1, Attempt: 1, Front: f.ID, State: record.Done, Started: start, Ended: start.Add(10 * time.Second), Load: &record.Load{Sent: 3}}
	m := record.Measured{Trial: t,
		Hits: []record.Hit{
			{Seq: 0, Warmup: true, Sent: 0, Done: s, Status: 200, BytesOut: 100, BytesIn: 1000, NewConn: true, RequestID: "a"},
			{Seq: 1, Sent: 3 * s, Done: 4 * s, Status: 200, BytesOut: 100, BytesIn: 600_000, RequestID: "b"},
			{Seq: 2, Sent: -1, Done: 5 * s, Error: "timeout"},
			{Seq: 3, Sent: 6 * s, Done: 9 * s, BytesOut: 100, NewConn: true, Error: "timeout"},
		},
		Reports: []record.Report{
			{RequestID: "a", BilledMS: 100, InitUS: 90_000, MemoryMB: 1024, LogBytes: 400},
			{RequestID: "b", BilledMS: 10, InitUS: -1, MemoryMB: 1024, LogBytes: 300},
			{RequestID: "c", BilledMS: 3000, InitUS: -1, MemoryMB: 1024, LogBytes: 300},
		},
	}
	return &record.Recording{
		Run:      record.Run{ID: "r", Source: record.SourceAWS, Started: start, Fronts: []record.Front{f}, Trials: []record.Trial{t}},
		Measured: []record.Measured{m}, Counters: []record.Counter{}, Meters: &record.Meters{Reading: &record.Reading{}},
	}
}

// show is a line for each use: meter, Region, hour and quantity, GB as bytes.
func show(s spend.Spent) string {
	var lines []string
	for _, u := range s.Uses {
		quantity := u.Quantity.String()
		if name := string(u.Meter); strings.Contains(name, "egress") || strings.Contains(name, "logs") {
			quantity = u.Quantity.Mul(pricing.Count(1<<30)).String() + " B"
		}
		lines = append(lines, fmt.Sprintf("%s %s %02d %s", u.Meter, u.Region, u.Hour.Hour(), quantity))
	}
	return strings.Join(lines, "\n")
}

// Worked out by hand from the record above. The third invocation belongs to the
// request that gave up, but nobody says so: it is in the hour in which its trial began.
// 1024 MB for 3,100 ms are 3.1 GB-seconds.
const functions = `lambda.gb_seconds.x86 eu-central-1 07 3.1
lambda.gb_seconds.x86 eu-central-1 08 0.01
lambda.requests eu-central-1 07 2
lambda.requests eu-central-1 08 1
logs.ingested_gb.vended eu-central-1 07 700 B
logs.ingested_gb.vended eu-central-1 08 300 B`

const egress = `egress.internet_gb eu-central-1 07 1000 B
egress.internet_gb eu-central-1 08 600000 B`

func TestOf(t *testing.T) {
	for kind, want := range map[front.Kind]string{
		front.APIGatewayREST:     "apigw.rest.requests eu-central-1 07 1\napigw.rest.requests eu-central-1 08 2\n" + egress + "\n" + functions,
		front.APIGatewayNonProxy: "apigw.rest.requests eu-central-1 07 1\napigw.rest.requests eu-central-1 08 2\n" + egress + "\n" + functions,
		// 600,100 bytes are two increments of 512 KB.
		front.APIGatewayHTTP: "apigw.http.requests eu-central-1 07 1\napigw.http.requests eu-central-1 08 3\n" + egress + "\n" + functions,
		front.FunctionURL:    egress + "\n" + functions,
		// Whole hours, two addresses, and the largest dimension of each: of a connection that
		// is new in 3,600 s, 1/3600/25; of 600,200 bytes, 600200/1e9/0.4.
		front.ALB: "alb.hours eu-central-1 07 1\nalb.hours eu-central-1 08 1\nalb.lcu_hours eu-central-1 07 0.0000111111\nalb.lcu_hours eu-central-1 08 0.0015005\n" +
			egress + "\nipv4.hours eu-central-1 07 2\nipv4.hours eu-central-1 08 2\n" + functions,
		front.EdgeViewerRequest: `cloudfront.egress_gb.eu global 07 1000 B
cloudfront.egress_gb.eu global 08 600000 B
cloudfront.requests.https.eu global 07 1
cloudfront.requests.https.eu global 08 2
edge.gb_seconds eu-central-1 07 3.1
edge.gb_seconds eu-central-1 08 0.01
edge.requests eu-central-1 07 2
edge.requests eu-central-1 08 1
` + functions[strings.Index(functions, "logs."):],
		front.CloudFrontFunction: `cff.invocations global 07 1
cff.invocations global 08 2
cloudfront.egress_gb.eu global 07 1000 B
cloudfront.egress_gb.eu global 08 600000 B
cloudfront.requests.https.eu global 07 1
cloudfront.requests.https.eu global 08 2`,
	} {
		rec := recording(record.Front{ID: "f", Kind: kind, URL: "https://f", Region: "eu-central-1", FunctionIn: "eu-central-1", MemoryMB: 1024, Architecture: "x86_64"})
		if kind == front.CloudFrontFunction {
			rec.Measured[0].Reports = nil
		}
		s, err := spend.Of(rec, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := show(s); got != want {
			t.Errorf("%s:\n got %s\nwant %s", kind, got, want)
		}
	}
}

// Every kind of front is metered on something: a new one fails here until it is.
func TestEveryKindIsMetered(t *testing.T) {
	for _, kind := range front.Kinds() {
		s, err := spend.Of(recording(record.Front{ID: "f", Kind: kind, URL: "https://f", Region: "us-east-1", MemoryMB: 128}), nil)
		if err != nil || len(s.Uses) < 4 {
			t.Errorf("%s: %s, %v", kind, show(s), err)
		}
	}
}

// 403 and 429 of an API that invoked nothing are free
// (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-pricing.html);
// those that a function answered are not.
func TestRefusedIsFree(t *testing.T) {
	rec := recording(record.Front{ID: "f", Kind: front.APIGatewayREST, Region: "us-east-1", MemoryMB: 128})
	hits := rec.Measured[0].Hits
	hits[0].Status, hits[0].RequestID = 429, ""
	hits[1].Status = 403
	s, err := spend.Of(rec, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Sum(pricing.RESTRequests).String(); got != "2" {
		t.Errorf("%s requests are charged, want 2: one is refused, one was not sent", got)
	}
}

// Lambda@Edge is billed in the Region that ran it, and its viewers are near that one.
func TestEdgeIsBilledWhereItRan(t *testing.T) {
	rec := recording(record.Front{ID: "f", Kind: front.EdgeViewerRequest, URL: "http://f", Region: "us-east-1", FunctionIn: "us-east-1", MemoryMB: 128})
	rec.Measured[0].Reports[1].Region = "ap-northeast-1"
	s, err := spend.Of(rec, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := show(s)
	for _, want := range []string{"cloudfront.requests.http.jp global 08 1", "cloudfront.requests.http.us global 08 1", "edge.requests ap-northeast-1 08 1", "edge.requests us-east-1 07 2"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

// What the lab counted is shared out over the hours by their requests: 1 of 3, and 2.
func TestCountersBelongToHours(t *testing.T) {
	rec := recording(record.Front{ID: "f", Kind: front.FunctionURL, Region: "us-east-1", MemoryMB: 128})
	rec.Counters = []record.Counter{{Front: "f", Name: "dynamodb.read_units", Region: "us-west-2", Value: 3}, {Front: "g", Name: "dynamodb.read_units", Region: "us-west-2", Value: 9}}
	s, err := spend.Of(rec, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := "dynamodb.read_units us-west-2 07 1\ndynamodb.read_units us-west-2 08 2\n"; !strings.Contains(show(s), want) {
		t.Errorf("got %s", show(s))
	}
}

// A connection that stays open for ten minutes is 1/6 of an hour of one of the 3,000
// active connections of an LCU, which is more than its share of 25 new ones a second.
func TestOpenConnectionsAreCapacity(t *testing.T) {
	rec := recording(record.Front{ID: "f", Kind: front.ALB, Region: "us-east-1", MemoryMB: 128})
	m := &rec.Measured[0]
	m.Started, m.Ended = start.Add(2*time.Second), start.Add(602*time.Second)
	m.Hits = m.Hits[:1]
	m.Hits = append(m.Hits, record.Hit{Sent: 1, Done: 2}) // not all hits open one: they are kept alive
	s, err := spend.Of(rec, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := s.Sum(pricing.ALBLCUHours), pricing.Ratio(1, 6*3000); !got.Equal(want) {
		t.Errorf("%s LCU-hours, want %s", got, want)
	}
}

// Reading the run's own metrics is of no front, and in the hour in which the run ended:
// GetMetricData is billed by the metric asked for, Logs Insights by what it scans.
func TestReading(t *testing.T) {
	rec := recording(record.Front{ID: "f", Kind: front.FunctionURL, Region: "us-east-1", MemoryMB: 128})
	rec.Ended = start.Add(2 * time.Hour)
	rec.Meters.Reading.Regions = []record.RegionReading{{Region: "eu-west-1", MetricCalls: 3, MetricsRequested: 1200, ListCalls: 2, LogCalls: 9, Queries: 1, ScannedBytes: 5000}}
	s, err := spend.Of(rec, nil)
	if err != nil {
		t.Fatal(err)
	}
	const want = "cloudwatch.api_requests eu-west-1 09 2\ncloudwatch.get_metric_data eu-west-1 09 1200\nlogs.insights_scanned_gb eu-west-1 09 5000 B"
	if got := show(s.Front("")); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	bill, err := s.Front("").Bill(book(t), pricing.BillOptions{FreeTier: pricing.FreeAlways})
	if err != nil || len(bill.Lines) != 3 || bill.Lines[1].Amount.Rat().FloatString(3) != "0.012" { // 1,200 x 0.00001
		t.Errorf("%v %v", bill.Lines, err)
	}
}

// A REPORT line that the logs delivered twice is one invocation.
func TestReportsAreCountedOnce(t *testing.T) {
	rec := recording(record.Front{ID: "f", Kind: front.FunctionURL, Region: "us-east-1", MemoryMB: 128})
	m := &rec.Measured[0]
	m.Reports = append(m.Reports, m.Reports[1], m.Reports[1])
	s, err := spend.Of(rec, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Sum(pricing.LambdaRequests).String(); got != "3" {
		t.Errorf("%s invocations, want 3", got)
	}
}
