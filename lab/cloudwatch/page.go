package cloudwatch

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// page evaluates the plan from a cursor until its budget of datapoints is used
// up. Queries that an earlier page finished do not appear again.
func (p plan) page(store *Store, from cursor) getMetricDataOutput {
	out := getMetricDataOutput{MetricDataResults: []metricDataResult{}, Messages: []messageData{}}
	data := reader{store: store, plan: p, cache: map[string]selection{}}
	left := p.budget
	for i := from.line; i < len(p.lines); i++ {
		l := p.lines[i]
		found := data.read(l)
		result := metricDataResult{ID: l.id, Label: l.label, StatusCode: "Complete",
			Timestamps: []stamp{}, Values: []float64{}, Messages: found.messages}
		at := cursor{line: i}
		if i == from.line {
			at = from
		}
		for _, b := range found.buckets {
			if at.past(b.stamp, p.descending) {
				continue
			}
			v, ok := b.eval(l.stat)
			if !ok {
				continue
			}
			if left == 0 {
				out.NextToken = at.token(p)
				if len(result.Values) > 0 {
					result.StatusCode = "PartialData"
					out.MetricDataResults = append(out.MetricDataResults, result)
				}
				return out
			}
			result.Timestamps = append(result.Timestamps, stamp(b.stamp))
			result.Values = append(result.Values, v)
			at = cursor{line: i, started: true, last: b.stamp}
			left--
		}
		out.MetricDataResults = append(out.MetricDataResults, result)
	}
	return out
}

// reader buckets each metric once per call: a histogram asks hundreds of
// statistics of the same one.
type reader struct {
	store *Store
	plan  plan
	cache map[string]selection
}

// selection is what a query found, before its statistic.
type selection struct {
	buckets  []*bucket // in the order of the scan
	messages []messageData
}

func (r reader) read(l line) selection {
	key := fmt.Sprintf("%s%s%s%s%d", l.metric.key(), separator, l.unit, separator, l.period)
	found, ok := r.cache[key]
	if !ok {
		found = r.load(l)
		r.cache[key] = found
	}
	return found
}

// load takes the values of the unit asked for. With no unit given and several
// in the data, AWS answers with the first in order of name and a message, by
// recordings of 2023-12-15 in the file that labels.go names.
func (r reader) load(l line) selection {
	var found selection
	var units []string
	for _, s := range r.store.find(l.metric) {
		if l.unit != "" && l.unit != s.unit {
			continue
		}
		buckets := r.bucket(s, l.period)
		if len(buckets) == 0 {
			continue
		}
		if units = append(units, s.unit); len(units) == 1 {
			found.buckets = buckets
		}
	}
	if len(units) > 1 {
		found.messages = []messageData{{"MultipleUnits", "Multiple units returned: '[" + strings.Join(units, ", ") + "]'"}}
	}
	return found
}

func (r reader) bucket(s *Series, period int64) []*bucket {
	byStamp := map[int64]*bucket{}
	at := func(stamp uint32) *bucket {
		start := floorTo(int64(stamp), period)
		b := byStamp[start]
		if b == nil {
			b = &bucket{stamp: start}
			byStamp[start] = b
		}
		return b
	}
	s.scan(floorTo(r.plan.start, period), r.plan.end,
		func(v run) { b := at(v.stamp); b.runs = append(b.runs, v) },
		func(v statSet) { b := at(v.stamp); b.sets = append(b.sets, v) })
	return slices.SortedFunc(maps.Values(byStamp), func(a, b *bucket) int {
		if r.plan.descending {
			a, b = b, a
		}
		return cmp.Compare(a.stamp, b.stamp)
	})
}
