package lab

import (
	"slices"
	"sync"
	"testing"
)

// Counts add up under their front, name and Region, and come sorted.
func TestCounters(t *testing.T) {
	c := newCounters()
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			c.count("b", "s3.get", "us-east-1", 1)
			c.count("a", "dynamodb.read_units", "eu-west-1", 0.5)
			c.count("a", "dynamodb.read_units", "us-east-1", 2)
		})
	}
	all.Wait()
	want := []Counter{
		{"a", "dynamodb.read_units", "eu-west-1", 4},
		{"a", "dynamodb.read_units", "us-east-1", 16},
		{"b", "s3.get", "us-east-1", 8},
	}
	if got := c.list(); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
