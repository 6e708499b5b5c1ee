package pricing

import (
	"errors"
	"fmt"
)

// Buckets is how many invocations took how long: Counts[i] of them more than
// EdgesUS[i] and at most EdgesUS[i+1] microseconds, so there is one edge more
// than there are counts. CloudWatch counts that way: the bounds of TC(a:b) and
// PR(a:b) are "exclusive lower, inclusive upper"
// (docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html),
// which is how the ceiling rounds as well.
type Buckets struct {
	EdgesUS []int64 // rising, the first 0 or more
	Counts  []int64
}

// BilledMS rounds each bucket as if it were all at its short end, then all at
// its long end. It is exact when every edge is a multiple of the granularity,
// or no bucket with a count reaches across one.
func (b Buckets) BilledMS(rule Billing) (Bounds, error) {
	invocations, err := b.invocations()
	if err != nil {
		return Bounds{}, err
	}
	step := Count(stepUS(rule))
	if step.Sign() == 0 {
		return Bounds{}, nil
	}
	var sum Bounds
	for i, n := range b.Counts {
		if n == 0 {
			continue
		}
		billed := Bounds{
			roundDownTo(step, Count(b.EdgesUS[i])).Add(step), // just above the edge
			roundUpTo(step, Count(b.EdgesUS[i+1])),
		}
		sum = sum.plusShare(Count(n), billed)
	}
	return Bounds{sum.Low.Div(invocations), sum.High.Div(invocations)}.inMS(), nil
}

// invocations is the sum of the counts, or what is wrong with the buckets.
func (b Buckets) invocations() (Quantity, error) {
	if len(b.EdgesUS) != len(b.Counts)+1 {
		return Quantity{}, fmt.Errorf("%d edges for %d counts: there is one edge more than there are counts",
			len(b.EdgesUS), len(b.Counts))
	}
	if b.EdgesUS[0] < 0 {
		return Quantity{}, fmt.Errorf("edge 1: %d us: the first edge is 0 or more", b.EdgesUS[0])
	}
	var sum Quantity
	for i, n := range b.Counts {
		if b.EdgesUS[i+1] <= b.EdgesUS[i] {
			return Quantity{}, fmt.Errorf("edge %d: %d us is not above the %d us before it", i+2, b.EdgesUS[i+1], b.EdgesUS[i])
		}
		if n < 0 {
			return Quantity{}, fmt.Errorf("count %d: %d: a count is 0 or more", i+1, n)
		}
		sum = sum.Add(Count(n))
	}
	if sum.Sign() == 0 {
		return Quantity{}, errors.New("all buckets are empty: the duration of no invocation is known")
	}
	return sum, nil
}

// Later moves the edges; exact buckets stay exact when us is a multiple of the
// granularity. b is not changed.
func (b Buckets) Later(us int64) Durations {
	later := Buckets{make([]int64, len(b.EdgesUS)), b.Counts}
	for i, edge := range b.EdgesUS {
		later.EdgesUS[i] = edge + us
	}
	return later
}
