package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"frontdoor/pricing"
	"frontdoor/pricing/spend"
	"frontdoor/record"
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

// Distributions with several functions, measured in another process: each function is
// found, read back and billed, CloudFront's own by CloudWatch's count.
func TestLabAsTargetsAtTheEdge(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "standing.yaml"), []byte(standingAtTheEdge), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], "run", "standing.yaml", "--targets", "t.yaml", "--count-invalid", "--wait", "1s")
	cmd.Dir, cmd.Env = dir, append(append(os.Environ(), startLab(t, dir, "standing.yaml")...), asBench+"=1", "HOME="+dir)
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
	for _, f := range rec.Fronts {
		at := slices.IndexFunc(rec.Meters.Fronts, func(m record.FrontMeters) bool { return m.Front == f.ID })
		meters := rec.Meters.Fronts[at]
		reports, sent := 0, int64(meters.Coverage.Sent)
		for _, trial := range rec.Of(f.ID) {
			reports += len(trial.Reports)
		}
		invoked := pricing.Invoked(f, &meters)
		if invoked == nil || *invoked != int64(reports) || sent == 0 {
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
