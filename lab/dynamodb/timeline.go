package dynamodb

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	glob "path"
	"slices"
	"time"
)

// Timeline is how an item changes by itself, as a job does that some other system
// writes down: from the first time that GetItem asks for a key, versions come into
// force.
type Timeline struct {
	// Key is the value of the partition key, or a pattern for it in the notation of
	// path.Match, such as "job-*". Each key that it matches has a time of its own.
	Key      string
	Versions []Version
}

// Version is an item that comes into force so long after the first read of its key.
// Its key attributes are those of the key. One at 0 is there for that read already.
type Version struct {
	After time.Duration
	Item  Item
}

func (t Timeline) check(key Key) error {
	if _, err := glob.Match(t.Key, ""); err != nil || t.Key == "" {
		return fmt.Errorf("timeline of key %q: want a partition key, or a pattern such as job-*", t.Key)
	}
	if key.Hash.Kind != Text || key.Sort.Name != "" {
		return errors.New("a timeline needs a table whose key is one text")
	}
	if len(t.Versions) == 0 || t.Versions[0].After < 0 {
		return fmt.Errorf("timeline of key %q: want one version or more, none before the first read", t.Key)
	}
	if !slices.IsSortedFunc(t.Versions, func(a, b Version) int { return cmp.Compare(a.After, b.After) }) {
		return fmt.Errorf("timeline of key %q: want its versions in the order of their times", t.Key)
	}
	return nil
}

// progress is a key's timeline that has begun.
type progress struct {
	versions []Version // still to come
	key      Item
	begun    time.Time
	replica  *replica // in the Region where the key was read first
}

// begin starts the timeline of a key that is read for the first time, if it has one.
func (r *replica) begin(key Item, now time.Time) {
	id := r.of.Key.id(key)
	if r.of.begun[id] {
		return
	}
	for _, t := range r.of.Timelines {
		if match, _ := glob.Match(t.Key, key[r.of.Key.Hash.Name].text); match { // checked before
			r.of.begun[id] = true
			r.of.running = append(r.of.running, &progress{t.Versions, key, now, r})
			return
		}
	}
}

// progress brings into force what is due of every timeline of the table, and forgets
// those that are at their end: a poll of one job does not go through all before it.
func (d *Database) progress(t *table, now time.Time) {
	t.running = slices.DeleteFunc(t.running, func(p *progress) bool {
		for len(p.versions) > 0 && now.Sub(p.begun) >= p.versions[0].After {
			v := p.versions[0]
			p.versions = p.versions[1:]
			item := maps.Clone(orEmptyItem(v.Item))
			maps.Copy(item, p.key)
			before := p.replica.get(p.key)
			p.replica.put(item, p.begun.Add(v.After))
			call{d, p.replica.region, d.meter}.written(p.replica, before, item)
		}
		return len(p.versions) == 0
	})
}

// Settle brings into force whatever is due, so that its writes are metered though
// nobody reads them.
func (d *Database) Settle() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, t := range d.tables {
		d.progress(t, d.now())
	}
}
