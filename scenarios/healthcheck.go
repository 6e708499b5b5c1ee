package scenarios

import (
	"fmt"
	"time"
)

// HealthCheck is a health check of an endpoint by Route 53, with a function of its own.
type HealthCheck struct {
	Handler   string
	Command   []string
	Status    string
	Path      string
	HTTPS     bool
	Search    string
	Interval  Duration
	Threshold int
	Checkers  int
}

// The limits are Route 53's:
// https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html
func (h *HealthCheck) fields() []field {
	return []field{
		{name: "handler", into: &h.Handler, def: "healthcheck", pattern: kebab, want: kebabWant,
			doc: "The built-in handler that answers the check, in a function of its own."},
		{name: "command", into: &h.Command, least: 1, pattern: `\S`, want: "words of a command",
			doc: "The program that answers the check, in place of a built-in handler."},
		{name: "status", into: &h.Status, def: "ok", pattern: `\S`, want: "text",
			doc: "The function's variable STATUS: what the handler healthcheck answers."},
		{name: "path", into: &h.Path, def: "/prod/healthcheck", pattern: `^/[^?#\s]*$`, want: pathWant,
			doc: "The path that the checkers ask for."},
		{name: "https", into: &h.HTTPS, def: "true",
			doc: "Whether the check speaks HTTPS, an option that Route 53 bills. The lab speaks plain HTTP."},
		{name: "search", into: &h.Search, pattern: `^.{1,255}$`, want: "text of at most 255 characters",
			doc:      "A string that the first 5,120 bytes of the body must have in them, an option that Route 53 bills. It is found anywhere: ok is in notok too. Left out, the status decides alone.",
			examples: []string{"ok"}},
		{name: "interval", into: &h.Interval, def: "30s", min: "10s", max: "30s",
			doc: "The time between two requests of one checker, 10s or 30s, on the simulated clock. 10s is an option that Route 53 bills."},
		{name: "threshold", into: &h.Threshold, def: "3", min: "1", max: "10",
			doc: "How many results in a row change a checker's mind."},
		{name: "checkers", into: &h.Checkers, def: "16", min: "1", max: "100",
			doc: "How many checkers ask. AWS does not say how many there are."},
	}
}

// The intervals of a health check; the shorter one is an option that Route 53 bills.
const (
	FastInterval     = Duration(10 * time.Second)
	standardInterval = Duration(30 * time.Second)
)

func (h *HealthCheck) check(c *checker, path string) {
	if h.Interval != FastInterval && h.Interval != standardInterval {
		c.fail(path+".interval", fmt.Sprintf("%s is not an interval of Route 53", h.Interval), "10s or 30s")
	}
	if len(h.Command) > 0 && (c.given(path+".handler") || c.given(path+".status")) {
		c.fail(path+".command", "a built-in handler is given too", "either command or handler")
	}
}
