package main

import (
	"os"
	"path/filepath"
	"testing"

	"frontdoor/pricing/spend"
	"frontdoor/record"
)

// spared has two distributions whose functions at origin-request read a table for the
// first request, and whose caches answer all others.
const spared = `version: 1
name: spared
description: A page in a cache.
handler: card-page
fronts:
  - id: one
    kind: edge-origin-request
    cloudfront: {cache: {default_ttl: 60s, max_ttl: 1h, min_ttl: 60s}}
  - id: two
    kind: edge-viewer-request
    handler: url-normalise
    cloudfront:
      cache: {default_ttl: 60s, max_ttl: 1h, min_ttl: 60s}
      functions: [{event: origin-request, handler: card-page}]
tables:
  - name: AlienCards
    region: us-east-1
    key: CardId
    items: [{CardId: c5, Description: A cat, Likes: 7}]
requests:
  - method: GET
    path: /card/c5
    expect: {status: 200, body: {contains: "<p>7 likes</p>"}}
load: {rate: 10/s, duration: 1s}
rounds: 1
`

// At most, no cache spares a request: what the first of a warm-up caused, all do. A read
// of less than 4 KB is 0.5 units
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html).
func TestWorst(t *testing.T) {
	file := filepath.Join(t.TempDir(), "spared.yaml")
	if err := os.WriteFile(file, []byte(spared), 0o600); err != nil {
		t.Fatal(err)
	}
	home, err := loadScenario(quietEnv(), file, "")
	if err != nil {
		t.Fatal(err)
	}
	p := &planner{env: quietEnv(), home: home, at: home}
	if p.rehearsed, err = p.rehearse(t.Context()); err != nil {
		t.Fatal(err)
	}
	invocations := map[string]int{"one": 20, "two": 40}
	for _, x := range p.worst() {
		units := 0.0
		for _, c := range x.Counters {
			if c.Front == x.Front && c.Name == "dynamodb.read_units" {
				units += c.Value
			}
		}
		if len(x.Hits) != 20 || len(x.Reports) != invocations[x.Front] || units != 10 {
			t.Errorf("%s: %d requests, %d invocations and %v units, want 20, %d and 10", x.Front, len(x.Hits), len(x.Reports), units, invocations[x.Front])
		}
		delete(invocations, x.Front)
	}
	if len(invocations) > 0 {
		t.Errorf("nothing of %v", invocations)
	}
}

// What is called goes through what was asked least; what no cache can spare stays.
func TestUnspared(t *testing.T) {
	counter := func(name string, n float64) record.Counter {
		return record.Counter{Front: "f", Name: name, Region: "us-east-1", Value: n}
	}
	const viewer, behind, origin, read, gets, script = "edge.invocations.viewer-request", "edge.invocations.origin-request", "cloudfront.origin_requests", "dynamodb.read_units", "s3.get", "cff.invocations"
	for name, c := range map[string]struct{ sample, before, want []record.Counter }{
		"one of twenty":         {[]record.Counter{counter(behind, 1), counter(read, 0.5), counter(script, 20)}, nil, []record.Counter{counter(behind, 20), counter(read, 10), counter(script, 20)}},
		"all":                   {[]record.Counter{counter(viewer, 20), counter(read, 10)}, []record.Counter{counter(viewer, 3), counter(read, 1.5)}, []record.Counter{counter(viewer, 20), counter(read, 10)}},
		"before alone":          {[]record.Counter{counter(viewer, 20), counter(behind, 0), counter(read, 0)}, []record.Counter{counter(viewer, 3), counter(behind, 1), counter(read, 0.5)}, []record.Counter{counter(viewer, 460), counter(behind, 20), counter(read, 10)}},
		"a bucket":              {[]record.Counter{counter(viewer, 20), counter(origin, 2), counter(gets, 2)}, nil, []record.Counter{counter(viewer, 200), counter(origin, 20), counter(gets, 20)}},
		"no more than was read": {[]record.Counter{counter(viewer, 20), counter(read, 20)}, []record.Counter{counter(viewer, 3), counter(read, 0)}, []record.Counter{counter(viewer, 20), counter(read, 20)}},
		"no distribution":       {[]record.Counter{counter(read, 10)}, []record.Counter{counter(read, 1.5)}, []record.Counter{counter(read, 10)}},
	} {
		x := spend.Sample{Front: "f", Hits: make([]record.Hit, 20), Counters: c.sample}
		got := unspared(x, c.before)
		if len(got) != len(c.want) {
			t.Fatalf("%s: %+v", name, got)
		}
		for i, want := range c.want {
			if got[i] != want {
				t.Errorf("%s: %+v, want %+v", name, got[i], want)
			}
		}
	}
	if got := unspared(spend.Sample{Hits: make([]record.Hit, 2)}, nil); got != nil {
		t.Errorf("nobody counted, and it is %v", got)
	}
}
