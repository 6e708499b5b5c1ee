package cdn

import (
	"context"
	"sync"
	"time"
)

// Cache is one cache. It is an Origin itself, so that it can be another's parent.
// Requests for one key wait for each other: a cache asks its origin once, however
// many readers miss together.
type Cache struct {
	TTL        time.Duration
	ServeStale bool   // when the origin fails and a copy is there, answer with it
	Origin     Origin // what a miss asks

	mu      sync.Mutex
	entries map[string]*entry
}

var _ Origin = (*Cache)(nil)

type entry struct {
	mu      sync.Mutex
	held    bool // there is a copy
	copy    Copy
	vouched time.Time // when the origin last said that copy is current
	stale   bool      // by a purge
}

func (c *Cache) entry(key string) *entry {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.entries == nil {
		c.entries = map[string]*entry{}
	}
	e := c.entries[key]
	if e == nil {
		e = &entry{}
		c.entries[key] = e
	}
	return e
}

// Get answers from the copy while it is fresh, else asks the origin, with the copy
// as a condition if there is one. A copy that is vouched for again is fresh again.
func (c *Cache) Get(ctx context.Context, now time.Time, key string, since *Copy) (Answer, error) {
	e := c.entry(key)
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.held && !e.stale && now.Sub(e.vouched) < c.TTL {
		return e.answer(now, since, true), nil
	}
	var condition *Copy
	if e.held {
		condition = &e.copy
	}
	a, err := c.Origin.Get(ctx, now, key, condition)
	switch {
	case (err != nil || a.Status >= 500) && c.ServeStale && e.held:
		return e.answer(now, since, true), nil
	case err != nil:
		return Answer{}, err
	case a.Status == 200:
		e.held, e.copy = true, a.Copy
	case a.Status != 304 || !e.held:
		return a, nil
	}
	e.stale, e.vouched = false, now.Add(-a.Age)
	return e.answer(now, since, false), nil
}

func (e *entry) answer(now time.Time, since *Copy, hit bool) Answer {
	a := Answer{Status: 200, Copy: e.copy, Age: now.Sub(e.vouched), Hit: hit}
	if Unchanged(e.copy, since) {
		a.Status = 304
	}
	return a
}

// invalidate marks the copies of every key that matches stale.
func (c *Cache) invalidate(match func(key string) bool) {
	c.each(match, func(e *entry) { e.stale = true })
}

// evict forgets the copies of every key that matches.
func (c *Cache) evict(match func(key string) bool) {
	c.each(match, func(e *entry) { e.held, e.copy = false, Copy{} })
}

func (c *Cache) each(match func(key string) bool, do func(*entry)) {
	c.mu.Lock()
	var found []*entry
	for key, e := range c.entries {
		if match(key) {
			found = append(found, e)
		}
	}
	c.mu.Unlock()
	for _, e := range found {
		e.mu.Lock()
		do(e)
		e.mu.Unlock()
	}
}
