package cloudwatch

import (
	"sync"
	"time"
)

const (
	// standardResolution is what AWS services publish with, in seconds; only
	// custom metrics may have 1 second.
	standardResolution = 60
	unitNone           = "None"
	chunkSize          = 1024 // runs; 16 KB
)

// Series is the values of one metric in one unit. It is safe for concurrent use.
type Series struct {
	metric     metric
	unit       string
	resolution int64 // seconds, 60 or 1

	mu     sync.Mutex
	chunks [][]run
	sets   []statSet
}

// run is a value and how many times it was added in a row within one unit of
// resolution: 16 bytes a value at most, and next to nothing for the counters
// whose every value is 1.
type run struct {
	stamp uint32 // Unix seconds, rounded down to the resolution; good until 2106
	count uint32
	value float64
}

// statSet is what PutMetricData takes in place of values.
type statSet struct {
	stamp                uint32
	count, sum, min, max float64
}

// Add records one value at time t, which must lie between 1970 and 2106.
func (s *Series) Add(t time.Time, value float64) { s.addMany(t, value, 1) }

func (s *Series) addMany(t time.Time, value float64, count uint32) {
	stamp := s.stamp(t)
	s.mu.Lock()
	defer s.mu.Unlock()
	n := len(s.chunks)
	if n > 0 && len(s.chunks[n-1]) > 0 {
		last := &s.chunks[n-1][len(s.chunks[n-1])-1]
		if last.stamp == stamp && last.value == value && last.count <= ^uint32(0)-count {
			last.count += count
			return
		}
	}
	// Chunks bound what one append may copy under the lock; the first one
	// grows by itself, since most series stay short.
	if n == 0 {
		s.chunks = append(s.chunks, nil)
		n = 1
	} else if len(s.chunks[n-1]) == chunkSize {
		s.chunks = append(s.chunks, make([]run, 0, chunkSize))
		n++
	}
	s.chunks[n-1] = append(s.chunks[n-1], run{stamp, count, value})
}

func (s *Series) addSet(t time.Time, set statSet) {
	set.stamp = s.stamp(t)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sets = append(s.sets, set)
}

func (s *Series) stamp(t time.Time) uint32 {
	return uint32(floorTo(t.Unix(), s.resolution))
}

// scan calls value and set for whatever is stamped from <= stamp < until. The
// series is locked meanwhile.
func (s *Series) scan(from, until int64, value func(run), set func(statSet)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, chunk := range s.chunks {
		for _, r := range chunk {
			if int64(r.stamp) >= from && int64(r.stamp) < until {
				value(r)
			}
		}
	}
	for _, x := range s.sets {
		if int64(x.stamp) >= from && int64(x.stamp) < until {
			set(x)
		}
	}
}

// floorTo rounds seconds down to a multiple of step.
func floorTo(seconds, step int64) int64 {
	rest := seconds % step
	if rest < 0 {
		rest += step
	}
	return seconds - rest
}
