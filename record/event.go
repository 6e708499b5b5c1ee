package record

// Event is something that the lab brought about or saw in a trial of a front: an
// outage, a health check that changed its mind, a name that resolved to another
// Region. Or it is what bench itself wrote into a table on AWS for the trial.
type Event struct {
	AtS    float64 `json:"at_s"` // seconds since the trial began, of the lab simulated ones: Run.Speed of them in a real one
	What   string  `json:"what"`
	Region string  `json:"region"`
	Write  *Write  `json:"write,omitempty"` // of bench's own
}

// Write is one version of an item that changes by itself, as bench wrote it, or that a
// table was tried: then it has neither key nor times. The event's own time is when it
// was sent.
type Write struct {
	Table    string  `json:"table"`
	Key      string  `json:"key,omitempty"`
	Version  int     `json:"version"` // of its timeline, from 0
	DueS     float64 `json:"due_s"`   // seconds since the trial began: when it should be in force
	LateS    float64 `json:"late_s"`  // how long after that it was answered; negative: it was there before
	Units    int64   `json:"units"`   // write request units
	Attempts int     `json:"attempts,omitempty"`
	Error    string  `json:"error,omitempty"`
}

// The events of a trial.
const (
	OutageBegins = "outage begins"
	OutageEnds   = "outage ends"
	CheckFails   = "health check fails"
	CheckPasses  = "health check passes"
	Resolves     = "resolves" // to another Region than the connection before
	ItemWritten  = "item written"
	ItemFailed   = "item not written"
	TableTried   = "table tried" // by a write that changes nothing
)

// Items begins what a trial lacks for an item that bench wrote late or not at all.
const Items = "items: "

// Failover is how long a trial's viewers were sent to a Region after an outage began
// in it, in simulated seconds; false when no outage did, or they stayed.
func Failover(events []Event) (seconds float64, ok bool) {
	var began *Event
	for i, e := range events {
		switch {
		case e.What == OutageBegins && began == nil:
			began = &events[i]
		case e.What == Resolves && began != nil && e.Region != began.Region:
			return e.AtS - began.AtS, true
		}
	}
	return 0, false
}

// DNS is a front's name in Route 53.
type DNS struct {
	Name      string   `json:"name"`
	Routing   string   `json:"routing"` // latency, weighted or failover
	Alias     bool     `json:"alias,omitempty"`
	TTLS      float64  `json:"ttl_s"`
	Checked   []string `json:"checked_regions,omitempty"` // Region of each health check's endpoint
	Options   int      `json:"check_options,omitempty"`   // of each check, that Route 53 bills: HTTPS, string matching, fast interval
	Checkers  int      `json:"checkers,omitempty"`        // of each check
	IntervalS float64  `json:"interval_s,omitempty"`
	Threshold int      `json:"threshold,omitempty"`
}
