package world

import (
	"slices"
	"testing"
	"time"
)

// Round trips as the sources print them, the mean of both directions.
func TestRTT(t *testing.T) {
	for _, c := range []struct {
		m    Matrix
		a, b string
		want float64
	}{
		{Of2017(), "us-east-1", "eu-west-1", 80.5},       // 80.55 and 80.52
		{Of2017(), "ap-northeast-1", "us-east-1", 145.3}, // both ways
		{Of2017(), "ap-northeast-1", "eu-west-1", 212.4}, // both ways
		{Of2017(), "us-west-2", "ap-northeast-1", 89.1},  // 89.1 and 89.16
		{Recent(), "us-east-1", "eu-west-1", 69.9},       // 70.45 and 69.44
		{Recent(), "us-east-1", "ap-northeast-1", 155.9}, // 156.97 and 154.82
		{Recent(), "eu-central-1", "eu-west-1", 26.6},    // 26.13 and 27.05
	} {
		ab, err := c.m.RTT(c.a, c.b)
		ba, _ := c.m.RTT(c.b, c.a)
		if want := milliseconds(c.want); ab != want || ba != want || err != nil {
			t.Errorf("%s, %s to %s: %v and back %v, %v; want %v", c.m.Name, c.a, c.b, ab, ba, err, want)
		}
	}
}

// A matrix has every pair of its Regions, none of length 0 but a Region with itself,
// and no pair written the wrong way round, which would never be found.
func TestMatricesAreWhole(t *testing.T) {
	for _, m := range Matrices() {
		regions := m.Regions()
		if n := len(regions); n < 8 || len(m.trips) != n*(n-1)/2 || m.Source == "" || m.Date == "" {
			t.Errorf("%s has %d Regions, %d pairs", m.Name, n, len(m.trips))
		}
		for _, a := range regions {
			for _, b := range regions {
				if rtt, err := m.RTT(a, b); err != nil || (rtt > 0) != (a != b) || rtt > 500*time.Millisecond {
					t.Errorf("%s, %s to %s: %v, %v", m.Name, a, b, rtt, err)
				}
			}
			if near, err := m.Nearest(a, regions); near != a || err != nil {
				t.Errorf("nearest to %s is %s, %v", a, near, err)
			}
		}
		if got, err := MatrixNamed(m.Name); got.Name != m.Name || err != nil {
			t.Errorf("%s is not found: %v", m.Name, err)
		}
	}
	if _, err := MatrixNamed("1969"); err == nil {
		t.Error("1969 is found")
	}
}

// Every Region has its edge location, and a viewer there has its function there.
func TestPlaces(t *testing.T) {
	var regions []string
	for _, p := range Places() {
		regions = append(regions, p.Region)
		if got, err := PlaceOf(p.Region); got != p || err != nil || len(p.Location) != 3 || len(p.Zone) != 2 {
			t.Errorf("%v: %v, %v", p, got, err)
		}
		if edge, err := Default().EdgeRegion(p.Region); edge != p.Region || err != nil {
			t.Errorf("the function of %s runs in %s, %v", p.Region, edge, err)
		}
	}
	if want := Recent().Regions(); !slices.Equal(regions, want) {
		t.Errorf("%v, want %v", regions, want)
	}
	if _, err := PlaceOf("mars-north-1"); err == nil {
		t.Error("Mars has an edge location")
	}
}

// C6: where the table is decides how long viewers wait, by where most of them are.
func TestTableWait(t *testing.T) {
	japan := []Share{{"ap-northeast-1", 3}, {"us-east-1", 1}}
	tokyo, err := of2017(TLS13).TableWait("ap-northeast-1", japan)
	if want := milliseconds(145.3) / 4; tokyo != want || err != nil {
		t.Errorf("%v, %v; want %v", tokyo, err, want)
	}
	if virginia, err := of2017(TLS13).TableWait("us-east-1", japan); virginia != 3*tokyo || err != nil {
		t.Errorf("%v, %v; want %v", virginia, err, 3*tokyo)
	}
	if _, err := Default().TableWait("us-east-1", nil); err == nil {
		t.Error("nobody waits, and it takes a time")
	}
}
