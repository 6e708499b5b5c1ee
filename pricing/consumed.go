package pricing

import (
	"fmt"
	"slices"
	"strings"

	"frontdoor/record"
)

// Calls is what is known of a front's functions before any of them has answered.
type Calls int

// What functions call.
const (
	CallsUnknown Calls = iota // whatever they like: an answer that does not say what it consumed may hide anything
	CallsTold                 // bench's own, some with a table: those say so, and the others call nothing
	CallsNothing              // bench's own, none with a table
	CallsCounted              // what the lab has in its counters
)

// Consumption adds up what functions said that they consumed (record.Hit.Consumption),
// each invocation once: an answer out of a cache says again what was said before.
type Consumption struct {
	seen   map[string]bool // request ids
	said   bool            // some invocation did
	silent int             // requests whose answer does not say all
	failed int             // of which some function may have called what it could and then failed, too
}

// Add takes over a request to a front that was sent, and returns what it consumed.
// known is false when that is not all, as far as the request itself tells.
func (c *Consumption) Add(f record.Front, h record.Hit) (items []Item, known bool) {
	if c.seen == nil {
		c.seen = map[string]bool{}
	}
	if Refused(f.Kind, h) {
		return nil, true
	}
	_, known = h.Invocations()
	for _, said := range h.Consumption() {
		known = known && said.Known
		c.said = c.said || said.Known
		if c.seen[said.ID] {
			continue
		}
		c.seen[said.ID] = true
		for _, counter := range said.Consumed {
			counter.Front = f.ID
			if item, ok := CounterItem(counter, f); ok {
				items = append(items, item)
			}
		}
	}
	switch {
	case known:
	case h.Status == 0 || h.Status >= 500 || strings.HasPrefix(h.Cache, "Error"): // an error page may have any status
		c.failed++
	default:
		c.silent++
	}
	return items, known
}

// forget marks the invocations of warm-up requests as added, and counts none of them.
func (c *Consumption) forget(f record.Front, hits []record.Hit) {
	for _, h := range hits {
		if h.Warmup && h.Sent >= 0 {
			c.Add(f, h)
		}
	}
	c.silent, c.failed = 0, 0
}

// Unknown is how many requests' consumption is not known, of functions that call what
// calls says. One of bench's own that has a table says so in every answer of its own,
// unless a call of it failed: what does not say is the cache's, the origin's, or that of a
// function without a table. Where none says, an earlier bench made them.
func (c *Consumption) Unknown(calls Calls) int {
	switch {
	case calls == CallsNothing || calls == CallsCounted:
		return 0
	case calls == CallsTold && c.said:
		return c.failed
	}
	return c.silent + c.failed
}

// consume takes over what a measured request consumed.
func (m *Measured) consume(f record.Front, h record.Hit) {
	items, known := m.consumption.Add(f, h)
	switch {
	case !known:
		m.unsure = Merged(m.unsure, items)
	case !Refused(f.Kind, h):
		m.told++
		m.consumed = Merged(m.consumed, items)
	}
}

// Merged is a list with further items in it, quantities of one meter and Region in one.
func Merged(list, further []Item) []Item {
	list = slices.Clone(list)
	for _, item := range further {
		i := slices.IndexFunc(list, func(o Item) bool { return o.Meter == item.Meter && o.Region == item.Region })
		if i < 0 {
			list = append(list, item)
			continue
		}
		list[i].Quantity = list[i].Quantity.Add(item.Quantity)
	}
	return list
}

// Called adds to a workload what the functions of the measured requests said that they
// consumed, on average of those that are known. The rest is missing, of functions that
// may call anything.
func (m *Measured) Called(w *Workload, calls Calls) {
	consumed, known := m.consumed, m.told
	if silent := int64(m.consumption.silent); calls == CallsTold && silent > 0 && m.consumption.said { // who does not say called nothing
		consumed, known = Merged(consumed, m.unsure), known+silent
	}
	for _, item := range consumed {
		w.Counted, w.Said = append(w.Counted, Counted{item.Meter, item.Region, item.Quantity.Div(Count(known)), item.Counting}), true
	}
	unknown := m.consumption.Unknown(calls)
	if unknown == 0 {
		return
	}
	reason := "nobody counted what the handler reads and writes of the scenario's tables; its answers do not say (header x-bench-consumed)"
	if m.consumption.said {
		reason = fmt.Sprintf("%d of %d measured requests do not tell what their functions consumed (header x-bench-consumed): of tables, the month has what the others did on average", unknown, m.Requests)
	}
	for _, meter := range []Meter{DynamoDBReadUnits, DynamoDBWriteUnits} {
		w.Missing = append(slices.Clip(w.Missing), Gap{Meter: meter, Reason: reason})
	}
}
