package load

import "time"

// Count is what a plan will send, exactly: its schedule is fixed by its seed.
type Count struct {
	Requests []int64       // of each of the plan's requests, warm-up included
	Warmup   int64         // of all of them, in the warm-up
	Length   time.Duration // of the schedule
}

// Count works the schedule out and sends nothing. The error is that of Attack.
func (p Plan) Count() (Count, error) {
	if err := p.check(); err != nil {
		return Count{}, err
	}
	arrivals, err := p.schedule()
	if err != nil {
		return Count{}, err
	}
	c := Count{Requests: make([]int64, len(p.Requests)), Length: p.Duration()}
	for _, a := range arrivals {
		c.Requests[a.request]++
		if a.warmup {
			c.Warmup++
		}
	}
	return c, nil
}

// Sum is the number of requests of all kinds.
func (c Count) Sum() int64 {
	var n int64
	for _, k := range c.Requests {
		n += k
	}
	return n
}
