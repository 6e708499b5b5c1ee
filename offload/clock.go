package offload

import (
	"container/heap"
	"time"
)

// clock is a virtual clock: it jumps from one event to the next.
type clock struct {
	now    time.Time
	events events
	count  int
}

type event struct {
	at  time.Time
	seq int // events of one instant run in the order in which they were set
	do  func()
}

// at sets an event; one in the past runs next.
func (c *clock) at(t time.Time, do func()) {
	c.count++
	heap.Push(&c.events, event{t, c.count, do})
}

func (c *clock) after(d time.Duration, do func()) { c.at(c.now.Add(d), do) }

// run runs every event before until.
func (c *clock) run(until time.Time) {
	for len(c.events) > 0 && c.events[0].at.Before(until) {
		e := heap.Pop(&c.events).(event)
		if e.at.After(c.now) {
			c.now = e.at
		}
		e.do()
	}
}

type events []event

func (q events) Len() int { return len(q) }
func (q events) Less(i, j int) bool {
	if q[i].at.Equal(q[j].at) {
		return q[i].seq < q[j].seq
	}
	return q[i].at.Before(q[j].at)
}
func (q events) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *events) Push(e any)   { *q = append(*q, e.(event)) }
func (q *events) Pop() any {
	last := len(*q) - 1
	e := (*q)[last]
	*q = (*q)[:last]
	return e
}
