package cdn

import (
	"math"
	"sync"
	"time"
)

// Rate is a token bucket's size and refill.
type Rate struct {
	Tokens    float64 // most that the bucket holds
	PerSecond float64
}

// Limits are the buckets of an account: one token of Requests for each request, one
// of its own sort for each object named.
// https://techdocs.akamai.com/purge-cache/reference/rate-limiting
type Limits struct {
	Requests, URLs, CPCodes, Tags Rate
}

// FastPurge are the limits that Akamai states: 50 requests a second in bursts of
// 100; 12,000 URLs, 30 CP codes or 500 tags a minute in bursts of 10,000, 300 and 5,000.
func FastPurge() Limits {
	return Limits{Requests: Rate{100, 50}, URLs: Rate{10_000, 200}, CPCodes: Rate{300, 0.5}, Tags: Rate{5_000, 500.0 / 60}}
}

// Bucket is one token bucket. The zero value holds nothing; NewBucket gives a full one.
type Bucket struct {
	rate  Rate
	level float64
	at    time.Time
}

// NewBucket is a full bucket.
func NewBucket(r Rate) *Bucket { return &Bucket{rate: r, level: r.Tokens} }

// Rate is the bucket's size and refill.
func (b *Bucket) Rate() Rate { return b.rate }

// Level is how many tokens are there at a time. Time must not go back.
func (b *Bucket) Level(now time.Time) float64 {
	if !b.at.IsZero() && now.After(b.at) {
		b.level = math.Min(b.rate.Tokens, b.level+now.Sub(b.at).Seconds()*b.rate.PerSecond)
	}
	b.at = now
	return b.level
}

// Take takes n tokens, or none at all.
func (b *Bucket) Take(now time.Time, n float64) bool {
	if b.Level(now) < n {
		return false
	}
	b.level -= n
	return true
}

// Full is how long the bucket needs to fill up again.
func (b *Bucket) Full(now time.Time) time.Duration {
	return time.Duration((b.rate.Tokens - b.Level(now)) / b.rate.PerSecond * float64(time.Second))
}

// Limiter is the buckets of one account.
type Limiter struct {
	mu       sync.Mutex
	requests *Bucket
	objects  map[string]*Bucket // by "url", "cpcode", "tag"
}

// NewLimiter has every bucket full.
func NewLimiter(l Limits) *Limiter {
	return &Limiter{requests: NewBucket(l.Requests), objects: map[string]*Bucket{
		"url": NewBucket(l.URLs), "cpcode": NewBucket(l.CPCodes), "tag": NewBucket(l.Tags),
	}}
}

// Take takes one request token and n object tokens of the sort by, or nothing at
// all: a request that is refused consumes nothing.
func (l *Limiter) Take(now time.Time, by string, n int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	objects := l.objects[by]
	if l.requests.Level(now) < 1 || objects.Level(now) < float64(n) {
		return false
	}
	l.requests.level--
	objects.level -= float64(n)
	return true
}

// Levels shows the two buckets that a request of the sort by takes from.
func (l *Limiter) Levels(now time.Time, by string) (requests, objects Bucket) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.requests.Level(now)
	l.objects[by].Level(now)
	return *l.requests, *l.objects[by]
}
