package world

import (
	"fmt"
	"slices"
	"time"
)

// Place is a Region with what stands near it.
type Place struct {
	Region   string
	Location string // IATA code of a CloudFront edge location there, as x-amz-cf-pop begins
	Zone     string // CloudFront's price zone of viewers there
}

// Places lists the Regions of the recent matrix with an edge location of the same
// city, after https://github.com/tobilg/aws-edge-locations (MIT, May 2025).
func Places() []Place {
	return []Place{
		{"ap-northeast-1", "NRT", "jp"},
		{"ap-south-1", "BOM", "in"},
		{"ap-southeast-1", "SIN", "ap"},
		{"ap-southeast-2", "SYD", "au"},
		{"eu-central-1", "FRA", "eu"},
		{"eu-west-1", "DUB", "eu"},
		{"sa-east-1", "GRU", "sa"},
		{"us-east-1", "IAD", "us"},
		{"us-west-2", "HIO", "us"},
	}
}

// PlaceOf is the place of a Region. A viewer in a Region is a last mile away from
// the edge location of its place.
func PlaceOf(region string) (Place, error) {
	places := Places()
	i := slices.IndexFunc(places, func(p Place) bool { return p.Region == region })
	if i < 0 {
		return Place{}, fmt.Errorf("no edge location is known near %q", region)
	}
	return places[i], nil
}

// EdgeRegion is the Region in which a Lambda@Edge function runs for a viewer: the one
// nearest to the viewer, wherever the function was made and wherever its table is
// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-logs.html).
// AWS does not list these Regions; those of the matrix stand in for them.
func (d Distance) EdgeRegion(viewer string) (string, error) {
	return d.Matrix.Nearest(viewer, d.Matrix.Regions())
}

// Share is the part of all viewers that is near a Region.
type Share struct {
	Viewer string
	Part   float64
}

// TableWait is how long viewers wait on average for one read of a table in a Region
// by a function at the edge, on an open connection. Shares are relative.
func (d Distance) TableWait(table string, viewers []Share) (time.Duration, error) {
	var sum, parts float64
	for _, v := range viewers {
		edge, err := d.EdgeRegion(v.Viewer)
		if err != nil {
			return 0, err
		}
		rtt, err := d.Matrix.RTT(edge, table)
		if err != nil {
			return 0, err
		}
		sum += v.Part * float64(rtt)
		parts += v.Part
	}
	if !(parts > 0) {
		return 0, fmt.Errorf("no viewer has a share above 0")
	}
	return time.Duration(sum / parts), nil
}
