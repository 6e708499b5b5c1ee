package claims

import (
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/record"
)

// took is a trial of a front in which requests took so many milliseconds, and those on
// a new connection fresh.
func took(id string, ms, fresh int64) record.Measured {
	m := record.Measured{Trial: record.Trial{Front: id}}
	m.Hits = append(m.Hits, record.Hit{Sent: 1, Done: ms*1e6 + 1, RequestID: id})
	for range 5 { // none of these counts
		m.Hits = append(m.Hits, record.Hit{Done: 9e9, NewConn: true, Cold: 1}, record.Hit{Done: 9e9, Cold: 1}, record.Hit{Done: 1, Warmup: true}, record.Hit{Done: 1, Error: "timeout"},
			record.Hit{Done: 1, Warmup: true}, record.Hit{Done: 1, Error: "timeout"})
	}
	m.Hits = append(m.Hits, record.Hit{Warmup: true, NewConn: true, Done: fresh * 1e6})
	return m
}

// global is a run like that of global-api, with so long a time at the edge, on an open
// and on a new connection.
func global(edge, fresh int64) *record.Recording {
	one := 1.0
	return &record.Recording{
		Run: record.Run{ID: "a-run", Fronts: []record.Front{
			{ID: "ireland", Kind: front.APIGatewayREST, Region: "eu-west-1", FunctionIn: "eu-west-1", Viewer: "us-east-1"},
			{ID: "over-edge", Kind: front.APIGatewayREST, Region: "eu-west-1", FunctionIn: "eu-west-1", Viewer: "us-east-1", Resource: record.Resource{EdgeOptimized: true}},
			{ID: "edge", Kind: front.EdgeViewerRequest, Region: "us-east-1", Viewer: "us-east-1"},
			{ID: "edge-alone", Kind: front.EdgeViewerRequest, Region: "us-east-1", Viewer: "us-east-1"},
		}},
		Counters: []record.Counter{{Front: "edge", Name: "dynamodb.read_units", Region: "eu-west-1", Value: 1}},
		Measured: []record.Measured{took("ireland", 92, 272), took("over-edge", 92, 111), took("edge", edge, fresh), took("edge-alone", 11, 31)},
		Meters: &record.Meters{Fronts: []record.FrontMeters{{Front: "over-edge", Metrics: []record.Metric{
			{Namespace: "AWS/Lambda", Name: "Invocations", Stat: "Sum", Region: "eu-west-1", Value: &one},
			{Namespace: "AWS/ApiGateway", Name: "Count", Stat: "Sum", Region: "us-east-1", Value: &one},
		}}}},
	}
}

// C5 by a run: on an open connection a function at the edge whose table is far away
// took as long as an API beside the table, or the verdict is another.
func TestEdgeInARun(t *testing.T) {
	for _, c := range []struct {
		edge, fresh int64 // ms
		word        Word
		part, first string
	}{
		{91, 113, Conditional, "took about as long as ireland", "took less than ireland"},
		{300, 113, Conditional, "took longer than ireland", "took less than ireland"},
		{11, 113, True, "took less than ireland", "took less than ireland"},
		{91, 272, False, "took about as long as ireland", "took about as long as ireland"},
	} {
		e := evidence(t, "")
		e.Runs = []*record.Recording{global(c.edge, c.fresh)}
		j := one(t, e, "C5")
		if got := all(j); j.Word != c.word || strings.Count(got, "on open connections") != 1 || !strings.Contains(got, "on open connections edge, whose table is in eu-west-1, "+c.part+", which is there (a-run)") ||
			!strings.Contains(got, "on new connections edge, whose table is in eu-west-1, "+c.first+", which is there (a-run)") {
			t.Errorf("%d ms, want %s: %s", c.edge, c.word, got)
		}
	}
}

// Where each new connection of a run met a cold environment the simulation stands for it.
func TestEdgeWithoutNewConnections(t *testing.T) {
	e := evidence(t, "")
	run := global(91, 113)
	for _, m := range run.Measured {
		for i := range m.Hits {
			m.Hits[i].NewConn = false
		}
	}
	e.Runs = []*record.Recording{run}
	if j := one(t, e, "C5"); j.Word != Conditional || strings.Contains(all(j), "on new connections") {
		t.Errorf("%s", all(j))
	}
}

// C13 by where a run's invocations were counted, whatever its fronts were
// configured with: one Region that counted all of them, or the claim is false.
func TestOneRegionInARun(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*record.Recording)
		word   Word
		part   string
	}{
		"as configured": {func(*record.Recording) {}, True, "over-edge: CloudWatch of eu-west-1 counted an invocation for every request that a function answered, for viewers near us-east-1 (a-run)"},
		"elsewhere than configured": {func(r *record.Recording) { r.Meters.Fronts[0].Metrics[0].Region = "us-west-2" }, True,
			"CloudWatch of us-west-2 counted"},
		"two Regions": {func(r *record.Recording) {
			more := r.Meters.Fronts[0].Metrics[0]
			more.Region = "us-east-1"
			r.Meters.Fronts[0].Metrics = append(r.Meters.Fronts[0].Metrics, more)
		}, False, "over-edge: its function ran in eu-west-1 and us-east-1"},
		"at the edge too": {func(r *record.Recording) {
			r.Counters = append(r.Counters, record.Counter{Front: "over-edge", Name: "edge.invocations.viewer-request", Region: "us-east-1", Value: 1})
		}, False, "ran in eu-west-1 and us-east-1"},
		"a name with two Regions": {func(r *record.Recording) {
			r.Measured[1].Events = []record.Event{{What: record.Resolves, Region: "us-east-1"}}
		}, False, "ran in eu-west-1 and us-east-1"},
		"more answers than invocations": {func(r *record.Recording) { r.Measured[1].Hits[1].RequestID = "another" }, False,
			"over-edge: functions answered more requests than CloudWatch of eu-west-1 counted invocations"},
		"no datapoint": {func(r *record.Recording) { r.Meters.Fronts[0].Metrics[0].Value = nil }, NotJudged, "needs a run of global-api"},
		"no metrics":   {func(r *record.Recording) { r.Meters = nil }, NotJudged, "needs a run of global-api"},
	} {
		run := global(91, 113)
		c.change(run)
		e := evidence(t, "")
		e.Runs = []*record.Recording{run}
		if j := one(t, e, "C13"); j.Word != c.word || !strings.Contains(all(j), c.part) {
			t.Errorf("%s: want %s: %s", name, c.word, all(j))
		}
	}
}
