package cloudwatch

import (
	"math"
	"slices"
	"strings"
	"time"
)

// Limits of PutMetricData:
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
const (
	maxMetrics = 1000
	maxValues  = 150
)

// putMetricData checks every datum before it stores any: AWS takes all of a
// request or nothing. Counts must be whole numbers here.
func putMetricData(store *Store, region string, in putMetricDataInput) (putMetricDataOutput, error) {
	var none putMetricDataOutput
	if in.Namespace == "" {
		return none, missing("Namespace")
	}
	if strings.HasPrefix(in.Namespace, "AWS/") {
		return none, invalidValue("The value AWS/ for parameter Namespace is invalid.")
	}
	if len(in.MetricData) > maxMetrics {
		return none, validation("The collection MetricData must not have a size greater than %d.", maxMetrics)
	}
	for _, d := range in.MetricData {
		if err := d.check(); err != nil {
			return none, err
		}
	}
	now := time.Now()
	for _, d := range in.MetricData {
		d.store(store, region, in.Namespace, now)
	}
	return none, nil
}

func (d metricDatum) check() error {
	switch {
	case d.MetricName == "":
		return missing("MetricData.member.MetricName")
	case len(d.Dimensions) > maxDimensions:
		return validation("The collection Dimensions must not have a size greater than %d.", maxDimensions)
	case d.Unit != "" && !knownUnit(d.Unit):
		return validation("Value %q at 'unit' is no standard unit", d.Unit)
	case d.StorageResolution != nil && *d.StorageResolution != 1 && *d.StorageResolution != standardResolution:
		return invalidValue("The parameter StorageResolution must be 1 or 60.")
	case d.Timestamp != nil && (d.Timestamp.Unix() < 0 || d.Timestamp.Unix() > math.MaxUint32):
		return invalidValue("The parameter Timestamp is out of range.")
	}
	return d.checkValues()
}

// checkValues demands one of Value, Values and StatisticValues.
func (d metricDatum) checkValues() error {
	given := 0
	for _, is := range []bool{d.Value != nil, len(d.Values) > 0, d.StatisticValues != nil} {
		if is {
			given++
		}
	}
	if given == 0 {
		return missing("MetricData.member.Value")
	}
	if given > 1 {
		return invalidCombination("Only one of Value, Values and StatisticValues can be given.")
	}
	if len(d.Values) > maxValues {
		return validation("The collection Values must not have a size greater than %d.", maxValues)
	}
	if len(d.Counts) > 0 && len(d.Counts) != len(d.Values) {
		return invalidValue("The parameters Values and Counts must be of the same size.")
	}
	for _, c := range d.Counts {
		if c < 1 || c > math.MaxUint32 || float64(c) != math.Trunc(float64(c)) {
			return invalidValue("The lab's CloudWatch takes whole Counts from 1 to %d only.", uint32(math.MaxUint32))
		}
	}
	if s := d.StatisticValues; s != nil && (s.SampleCount == nil || s.Sum == nil || s.Minimum == nil || s.Maximum == nil) {
		return missing("MetricData.member.StatisticValues.SampleCount, Sum, Minimum and Maximum")
	}
	return d.checkRange()
}

func (d metricDatum) checkRange() error {
	all := slices.Clone(d.Values)
	if d.Value != nil {
		all = append(all, *d.Value)
	}
	if s := d.StatisticValues; s != nil {
		all = append(all, *s.SampleCount, *s.Sum, *s.Minimum, *s.Maximum)
	}
	for _, v := range all {
		if !(math.Abs(float64(v)) <= maxValue) {
			return invalidValue("The value %v is outside the range of -2^360 to 2^360.", float64(v))
		}
	}
	return nil
}

func (d metricDatum) store(store *Store, region, namespace string, now time.Time) {
	at, resolution := now, int64(standardResolution)
	if d.Timestamp != nil {
		at = d.Timestamp.Time
	}
	if d.StorageResolution != nil {
		resolution = int64(*d.StorageResolution)
	}
	series := store.open(metric{region, namespace, d.MetricName, sorted(d.Dimensions)}, d.Unit, resolution)
	if d.Value != nil {
		series.Add(at, float64(*d.Value))
	}
	for i, v := range d.Values {
		count := uint32(1)
		if len(d.Counts) > 0 {
			count = uint32(d.Counts[i])
		}
		series.addMany(at, float64(v), count)
	}
	if d.StatisticValues != nil {
		d.StatisticValues.store(series, at)
	}
}

// store keeps a set of equal values as those values, from which AWS too
// computes extended statistics; any other set has none.
func (s statisticSet) store(series *Series, at time.Time) {
	count, sum, low, high := float64(*s.SampleCount), float64(*s.Sum), float64(*s.Minimum), float64(*s.Maximum)
	if low == high && sum == low*count && count >= 1 && count <= math.MaxUint32 && count == math.Trunc(count) {
		series.addMany(at, low, uint32(count))
		return
	}
	series.addSet(at, statSet{count: count, sum: sum, min: low, max: high})
}
