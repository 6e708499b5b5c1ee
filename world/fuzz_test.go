package world

import (
	"testing"
	"time"
)

// The laws of the closed form, for any distance: a new connection is never quicker than
// an open one; a nearer copy never hurts; an edge in front of a Region takes nothing
// off an open connection and never makes a new one slower; and a table far from the
// edge costs as much as a function far from the viewer.
func FuzzLatency(f *testing.F) {
	f.Add(uint16(10_000), uint16(20_000), 0, 1, true)
	f.Add(uint16(0), uint16(0), 3, 3, false)
	f.Fuzz(func(t *testing.T, lastMile, processing uint16, viewer, region int, old bool) {
		d := Distance{Recent(), time.Duration(lastMile) * time.Microsecond, TLS13}
		if old {
			d.TLS = TLS12
		}
		regions := d.Matrix.Regions()
		at := func(i int) string { return regions[uint(i)%uint(len(regions))] }
		of := func(s Shape, in ...string) Latency {
			l, err := d.Latency(Case{Shape: s, Viewer: at(viewer), Regions: in, Processing: time.Duration(processing) * time.Microsecond})
			if err != nil {
				t.Fatal(err)
			}
			if l.Cold < l.Warm {
				t.Errorf("%s: %v", s, l)
			}
			return l
		}
		regional, edge := of(Regional, at(region)), of(EdgeOptimized, at(region))
		routed, remote, local := of(LatencyRouted, regions...), of(EdgeRemote, at(region)), of(EdgeLocal)
		if edge.Warm != regional.Warm || edge.Cold > regional.Cold || remote != edge {
			t.Errorf("regional %v, over the edge %v, with a table %v", regional, edge, remote)
		}
		if routed.Warm > regional.Warm || routed.Cold > regional.Cold || local != routed { // a copy in every Region is as near as the edge
			t.Errorf("regional %v, routed %v, local %v", regional, routed, local)
		}
	})
}
