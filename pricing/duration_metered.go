package pricing

import (
	"errors"
	"math"

	"frontdoor/record"
)

// Metered is the durations that CloudWatch alone tells of a front's function, over a whole
// run with its warm-ups: counts by the millisecond, as far as they reach, with mean and
// maximum of what is above; else mean, minimum and maximum. INIT is in none of them: since
// 2025-08-01 it is billed, and Duration leaves it out
// (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics.html). The error
// says what is not there.
func Metered(m record.FrontMeters) (Durations, error) {
	stat := func(name string) (float64, bool) {
		for _, x := range m.Metrics {
			if x.Namespace == "AWS/Lambda" && x.Name == "Duration" && x.Stat == name && x.Value != nil {
				return *x.Value, true
			}
		}
		return 0, false
	}
	n, counted := stat("SampleCount")
	longest, bounded := stat("Maximum")
	if !counted || n < 1 || !bounded {
		return nil, errors.New("CloudWatch has no Duration")
	}
	for _, s := range m.Steps {
		if s.GranularityMS == 1 && countOf(s) == int64(math.Round(n)) {
			return stepped(s, longest), nil
		}
	}
	summary := Summary{MaxUS: inUS(longest, 1)}
	if sum, ok := stat("Sum"); ok {
		summary.MeanUS = inUS(sum, int64(math.Round(n)))
	}
	if least, ok := stat("Minimum"); ok && least > 0 {
		summary.MinUS = inUS(least, 1)
	}
	return summary, nil
}

func countOf(s record.Steps) int64 {
	n := s.TailCount
	for _, k := range s.Counts {
		n += k
	}
	return n
}

// stepped is counts by the millisecond with what is above the last of them. longest is
// in milliseconds.
func stepped(s record.Steps, longest float64) Durations {
	buckets := Buckets{EdgesUS: []int64{0}, Counts: s.Counts}
	for i := range s.Counts {
		buckets.EdgesUS = append(buckets.EdgesUS, int64(i+1)*1000)
	}
	if s.TailCount == 0 {
		return buckets
	}
	above := Count(int64(len(s.Counts)) * 1000)
	tail := Summary{MinUS: &above, MeanUS: inUS(s.TailSumMS, s.TailCount), MaxUS: inUS(longest, 1)}
	total := countOf(s)
	if s.TailCount == total {
		return tail
	}
	return Mixture{{Ratio(total-s.TailCount, total), buckets}, {Ratio(s.TailCount, total), tail}}
}

// inUS is milliseconds divided by n in microseconds. CloudWatch's are sums of whole
// hundredths of a millisecond, and floats: to the microsecond they are exact.
func inUS(ms float64, n int64) *Quantity {
	q := Ratio(int64(math.Round(ms*1000)), n)
	return &q
}
