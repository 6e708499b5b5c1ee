package lab

import (
	"cmp"
	"maps"
	"slices"
	"sync"
)

// Counter is a quantity that the lab metered beside CloudWatch, since it was
// started: what a bill or a claim needs and no metric of AWS tells. Name is that of
// the billed meter where there is one ("dynamodb.read_units"), else of what was
// counted ("cloudfront.cache_hits").
type Counter struct {
	Front  string // whose requests caused it; "" for none in particular
	Name   string
	Region string // where it was metered, "" where that has no meaning
	Value  float64
}

// counters adds up. It is safe for concurrent use.
type counters struct {
	mu     sync.Mutex
	values map[Counter]float64 // by a Counter without its Value
}

func newCounters() *counters { return &counters{values: map[Counter]float64{}} }

// count adds n to a counter.
func (c *counters) count(front, name, region string, n float64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.values[Counter{Front: front, Name: name, Region: region}] += n
}

// list is every counter so far, by front, name and Region.
func (c *counters) list() []Counter {
	c.mu.Lock()
	defer c.mu.Unlock()
	keys := slices.SortedFunc(maps.Keys(c.values), func(a, b Counter) int {
		return cmp.Or(cmp.Compare(a.Front, b.Front), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Region, b.Region))
	})
	for i := range keys {
		keys[i].Value = c.values[keys[i]]
	}
	return keys
}

// Counters lists what the lab metered beside CloudWatch so far.
func (l *Lab) Counters() []Counter {
	l.services.database.Settle()
	return slices.Concat(l.counters.list(), l.logBytes(), l.checkLogBytes())
}
