package telemetry

import (
	"context"
	"fmt"
	"math"

	"frontdoor/record"
)

// granularities in which Lambda bills or billed durations, in milliseconds: 1
// today; 50 at the edge until 2021-03, 100 elsewhere until 2020-12
// (https://aws.amazon.com/about-aws/whats-new/2021/03/cloudfront-lambda-at-edge-billing-granularity/,
// https://aws.amazon.com/about-aws/whats-new/2020/12/aws-lambda-changes-duration-billing-granularity-from-100ms-to-1ms/).
func granularities() []int { return []int{1, 50, 100} }

// maxBins leaves room for the tail's two queries in one call.
const maxBins = maxQueries - 2

// readSteps counts durations by billing step, for every front whose function
// has a Maximum. CloudWatch bills GetMetricData by the metric asked for, and
// this is most of what Collect asks: up to 500 for each granularity.
func readSteps(ctx context.Context, r *Reader, subjects []*subject, tables []table) ([][]record.Steps, error) {
	var asks []ask
	for i, s := range subjects {
		for _, g := range granularities() {
			asks = append(asks, stepAsks(s, r.config.bins(tables[i], g), g)...)
		}
	}
	replies, err := r.read(ctx, asks)
	if err != nil {
		return nil, err
	}
	all := make([][]record.Steps, len(subjects))
	for i, s := range subjects {
		for _, g := range granularities() {
			n := len(stepAsks(s, r.config.bins(tables[i], g), g))
			if n > 0 {
				all[i] = append(all[i], s.steps(g, replies[:n]))
			}
			replies = replies[n:]
		}
	}
	return all, nil
}

// bins is how many steps of g milliseconds are asked for: those that reach the longest
// duration, within one call, unless c says how many; 0 when there is none.
func (c Config) bins(t table, g int) int {
	longest := t.find("Duration", "Maximum")
	switch {
	case longest == nil:
		return 0
	case c.Bins > 0:
		return min(c.Bins, maxBins)
	}
	return int(min(max(math.Ceil(*longest/float64(g)), 1), maxBins))
}

// stepAsks asks for n bins and the tail above them. Bounds of TC are exclusive
// below and inclusive above, like the ceiling. The first bin has no lower
// bound, since TC(0:g) would leave out a duration of exactly 0.
func stepAsks(s *subject, n, g int) []ask {
	if n == 0 {
		return nil
	}
	var stats []string
	for k := range n {
		if k == 0 {
			stats = append(stats, fmt.Sprintf("TC(:%d)", g))
		} else {
			stats = append(stats, fmt.Sprintf("TC(%d:%d)", k*g, (k+1)*g))
		}
	}
	stats = append(stats, fmt.Sprintf("TC(%d:)", n*g), fmt.Sprintf("TS(%d:)", n*g))
	var asks []ask
	for _, w := range alsoIn(lambda(s.front).wants(nil, "Duration", milliseconds, false, stats...), functionAlso(s.front)) {
		asks = append(asks, ask{w, s.window, minuteS})
	}
	return asks
}

// steps reads the answers to stepAsks. A bin without datapoints is empty: its
// values, if there were any, are found missing by checkSteps.
func (s *subject) steps(g int, replies []reply) record.Steps {
	bins, tail, sum := replies[:len(replies)-2], replies[len(replies)-2], replies[len(replies)-1]
	st := record.Steps{GranularityMS: g, Counts: make([]int64, len(bins))}
	fractions := false
	number := func(r reply) int64 {
		v := combine("TC", r.values)
		if v == nil {
			return 0
		}
		fractions = fractions || *v != math.Trunc(*v)
		return int64(math.Round(*v))
	}
	for i, r := range bins {
		st.Counts[i] = number(r)
	}
	st.TailCount = number(tail)
	if v := combine("TS", sum.values); v != nil {
		st.TailSumMS = *v
	}
	st.BilledMin, st.BilledMax = billed(st)
	if fractions {
		// AWS says that it may: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
		s.problem("steps of %d ms: CloudWatch interpolated the counts (some are fractions), so they are estimates", g)
	}
	return st
}

// billed bounds the billed milliseconds. Every invocation of bin i is billed
// i+1 steps. Of the tail only the count N and the sum S of durations are known,
// each longer than k steps: together at least S, in whole steps, and at least
// N*(k+1) steps; and less than a step each above S.
func billed(st record.Steps) (low, high int64) {
	g, k := int64(st.GranularityMS), int64(len(st.Counts))
	for i, n := range st.Counts {
		low += (int64(i) + 1) * g * n
	}
	high = low
	if st.TailCount > 0 {
		// A sum of floats may be off in its last digits: a microsecond of slack
		// keeps the bounds on the safe side.
		const slackMS = 0.001
		atLeast := int64(math.Ceil((st.TailSumMS - slackMS) / float64(g)))
		atMost := int64(math.Floor((st.TailSumMS+slackMS)/float64(g))) + st.TailCount
		low += g * max(atLeast, st.TailCount*(k+1))
		high += g * atMost
	}
	return low, high
}
