package report_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/gate"
	"frontdoor/record"
	"frontdoor/report"
	"frontdoor/report/page"
	"frontdoor/report/reporttest"
)

// runOf is a run of one front, 3 rounds of 40 requests; change has the last word on
// each hit.
func runOf(t *testing.T, source record.Source, change func(round, i int, h *record.Hit), gates ...string) *report.Report {
	t.Helper()
	began := time.Date(2026, 11, 29, 7, 0, 0, 0, time.UTC)
	run := record.Run{ID: "r", Scenario: "s", Tool: "v1", Source: source, Seed: 3, Rounds: 3, Started: began,
		Fronts: []record.Front{{ID: "edge", Kind: front.EdgeViewerRequest, Region: "us-east-1", MemoryMB: 128, Architecture: "x86_64"}}}
	w, err := record.Create(t.TempDir(), run, []byte("version: 1\n"))
	if err != nil {
		t.Fatal(err)
	}
	for round := 1; round <= 3; round++ {
		var hits []record.Hit
		var reports []record.Report
		for i := range 40 {
			due := int64(i) * 10e6
			h := record.Hit{Seq: int64(i), Warmup: i < 10, Due: due, Launched: due, Sent: due, FirstByte: due + 9e6, Done: due + 10e6, Status: 200,
				Protocol: "HTTP/1.1", RequestID: strings.Repeat("x", round*100+i)}
			change(round, i, &h)
			hits = append(hits, h)
			reports = append(reports, record.Report{RequestID: h.RequestID, DurationUS: 4000, BilledMS: 4, InitUS: -1, MemoryMB: 128})
		}
		trial := record.Trial{Round: round, Attempt: 1, Front: "edge", State: record.Done, Started: began.Add(time.Duration(round) * time.Minute)}
		if err := w.Add(round-1, trial); err != nil {
			t.Fatal(err)
		}
		if err := w.Finish(round-1, trial, hits, reports); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(began.Add(time.Hour), ""); err != nil {
		t.Fatal(err)
	}
	rec, err := record.Open(w.Dir())
	if err != nil {
		t.Fatal(err)
	}
	in := reporttest.Input(t, rec)
	for _, text := range gates {
		g, err := gate.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		in.Gates = append(in.Gates, g)
	}
	r, err := report.New(in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// shown is whether the terminal's table, Markdown and the JSON have connections.
func shown(t *testing.T, r *report.Report) (table, markdown, inJSON bool) {
	t.Helper()
	var a, b, c bytes.Buffer
	for write, into := range map[*bytes.Buffer]report.Writer{&a: report.Table, &b: report.Markdown, &c: report.JSON} {
		if err := into(write, r); err != nil {
			t.Fatal(err)
		}
	}
	var doc struct {
		Fronts []struct {
			Connections *json.RawMessage `json:"connections"`
		} `json:"fronts"`
	}
	if err := json.Unmarshal(c.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	return strings.Contains(a.String(), "\nConnections\n"), strings.Contains(b.String(), "### Connections"), doc.Fronts[0].Connections != nil
}

// TCP on loopback is worth no table, and one's own measurement of it is not lost.
func TestWhichConnectionsAreShown(t *testing.T) {
	tcp := func(_, i int, h *record.Hit) {
		if h.NewConn = i == 0; h.NewConn {
			h.Connect = 100_000
		}
	}
	tls := func(round, i int, h *record.Hit) {
		if tcp(round, i, h); i == 0 {
			h.TLS = 1_000_000
		}
	}
	name := func(round, i int, h *record.Hit) {
		if tcp(round, i, h); i == 0 {
			h.DNS = 1_000_000
		}
	}
	none := func(_, _ int, h *record.Hit) { h.NewConn = true } // as runs of format 1 open
	for _, c := range []struct {
		what          string
		source        record.Source
		change        func(round, i int, h *record.Hit)
		shown, inJSON bool
	}{
		{"TCP in the lab", record.SourceLab, tcp, false, true},
		{"TLS in the lab", record.SourceLab, tls, true, true},
		{"a name in the lab", record.SourceLab, name, true, true},
		{"TCP of AWS", record.SourceAWS, tcp, true, true},
		{"format 1 of AWS", record.SourceAWS, none, false, false},
	} {
		if table, markdown, inJSON := shown(t, runOf(t, c.source, c.change)); table != c.shown || markdown != c.shown || inJSON != c.inJSON {
			t.Errorf("%s: table %v, Markdown %v, JSON %v", c.what, table, markdown, inJSON)
		}
	}
}

// Medians are of the connections in which a phase took place, warm-ups included; the
// first byte is of the measured requests and holds nothing of them. 30 connections of
// 10 values each: the 15th of 1, 1, 1, 2, 2, 2, ... is 5.
func TestMediansOfPhases(t *testing.T) {
	r := runOf(t, record.SourceAWS, func(_, i int, h *record.Hit) {
		if i < 10 {
			h.NewConn, h.Connect, h.TLS = true, int64(i+1)*1e6, int64(i+1)*2e6
			h.Sent += h.Connect + h.TLS
			h.FirstByte, h.Done = h.Sent+500e6, h.Sent+600e6 // a warm-up is no measured request
		}
		if i%2 == 0 {
			h.Protocol = "HTTP/2.0"
		}
		if i == 39 {
			h.Protocol = "HTTP/2.0"
		}
	})
	p := r.Fronts[0].Phases
	if p.Connections != 30 || p.DNS.N != 0 || p.Connect.Point != 5 || p.TLS.Point != 10 || p.FirstByte.Point != 9 || p.FirstByte.N != 90 {
		t.Errorf("%+v", p)
	}
	if want := []report.Protocol{{"HTTP/2.0", 48}, {"HTTP/1.1", 42}}; !slices.Equal(p.Protocols, want) {
		t.Errorf("protocols %v", p.Protocols)
	}
}

// Overhead is what the front adds: however long connections took, 10 ms of service
// less 4 ms of the function are 6.
func TestOverheadHasNoSetUp(t *testing.T) {
	r := runOf(t, record.SourceAWS, func(_, i int, h *record.Hit) {
		if i%3 == 0 {
			h.NewConn, h.DNS, h.Connect, h.TLS = true, 3e6, 20e6, 40e6
			for _, at := range []*int64{&h.Sent, &h.FirstByte, &h.Done} {
				*at += 63e6
			}
		}
	}, "overhead_p(50) < 6.001ms", "overhead_p(80) < 6.001ms", "overhead_p(20) > 5.999ms")
	for _, g := range r.Gates {
		if g.Outcome != gate.Pass {
			t.Errorf("%s: %s, %v", g.Gate, g.Outcome, g.Value)
		}
	}
	if len(r.Gates) != 3 {
		t.Errorf("%d gates", len(r.Gates))
	}
	if service := r.Fronts[0].Service[1].Point; math.Abs(service-10) > 1e-9 {
		t.Errorf("p90 of service time %v ms", service)
	}
}

// The most frequent values are told apart, the rest stand together; one value, or
// answers that say nothing, are no split.
func TestParts(t *testing.T) {
	pops := func(n int) func(_, i int, h *record.Hit) {
		return func(_, i int, h *record.Hit) {
			if h.Pop = fmt.Sprintf("FRA%d", max(i, 40-n)); i == 39 && n > 0 {
				h.Status, h.Error = 502, "status 502"
			}
		}
	}
	values := func(r *report.Report) (out []string) {
		for _, p := range r.Fronts[0].Parts {
			out = append(out, fmt.Sprintf("%s %d/%d", p.Value, p.Failed, p.Requests))
		}
		return out
	}
	r := runOf(t, record.SourceAWS, pops(12))
	if got, want := values(r), []string{"FRA28 0/57", "FRA29 0/3", "FRA30 0/3", "FRA31 0/3", "FRA32 0/3", "FRA33 0/3", "FRA34 0/3", "others 3/15"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if rows := report.TablesOf(r).Parts.Rows; len(rows) != 8 || rows[0][2] != "FRA28" || rows[1][5] != "too few (2)" {
		t.Errorf("rows %q", rows)
	}
	one := runOf(t, record.SourceAWS, pops(0))
	if got := values(one); len(got) != 1 || len(report.TablesOf(one).Parts.Rows) != 0 {
		t.Errorf("one location: parts %q", got)
	}
	lost := runOf(t, record.SourceAWS, func(_, i int, h *record.Hit) {
		if h.Pop = "FRA1"; i == 20 {
			h.Pop, h.Error = "", "timeout"
		}
	})
	if got := values(lost); len(got) != 2 || got[1] != " 3/3" || len(report.TablesOf(lost).Parts.Rows) != 0 {
		t.Errorf("one location and a timeout: parts %q", got)
	}
	if got := values(runOf(t, record.SourceAWS, func(int, int, *record.Hit) {})); got != nil {
		t.Errorf("parts of answers that say nothing: %q", got)
	}
}

// What a stranger's answer says cannot draw on a terminal.
func TestHostileWordsOfAnswers(t *testing.T) {
	r := runOf(t, record.SourceAWS, func(_, i int, h *record.Hit) {
		if h.Cache = "Miss from cloudfront"; i%2 == 0 {
			h.Cache, h.Protocol = "\x1b[2J<script>|\xff", "\x1b[2J"
		}
		h.Connect = 1
	})
	for name, write := range map[string]report.Writer{"table": report.Table, "markdown": report.Markdown, "json": report.JSON, "html": page.HTML} {
		var b bytes.Buffer
		if err := write(&b, r); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "\x1b") || name != "json" && name != "table" && strings.Contains(b.String(), "2J<script>") {
			t.Errorf("%s lets it through", name)
		}
	}
}
