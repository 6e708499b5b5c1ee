package spend_test

import (
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/pricing/spend"
	"frontdoor/record"
)

// ran is a metric of CloudWatch's.
func ran(name, dimension, value string, n float64) record.Metric {
	return record.Metric{Name: name, Stat: "Sum", Dimensions: []record.Dimension{{Name: dimension, Value: value}}, Value: &n}
}

// A front's CloudFront Functions ran as often as CloudWatch says, here 3 and 2 times of 3
// requests, and logged 700 bytes: of two requests of three in the later hour. The lab's
// count goes before it, and nobody's is a gap, but for the front's own function.
func TestScripts(t *testing.T) {
	further := record.Function{Event: "viewer-response", Kind: front.CloudFrontFunction, Function: "further", In: "us-east-1"}
	f := record.Front{ID: "f", Kind: front.CloudFrontFunction, URL: "https://f", Region: "us-east-1", Function: "own", Further: []record.Function{further}}
	counted := record.FrontMeters{Front: "f", Coverage: record.Coverage{Sent: 3}, Metrics: []record.Metric{
		ran("FunctionInvocations", "FunctionName", "own", 3), ran("FunctionInvocations", "FunctionName", "further", 2), ran("IncomingBytes", "LogGroupName", "/aws/cloudfront/function/own", 700)}}
	for _, c := range []struct {
		name     string
		meters   []record.FrontMeters
		counters []record.Counter
		further  bool
		want     string // lines of cff.invocations and logs
		gap      bool
	}{
		{"CloudWatch counted", []record.FrontMeters{counted}, nil, true, "cff.invocations global 07 1.6666666667 cff.invocations global 08 3.3333333333 logs.ingested_gb.vended us-east-1 07 233.3333333333 B logs.ingested_gb.vended us-east-1 08 466.6666666667 B", false},
		{"the lab counted", []record.FrontMeters{counted}, []record.Counter{{Front: "f", Name: "cff.invocations", Region: "global", Value: 6}}, true, "cff.invocations global 07 2 cff.invocations global 08 4", false},
		{"nobody counted", nil, nil, true, "", true},
		{"its own alone", nil, nil, false, "cff.invocations global 07 1 cff.invocations global 08 2", false},
	} {
		if f.Further = nil; c.further {
			f.Further = []record.Function{further}
		}
		rec := recording(f)
		rec.Measured[0].Reports, rec.Counters, rec.Meters.Fronts = nil, c.counters, c.meters
		s, err := spend.Of(rec, nil)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, line := range strings.Split(show(s), "\n") {
			if strings.HasPrefix(line, "cff.") || strings.HasPrefix(line, "logs.") {
				lines = append(lines, line)
			}
		}
		if got := strings.Join(lines, " "); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
		gap := false
		for _, g := range s.Missing {
			gap = gap || g.Meter == pricing.CFFInvocations
		}
		if gap != c.gap {
			t.Errorf("%s: missing %v", c.name, s.Missing)
		}
	}
}

// Requests without a REPORT line are no gap where CloudWatch counted no more invocations
// than there are lines: the cache answered them.
func TestUninvoked(t *testing.T) {
	for n, gap := range map[float64]bool{3: false, 4: true} {
		rec := recording(record.Front{ID: "f", Kind: front.EdgeOriginRequest, URL: "https://f", Region: "us-east-1", FunctionIn: "us-east-1", Function: "us-east-1.own", MemoryMB: 1024})
		hits := rec.Measured[0].Hits
		for i := range 5 {
			hits = append(hits, record.Hit{Seq: int64(4 + i), Sent: 1, Done: 2, Status: 200})
		}
		rec.Measured[0].Hits = hits
		rec.Meters.Fronts = []record.FrontMeters{{Front: "f", Metrics: []record.Metric{ran("Invocations", "FunctionName", "us-east-1.own", n)}}}
		s, err := spend.Of(rec, nil)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, g := range s.Missing {
			found = found || strings.Contains(g.Reason, "have no REPORT line")
		}
		if found != gap {
			t.Errorf("%g invocations: missing %v", n, s.Missing)
		}
	}
}
