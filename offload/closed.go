package offload

import (
	"math"
	"time"
)

// The formulas. Each is for one cache or one object, under the assumptions that its
// comment names; the simulation has none of them, and a test holds them together.

// DirectPerDay is how many requests a day reach the origin without a cache: all.
func DirectPerDay(readsPerHour float64, edges int) float64 {
	return 24 * readsPerHour * float64(edges)
}

// TTLPerDay is how many requests a day one cache sends to its origin for expiry
// alone. Even reads: it asks at the first read at or behind the TTL. Poisson reads:
// the TTL and then the mean wait for a read.
func TTLPerDay(readsPerHour float64, ttl time.Duration, poisson bool) float64 {
	if poisson {
		return 24 / (ttl.Hours() + 1/readsPerHour)
	}
	return 24 / (math.Ceil(readsPerHour*ttl.Hours()) / readsPerHour)
}

// InvalidationsPerDay is how many requests a day the topmost caches send when a purge
// marks their copies stale at each interval and the TTL is longer: one each, if
// anybody reads in the interval. Reads are Poisson, at each topmost cache.
func InvalidationsPerDay(tops int, readsPerHour float64, every time.Duration) float64 {
	return float64(tops) * 24 / every.Hours() * (1 - math.Exp(-readsPerHour*every.Hours()))
}

// TTLStaleShare is the share of reads that are stale under a TTL alone, when the
// object changes at each interval and copies are fetched at any phase of it.
func TTLStaleShare(ttl, change time.Duration) float64 {
	if ttl >= change {
		return 1 - float64(change)/(2*float64(ttl))
	}
	return float64(ttl) / (2 * float64(change))
}

// TTLStaleMean is the mean staleness over all reads, current ones included, under
// the assumptions of TTLStaleShare.
func TTLStaleMean(ttl, change time.Duration) time.Duration {
	t, c := ttl.Hours(), change.Hours()
	mean := t * t / (6 * c)
	if ttl >= change {
		mean = (c*c/6 + t*t/2 - c*t/2) / t
	}
	return time.Duration(mean * float64(time.Hour))
}

// Window is how long caches serve the old version around a change under a scheduled
// invalidation. late is the change's time less the job's: a change that is early by
// a minute waits a minute, one that is late by a minute waits for the next job, or
// for somebody who purges it by hand within manual; 0 is nobody.
func Window(late, every, manual time.Duration) time.Duration {
	switch {
	case late <= 0:
		return -late
	case manual > 0:
		return min(every-late, manual)
	}
	return every - late
}

// ExpectedWindow is the mean of Window for changes at N(-margin, deviation) from the
// job.
func ExpectedWindow(margin, deviation, every time.Duration) time.Duration {
	return margin + time.Duration(float64(every)*LateShare(margin, deviation))
}

// ExpectedManualWindow is the mean of Window with a manual purge, where that comes
// before the next job.
func ExpectedManualWindow(margin, deviation, manual time.Duration) time.Duration {
	m, s := margin.Seconds(), deviation.Seconds()
	early := m*(1-LateShare(margin, deviation)) + s*math.Exp(-m*m/(2*s*s))/math.Sqrt(2*math.Pi)
	return toDuration(early + manual.Seconds()*LateShare(margin, deviation))
}

// ExpectedStaleTime is how long a day reads meet the old version under a daily
// job, for changes as in ExpectedWindow. It is shorter than the windows: a late
// change does harm only if somebody read between the job and the change, so that the
// caches had the old version confirmed, and the window of a change that is early
// lies within that of a late one before it. readsPerHour are those at one topmost
// cache, at random times.
func ExpectedStaleTime(margin, deviation time.Duration, readsPerHour float64) time.Duration {
	const every, steps, reach = 24 * 3600.0, 20_000, 8.0
	m, s := margin.Seconds(), deviation.Seconds()
	var early, confirmed, late float64
	for i := range steps {
		z := (float64(i)+0.5)/steps*2*reach - reach
		weight := math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) * 2 * reach / steps
		x := s*z - m
		if x <= 0 {
			early -= weight * x
			continue
		}
		weight *= 1 - math.Exp(-readsPerHour*x/3600)
		confirmed += weight
		late += weight * (every - x)
	}
	return toDuration(early*(1-confirmed) + late)
}

// LateShare is the share of changes that come behind a job that runs margin behind
// their mean.
func LateShare(margin, deviation time.Duration) float64 {
	return math.Erfc(margin.Seconds()/deviation.Seconds()/math.Sqrt2) / 2
}

// BestMargin is the margin that makes ExpectedWindow least. It is 0 where the
// changes scatter so much that no margin helps.
func BestMargin(deviation, every time.Duration) time.Duration {
	s, p := deviation.Seconds(), every.Seconds()
	x := s * math.Sqrt(2*math.Pi) / p
	if x >= 1 {
		return 0
	}
	return toDuration(s * math.Sqrt(-2*math.Log(x)))
}

// PublishWindow is option B's window if the purge is sent when every replica has the
// object, or when Settle is over, whichever is later: the sum of the chain.
func (p Publish) PublishWindow(event, init, get, upload, replication, effect time.Duration) time.Duration {
	return event + init + get + upload + max(replication, p.Settle) + effect
}
