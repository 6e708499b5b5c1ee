package scenarios

import "fmt"

// Session is what stands for the number of a polling session in the path, query,
// headers and body of a request.
const Session = "{session}"

// Polling makes requests come in sessions: each asks the same thing again and again,
// as a client does that waits for a job.
type Polling struct {
	Every Duration // between the polls of a session
	Times int      // polls in a session
}

func (p *Polling) fields() []field {
	return []field{
		{name: "every", into: &p.Every, required: true, min: "1ms", max: "1h",
			doc: "The time from one poll of a session to the next, counted from when the poll was due, whatever its answer took."},
		{name: "times", into: &p.Times, required: true, min: "2", max: "100000",
			doc: "How many polls a session has. It is fixed and does not depend on the answers, so that every front gets the same load; choose it by how long the job takes."},
	}
}

func (l Load) checkPolling(c *checker) {
	p := l.Polling
	if p == nil {
		return
	}
	if c.given("load.stages") {
		c.fail("load.stages", "polling is given too", "rate with polling: sessions begin at a steady rate")
	}
	if length := p.Every * Duration(p.Times-1); length > l.Duration {
		c.fail("load.polling", fmt.Sprintf("a session takes %s, and a trial measures %s", length, l.Duration), "a session that ends within load.duration")
	}
}
