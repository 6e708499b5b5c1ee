package cloudwatch

import (
	"slices"
	"strconv"
)

// labelAll fills in the labels that the caller left out, as AWS does by
// recordings of 2023-12-15 (localstack/localstack,
// tests/aws/services/cloudwatch/test_cloudwatch.snapshot.json,
// test_label_generation): the metric's name, then whatever of statistic and
// period differs between the queries.
func labelAll(lines []line) {
	differs := func(part func(line) string) bool {
		return slices.ContainsFunc(lines, func(l line) bool { return part(l) != part(lines[0]) })
	}
	stat := func(l line) string { return l.spelled }
	period := func(l line) string { return strconv.FormatInt(l.period, 10) }
	withStat, withPeriod := differs(stat), differs(period)
	for i, l := range lines {
		if l.label != "" {
			continue
		}
		lines[i].label = l.metric.name
		if withStat {
			lines[i].label += " " + stat(l)
		}
		if withPeriod {
			lines[i].label += " " + period(l)
		}
	}
}
