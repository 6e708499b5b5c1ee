package world

import (
	"testing"
	"time"
)

func of2017(tls TLS) Distance { return Distance{Of2017(), 10 * time.Millisecond, tls} }

const p = 20 * time.Millisecond

// The table is worked by hand from the round trips that the 2017 matrix has for
// us-east-1 and eu-west-1 (80.5 ms), 10 ms of last mile and 20 ms of processing: with
// TLS 1.3 a cold request takes three round trips of its first leg, with TLS 1.2 four.
func TestLatency(t *testing.T) {
	const viewer = "us-east-1"
	both := []string{"eu-west-1", "us-east-1"}
	for _, c := range []struct {
		name       string
		tls        TLS
		c          Case
		cold, warm float64 // ms
	}{
		{"regional API in eu-west-1", TLS13, Case{Shape: Regional, Regions: both[:1]}, 291.5, 110.5},
		{"the same with TLS 1.2", TLS12, Case{Shape: Regional, Regions: both[:1]}, 382, 110.5},
		{"edge-optimized to eu-west-1", TLS13, Case{Shape: EdgeOptimized, Regions: both[:1]}, 130.5, 110.5},
		{"edge-optimized with TLS 1.2", TLS12, Case{Shape: EdgeOptimized, Regions: both[:1]}, 140.5, 110.5},
		{"routed to us-east-1", TLS13, Case{Shape: LatencyRouted, Regions: both}, 50, 30},
		{"at the edge, data local", TLS13, Case{Shape: EdgeLocal}, 50, 30},
		{"at the edge, table in eu-west-1", TLS13, Case{Shape: EdgeRemote, Regions: both[:1]}, 130.5, 110.5},
		{"the same with a cold client, 161 ms more", TLS13, Case{Shape: EdgeRemote, Regions: both[:1], ColdClient: true}, 291.5, 271.5},
		{"a table of Tokyo", TLS13, Case{Shape: EdgeRemote, Regions: []string{"ap-northeast-1"}}, 195.3, 175.3},
	} {
		c.c.Viewer, c.c.Processing = viewer, p
		got, err := of2017(c.tls).Latency(c.c)
		if want := (Latency{milliseconds(c.cold), milliseconds(c.warm)}); err != nil || got != want {
			t.Errorf("%s: %v, %v; want %v", c.name, got, err, want)
		}
	}
}

// Each shape has a latency, cold is never shorter than warm, and the edge without
// its data there is warm exactly as slow as the Region: what claim C5 turns on.
func TestShapes(t *testing.T) {
	for _, d := range []Distance{Default(), of2017(TLS12)} {
		latency := map[Shape]Latency{}
		for _, s := range Shapes() {
			got, err := d.Latency(Case{Shape: s, Viewer: "us-east-1", Regions: []string{"eu-west-1"}, Processing: p})
			if err != nil || got.Cold < got.Warm || got.Warm < p {
				t.Errorf("%s: %v, %v", s, got, err)
			}
			latency[s] = got
		}
		if latency[EdgeRemote].Warm != latency[Regional].Warm || latency[EdgeRemote].Cold >= latency[Regional].Cold {
			t.Errorf("edge %v, Region %v", latency[EdgeRemote], latency[Regional])
		}
	}
}

// C13: an edge-optimized API runs in one Region for every viewer, a routed one in
// the nearest that has it.
func TestTarget(t *testing.T) {
	regions := []string{"us-east-1", "eu-west-1"}
	for viewer, nearest := range map[string]string{"us-west-2": "us-east-1", "eu-central-1": "eu-west-1", "sa-east-1": "us-east-1"} {
		for shape, want := range map[Shape]string{EdgeOptimized: "us-east-1", LatencyRouted: nearest} {
			if got, err := Default().Target(Case{Shape: shape, Viewer: viewer, Regions: regions}); got != want || err != nil {
				t.Errorf("%s from %s: %q, %v; want %q", shape, viewer, got, err, want)
			}
		}
	}
}

// A Region that nobody measured is an error in every form, never no distance.
func TestUnknownRegion(t *testing.T) {
	d := of2017(TLS13)
	if _, err := d.Latency(Case{Shape: Regional, Viewer: "us-east-1", Regions: []string{"ap-south-1"}}); err == nil {
		t.Error("Mumbai of 2017 has a latency")
	}
	if _, err := d.Latency(Case{Shape: LatencyRouted, Viewer: "us-east-1"}); err == nil {
		t.Error("no Region is near")
	}
	if _, err := d.Viewer("mars-north-1", "us-east-1", false); err == nil {
		t.Error("Mars has a latency")
	}
}
