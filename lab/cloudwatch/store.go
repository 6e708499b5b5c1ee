package cloudwatch

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"
)

// Dimension is one name and value of a metric's identity.
type Dimension struct {
	Name  string `json:"Name" xml:"Name"`
	Value string `json:"Value" xml:"Value"`
}

// Datum is one value of one metric. Unit is spelled as CloudWatch spells it
// ("Milliseconds", "Count"); empty means "None".
type Datum struct {
	Namespace  string
	Name       string
	Dimensions []Dimension
	Unit       string
	Time       time.Time
	Value      float64
}

// Store holds metrics per Region. It is safe for concurrent use.
type Store struct {
	mu      sync.RWMutex
	series  map[string]*Series  // by series key: metric and unit
	metrics map[string][]string // metric key -> keys of its series, one per unit

	alarms struct {
		mu     sync.Mutex
		byName map[string]*watched // by Region and name
	}
	now func() time.Time
}

// NewStore returns an empty store.
func NewStore() *Store {
	s := &Store{series: map[string]*Series{}, metrics: map[string][]string{}, now: time.Now}
	s.alarms.byName = map[string]*watched{}
	return s
}

// Put adds one value. A caller that adds many to the same metric should keep
// the Series and call Add.
func (s *Store) Put(region string, d Datum) {
	s.Series(region, d.Namespace, d.Name, d.Unit, d.Dimensions).Add(d.Time, d.Value)
}

// Series returns the series of one metric in one unit, made on first use. It
// has the resolution of metrics that AWS services publish, 60 seconds.
// The order of dims does not matter.
func (s *Store) Series(region, namespace, name, unit string, dims []Dimension) *Series {
	return s.open(metric{region, namespace, name, sorted(dims)}, unit, standardResolution)
}

func (s *Store) open(m metric, unit string, resolution int64) *Series {
	if unit == "" {
		unit = unitNone
	}
	metricKey := m.key()
	key := metricKey + separator + unit
	s.mu.RLock()
	found := s.series[key]
	s.mu.RUnlock()
	if found != nil {
		return found
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if found := s.series[key]; found != nil {
		return found
	}
	made := &Series{metric: m, unit: unit, resolution: resolution}
	s.series[key] = made
	s.metrics[metricKey] = append(s.metrics[metricKey], key)
	return made
}

// find returns every series of a metric, one per unit, in the order of units'
// names.
func (s *Store) find(m metric) []*Series {
	s.mu.RLock()
	defer s.mu.RUnlock()
	found := make([]*Series, 0, 1)
	for _, key := range s.metrics[m.key()] {
		found = append(found, s.series[key])
	}
	slices.SortFunc(found, func(a, b *Series) int { return cmp.Compare(a.unit, b.unit) })
	return found
}

// list returns the metrics of a Region in the order of their keys.
func (s *Store) list(region string) []metric {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var found []metric
	for _, keys := range s.metrics {
		if m := s.series[keys[0]].metric; m.region == region {
			found = append(found, m)
		}
	}
	slices.SortFunc(found, func(a, b metric) int { return cmp.Compare(a.key(), b.key()) })
	return found
}

// metric is the identity of a metric; dims are sorted by name.
type metric struct {
	region, namespace, name string
	dims                    []Dimension
}

// separator cannot occur in names: CloudWatch refuses control characters.
const separator = "\x00"

func (m metric) key() string {
	var b strings.Builder
	b.WriteString(m.region + separator + m.namespace + separator + m.name)
	for _, d := range m.dims {
		b.WriteString(separator + d.Name + separator + d.Value)
	}
	return b.String()
}

func sorted(dims []Dimension) []Dimension {
	return slices.SortedFunc(slices.Values(dims), func(a, b Dimension) int { return cmp.Compare(a.Name, b.Name) })
}
