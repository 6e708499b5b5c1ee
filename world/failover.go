package world

import "time"

// Check is what decides how soon a health check of Route 53 notices.
type Check struct {
	Interval  time.Duration // 10 s or 30 s
	Threshold int           // consecutive results that change a checker's mind
}

// Failover bounds how long a viewer may be sent to a Region that went down.
type Failover struct{ Best, Mean, Worst time.Duration }

// Failover is the rule of thumb of operators: threshold times interval, up to one
// interval more for the phase of the checks, and up to the record's TTL, since a
// resolver had it cached for anything from no time to all of it. It leaves out the
// aggregation of checkers, for which AWS gives no time.
func (c Check) Failover(ttl time.Duration) Failover {
	least := time.Duration(c.Threshold) * c.Interval
	return Failover{least, least + c.Interval/2 + ttl/2, least + c.Interval + ttl}
}

// Earliest is what the rule of thumb overlooks: a checker whose turn comes just
// after the failure has its threshold full one interval sooner. n checkers with
// independent phases agree when all but a few of them have seen it, which for many
// checkers is near the end of that interval.
func (c Check) Earliest() time.Duration {
	return time.Duration(c.Threshold-1) * c.Interval
}

// FailedRequests is how many requests of a Region are expected to fail while a
// failover of mean length takes its course, at a rate per second.
func (f Failover) FailedRequests(perSecond float64) float64 {
	return perSecond * f.Mean.Seconds()
}
