package route53

import "time"

// Clock is a clock that runs faster than real time from a moment on. What it says is
// simulated time: intervals, TTLs and outages are on it, requests are not.
type Clock struct {
	Start time.Time // real, and simulated alike
	Speed float64   // simulated seconds in a real one
}

// At is the simulated time at a real one.
func (c Clock) At(real time.Time) time.Time {
	return c.Start.Add(time.Duration(float64(real.Sub(c.Start)) * c.Speed))
}

// Real is the real time of a simulated one.
func (c Clock) Real(at time.Time) time.Time {
	return c.Start.Add(time.Duration(float64(at.Sub(c.Start)) / c.Speed))
}
