package world

import "time"

// Shape is how a request reaches the function and the function its data.
type Shape string

// The shapes.
const (
	Regional      Shape = "regional"       // the viewer connects to the API's Region
	EdgeOptimized Shape = "edge-optimized" // the viewer connects to an edge location, which keeps connections to the API's Region: an edge-optimized API, or CloudFront before a regional one
	LatencyRouted Shape = "latency-routed" // the viewer connects to the nearest Region that has the API
	EdgeLocal     Shape = "edge-local"     // the function runs at the edge and has its data with it
	EdgeRemote    Shape = "edge-remote"    // the function runs at the edge and asks a table in another Region once
)

// Shapes lists them.
func Shapes() []Shape {
	return []Shape{Regional, EdgeOptimized, LatencyRouted, EdgeLocal, EdgeRemote}
}

// Case is one viewer's request.
type Case struct {
	Shape      Shape
	Viewer     string        // the Region that the viewer is near
	Regions    []string      // that have the API; with EdgeRemote the table's
	Processing time.Duration // of the function, waiting for data left out
	ColdClient bool          // EdgeRemote: the function has no connection to the table yet
}

// Latency is the closed form: how long the viewer waits, on a new connection (cold)
// and on one that is open (warm).
type Latency struct{ Cold, Warm time.Duration }

// Latency computes the closed form of a case:
//
//	regional        (s+1)*(m+d)         m+d
//	edge-optimized  (s+1)*m + d         m+d
//	latency-routed  (s+1)*(m+n)         m+n
//	edge-local      (s+1)*m             m
//	edge-remote     (s+1)*m + d [+s*d]  m+d [+s*d]
//
// each with the processing added: s round trips of set-up, m the last mile, d the
// round trip from the viewer's place to the (first) Region, n to the nearest one,
// and in brackets what a cold client adds. It leaves out DNS, jitter and loss.
func (d Distance) Latency(c Case) (Latency, error) {
	near, far, err := d.legs(c)
	if err != nil {
		return Latency{}, err
	}
	if c.Shape == EdgeRemote && c.ColdClient {
		far += time.Duration(d.TLS.SetUp()) * far
	}
	rest := far + c.Processing
	return Latency{Cold: d.trips(near, true) + rest, Warm: near + rest}, nil
}

// legs is the round trip on which the viewer sets its connection up, and what
// lies behind it on connections that others keep open.
func (d Distance) legs(c Case) (near, far time.Duration, err error) {
	if c.Shape == EdgeLocal {
		return d.LastMile, 0, nil
	}
	region, err := d.Target(c)
	if err != nil {
		return 0, 0, err
	}
	rtt, err := d.Matrix.RTT(c.Viewer, region)
	if c.Shape == EdgeOptimized || c.Shape == EdgeRemote {
		return d.LastMile, rtt, err
	}
	return d.LastMile + rtt, 0, err
}

// Target is the Region that a case's request ends in: of the API, and with EdgeRemote
// of the table. Wherever the viewer is, an edge-optimized API has one.
func (d Distance) Target(c Case) (string, error) {
	if c.Shape == LatencyRouted || len(c.Regions) == 0 {
		return d.Matrix.Nearest(c.Viewer, c.Regions)
	}
	return c.Regions[0], nil
}
