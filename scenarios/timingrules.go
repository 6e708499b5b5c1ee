package scenarios

import "fmt"

// check tests the rules between the fields of a duration.
func (t *Timing) check(c *checker, path string) {
	switch {
	case t.Summary != nil:
		t.Summary.check(c, path)
	case t.Lognormal != nil && t.Lognormal.CV.Sign() == 0:
		c.fail(path+".lognormal.cv", "0 is no spread", "a number above 0, or a plain duration in place of the distribution")
	case t.Uniform != nil && t.Uniform.Low > t.Uniform.High:
		c.fail(path+".uniform.low", fmt.Sprintf("%s is more than high, %s", t.Uniform.Low, t.Uniform.High), "low <= high")
	case t.Mixture != nil:
		sum := Portion{}.Rat()
		for i := range t.Mixture {
			sum.Add(sum, t.Mixture[i].Share.Rat())
			t.Mixture[i].Duration.check(c, fmt.Sprintf("%s.mixture[%d].duration", path, i))
		}
		if sum.Cmp(one()) != 0 {
			c.fail(path+".mixture", "the shares add up to "+decimalText(sum), "shares that add up to 1")
		}
	}
}

// check wants min <= p50 <= ... <= p99.9 <= max and min <= mean <= max.
func (s Summary) check(c *checker, path string) {
	type point struct {
		name string
		at   *Duration
	}
	for _, order := range [][]point{
		{{"min", s.Min}, {"p50", s.P50}, {"p90", s.P90}, {"p95", s.P95}, {"p99", s.P99}, {"p99.9", s.P999}, {"max", s.Max}},
		{{"min", s.Min}, {"mean", s.Mean}, {"max", s.Max}},
	} {
		var last point
		for _, p := range order {
			if p.at == nil {
				continue
			}
			if last.at != nil && *p.at < *last.at {
				c.fail(path+"."+p.name, fmt.Sprintf("%s is less than %s, %s", p.at, last.name, last.at), fmt.Sprintf("%s <= %s", last.name, p.name))
			}
			last = p
		}
	}
}

// longest is the longest duration that the file states, and where. A distribution
// without a longest one counts by its mean.
func (t *Timing) longest(path string) (string, Duration) {
	switch {
	case t.Constant != nil:
		return path, t.Constant.High
	case t.Summary != nil:
		return path, t.Summary.longest()
	case t.Lognormal != nil:
		return path, t.Lognormal.Mean
	case t.Exponential != nil:
		return path, t.Exponential.Mean
	case t.Uniform != nil:
		return path, t.Uniform.High
	case t.Normal != nil:
		return path, t.Normal.Mean
	case len(t.Buckets) > 0:
		return t.longestBucket(path)
	}
	var at string
	var most Duration
	for i := range t.Mixture {
		if here, d := t.Mixture[i].Duration.longest(fmt.Sprintf("%s.mixture[%d].duration", path, i)); d > most {
			at, most = here, d
		}
	}
	return at, most
}

func (s Summary) longest() Duration {
	var most Duration
	for _, d := range []*Duration{s.Mean, s.Min, s.P50, s.P90, s.P95, s.P99, s.P999, s.Max} {
		if d != nil {
			most = max(most, *d)
		}
	}
	return most
}

// longestBucket is where the bucket before the last one that counts anything ends: its
// invocations took longer than that, and the file does not say how much.
func (t *Timing) longestBucket(path string) (string, Duration) {
	for i := len(t.Buckets) - 1; i > 0; i-- {
		if t.Buckets[i].Count > 0 {
			return path, t.Buckets[i-1].UpTo
		}
	}
	return path, 0
}
