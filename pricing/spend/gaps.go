package spend

import (
	"fmt"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/record"
)

// gaps says what the record does not know of the front.
func (c *count) gaps(s *Spent) {
	f := c.front
	gap := func(m pricing.Meter, format string, args ...any) {
		s.gap(m, "front "+f.ID+": "+fmt.Sprintf(format, args...))
	}
	lost, cut := c.unknown()
	if lost > 0 {
		gap(requestMeter(f.Kind), "%d trials were lost: what they sent is in no line", lost)
	}
	if cut > 0 {
		gap(requestMeter(f.Kind), "%d requests were under way when their trial ended: they are in no line", cut)
	}
	if c.unanswered > 0 {
		gap(egressMeter(f.Kind), "%d of %s requests got no answer: what was sent to them until they gave up is not known", c.unanswered, c.total)
	}
	c.imported(gap)
	if f.DNS != nil {
		gap(pricing.Route53StandardQueries, "its DNS queries and health checks are in no line, nor what the checks' requests cost at the front")
	}
	duration := pricing.DurationMeter(f.Kind, f.Architecture)
	switch without := c.unexplained - c.alone(); {
	case c.total.Sign() == 0 || f.Kind == front.CloudFrontFunction && len(f.Further) == 0:
		return
	case c.invocations == 0 && c.unexplained == 0: // every answer says that nothing was invoked
		return
	case c.invocations == 0:
		c.metrics(gap)
	case without > 0 && !c.uninvoked():
		gap(duration, "%d of %s requests have no REPORT line: what they caused, if anything, is in no line", without, c.total)
	}
	if c.unlogged && !(f.Kind == front.CloudFrontFunction && c.labCounted(labLogBytes)) {
		gap(pricing.LogsIngestedGB, "log bytes are not known")
	}
	if c.unsized {
		gap(duration, "the memory of the function is not recorded")
	}
}

// labLogBytes is the lab's counter of what functions of a distribution logged.
const labLogBytes = "logs.bytes"

// alone is the number of REPORT lines that no answer names: of requests whose client
// gave up waiting.
func (c *count) alone() int {
	n := 0
	for id := range c.region {
		if !c.named[id] {
			n++
		}
	}
	return n
}

// unknown counts trials that were lost, and requests that were cut off in others.
func (c *count) unknown() (lost, cut int) {
	for _, t := range c.rec.Trials {
		if t.Front == c.front.ID && t.State == record.Lost {
			lost++
		}
	}
	for _, t := range c.rec.Of(c.front.ID) {
		if t.Load != nil {
			cut += max(0, t.Load.Sent-len(t.Hits))
		}
	}
	return lost, cut
}

// requestMeter is what a front counts its requests by, or, where it does not, its
// function.
func requestMeter(k front.Kind) pricing.Meter {
	switch {
	case k.REST():
		return pricing.RESTRequests
	case k == front.APIGatewayHTTP:
		return pricing.HTTPRequests
	case k.CloudFront():
		return pricing.CloudFrontHTTPS
	}
	return pricing.LambdaRequests
}

func egressMeter(k front.Kind) pricing.Meter {
	if k.CloudFront() {
		return pricing.CloudFrontEgressGB
	}
	return pricing.EgressGB
}

// invocationMeter is what invocations of a front's functions of Lambda are counted by.
func invocationMeter(k front.Kind) pricing.Meter {
	if k.CloudFront() {
		return pricing.EdgeRequests
	}
	return pricing.LambdaRequests
}
