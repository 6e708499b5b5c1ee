// Package world is where things are: how long a round trip between AWS Regions
// takes, which of them is nearest to a viewer, how many round trips a request
// costs, and what follows for latency, failover and names. It is data and
// arithmetic: nothing here waits, and nothing here is measured by us.
//
// Every figure is somebody's measurement, and its Matrix names whose and when.
// What is built on one is a simulation, and has to be shown as one.
package world

import "time"

// DefaultLastMile is the round trip from a viewer to what is nearest to it, an edge
// location or a Region. It is an assumption: nobody's measurement stands behind it.
const DefaultLastMile = 10 * time.Millisecond

// milliseconds is a duration of so many milliseconds, to the microsecond.
func milliseconds(ms float64) time.Duration {
	return time.Duration(ms*1000+0.5) * time.Microsecond
}
