package main

import (
	"maps"
	"slices"
	"testing"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/scenarios"
)

// What functions call is known of the lab's, that counts it, and of bench's own handlers
// elsewhere: some have a table, and say what they consume of it.
func TestCallsOf(t *testing.T) {
	live := func(f scenarios.Front) scenarios.Front { f.URL = "https://" + f.ID; return f }
	further := func(handler string) *scenarios.CloudFront {
		return &scenarios.CloudFront{Functions: []scenarios.EdgeFunction{{Event: "origin-request", Handler: handler}}}
	}
	home := &scenarios.Scenario{Handler: "hello", Tables: []scenarios.Table{{Name: "Jobs"}}, Fronts: []scenarios.Front{
		{ID: "lab"}, {ID: "plain"}, {ID: "reads", Handler: "status"}, {ID: "program", Command: []string{"./a"}},
		{ID: "edge", Kind: front.EdgeViewerRequest, CloudFront: further("card-page")},
		{ID: "script", Kind: front.CloudFrontFunction}, {ID: "code", Kind: front.CloudFrontFunction, Code: "a.js", CloudFront: further("like")},
		{ID: "own", Kind: front.EdgeViewerRequest, CloudFront: &scenarios.CloudFront{Functions: []scenarios.EdgeFunction{{Event: "origin-request", Command: []string{"./b"}}}}},
		live(scenarios.Front{ID: "named"}),
	}}
	at := &scenarios.Scenario{Fronts: []scenarios.Front{home.Fronts[0]}}
	for _, f := range home.Fronts[1:] {
		f.Command = nil // as a scenario on targets has it
		at.Fronts = append(at.Fronts, live(f))
	}
	want := map[string]pricing.Calls{"lab": pricing.CallsCounted, "plain": pricing.CallsNothing, "reads": pricing.CallsTold, "program": pricing.CallsUnknown,
		"edge": pricing.CallsTold, "script": pricing.CallsNothing, "code": pricing.CallsTold, "own": pricing.CallsUnknown, "named": pricing.CallsUnknown}
	if got := callsOf(&record.Recording{Counters: []record.Counter{}}, home, at); !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	want["lab"] = pricing.CallsNothing // whatever the lab of that day did not count
	if got := callsOf(&record.Recording{}, home, at); !maps.Equal(got, want) {
		t.Errorf("without counters %v, want %v", got, want)
	}
	home.Tables = nil // no month has a price of any
	want["reads"], want["program"], want["edge"], want["code"], want["named"] = pricing.CallsNothing, pricing.CallsNothing, pricing.CallsNothing, pricing.CallsNothing, pricing.CallsNothing
	want["own"] = pricing.CallsNothing
	if got := billedCalls(&record.Recording{}, home, at); !maps.Equal(got, want) {
		t.Errorf("billed %v, want %v", got, want)
	}
}

// Of a run without a lab is said what no answer can tell; the lab counts it.
func TestUnsaid(t *testing.T) {
	behind := func(o scenarios.Origin) *scenarios.CloudFront { return &scenarios.CloudFront{Origin: &o} }
	s := &scenarios.Scenario{
		Tables: []scenarios.Table{{Name: "One", Regions: []string{"us-east-1"}}, {Name: "Two", Regions: []string{"us-east-1", "eu-west-1"}}},
		Fronts: []scenarios.Front{{ID: "site", CloudFront: behind(scenarios.Origin{Bucket: "web"})}, {ID: "chain", CloudFront: behind(scenarios.Origin{Front: "site"})}, {ID: "url"}},
	}
	want := []pricing.Gap{{Meter: pricing.S3Gets, Reason: "front site: nobody counted what CloudFront fetches of its bucket"},
		{Meter: pricing.DynamoDBReplicatedWriteUnits, Reason: "table Two is global: nobody counted its writes in other Regions than that of the call"}}
	if got := unsaid(&record.Recording{}, s); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got := unsaid(&record.Recording{Counters: []record.Counter{}}, s); len(got) > 0 {
		t.Errorf("in the lab: %q", got)
	}
}

// The bucket of a distribution that the lab did not serve is where the scenario has it, and
// objects without one are in CloudFront's own Region.
func TestBucketsBehind(t *testing.T) {
	behind := func(o scenarios.Origin) *scenarios.CloudFront { return &scenarios.CloudFront{Origin: &o} }
	home := &scenarios.Scenario{
		Buckets: []scenarios.S3Bucket{{Name: "other", Region: "eu-west-1"}, {Name: "web", Region: "ap-northeast-1"}},
		Fronts: []scenarios.Front{{ID: "site", CloudFront: behind(scenarios.Origin{Bucket: "web"})}, {ID: "objects", CloudFront: behind(scenarios.Origin{})},
			{ID: "chain", CloudFront: behind(scenarios.Origin{Front: "site"})}, {ID: "url"}},
	}
	want := map[string]string{"site": "ap-northeast-1", "objects": "us-east-1"}
	if got := bucketsBehind(&record.Recording{}, home, home); !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := bucketsBehind(&record.Recording{Counters: []record.Counter{}}, home, home); len(got) > 0 {
		t.Errorf("the lab counts those of %v", got)
	}
}
