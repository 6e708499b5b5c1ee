package world

import (
	"fmt"
	"time"
)

// TLS is a version of TLS, by what its handshake costs.
type TLS string

// The versions. A full handshake takes one round trip with 1.3 (RFC 8446, figure 1)
// and two with 1.2 (RFC 5246, figure 1).
const (
	TLS12 TLS = "1.2"
	TLS13 TLS = "1.3"
)

// SetUp is the round trips before the first request of a connection can be sent:
// one of TCP (RFC 9293, section 3.5) and those of the handshake.
func (v TLS) SetUp() int {
	if v == TLS12 {
		return 3
	}
	return 2
}

// Distance is a matrix with what the matrix does not tell.
type Distance struct {
	Matrix   Matrix
	LastMile time.Duration // round trip from a viewer to what is nearest
	TLS      TLS           // of every connection
}

// Default is the recent matrix, 10 ms of last mile, TLS 1.3.
func Default() Distance { return Distance{Recent(), DefaultLastMile, TLS13} }

// Path is one round trip from a viewer, who sits near a Region, to a Region.
func (d Distance) Path(viewer, region string) (time.Duration, error) {
	rtt, err := d.Matrix.RTT(viewer, region)
	if err != nil {
		return 0, err
	}
	return d.LastMile + rtt, nil
}

// Viewer is what a request from a viewer waits for on its way to a Region and back,
// with the set-up of its connection when it is the first on a new one.
func (d Distance) Viewer(viewer, region string, newConnection bool) (time.Duration, error) {
	path, err := d.Path(viewer, region)
	return d.trips(path, newConnection), err
}

// Between is the same between two Regions: from a function to a table, or from an
// edge location to an origin.
func (d Distance) Between(from, to string, newConnection bool) (time.Duration, error) {
	rtt, err := d.Matrix.RTT(from, to)
	return d.trips(rtt, newConnection), err
}

func (d Distance) trips(rtt time.Duration, newConnection bool) time.Duration {
	if newConnection {
		return time.Duration(d.TLS.SetUp()+1) * rtt
	}
	return rtt
}

// String names what is simulated and whose figures it rests on.
func (d Distance) String() string {
	return fmt.Sprintf("round trips between Regions of the matrix %q (%s; %s), %v from a viewer to what is nearest (assumed), TLS %s",
		d.Matrix.Name, d.Matrix.Source, d.Matrix.Date, d.LastMile, d.TLS)
}
