package main

import (
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"frontdoor/load"
	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/scenarios"
	"frontdoor/tables"
)

// polled is two sessions: one whole, and one that began before the trial, of which its
// last poll is left.
const polled = `version: 1
name: polled
handler: status
fronts: [{id: url, kind: function-url, region: ap-northeast-1}]
tables:
  - name: MediaConvertJobIdToStatus
    region: ap-northeast-1
    key: JobId
    timelines:
      - key: job-*
        versions:
          - {after: 0s, item: {JobStatus: SUBMITTED}}
          - {after: 0s, item: {JobStatus: RECEIVED}}
          - {after: 300ms, item: {JobStatus: PROGRESSING, Log: LOG}}
          - {after: 700ms, item: {JobStatus: COMPLETE}}
          - {after: 900ms, item: {JobStatus: FORGOTTEN}}
      - key: "*"
        versions: [{item: {JobStatus: ANOTHER}}]
requests: [{method: GET, query: {job_id: "{session}"}, expect: {body: any}}]
load: {rate: 10/s, polling: {every: 400ms, times: 3}, duration: 800ms, arrivals: constant}
`

// What is written of a timeline is what somebody reads: the last of several that are
// there from the first read on, as seed, and none behind the last poll. A key belongs to
// the first timeline that matches. Units are those of the larger of two versions, by the
// KB begun.
func TestItemLines(t *testing.T) {
	l := fromText(t, strings.Replace(polled, "LOG", strings.Repeat("x", 2000), 1))
	p := loadPlan(l, record.Front{ID: "url"}, 1, record.Trial{Round: 2, Attempt: 1, Front: "url"})
	p.Stages[0].From, p.Stages[0].To = 5, 5 // a session each 600 ms
	sessions, err := p.Sessions()
	if err != nil {
		t.Fatal(err)
	}
	lines, err := l.itemLines(p)
	if err != nil || len(lines) != len(sessions) || len(lines) < 2 {
		t.Fatalf("%d lines of %d sessions, %v", len(lines), len(sessions), err)
	}
	table := tables.Table{Name: "MediaConvertJobIdToStatus", Region: "ap-northeast-1", Key: "JobId"}
	for i, line := range lines {
		s := sessions[i]
		want := tables.Line{Table: table, Key: s.Name, Reads: s.Polls}
		first, last := s.Polls[0], s.Polls[len(s.Polls)-1]
		add := func(n int, after time.Duration, status string, units int64) {
			if first+after <= last {
				item := map[string]any{"JobStatus": status}
				if n == 2 {
					item["Log"] = strings.Repeat("x", 2000)
				}
				want.Versions = append(want.Versions, tables.Version{Number: n, Due: first + after, Seed: after == 0, Item: item, Units: units})
			}
		}
		add(1, 0, "RECEIVED", 1)
		add(2, 300*time.Millisecond, "PROGRESSING", 2)
		add(3, 700*time.Millisecond, "COMPLETE", 2)
		if !reflect.DeepEqual(line, want) {
			t.Errorf("session %d polls at %v:\n%+v\nwant\n%+v", i, s.Polls, line, want)
		}
	}
	var units, writes int64
	for _, line := range lines {
		for _, v := range line.Versions {
			units, writes = units+v.Units, writes+1
		}
	}
	if got, n := writtenUntil(lines, math.MaxInt64); got["ap-northeast-1"] != units || n != writes {
		t.Errorf("%v units of %d writes, want %d of %d", got, n, units, writes)
	}
	if _, n := writtenUntil(lines, -1); n != int64(len(lines)) { // the seeds are written before
		t.Errorf("%d seeds of %d lines", n, len(lines))
	}
}

// Sessions of two runs differ, for what one leaves in tables and caches is there for the
// next; in the lab nothing is left.
func TestSessionsOfRunsDiffer(t *testing.T) {
	trial := record.Trial{Front: "alb", Round: 3, Arm: 1, Attempt: 2}
	for stamp, want := range map[string]string{"": "job-alb-3.1.2-", "20261129T070000Z": "job-alb-3.1.2-20261129T070000Z-"} {
		if got := sessionPrefix(trial, stamp); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A trial in which one request in fifty or less may have found another version counts,
// and says so; one with more does not.
func TestJudgeWrites(t *testing.T) {
	line := tables.Line{Versions: []tables.Version{{Seed: true}, {Number: 1, Due: 10}}, Reads: make([]time.Duration, 49)}
	line.Reads = append(line.Reads, 20)
	seed := tables.Made{Done: -1}
	inTime, late := tables.Made{Version: 1, Done: 15}, tables.Made{Version: 1, Done: 21}
	const one = "items: 1 of 50 requests may have found another version than the scenario has: bench wrote it too late"
	for name, c := range map[string]struct {
		made               []tables.Made
		reads              []time.Duration
		failed             string
		invalid, disturbed string
	}{
		"in time":           {made: []tables.Made{seed, inTime}, reads: line.Reads},
		"late for one":      {made: []tables.Made{seed, late}, reads: line.Reads, disturbed: one},
		"failed for one":    {made: []tables.Made{seed}, reads: line.Reads, failed: "no answer", disturbed: one + ", or not at all: no answer"},
		"late for two":      {made: []tables.Made{seed, late}, reads: append(line.Reads[1:50:50], 20), invalid: strings.Replace(one, " 1 of", " 2 of", 1)},
		"failed for nobody": {made: []tables.Made{seed}, reads: line.Reads[:49], failed: "no answer", disturbed: "items: one was not written, and nobody asked for it: no answer"},
	} {
		line.Reads = c.reads
		invalid, disturbed := judgeWrites([]tables.Line{line}, c.made, c.failed)
		if got := strings.Join(invalid, "; "); got != c.invalid {
			t.Errorf("%s: invalid %q, want %q", name, got, c.invalid)
		}
		if got := strings.Join(disturbed, "; "); got != c.disturbed {
			t.Errorf("%s: disturbed %q, want %q", name, got, c.disturbed)
		}
	}
}

// The plan of a run has every write, those of the tries, and at most each as often as the
// SDK makes it.
func TestPlanHasTheWrites(t *testing.T) {
	home, err := loadScenario(quietEnv(), "mediaconvert-polling", "")
	if err != nil {
		t.Fatal(err)
	}
	at := *home
	own := *home.Scenario
	at.Scenario, at.targets = &own, &targets{Targets: new(scenarios.Targets)}
	p := &planner{env: quietEnv(), home: &at, at: &at, seed: 7, book: shippedBook(t)}
	if p.trials, err = p.counts(); err != nil {
		t.Fatal(err)
	}
	p.tried = p.tries()
	plan, err := p.plan(nil)
	if err != nil {
		t.Fatal(err)
	}
	want := int64(tables.TryUnits)
	for _, trial := range p.trials {
		want += trial.Written["ap-northeast-1"]
	}
	if got := plan.Expected.Spent.Front("").Sum("dynamodb.write_units"); !got.Equal(pricing.Count(want)) || len(plan.Tables) != 1 || plan.Tables[0].Writes != want-tables.TryUnits {
		t.Errorf("%s units in the plan, %d worked out; tables %+v", got, want, plan.Tables)
	}
	if most := plan.AtMost.Spent.Front("").Sum("dynamodb.write_units"); most.Cmp(pricing.Count(3*want)) < 0 {
		t.Errorf("%s units at most, and %d expected", most, want)
	}
	sessions := 0
	for _, trial := range planOfTrials(&at) {
		all, err := trial.Sessions()
		if err != nil {
			t.Fatal(err)
		}
		sessions += len(all)
	}
	if plan.Tables[0].Writes <= int64(sessions) || plan.Tables[0].Writes >= int64(4*sessions) {
		t.Errorf("%d writes for %d sessions of four versions each at most", plan.Tables[0].Writes, sessions)
	}
}

// planOfTrials are the loads of every trial of a run with the seed 7.
func planOfTrials(l *loaded) (plans []load.Plan) {
	for _, t := range plan(l.Scenario, 7, false) {
		plans = append(plans, loadPlan(l, record.Front{ID: t.Front}, 7, t))
	}
	return plans
}

// A front that was just deployed is asked for the item that the deployment put there for
// it.
func TestProbeAsksForTheItemAside(t *testing.T) {
	l := fromText(t, polled)
	o := deployOptions{targets: filepath.Join(t.TempDir(), "t.yaml")}
	if err := os.WriteFile(o.targets, []byte("version: 1\nscenario: polled\nfronts: [{id: url, url: 'http://127.0.0.1:1', metrics: none}]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	probes, err := o.probes(t.Context(), quietEnv(), l)
	if err != nil || len(probes) != 1 {
		t.Fatalf("%d probes, %v", len(probes), err)
	}
	r, err := probes[0].Request(t.Context())
	aside := l.Aside(l.Tables[0])
	if err != nil || len(aside) != 1 || r.URL.String() != "http://127.0.0.1:1/?job_id=job-url-0.0.0-0" || aside[0]["JobId"] != r.URL.Query().Get("job_id") {
		t.Errorf("%v, and aside is %v: %v", r.URL, aside, err)
	}
}
