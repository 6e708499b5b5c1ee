package record

import "fmt"

// Distance is what was simulated between viewers, Regions and edge locations: the
// lab let requests wait for it, nobody measured it.
type Distance struct {
	Matrix     string  `json:"matrix"`       // name of the round-trip times between Regions
	Source     string  `json:"source"`       // who measured them, with a URL
	Date       string  `json:"date"`         // and when
	LastMileMS float64 `json:"last_mile_ms"` // assumed round trip from a viewer to what is nearest
	TLS        string  `json:"tls"`          // version whose round trips a new connection pays
}

// String says what was simulated, with its source.
func (d Distance) String() string {
	return fmt.Sprintf("round trips between Regions of %s (%s), %g ms from a viewer to what is nearest (assumed), TLS %s", d.Source, d.Date, d.LastMileMS, d.TLS)
}
