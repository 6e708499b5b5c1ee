package spend

import (
	"time"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/record"
)

// count counts what one front of a run did, hour by hour.
type count struct {
	rec   *record.Recording
	front record.Front
	hours map[time.Time]*amounts
	total pricing.Quantity // requests sent

	region      map[string]string // that ran an invocation, by request id; of every REPORT line
	named       map[string]bool   // request ids that some answer bears
	again       map[string]int    // REPORT lines beyond the first of an id: logs may deliver one twice
	invocations int               // REPORT lines
	unexplained int               // requests whose invocations are not all known
	unanswered  int
	unlogged    bool // some REPORT line has no log bytes
	unsized     bool // some has no memory, nor has the front

	calls    pricing.Calls       // what is known of its functions
	consumed pricing.Consumption // as they say themselves
}

func newCount(rec *record.Recording, f record.Front, calls pricing.Calls) *count {
	return &count{rec: rec, front: f, hours: map[time.Time]*amounts{}, region: map[string]string{}, named: map[string]bool{}, again: map[string]int{},
		calls: calls}
}

// in is the hour of a moment.
func (c *count) in(at time.Time) *amounts {
	hour := hourOf(at)
	if c.hours[hour] == nil {
		c.hours[hour] = new(amounts)
	}
	return c.hours[hour]
}

// reports notes which Region ran what, of all trials before any hit is looked at: an
// answer out of a cache names the invocation of a trial before.
func (c *count) reports(t record.Measured) {
	for _, r := range t.Reports {
		if _, ok := c.region[r.RequestID]; ok && r.RequestID != "" {
			c.again[r.RequestID]++
		}
		c.region[r.RequestID] = c.ranIn(r)
	}
}

// ranIn is the Region of an invocation.
func (c *count) ranIn(r record.Report) string {
	switch {
	case r.Region != "":
		return r.Region
	case c.front.FunctionIn != "":
		return c.front.FunctionIn
	}
	return c.front.Region
}

// trial counts the hits and the invocations of one trial. An invocation has no time of
// its own: it is in the hour of the request that caused it, or of its trial.
func (c *count) trial(t record.Measured) {
	fresh := true
	for _, h := range t.Hits {
		fresh = fresh && (h.NewConn || h.Sent < 0)
	}
	at := map[string]time.Time{}
	for _, h := range t.Hits {
		if h.Sent < 0 {
			continue
		}
		sent := t.Started.Add(time.Duration(h.Sent))
		c.hit(h, c.in(sent))
		ids, _ := h.Invocations()
		for _, id := range ids {
			if _, ok := at[id]; !ok {
				at[id] = sent
			}
		}
		if h.NewConn {
			c.connection(t, h, fresh)
		}
	}
	for _, r := range t.Reports {
		if c.again[r.RequestID] > 0 {
			c.again[r.RequestID]--
			continue
		}
		when, ok := at[r.RequestID]
		if !ok {
			when = t.Started
		}
		if c.front.Lacks(record.LacksHits) {
			c.hit(record.Hit{Status: 200, RequestID: r.RequestID}, c.in(when)) // each was somebody's request
		}
		c.invocation(r, c.in(when))
	}
}

// hit counts one request that was sent.
func (c *count) hit(h record.Hit, a *amounts) {
	one, in := pricing.Count(1), pricing.Count(h.BytesIn)
	c.total = c.total.Add(one)
	a.requests, a.out, a.in = a.requests.Add(one), a.out.Add(pricing.Count(h.BytesOut)), a.in.Add(in)
	refused := pricing.Refused(c.front.Kind, h)
	if !refused {
		a.charged = a.charged.Add(one)
		a.increments = a.increments.Add(pricing.Count(pricing.Increments(h.BytesOut + h.BytesIn)))
	}
	if h.Status == 0 {
		c.unanswered++
	}
	if c.calls != pricing.CallsCounted {
		items, _ := c.consumed.Add(c.front, h)
		a.consumed(items, one)
	}
	ids, known := h.Invocations()
	near := c.ranIn(record.Report{})
	for _, id := range ids {
		c.named[id] = true
		region, ok := c.region[id]
		known = known && ok
		if ok {
			near = region
		}
	}
	if !known && !refused {
		c.unexplained++
	}
	if c.front.Kind.CloudFront() {
		a.served(near, one, in)
	}
}

// connection counts the time that a connection is open: until its trial ends, or,
// where every request opens one of its own, until that is done.
func (c *count) connection(t record.Measured, h record.Hit, fresh bool) {
	until := t.Ended.Sub(t.Started).Nanoseconds()
	if fresh && h.Done >= 0 {
		until = h.Done
	}
	a := c.in(t.Started.Add(time.Duration(h.Sent)))
	a.opened = a.opened.Add(pricing.Count(1))
	a.open = a.open.Add(pricing.Ratio(max(0, until-h.Sent), int64(time.Second)))
}

// invocation counts one REPORT line.
func (c *count) invocation(r record.Report, a *amounts) {
	c.invocations++
	memory := int64(r.MemoryMB)
	if memory == 0 {
		memory = int64(c.front.MemoryMB)
	}
	c.unsized = c.unsized || memory == 0
	c.unlogged = c.unlogged || r.LogBytes <= 0 // an invocation logs START, END and REPORT at least; or its lines were not read
	log := max(r.LogBytes, 0)
	if c.front.Kind == front.CloudFrontFunction && c.labCounted(labLogBytes) {
		log = 0 // the counter of log bytes has those of all of the distribution's functions
	}
	a.work(c.ranIn(r), pricing.Count(1), pricing.Count(r.BilledMS*memory), pricing.Count(log))
}

// imported names what another tool's results do not say.
func (c *count) imported(gap func(pricing.Meter, string, ...any)) {
	balanced := c.front.Kind == front.ALB
	if c.front.Lacks(record.LacksResponseBytes) {
		gap(egressMeter(c.front.Kind), "the imported files do not say how large answers are")
		if c.front.Kind == front.APIGatewayHTTP {
			gap(pricing.HTTPRequests, "the imported files do not say how large answers are: each request is counted as one increment of 512 KB, the least")
		}
	}
	if balanced && (c.front.Lacks(record.LacksResponseBytes) || c.front.Lacks(record.LacksRequestBytes)) {
		gap(pricing.ALBLCUHours, "the imported files do not say how large requests or answers are: capacity units are the maximum of what is known")
	}
	if balanced && c.front.Lacks(record.LacksConnections) {
		gap(pricing.ALBLCUHours, "the imported files do not say which requests opened a connection: capacity units are the maximum of what is known")
	}
}
