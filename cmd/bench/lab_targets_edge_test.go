package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"frontdoor/handlers"
	"frontdoor/pricing"
	"frontdoor/pricing/spend"
	"frontdoor/record"
	"frontdoor/scenarios"
)

// standingAtTheEdge has a front for each make of functions beside each other: both of
// Lambda@Edge; a CloudFront Function with one of Lambda@Edge behind the cache, and with
// another of its own make; one of Lambda@Edge behind a CloudFront Function.
const standingAtTheEdge = `version: 1
name: standing
handler: url-normalise
fronts:
  - id: two
    kind: edge-viewer-request
    cloudfront:
      cache: {default_ttl: 60s, max_ttl: 60s}
      origin: {objects: [{path: /page, body: page}]}
      functions: [{event: origin-response, handler: security-headers}]
  - id: script
    kind: cloudfront-function
    cloudfront:
      cache: {default_ttl: 60s, max_ttl: 60s}
      origin: {bucket: pages}
      functions: [{event: origin-response, handler: security-headers}, {event: viewer-response, handler: security-headers, runtime: cloudfront}]
  - id: behind
    kind: edge-origin-response
    handler: security-headers
    cloudfront:
      origin: {objects: [{path: /page, body: page}]}
      functions: [{event: viewer-request, handler: url-normalise, runtime: cloudfront}]
buckets: [{name: pages, objects: [{key: page, content: page}]}]
requests: [{method: GET, path: /page, cookies: {group: a}, expect: {body: {equals: page}}}]
load: {rate: 50/s, duration: 300ms, warmup: 100ms}
rounds: 2
`

// ranAtTheEdge is the record of a run on standingAtTheEdge in another process, of some of
// its fronts. Between it and them stands what change makes of their addresses.
func ranAtTheEdge(t *testing.T, change func(*scenarios.Targets), flags ...string) *record.Recording {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "standing.yaml"), []byte(standingAtTheEdge), 0o600); err != nil {
		t.Fatal(err)
	}
	variables := startLab(t, dir, "standing.yaml")
	file := filepath.Join(dir, "t.yaml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	targets, err := scenarios.ParseTargets("t.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	change(targets)
	if err := os.WriteFile(file, scenarios.FormatTargets(*targets), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], append([]string{"run", "standing.yaml", "--targets", "t.yaml", "--count-invalid", "--wait", "1s"}, flags...)...)
	cmd.Dir, cmd.Env = dir, append(append(os.Environ(), variables...), asBench+"=1", "HOME="+dir)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s", err, &errs)
	}
	dirs, _ := filepath.Glob(filepath.Join(dir, "runs", "*"))
	if len(dirs) != 1 {
		t.Fatalf("%d runs", len(dirs))
	}
	rec, err := record.Open(dirs[0])
	if err != nil || rec.Meters == nil {
		t.Fatalf("%v, meters %v", err, rec.Meters)
	}
	return rec
}

// linesOf is how many REPORT lines a run has of a front.
func linesOf(rec *record.Recording, front string) (n int64) {
	for _, trial := range rec.Of(front) {
		n += int64(len(trial.Reports))
	}
	return n
}

// Distributions with several functions, measured in another process: each function is
// found, read back and billed, CloudFront's own by CloudWatch's count.
func TestLabAsTargetsAtTheEdge(t *testing.T) {
	rec := ranAtTheEdge(t, func(*scenarios.Targets) {})
	for _, f := range rec.Fronts {
		at := slices.IndexFunc(rec.Meters.Fronts, func(m record.FrontMeters) bool { return m.Front == f.ID })
		meters := rec.Meters.Fronts[at]
		reports, sent := linesOf(rec, f.ID), int64(meters.Coverage.Sent)
		invoked := pricing.Invoked(f, &meters)
		if invoked == nil || *invoked != reports || sent == 0 {
			t.Errorf("%s: %v invocations and %d REPORT lines of %d requests", f.ID, invoked, reports, sent)
			continue
		}
		if behindCache := map[string]bool{"two": *invoked >= sent, "script": *invoked > 0, "behind": *invoked == sent}; !behindCache[f.ID] {
			t.Errorf("%s: %d invocations of %d requests", f.ID, *invoked, sent)
		}
		scripts, ok := pricing.ScriptsOf(f, &meters)
		if want := map[string]int64{"script": 2 * sent, "behind": sent}[f.ID]; ok != (want > 0) || scripts.Invocations != want {
			t.Errorf("%s: CloudFront Functions ran %d times, want %d", f.ID, scripts.Invocations, want)
		}
	}
	billed(t, rec)
}

// asOnAWS has answers of the front two name their function at origin-response alone, which
// the cache keeps with the rest of the answer. The lab names that of viewer-request before
// it, and in answers out of the cache alone.
func asOnAWS() func(*http.Response) error {
	var mu sync.Mutex
	made := ""
	return func(r *http.Response) error {
		mu.Lock()
		defer mu.Unlock()
		if ids := strings.Split(r.Header.Get(handlers.RequestIDHeader), handlers.Separator); len(ids) == 2 {
			made = ids[1]
		}
		r.Header.Set(handlers.RequestIDHeader, made)
		return nil
	}
}

// On AWS a function that hands a request on is named in no answer, unlike in the lab. Its
// lines are read and billed all the same.
func TestHandedOnAsOnAWS(t *testing.T) {
	rec := ranAtTheEdge(t, func(targets *scenarios.Targets) {
		for i, f := range targets.Fronts {
			at, err := url.Parse(f.URL)
			if err != nil {
				t.Fatal(err)
			}
			proxy := httputil.NewSingleHostReverseProxy(at)
			proxy.ModifyResponse = asOnAWS()
			server := httptest.NewServer(proxy)
			t.Cleanup(server.Close)
			targets.Fronts[i].URL = server.URL
		}
	}, "--fronts", "two")
	f, meters := rec.Fronts[0], &rec.Meters.Fronts[0]
	invoked := pricing.Invoked(f, meters)
	if invoked == nil || *invoked <= int64(meters.Coverage.Sent) || linesOf(rec, "two") != *invoked {
		t.Fatalf("%v invocations and %d REPORT lines of %d requests, problems %q", invoked, linesOf(rec, "two"), meters.Coverage.Sent, meters.Problems)
	}
	s, err := spend.Of(rec, nil)
	if err != nil {
		t.Fatal(err)
	}
	ran := pricing.Quantity{}
	for _, use := range s.Uses {
		if use.Meter == pricing.EdgeRequests {
			ran = ran.Add(use.Quantity)
		}
	}
	if !ran.Equal(pricing.Count(*invoked)) {
		t.Errorf("%s invocations are billed of %d", ran, *invoked)
	}
	hits, reports := []record.Hit{}, []record.Report{}
	for _, trial := range rec.Of("two") {
		hits, reports = append(hits, trial.Hits...), append(reports, trial.Reports...)
	}
	m := pricing.Measure(f, hits, reports)
	sent := m.Coverage.Hits - m.Coverage.NotSent
	if each := m.Workload(pricing.Forecast{}).Invocations; !m.ByCount() || each == nil || !each.Equal(pricing.Ratio(*invoked, sent)) {
		t.Errorf("by count %t, %s invocations a request, want %d for %d", m.ByCount(), each, *invoked, sent)
	}
}

// billed wants the run's own meters to have every function, without a gap but that nobody
// counted what functions called.
func billed(t *testing.T, rec *record.Recording) {
	t.Helper()
	s, err := spend.Of(rec, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, gap := range s.Missing {
		if gap.Meter == pricing.CFFInvocations || strings.Contains(gap.Reason, "REPORT line") {
			t.Errorf("missing: %s: %s", gap.Meter, gap.Reason)
		}
	}
	ran := map[string]pricing.Quantity{}
	for _, use := range s.Uses {
		if use.Meter == pricing.CFFInvocations {
			ran[use.Front] = ran[use.Front].Add(use.Quantity)
		}
	}
	for _, f := range rec.Meters.Fronts {
		if want := map[string]int64{"script": 2 * int64(f.Coverage.Sent), "behind": int64(f.Coverage.Sent)}[f.Front]; !ran[f.Front].Equal(pricing.Count(want)) {
			t.Errorf("%s: %s invocations of CloudFront Functions are billed, want %d", f.Front, ran[f.Front], want)
		}
	}
}
