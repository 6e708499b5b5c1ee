package cloudwatch

import (
	"fmt"
	"math"
	"time"
)

// spare is how many periods an alarm looks at beyond those that it needs, in which to
// find datapoints for missing ones. AWS's page says that the number depends on the
// period, and has 5 for 3 in its examples.
const spare = 2

// evaluate brings an alarm up to date. Its periods end with the minute that at is in,
// so that what was just published counts.
func (s *Store) evaluate(w *watched, at time.Time) {
	resolution := int64(min(w.Period, standardResolution))
	end := floorTo(at.Unix(), resolution) + resolution
	stat, err := ParseStat(w.Stat)
	if err != nil {
		return // cannot be: check has read it
	}
	points := make([]*float64, w.Periods+spare) // oldest first, nil where there is none
	for i := range points {
		until := end - int64(len(points)-1-i)*int64(w.Period)
		points[i] = s.point(w, stat, until-int64(w.Period), until)
	}
	state, reason := w.judge(points)
	if state != w.state {
		w.changed = at
	}
	w.state, w.reason = state, reason
}

// point is the statistic over a span, nil without data.
func (s *Store) point(w *watched, stat Stat, from, until int64) *float64 {
	m := metric{w.region, w.Namespace, w.MetricName, sorted(w.Dimensions)}
	for _, series := range s.find(m) {
		if w.Unit != "" && w.Unit != series.unit {
			continue
		}
		b := bucket{stamp: from}
		series.scan(from, until, func(r run) { b.runs = append(b.runs, r) }, func(x statSet) { b.sets = append(b.sets, x) })
		if v, ok := b.eval(stat); ok {
			return &v
		}
	}
	return nil
}

// judge is AWS's rule for datapoints of which some are missing, as its page has it in
// words and in two tables of examples:
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html#alarms-and-missing-data
// The most recent real datapoints decide where there are enough of them; else the
// rest is filled in as the alarm treats missing data, as few times as possible.
func (w *watched) judge(points []*float64) (State, string) {
	real, breaching, oldest := 0, 0, 0 // oldest: age of the oldest breaching one, 1 is the newest period
	for age := 1; age <= len(points) && real < w.Periods; age++ {
		v := points[len(points)-age]
		if v == nil {
			continue
		}
		real++
		if comparisons()[w.Comparison](*v, w.Threshold) {
			breaching, oldest = breaching+1, age
		}
	}
	m, lacking := w.toAlarm(), w.Periods-real
	switch {
	case breaching >= m || w.Missing == "breaching" && breaching+lacking >= m:
		return InAlarm, w.why(points)
	case lacking == 0, breaching < real, w.Missing == "breaching", w.Missing == "notBreaching":
		return OK, w.why(points)
	case w.Missing == "ignore":
		return w.state, w.reason
	case real > 0 && oldest >= m: // an alarm comes even of fewer, when nothing since says otherwise
		return InAlarm, w.why(points)
	}
	return InsufficientData, fmt.Sprintf("Insufficient Data: %d datapoints were unknown.", lacking)
}

// why names the latest datapoint beside the threshold.
func (w *watched) why(points []*float64) string {
	latest := math.NaN()
	for _, v := range points {
		if v != nil {
			latest = *v
		}
	}
	if math.IsNaN(latest) {
		return fmt.Sprintf("no datapoints were received and missing data is treated as %s", w.Missing)
	}
	word := "was not"
	if comparisons()[w.Comparison](latest, w.Threshold) {
		word = "was"
	}
	return fmt.Sprintf("Threshold Crossed: the latest datapoint [%v] %s %s (%v).", latest, word, w.Comparison, w.Threshold)
}
