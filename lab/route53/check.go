package route53

import (
	"bytes"
	"fmt"
	"time"
)

// Limits of AWS on one check of an endpoint, by
// https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html.
const (
	ConnectWithin = 4 * time.Second
	AnswerWithin  = 2 * time.Second // the status, once connected
	BodyWithin    = 2 * time.Second // the body, once there is a status; with string matching
	searched      = 5120            // bytes of the body in which the whole string must be
)

// DefaultCheckers is how many health checkers a check has, in data centers that do not
// coordinate. AWS does not say how many there are; 16 is what operators count in
// their logs (unconfirmed).
const DefaultCheckers = 16

// healthyAbove is the share of checkers that must find an endpoint healthy for the
// check to: more than 18 %, by the page above, which adds that it may change.
const healthyAbove = 0.18

// Check is a health check of an endpoint.
type Check struct {
	Interval  time.Duration // from one request of a checker to its next: 10 s or 30 s
	Threshold int           // consecutive results that change a checker's mind, 1 to 10
	Checkers  int
	Search    string // that the body must contain; "" checks the status alone
}

// Validate refuses what Route 53 does:
// https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html.
func (c Check) Validate() error {
	switch {
	case c.Interval != 10*time.Second && c.Interval != 30*time.Second:
		return fmt.Errorf("health check every %v: want 10s or 30s", c.Interval)
	case c.Threshold < 1 || c.Threshold > 10:
		return fmt.Errorf("health check with a threshold of %d: want 1 to 10", c.Threshold)
	case c.Checkers < 1:
		return fmt.Errorf("health check by %d checkers: want 1 or more", c.Checkers)
	case len(c.Search) > 255:
		return fmt.Errorf("health check for a string of %d bytes: want 255 or fewer", len(c.Search))
	}
	return nil
}

// Result is one request of a checker. A duration is real time.
type Result struct {
	Err     error         // no connection, or none that lasted
	Connect time.Duration // until there was a connection
	Answer  time.Duration // from then to the status
	Read    time.Duration // from then to what was read of the body
	Status  int
	Body    []byte // at least the part that is searched, when there is so much
}

// Failure says why a request counts as failed, "" when it does not. A string is
// found anywhere: a search for "ok" finds it in "notok".
func (c Check) Failure(r Result) string {
	switch {
	case r.Err != nil:
		return "no connection: " + r.Err.Error()
	case r.Connect > ConnectWithin:
		return fmt.Sprintf("connected after %v, over %v", r.Connect, ConnectWithin)
	case r.Answer > AnswerWithin:
		return fmt.Sprintf("answered after %v, over %v", r.Answer, AnswerWithin)
	case r.Status < 200 || r.Status >= 400:
		return fmt.Sprintf("status %d", r.Status)
	case c.Search == "":
		return ""
	case r.Read > BodyWithin:
		return fmt.Sprintf("body after %v, over %v", r.Read, BodyWithin)
	case !bytes.Contains(r.Body[:min(len(r.Body), searched)], []byte(c.Search)):
		return fmt.Sprintf("no %q in the first %d bytes", c.Search, searched)
	}
	return ""
}
