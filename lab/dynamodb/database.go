package dynamodb

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"
)

// Config is what a database holds.
type Config struct {
	Tables []Table
	Now    func() time.Time // nil: time.Now
	Meter  Meter            // of what no caller writes: timelines; nil is allowed
}

// Database is tables in Regions. It is safe for concurrent use: one call at a time
// is carried out, so that each is atomic.
type Database struct {
	now    func() time.Time
	meter  Meter
	mu     sync.Mutex
	tables map[string]*table
}

// table is a table with a replica in each of its Regions.
type table struct {
	Table
	created  time.Time
	replicas map[string]*replica
	begun    map[string]bool // timelines, by Key.id
	running  []*progress     // those with versions to come
}

// replica is a table in one Region.
type replica struct {
	of     *table
	region string
	items  map[string]version // by Key.id
	order  []string           // ids as a Scan goes; nil when an item came in
	coming []arrival          // what other Regions wrote, by its time
}

// version is an item with the time of the write that made it.
type version struct {
	item    Item
	written time.Time
}

// arrival is a write of another Region that is on its way.
type arrival struct {
	version
	at time.Time
}

// New makes a database. The error names a table that cannot be.
func New(c Config) (*Database, error) {
	d := &Database{now: c.Now, meter: c.Meter, tables: map[string]*table{}}
	if d.now == nil {
		d.now = time.Now
	}
	if d.meter == nil {
		d.meter = func(string, string, float64) {}
	}
	for _, t := range c.Tables {
		if err := d.create(t); err != nil {
			return nil, fmt.Errorf("table %q: %w", t.Name, err)
		}
	}
	return d, nil
}

func (d *Database) create(config Table) error {
	if err := config.check(); err != nil {
		return err
	}
	if _, twice := d.tables[config.Name]; twice {
		return fmt.Errorf("the name is taken: give a table of several Regions all of them")
	}
	t := &table{Table: config, created: d.now(), replicas: map[string]*replica{}, begun: map[string]bool{}}
	for _, region := range config.Regions {
		r := &replica{of: t, region: region, items: map[string]version{}}
		for n, item := range config.Items {
			if err := config.Key.checkItem(item); err != nil {
				return fmt.Errorf("item %d: %w", n, err)
			}
			r.keep(version{item, t.created})
		}
		t.replicas[region] = r
	}
	d.tables[config.Name] = t
	return nil
}

// in is the table's replica in a Region, up to date; nil where there is none.
func (d *Database) in(region, name string) *replica {
	t := d.tables[name]
	if t == nil || t.replicas[region] == nil {
		return nil
	}
	now := d.now()
	d.progress(t, now)
	r := t.replicas[region]
	r.receive(now)
	return r
}

// receive takes in what has arrived: the last writer wins
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html#V2globaltables_HowItWorks.conflict-resolution).
func (r *replica) receive(now time.Time) {
	n := 0
	for ; n < len(r.coming) && !r.coming[n].at.After(now); n++ {
		v := r.coming[n].version
		if held, ok := r.items[r.of.Key.id(v.item)]; !ok || v.written.After(held.written) {
			r.keep(v)
		}
	}
	r.coming = r.coming[n:]
}

func (r *replica) keep(v version) {
	id := r.of.Key.id(v.item)
	if _, known := r.items[id]; !known {
		r.order = nil
	}
	r.items[id] = v
}

// put writes an item in this Region and sends it to the others.
func (r *replica) put(item Item, now time.Time) {
	v := version{item, now}
	r.keep(v)
	for _, other := range r.of.replicas {
		if other != r {
			other.coming = append(other.coming, arrival{v, now.Add(r.of.Lag)})
			slices.SortStableFunc(other.coming, func(a, b arrival) int { return a.at.Compare(b.at) })
		}
	}
}

// get is the item of a key, nil when there is none.
func (r *replica) get(key Item) Item { return r.items[r.of.Key.id(key)].item }

// sorted is the ids of all items as a Scan goes.
func (r *replica) sorted() []string {
	if r.order == nil {
		r.order = slices.SortedFunc(maps.Keys(r.items), func(a, b string) int {
			return cmp.Or(r.of.Key.compare(r.items[a].item, r.items[b].item), cmp.Compare(a, b))
		})
	}
	return r.order
}
