package cloudwatch

import (
	"sync"
	"testing"
	"time"
)

func total(s *Series) (count uint64, sum float64) {
	s.scan(0, 1<<33, func(r run) { count += uint64(r.count); sum += float64(r.count) * r.value }, func(statSet) {})
	return count, sum
}

func TestSeriesIsOnePerIdentity(t *testing.T) {
	s := NewStore()
	ab := s.Series("eu-west-1", "N", "m", "Count", []Dimension{{"A", "1"}, {"B", "2"}})
	same := s.Series("eu-west-1", "N", "m", "Count", []Dimension{{"B", "2"}, {"A", "1"}})
	if ab != same {
		t.Error("the order of dimensions made two series")
	}
	for name, other := range map[string]*Series{
		"region":     s.Series("us-east-1", "N", "m", "Count", []Dimension{{"A", "1"}, {"B", "2"}}),
		"namespace":  s.Series("eu-west-1", "M", "m", "Count", []Dimension{{"A", "1"}, {"B", "2"}}),
		"name":       s.Series("eu-west-1", "N", "n", "Count", []Dimension{{"A", "1"}, {"B", "2"}}),
		"unit":       s.Series("eu-west-1", "N", "m", "Bytes", []Dimension{{"A", "1"}, {"B", "2"}}),
		"dimensions": s.Series("eu-west-1", "N", "m", "Count", []Dimension{{"A", "1"}}),
	} {
		if other == ab {
			t.Errorf("another %s gave the same series", name)
		}
	}
}

func TestSeriesKeepsEveryValue(t *testing.T) {
	s := NewStore().Series("eu-west-1", "N", "m", "", nil)
	start := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for i := range 10_000 {
				s.Add(start.Add(time.Duration(i)*time.Second), float64(i%7))
			}
		})
	}
	group.Wait()
	// 10,000 = 1,428 x 7 + 4, and 0+...+6 = 21, 0+1+2+3 = 6: 29,994 each.
	if count, sum := total(s); count != 40_000 || sum != 4*29_994 {
		t.Errorf("%d values with sum %v, want 40000 and 119976", count, sum)
	}
}

// A counter's ones cost one run a minute, and minutes do not merge.
func TestSeriesMergesEqualValues(t *testing.T) {
	s := NewStore().Series("eu-west-1", "N", "m", "Count", nil)
	start := time.Date(2026, 11, 22, 12, 0, 30, 0, time.UTC)
	for i := range 100 {
		s.Add(start.Add(time.Duration(i)*time.Second), 1) // 30 s in 12:00, 60 in 12:01, 10 in 12:02
	}
	var counts []uint32
	s.scan(0, 1<<33, func(r run) { counts = append(counts, r.count) }, func(statSet) {})
	if len(counts) != 3 || counts[0] != 30 || counts[1] != 60 || counts[2] != 10 {
		t.Errorf("runs of %v, want 30, 60, 10", counts)
	}
}

func BenchmarkAdd(b *testing.B) {
	s := NewStore().Series("eu-west-1", "AWS/Lambda", "Duration", "Milliseconds", []Dimension{{"FunctionName", "f"}})
	now := time.Now()
	for i := range b.N {
		s.Add(now, float64(i))
	}
}
