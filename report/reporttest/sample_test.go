package reporttest

import "testing"

// The sample has everything that a page shows.
func TestSampleIsWhole(t *testing.T) {
	r := Sample(t)
	e := r.Estimate
	if len(r.Fronts) != 5 || e == nil || e.Requests == nil || e.Duration == nil || e.Uncertainty == nil || e.Sensitivity == nil || e.Phase == nil || r.Eras == nil {
		t.Fatalf("the sample lacks something: %+v", e)
	}
	for _, f := range r.Fronts {
		if len(f.Curve) < 60 || len(f.ByRound) != Rounds || len(f.Timeline) == 0 || f.Cold.Count == 0 || !f.Cost.Priced() || f.Cost.Worlds == nil {
			t.Errorf("%s: %d points of its curve, %d rounds, %d bins, %d cold starts, worlds %v", f.ID, len(f.Curve), len(f.ByRound), len(f.Timeline), f.Cold.Count, f.Cost.Worlds)
		}
	}
	if h := Hostile(t); h.Fronts[3].ID != Name {
		t.Errorf("the hostile front is called %q", h.Fronts[3].ID)
	}
}
