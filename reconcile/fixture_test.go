package reconcile_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/pricing/spend"
	"frontdoor/reconcile"
	"frontdoor/record"
	"frontdoor/scenarios"
)

var update = flag.Bool("update", false, "write testdata/run anew")

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

const (
	deployment = "quickstart-3f9a"
	account    = "123456789012"
)

var began = time.Date(2026, 11, 22, 15, 50, 0, 0, time.UTC)

// door is a front of the run: what its function is billed for an invocation.
type door struct {
	record.Front
	ms int64
}

func doors() []door {
	at := func(id string, kind front.Kind, mb int, arch string, ms int64, r record.Resource) door {
		name := "bench-" + deployment + "-" + id
		if id == "edge" {
			name = "us-east-1." + name
		}
		return door{record.Front{ID: id, Kind: kind, URL: "https://" + id + ".example.com", Region: "us-east-1", Function: name, FunctionIn: "us-east-1",
			MemoryMB: mb, Architecture: arch, Resource: r}, ms}
	}
	return []door{
		at("rest", front.APIGatewayREST, 128, "x86_64", 12, record.Resource{APIName: "bench-rest", Stage: "prod"}),
		at("http-api", front.APIGatewayHTTP, 128, "x86_64", 12, record.Resource{APIID: "h77p", Stage: "$default"}),
		at("alb", front.ALB, 128, "x86_64", 12, record.Resource{LoadBalancer: "app/bench-alb/50dc6c495c0c9188", TargetGroup: "targetgroup/bench/6d0ecf831eec9f09"}),
		at("url", front.FunctionURL, 256, "arm64", 10, record.Resource{}),
		at("edge", front.EdgeViewerRequest, 128, "x86_64", 9, record.Resource{Distribution: "E2EXAMPLE"}),
	}
}

// trial is n requests to a front in one minute, of which every fifth of the edge's
// is answered in Europe.
func trial(d door, n int, started time.Time) ([]record.Hit, []record.Report) {
	var hits []record.Hit
	var reports []record.Report
	for i := range n {
		id := fmt.Sprintf("%s-%d-%d", d.ID, started.Unix(), i)
		sent := int64(i) * int64(time.Minute) / int64(n)
		hits = append(hits, record.Hit{Seq: int64(i), Warmup: i < 10, Due: sent, Launched: sent, Sent: sent, FirstByte: sent + 20e6, Done: sent + 21e6,
			Status: 200, BytesOut: 200, BytesIn: 1024, NewConn: i == 0, RequestID: id, Protocol: "HTTP/1.1"})
		r := record.Report{RequestID: id, DurationUS: d.ms*1000 - 300, BilledMS: d.ms, InitUS: -1, MemoryMB: int32(d.MemoryMB), MaxMemMB: 40, LogBytes: 300}
		if d.ID == "edge" {
			r.Region = "us-east-1"
			if i%5 == 4 {
				r.Region = "eu-west-1"
			}
		}
		reports = append(reports, r)
	}
	return hits, reports
}

// scenario is that of the run.
const scenario = `version: 1
name: quickstart
handler: hello
fronts:
  - {id: rest, kind: apigw-rest}
  - {id: http-api, kind: apigw-http}
  - {id: alb, kind: alb}
  - {id: url, kind: function-url, memory: 256MB, architecture: arm64}
  - {id: edge, kind: edge-viewer-request}
requests:
  - {method: GET, expect: {body: any}}
load: {rate: 100/m, duration: 1m}
rounds: 2
`

// write writes the run of testdata/README.md below a folder.
func write(t testing.TB, root string, source record.Source) *record.Recording {
	t.Helper()
	run := record.Run{ID: "20261122T155000Z-quickstart", Scenario: "quickstart", Tool: "SYNTHETIC", Source: source, Seed: 1, Rounds: 2,
		Host: record.Host{OS: "linux", Arch: "amd64", CPUs: 2, Go: "go1.26"}, Started: began}
	targets := scenarios.Targets{Version: 1, Scenario: "quickstart", Deployment: &scenarios.Deployment{Name: deployment, Account: account, Made: began.Add(-time.Hour)}}
	for _, d := range doors() {
		run.Fronts = append(run.Fronts, d.Front)
		to := scenarios.Target{ID: d.ID}
		r := d.Resource
		to.Deployed = scenarios.Deployed{URL: d.URL, Function: "bench-" + deployment + "-" + d.ID, APIName: r.APIName, APIID: r.APIID, Stage: r.Stage,
			LoadBalancer: r.LoadBalancer, TargetGroup: r.TargetGroup, Distribution: r.Distribution}
		targets.Fronts = append(targets.Fronts, to)
		targets.Deployment.Stacks = append(targets.Deployment.Stacks, scenarios.DeployedStack{Name: "bench-" + deployment + "-" + d.ID, Region: "us-east-1"})
	}
	targets.Deployment.HostsSum = targets.HostsSum()
	w, err := record.Create(root, run, []byte(scenario))
	check(t, err)
	check(t, w.WriteTargets(scenarios.FormatTargets(targets)))
	n := 0
	for round, size := range []int{100, 60} {
		for i, d := range doors() {
			started := began.Add(time.Duration(10*round+i+1) * time.Minute)
			hits, reports := trial(d, size, started)
			check(t, w.Add(n, record.Trial{Round: round + 1, Attempt: 1, Front: d.ID, State: record.Planned}))
			check(t, w.Begin(n, started))
			check(t, w.Finish(n, record.Trial{Round: round + 1, Attempt: 1, Front: d.ID, State: record.Done, Started: started, Ended: started.Add(time.Minute),
				Load: &record.Load{Planned: size, Sent: size, Warmup: 10, Connections: 1}}, hits, reports))
			n++
		}
	}
	check(t, w.Close(began.Add(16*time.Minute), ""))
	rec, err := record.Open(w.Dir())
	check(t, err)
	return rec
}

// The run in testdata is the one that this file writes.
func TestFixture(t *testing.T) {
	const dir = "testdata/run"
	fresh := write(t, t.TempDir(), record.SourceAWS)
	if *update {
		check(t, os.RemoveAll(dir))
		check(t, os.CopyFS(dir, os.DirFS(fresh.Dir)))
	}
	kept := known(t)
	same := reflect.DeepEqual(kept.Fronts, fresh.Fronts) && string(kept.Targets) == string(fresh.Targets) && string(kept.YAML) == scenario && len(kept.Measured) == 10
	for i := range min(len(kept.Measured), len(fresh.Measured)) { // files of the same rows differ now and then in bytes that hold nothing
		a, b := kept.Measured[i], fresh.Measured[i]
		same = same && reflect.DeepEqual(a.Hits, b.Hits) && reflect.DeepEqual(a.Reports, b.Reports) && a.Started.Equal(b.Started) && a.Ended.Equal(b.Ended)
	}
	if !same {
		t.Error("testdata/run is not what this test writes: run it with -update")
	}
}

func known(t testing.TB) *record.Recording {
	t.Helper()
	rec, err := record.Open("testdata/run")
	check(t, err)
	return rec
}

func one(t testing.TB) pricing.Quantity {
	t.Helper()
	q, err := pricing.ParseQuantity("0.01")
	check(t, err)
	return q
}

var shipped = sync.OnceValues(pricing.Shipped)

// input is what the known run is held against, by its tag.
func input(t testing.TB, rec *record.Recording) reconcile.Input {
	t.Helper()
	spent, err := spend.Of(rec, nil)
	check(t, err)
	book, err := shipped()
	check(t, err)
	return reconcile.Input{Spent: spent, Started: rec.Started, Ended: rec.Ended, Lab: rec.Source == record.SourceLab, Book: book, Tolerance: one(t),
		Scope: reconcile.Scope{Account: account, Key: "bench:deployment", Value: deployment, Resources: reconcile.ResourcesOf(rec.Run)}}
}

// against holds an input against files, which are of two days after the run.
func against(t testing.TB, in reconcile.Input, files ...string) *reconcile.Result {
	t.Helper()
	r, err := reconcile.New(in)
	check(t, err)
	exports, err := reconcile.ReadAll(files, r.Add)
	check(t, err)
	for i := range exports {
		exports[i].Modified = in.Ended.Add(48 * time.Hour)
	}
	res, err := r.Result(exports)
	check(t, err)
	return res
}

// synthetic is the bill in one export, "cur-2.0.csv".
func synthetic(name string) string { return filepath.Join("testdata", "synthetic-"+name) }

func exports() []string {
	return []string{"cur-2.0.csv", "cur-2.0.parquet", "focus-1.0.csv", "focus-1.0.parquet", "focus-1.2.csv", "focus-1.2.parquet", "focus-1.3.csv", "focus-1.4.csv"}
}
