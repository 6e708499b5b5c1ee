package scenarios

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"frontdoor/world"
)

// Distance asks the lab for simulated distance between viewers, Regions and edge
// locations. Nothing of it is measured.
type Distance struct {
	Viewer   string // of every front without its own: the Region that its viewers are near
	Matrix   string // name of a world.Matrix
	LastMile Duration
	TLS      string // a world.TLS
}

func (d *Distance) fields() []field {
	return []field{
		{name: "viewer", into: &d.Viewer, def: "us-east-1", pattern: regionPattern, want: regionWant,
			doc: "The AWS Region that viewers are near, for every front that does not say it itself."},
		{name: "matrix", into: &d.Matrix, def: world.Recent().Name, enum: matrices(),
			doc: "Whose round-trip times between Regions apply: recent, as published with relab/hotstuff, or april-2017, when API Gateway had no regional endpoints yet. Reports name the source."},
		{name: "last_mile", into: &d.LastMile, def: world.DefaultLastMile.String(), max: "1s",
			doc: "The round trip from a viewer to what is nearest, an edge location or a Region. The default is an assumption."},
		{name: "tls", into: &d.TLS, def: `"` + string(world.TLS13) + `"`, enum: []string{string(world.TLS12), string(world.TLS13)},
			doc: "The version of TLS, in quotes, that a new connection pays the round trips of: one with 1.3, two with 1.2, beside one of TCP. The lab itself speaks plain HTTP."},
	}
}

func matrices() []string {
	var names []string
	for _, m := range world.Matrices() {
		names = append(names, m.Name)
	}
	return names
}

// World is the distance that d describes; nil for nil. d comes from Parse.
func (d *Distance) World() *world.Distance {
	if d == nil {
		return nil
	}
	m, err := world.MatrixNamed(d.Matrix)
	if err != nil {
		panic(err) // the field is an enumeration
	}
	return &world.Distance{Matrix: m, LastMile: time.Duration(d.LastMile), TLS: world.TLS(d.TLS)}
}

// checkDistance wants every place to be one that the matrix has: no distance is known
// of any other, and none would make it the nearest.
func (s *Scenario) checkDistance(c *checker) {
	d := s.Distance
	if d == nil {
		for i, f := range s.Fronts {
			if f.Viewer != "" {
				c.fail(fmt.Sprintf("fronts[%d].viewer", i), "is somewhere, and there is no distance", "distance: {} beside fronts, or no viewer")
			}
		}
		return
	}
	regions := d.World().Matrix.Regions()
	known := func(path, region string) {
		if slices.Contains(regions, region) {
			return
		}
		c.fail(path, fmt.Sprintf("%q is not in the matrix %q", region, d.Matrix), "one of "+strings.Join(regions, ", "))
	}
	known("distance.viewer", d.Viewer)
	lab := false
	for i, f := range s.Fronts {
		path := fmt.Sprintf("fronts[%d]", i)
		if !f.Lab() {
			if c.given(path + ".viewer") {
				c.fail(path+".viewer", "is simulated, and url names a deployed front", "it without url only")
			}
			continue
		}
		lab = true
		for j, r := range f.Domain.records() {
			known(fmt.Sprintf("%s.domain.records[%d].region", path, j), r.Region)
		}
		known(path+".region", f.Region)
		if c.given(path + ".viewer") {
			known(path+".viewer", f.Viewer)
		}
	}
	for i, t := range s.Tables {
		for _, r := range t.Regions {
			known(fmt.Sprintf("tables[%d]", i), r)
		}
	}
	for i, b := range s.Buckets {
		known(fmt.Sprintf("buckets[%d]", i), b.Region)
	}
	if !lab {
		c.fail("distance", "is simulated, and every front is a deployed one", "no distance: the real one is measured")
	}
}

// zone is CloudFront's price zone of the viewers; us where nobody says where they are.
func (d *Distance) zone() string {
	if d == nil {
		return "us"
	}
	place, err := world.PlaceOf(d.Viewer)
	if err != nil {
		return "us" // in no Region that is known, which checkDistance refuses
	}
	return place.Zone
}
