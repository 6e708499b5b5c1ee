package route53

import (
	"testing"
	"time"

	"frontdoor/world"
)

func TestAnswer(t *testing.T) {
	latency := Name{Policy: Latency, Records: []Record{{Region: "us-east-1"}, {Region: "us-west-2"}, {Region: "eu-west-1"}}}
	weighted := Name{Policy: Weighted, Records: []Record{{Region: "us-east-1", Weight: 3}, {Region: "eu-west-1", Weight: 1}, {Region: "sa-east-1"}}}
	failover := Name{Policy: Failover, Records: []Record{{Region: "us-east-1"}, {Region: "eu-west-1"}}}
	for _, c := range []struct {
		what string
		name Name
		q    Query
		sick []int
		want int
	}{
		{"near", latency, Query{Resolver: "us-east-1"}, nil, 0},
		{"near Ireland", latency, Query{Resolver: "eu-central-1"}, nil, 2},
		{"near Oregon", latency, Query{Resolver: "ap-northeast-1"}, nil, 1},
		{"the nearest is down", latency, Query{Resolver: "us-east-1"}, []int{0}, 2}, // 69.9 ms before 72.1
		{"all are down, so none is", latency, Query{Resolver: "us-east-1"}, []int{0, 1, 2}, 0},
		{"low draw", weighted, Query{Draw: 0.74}, nil, 0},
		{"high draw", weighted, Query{Draw: 0.75}, nil, 1},
		{"weight of the healthy", weighted, Query{Draw: 0.1}, []int{0}, 1},
		{"a weight of 0 alone", weighted, Query{Draw: 0.9}, []int{0, 1}, 2},
		{"primary", failover, Query{}, nil, 0},
		{"secondary", failover, Query{}, []int{0}, 1},
		{"secondary down", failover, Query{}, []int{1}, 0},
		{"both down", failover, Query{}, []int{0, 1}, 0},
	} {
		healthy := func(i int) bool {
			for _, s := range c.sick {
				if s == i {
					return false
				}
			}
			return true
		}
		if got, err := c.name.Answer(c.q, world.Recent(), healthy); got != c.want || err != nil {
			t.Errorf("%s: record %d, %v; want %d", c.what, got, err, c.want)
		}
	}
	for _, n := range []Name{{Policy: Latency}, {Policy: "anycast", Records: failover.Records}} {
		if _, err := n.Answer(Query{Resolver: "us-east-1"}, world.Recent(), func(int) bool { return true }); err == nil {
			t.Errorf("%v answers", n)
		}
	}
}

// A resolver keeps an answer for its TTL and no longer.
func TestResolver(t *testing.T) {
	var r Resolver
	if _, ok := r.Cached(epoch); ok {
		t.Error("it remembers what it never heard")
	}
	r.Remember(1, epoch, time.Minute)
	if record, ok := r.Cached(epoch.Add(time.Minute - 1)); !ok || record != 1 {
		t.Error(record, ok)
	}
	if _, ok := r.Cached(epoch.Add(time.Minute)); ok {
		t.Error("it remembers for too long")
	}
}

// The clock runs as fast as it says, both ways.
func TestClock(t *testing.T) {
	c := Clock{epoch, 60}
	if at := c.At(epoch.Add(time.Second)); at != epoch.Add(time.Minute) || c.Real(at) != epoch.Add(time.Second) {
		t.Error(at, c.Real(at))
	}
}
