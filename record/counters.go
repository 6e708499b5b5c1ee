package record

// Counter is one quantity of counters.json: what the lab metered beside
// CloudWatch from its start to the end of the run, warm-ups included. Name is that
// of the billed meter where there is one, else of what was counted. A counter that
// is not there was not metered, which is not zero.
type Counter struct {
	Front  string  `json:"front,omitempty"`
	Name   string  `json:"name"`
	Region string  `json:"region,omitempty"`
	Value  float64 `json:"value"`
}
