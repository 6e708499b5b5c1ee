package cloudwatch

import (
	"regexp"
	"slices"
)

// Limits of GetMetricData:
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
const (
	maxQueries    = 500
	maxDatapoints = 100800
	maxDimensions = 30
)

var queryID = regexp.MustCompile(`^[a-z][a-zA-Z0-9_]*$`)

func getMetricData(store *Store, region string, in getMetricDataInput) (getMetricDataOutput, error) {
	plan, err := planOf(region, in)
	if err != nil {
		return getMetricDataOutput{}, err
	}
	from, err := parseCursor(in.NextToken, plan)
	if err != nil {
		return getMetricDataOutput{}, err
	}
	return plan.page(store, from), nil
}

// plan is a GetMetricData request, validated.
type plan struct {
	lines      []line
	start, end int64 // Unix seconds, end exclusive
	descending bool
	budget     int // datapoints of a page
}

// line is one query that returns data.
type line struct {
	id, label string
	metric    metric
	unit      string // "" takes any
	period    int64  // seconds
	stat      Stat
	spelled   string // the statistic as the caller spelled it
}

func planOf(region string, in getMetricDataInput) (plan, error) {
	p := plan{descending: in.ScanBy != "TimestampAscending", budget: maxDatapoints}
	if err := p.setTimes(in); err != nil {
		return p, err
	}
	if !slices.Contains([]string{"", "TimestampAscending", "TimestampDescending"}, in.ScanBy) {
		return p, validation("Value %q at 'scanBy' must be TimestampAscending or TimestampDescending", in.ScanBy)
	}
	if in.MaxDatapoints != nil {
		if p.budget = int(*in.MaxDatapoints); p.budget < 1 || p.budget > maxDatapoints {
			return p, validation("The parameter MaxDatapoints must be between 1 and %d.", maxDatapoints)
		}
	}
	return p, p.setLines(region, in.MetricDataQueries)
}

func (p *plan) setTimes(in getMetricDataInput) error {
	if in.StartTime == nil {
		return missing("StartTime")
	}
	if in.EndTime == nil {
		return missing("EndTime")
	}
	if !in.StartTime.Before(in.EndTime.Time) {
		return validation("The parameter StartTime must be less than the parameter EndTime.")
	}
	p.start, p.end = in.StartTime.Unix(), in.EndTime.Unix()
	if in.EndTime.Nanosecond() > 0 {
		p.end++
	}
	return nil
}

func (p *plan) setLines(region string, queries []metricDataQuery) error {
	if len(queries) == 0 {
		return missing("MetricDataQueries")
	}
	if len(queries) > maxQueries {
		return validation("The collection MetricDataQueries must not have a size greater than %d.", maxQueries)
	}
	taken := map[string]bool{}
	for _, q := range queries {
		if taken[q.ID] {
			return validation("The value %q for parameter Id is not unique.", q.ID)
		}
		taken[q.ID] = true
		l, err := lineOf(region, q)
		if err != nil {
			return err
		}
		if q.ReturnData == nil || bool(*q.ReturnData) {
			p.lines = append(p.lines, l)
		}
	}
	if len(p.lines) == 0 {
		return validation("At least one query must have ReturnData set to true.")
	}
	labelAll(p.lines)
	return nil
}

func lineOf(region string, q metricDataQuery) (line, error) {
	if q.ID == "" {
		return line{}, missing("MetricDataQueries.member.Id")
	}
	if len(q.ID) > 255 || !queryID.MatchString(q.ID) {
		return line{}, validation("The value %q for parameter Id must start with a lowercase letter and hold letters, digits and underscores.", q.ID)
	}
	if q.Expression != "" && q.MetricStat != nil {
		return line{}, invalidCombination("The query %q has both Expression and MetricStat.", q.ID)
	}
	if q.Expression != "" {
		return line{}, invalidValue("The query %q has an Expression: the lab's CloudWatch serves neither metric math nor Metrics Insights.", q.ID)
	}
	if q.MetricStat == nil {
		return line{}, missing("MetricDataQueries.member.MetricStat")
	}
	return q.MetricStat.line(region, q.ID, q.Label)
}

func (m metricStat) line(region, id, label string) (line, error) {
	switch {
	case m.Metric.Namespace == "":
		return line{}, missing("MetricDataQueries.member.MetricStat.Metric.Namespace")
	case m.Metric.MetricName == "":
		return line{}, missing("MetricDataQueries.member.MetricStat.Metric.MetricName")
	case m.Stat == "":
		return line{}, missing("MetricDataQueries.member.MetricStat.Stat")
	case m.Period == nil:
		return line{}, missing("MetricDataQueries.member.MetricStat.Period")
	case len(m.Metric.Dimensions) > maxDimensions:
		return line{}, validation("The collection Dimensions must not have a size greater than %d.", maxDimensions)
	case m.Unit != "" && !knownUnit(m.Unit):
		return line{}, validation("Value %q at 'unit' is no standard unit", m.Unit)
	}
	period := int64(*m.Period)
	if !slices.Contains([]int64{1, 5, 10, 20, 30}, period) && (period < 1 || period%60 != 0) {
		return line{}, validation("Period must be 1, 5, 10, 20, 30, or a multiple of 60, not %d.", period)
	}
	stat, err := ParseStat(m.Stat)
	if err != nil {
		return line{}, invalidValue("The value %q for parameter Stat is not supported: %v.", m.Stat, err)
	}
	return line{id: id, label: label, unit: m.Unit, period: period, stat: stat, spelled: m.Stat,
		metric: metric{region, m.Metric.Namespace, m.Metric.MetricName, sorted(m.Metric.Dimensions)}}, nil
}
