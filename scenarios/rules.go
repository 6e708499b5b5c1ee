package scenarios

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"frontdoor/gate"
)

// check tests the rules between fields.
func (s *Scenario) check(c *checker, handlers []string) {
	if s.Offload != nil {
		s.checkOffload(c)
		return
	}
	if c.given("handler") && c.given("command") {
		c.fail("command", "handler is given too", "either handler or command")
	}
	if c.given("handler") && len(handlers) > 0 && !slices.Contains(handlers, s.Handler) {
		c.fail("handler", fmt.Sprintf("%q is not known%s", s.Handler, gate.DidYouMean(s.Handler, handlers)), "one of "+strings.Join(handlers, ", "))
	}
	s.checkClock(c)
	s.checkTimed(c)
	seen := map[string]string{}
	for i, f := range s.Fronts {
		path := fmt.Sprintf("fronts[%d]", i)
		if first, ok := seen[f.ID]; ok {
			c.fail(path+".id", fmt.Sprintf("%q is the id of %s too", f.ID, first), "an id of its own for each front")
		} else {
			seen[f.ID] = path
		}
		f.check(c, path, s)
		f.checkHandlers(c, path, handlers)
		at := path + ".domain.health_check.handler"
		if h := f.Domain.check(); c.given(at) && len(handlers) > 0 && !slices.Contains(handlers, h.Handler) {
			c.fail(at, fmt.Sprintf("%q is not known%s", h.Handler, gate.DidYouMean(h.Handler, handlers)), "one of "+strings.Join(handlers, ", "))
		}
	}
	for i, r := range s.Requests {
		r.check(c, fmt.Sprintf("requests[%d]", i), s.ids())
		if s.Load.Polling == nil && strings.Contains(r.Path+fmt.Sprint(r.Query, r.Headers)+r.Body, Session) {
			c.fail(fmt.Sprintf("requests[%d]", i), "has "+Session+", and load has no polling", "load.polling, which makes the sessions that it names")
		}
	}
	s.Load.check(c, s.Fronts)
	s.checkDistance(c)
	s.checkTables(c)
	s.checkBuckets(c)
	if s.Traffic != nil {
		s.Traffic.check(c)
	}
	s.checkLiterals(c)
	s.checkGates(c)
	s.checkClaims(c)
	s.warn(c)
}

// fewRequests is the least number of independent requests that bound p99 from both
// sides with 95 % confidence: the smallest n with 0.99^n <= 0.025.
const fewRequests = 368

// warn notes what cannot come to a result. The smallest two-sided p of the
// signed-rank test over n rounds is 2/2^n, which is below 0.05 from n = 6 on.
func (s *Scenario) warn(c *checker) {
	if s.Rounds < 6 {
		smallest := math.Min(1, 2/math.Pow(2, float64(s.Rounds)))
		c.warn("rounds", fmt.Sprintf("over %d rounds no difference can reach the 5 %% level, the smallest p is %.3g", s.Rounds, smallest), "use 6 or more, better 12")
	}
	if n := s.Load.Planned() * float64(s.Rounds); n < fewRequests {
		c.warn("load.duration", fmt.Sprintf("all rounds together plan %.0f requests for each front", n), fmt.Sprintf("use %d or more to bound p99", fewRequests))
	}
	s.warnPolling(c)
}

func (s *Scenario) checkGates(c *checker) {
	ids := s.ids()
	for i, g := range s.Gates {
		for _, id := range g.Fronts() {
			if !slices.Contains(ids, id) {
				c.fail(fmt.Sprintf("gates[%d]", i), fmt.Sprintf("%q names the front %q, which is not there%s", g.Text, id, gate.DidYouMean(id, ids)), "one of "+strings.Join(ids, ", "))
			}
		}
	}
}

func (r Request) check(c *checker, path string, ids []string) {
	for name := range r.Headers {
		if slices.Contains([]string{"connection", "content-length", "transfer-encoding"}, strings.ToLower(name)) {
			c.fail(path+`.headers["`+name+`"]`, fmt.Sprintf("%s is not yours to set", name), "no such header: the client computes it")
		}
	}
	r.checkCookies(c, path)
	r.checkBody(c, path+".expect", r.Expect.Expectation)
	for _, id := range slices.Sorted(maps.Keys(r.Expect.Fronts)) {
		at := path + `.expect.fronts["` + id + `"]`
		if !slices.Contains(ids, id) {
			c.fail(at, fmt.Sprintf("names the front %q, which is not there%s", id, gate.DidYouMean(id, ids)), "one of "+strings.Join(ids, ", "))
		}
		r.checkBody(c, at, r.Expect.Fronts[id])
	}
}

func (r Request) checkBody(c *checker, path string, e Expectation) {
	if r.Method == "HEAD" && !e.Body.Any {
		c.fail(path+".body", "a HEAD request's answer has no body to check", "any")
	}
}

func (t *Traffic) check(c *checker) {
	const path = "traffic.requests_per_month"
	f := t.RequestsPerMonth
	if f.Low > f.Expected {
		c.fail(path+".low", fmt.Sprintf("%d is more than expected, %d", f.Low, f.Expected), "low <= expected <= high")
	}
	if f.High < f.Expected {
		c.fail(path+".high", fmt.Sprintf("%d is less than expected, %d", f.High, f.Expected), "low <= expected <= high")
	}
	if f.Low == 0 && f.High > 0 && f.Low <= f.Expected {
		c.fail(path+".low", "0 begins a range, whose months lie apart by factors", "1 or more; expected: 0 alone is a month in which nobody calls")
	}
	if sum := t.viewersSum(); math.Abs(sum-1) > 1e-6 {
		c.fail("traffic.viewers", fmt.Sprintf("the shares add up to %.6g", sum), "shares that add up to 1")
	}
	if !slices.ContainsFunc(t.HourlyProfile, func(w float64) bool { return w > 0 }) {
		c.fail("traffic.hourly_profile", "every weight is 0", "at least one weight above 0")
	}
}

// viewersSum adds in a fixed order, so that the sum does not depend on Go's map order.
func (t *Traffic) viewersSum() float64 {
	var sum float64
	for _, zone := range zones() {
		sum += float64(t.Viewers[zone])
	}
	return sum
}
