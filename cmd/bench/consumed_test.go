package main

import (
	"context"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"frontdoor/lab"
	"frontdoor/pricing"
	"frontdoor/pricing/spend"
	"frontdoor/record"
)

// telling is a scenario whose handlers read and write tables, near them and from another
// Region, in Go and in Node.js, through a cache and refused. Item a is not there: that
// costs what a read costs.
const telling = `version: 1
name: telling
handler: status
fronts:
  - {id: rest, kind: apigw-rest, region: ap-northeast-1, timeout: 20s}
  - {id: http-api, kind: apigw-http, region: us-east-1, timeout: 20s}
  - {id: alb, kind: alb, region: ap-northeast-1, timeout: 20s}
  - {id: url, kind: function-url, region: eu-west-1, timeout: 20s}
  - {id: edge, kind: edge-viewer-request, timeout: 5s, runtime: RUNTIME}
  - {id: cached, kind: edge-origin-request, timeout: 20s, runtime: RUNTIME, cloudfront: {cache: {max_ttl: 1h, default_ttl: 1h, query: all}, origin: {objects: [{path: /x, body: x}]}}}
  - {id: likes, kind: apigw-http, region: us-east-1, timeout: 20s, handler: like}
  - {id: likes-edge, kind: edge-viewer-request, timeout: 5s, handler: like, runtime: RUNTIME}
tables:
  - {name: MediaConvertJobIdToStatus, region: ap-northeast-1, key: JobId, items: [{JobId: j, JobStatus: PROGRESSING, ProgressRate: 1}]}
  - {name: AlienCards, region: us-east-1, key: CardId, items: [{CardId: c5, Description: A cat, Likes: 7}]}
requests:
  - {method: GET, path: /, query: {job_id: j, id: c5}, expect: {status: 200, body: any, fronts: {likes: {status: 400, body: any}, likes-edge: {status: 400, body: any}}}}
  - {method: POST, path: /, query: {job_id: j, id: c5}, expect: {status: 404, body: any, fronts: {likes: {status: 200, body: any}, likes-edge: {status: 200, body: any}}}}
  - {method: GET, path: /, query: {job_id: a}, expect: {status: 422, body: any, fronts: {likes: {status: 400, body: any}, likes-edge: {status: 400, body: any}}}}
load: {rate: 60/s, duration: 400ms, warmup: 100ms, connections: 4, timeout: 30s}
rounds: 1
`

// What answers say of what functions consumed is, front by front and to the byte, what the
// lab counted that these functions called: 0.5 units for an eventually consistent read, 1
// for a write (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html).
// The fronts are deployed ones as far as the run knows, and it lacks nothing of them.
func TestConsumedIsWhatTheLabCounts(t *testing.T) {
	for _, runtime := range []string{"go", "nodejs"} {
		t.Run(runtime, func(t *testing.T) {
			if _, err := exec.LookPath("node"); runtime == "nodejs" && err != nil {
				t.Skip("no node: ", err)
			}
			home := fromText(t, strings.ReplaceAll(telling, "RUNTIME", runtime))
			l, at := standsForAWS(t, home)
			o := runOptions{out: t.TempDir(), seed: 7, reading: readingOptions{reports: record.ReportsNone}}
			if err := at.prepare(context.Background(), quietEnv()); err != nil {
				t.Fatal(err)
			}
			dir, err := measure(context.Background(), quietEnv(), at, o)
			if err != nil {
				t.Fatal(err)
			}
			rec, err := record.Open(dir)
			if err != nil {
				t.Fatal(err)
			}
			if hits(rec, func(h record.Hit) bool { return h.Status != 0 && h.Status < 500 }) == 0 {
				t.Fatal("no request was answered: the handlers are broken")
			}
			spent, err := spentBy(rec)
			if err != nil {
				t.Fatal(err)
			}
			rec.Counters = counters(l.Counters())
			compared := 0
			for _, f := range rec.Fronts {
				said, counted := calledBy(spent, f), countedBy(rec.Counters, f)
				if failed := failedAt(rec, f); failed > 0 { // what became of those nobody knows, and that is said
					t.Logf("%s: %d requests failed on this machine", f.ID, failed)
					if !lacksCalls(spent, f) {
						t.Errorf("%s: answers were lost, and nothing is missing", f.ID)
					}
					continue
				}
				compared++
				if len(counted) == 0 || !maps.Equal(said, counted) || lacksCalls(spent, f) {
					t.Errorf("%s: answers say %v, the lab counted %v; missing are %q", f.ID, said, counted, spent.Missing)
				}
			}
			if compared == 0 {
				t.Skip("each front has requests that no function answered: no front can be compared on this machine")
			}
		})
	}
}

// reading is a scenario whose every request to a front costs the same.
const reading = `version: 1
name: reading
handler: status
fronts:
  - {id: near, kind: apigw-http, region: ap-northeast-1, timeout: 20s}
  - {id: edge, kind: edge-viewer-request, timeout: 5s}
tables:
  - {name: MediaConvertJobIdToStatus, region: ap-northeast-1, key: JobId, items: [{JobId: j, JobStatus: PROGRESSING, ProgressRate: 1}]}
requests: [{method: GET, path: /, query: {job_id: j}, expect: {body: any}}]
load: {rate: 50/s, duration: 300ms, warmup: 100ms, connections: 2, timeout: 30s}
traffic: {requests_per_month: {low: 1M, expected: 1M, high: 1M}}
rounds: 1
`

// A month behind deployed fronts has the price that it has behind the lab's, as far as
// tables go: by what answers said, and by what the lab counted. The plan of the run had the
// run's own tables too.
func TestTablesCostTheSameWhereverTheyAreCounted(t *testing.T) {
	home := fromText(t, reading)
	_, at := standsForAWS(t, home)
	env, o := quietEnv(), runOptions{out: t.TempDir(), seed: 7, reading: readingOptions{reports: record.ReportsNone}}
	p, err := newPlanner(context.Background(), env, home, at, o, shippedBook(t))
	if err != nil {
		t.Fatal(err)
	}
	var bills []map[string]string
	for _, s := range []*loaded{home, at} {
		rec := answeredRun(t, s, o)
		var view viewOptions
		view.register(pflag.NewFlagSet("", pflag.ContinueOnError))
		if err := view.check(env); err != nil {
			t.Fatal(err)
		}
		view.asOf, view.countInvalid = "2026-11-22", true
		r, err := compose(env, rec, view)
		if err != nil {
			t.Fatal(err)
		}
		bill := map[string]string{}
		for _, f := range r.Fronts {
			for _, l := range f.Cost.Bill.Lines {
				if m := string(l.Meter); strings.HasPrefix(m, "dynamodb.") || strings.HasPrefix(m, "egress.interregion") {
					bill[f.ID+" "+m+" "+l.Region] = l.Amount.String()
				}
			}
			for _, g := range f.Cost.Bill.Missing {
				if strings.HasPrefix(string(g.Meter), "dynamodb.") {
					t.Errorf("%s: missing %+v", f.ID, g)
				}
			}
		}
		bills = append(bills, bill)
		if s == home {
			continue
		}
		made, err := p.asMade(&rec.Run)
		if err != nil {
			t.Fatal(err)
		}
		used, err := p.usage(made)
		if err != nil {
			t.Fatal(err)
		}
		spent, err := spentBy(rec)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range rec.Fronts {
			if planned, said := calledBy(used.Spent, f), calledBy(spent, f); !maps.Equal(planned, said) || len(said) == 0 {
				t.Errorf("%s: planned %v, answers say %v", f.ID, planned, said)
			}
		}
	}
	if len(bills[0]) != 4 || !maps.Equal(bills[0], bills[1]) {
		t.Errorf("the lab's month costs %v, that of deployed fronts %v", bills[0], bills[1])
	}
}

// answeredRun is a run of a scenario. A request that a busy machine cut off would be billed
// to nobody: then there is nothing to compare.
func answeredRun(t *testing.T, s *loaded, o runOptions) *record.Recording {
	t.Helper()
	if err := s.prepare(context.Background(), quietEnv()); err != nil {
		t.Fatal(err)
	}
	dir, err := measure(context.Background(), quietEnv(), s, o)
	if err != nil {
		t.Fatal(err)
	}
	rec, err := record.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if n := hits(rec, func(h record.Hit) bool { return h.Error != "" }); n > 0 {
		t.Skipf("%d requests were not answered in time on this machine", n)
	}
	return rec
}

// failedAt counts a front's requests that were sent and that no function answered.
func failedAt(rec *record.Recording, f record.Front) (n int) {
	for _, m := range rec.Of(f.ID) {
		for _, h := range m.Hits {
			if h.Sent >= 0 && (h.Status == 0 || h.Status >= 500) {
				n++
			}
		}
	}
	return n
}

// lacksCalls reports whether it is missing what functions of a front called.
func lacksCalls(s spend.Spent, f record.Front) bool {
	return slices.ContainsFunc(s.Missing, func(g pricing.Gap) bool {
		return g.Meter == pricing.DynamoDBReadUnits && strings.HasPrefix(g.Reason, "front "+f.ID+": ")
	})
}

// countedBy is what the lab counted that functions of a front called.
func countedBy(counters []record.Counter, f record.Front) map[string]string {
	counted := map[string]string{}
	for _, c := range counters {
		if item, ok := pricing.CounterItem(c, f); ok {
			counted[string(item.Meter)+" "+item.Region] = item.Quantity.String()
		}
	}
	return counted
}

// calledBy is what functions of a front called, by meter and Region.
func calledBy(s spend.Spent, f record.Front) map[string]string {
	sums := map[string]pricing.Quantity{}
	for _, use := range s.Uses {
		if m := string(use.Meter); use.Front == f.ID && (strings.HasPrefix(m, "dynamodb.") || strings.HasPrefix(m, "egress.interregion")) {
			sums[m+" "+use.Region] = sums[m+" "+use.Region].Add(use.Quantity)
		}
	}
	texts := map[string]string{}
	for key, q := range sums {
		texts[key] = q.String()
	}
	return texts
}

// fromText loads a scenario from a file of its own.
func fromText(t *testing.T, text string) *loaded {
	t.Helper()
	path := filepath.Join(t.TempDir(), "written.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := loadScenario(quietEnv(), path, "")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// standsForAWS is a lab that stands for AWS, and the scenario on it.
func standsForAWS(t *testing.T, home *loaded) (*lab.Lab, *loaded) {
	t.Helper()
	l, path := labOf(t, home)
	targets, err := loadTargets(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	at, err := home.on(targets)
	if err != nil {
		t.Fatal(err)
	}
	return l, at
}
