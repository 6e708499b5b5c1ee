package scenarios

import (
	"fmt"
	"slices"
)

// Session is what stands for the number of a polling session in the path, query,
// headers and body of a request.
const Session = "{session}"

// SessionPrefix is what names of sessions of a front begin with; trial sets those of one
// apart from all others.
func SessionPrefix(front, trial string) string { return "job-" + front + "-" + trial + "-" }

// SessionAside is a session of a front that no trial has.
func SessionAside(front string) string { return SessionPrefix(front, "0.0.0") + "0" }

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

// length is the time from a session's first poll to its last.
func (p *Polling) length() Duration { return p.Every * Duration(p.Times-1) }

func (l Load) checkPolling(c *checker) {
	p := l.Polling
	if p == nil {
		return
	}
	if c.given("load.stages") {
		c.fail("load.stages", "polling is given too", "rate with polling: sessions begin at a steady rate")
	}
	if length := p.length(); length > l.Duration {
		c.fail("load.polling", fmt.Sprintf("a session takes %s, and a trial measures %s", length, l.Duration), "a session that ends within load.duration")
	}
}

// warnPolling notes that a cache is measured before it is as full as it will be: a trial
// begins with the later polls of sessions whose first one nobody sent.
func (s *Scenario) warnPolling(c *checker) {
	p := s.Load.Polling
	if p == nil || s.Load.Warmup >= p.length() || !slices.ContainsFunc(s.Fronts, Front.caches) {
		return
	}
	c.warn("load.warmup", fmt.Sprintf("%s is less than a session takes, so that first polls of some are missing and later ones find nothing in the cache", s.Load.Warmup),
		fmt.Sprintf("use %s or more", p.length()))
}

// caches reports whether the front's distribution keeps answers.
func (f Front) caches() bool {
	return f.CloudFront != nil && f.CloudFront.Cache != nil && f.CloudFront.Cache.MaxTTL > 0
}
