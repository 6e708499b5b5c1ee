package offload

import "time"

// schedule sets option A's invalidations: the daily job, and in a-manual the purge
// that somebody sends after a change that came behind the job.
func (r *run) schedule() {
	first := epoch.Add(r.p.Changes.At + r.p.Changes.Mean + r.p.Schedule.Margin)
	r.at(first, r.job)
	if r.option != AManual {
		return
	}
	for _, c := range r.history.changes {
		if c.late {
			r.at(c.at.Add(r.p.Schedule.Manual), func() {
				r.out.ManualPurges += r.counted()
				r.invalidate()
			})
		}
	}
}

func (r *run) job() {
	r.after(r.p.Schedule.Every, r.job)
	r.invalidate()
}

// invalidate sends a purge by URL; it takes effect some seconds after its 201. What
// S3 holds then is what every cache serves from then on.
func (r *run) invalidate() {
	if !r.purge("url") {
		return
	}
	r.after(r.p.PurgeEffect, func() {
		r.caches.Invalidate(func(string) bool { return true })
		r.closed(r.history.version(r.now))
	})
}

// purge asks the account's rate limits; a purge that is refused does nothing.
func (r *run) purge(by string) bool {
	r.out.Purges += r.counted()
	if r.limits.Take(r.now, by, 1) {
		return true
	}
	r.out.Throttled += r.counted()
	r.out.PurgesFailed += r.counted()
	return false
}

// retryWaits are what Lambda waits before it tries an event again whose function
// failed: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
func retryWaits() []time.Duration { return []time.Duration{time.Minute, 2 * time.Minute} }
