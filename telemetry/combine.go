package telemetry

import (
	"slices"
	"strings"
)

// minuteS is the period in which services publish.
const minuteS = 60

// byMinute reports whether a statistic over a window follows from those of its
// minutes. TC and TS do with bounds that are values, not percentages.
func byMinute(stat string) bool {
	switch stat {
	case "Sum", "SampleCount", "Maximum", "Minimum":
		return true
	}
	return (strings.HasPrefix(stat, "TC(") || strings.HasPrefix(stat, "TS(")) && !strings.Contains(stat, "%")
}

// combine joins the minutes' values; nil when there are none.
func combine(stat string, values []float64) *float64 {
	if len(values) == 0 {
		return nil
	}
	var v float64
	switch stat {
	case "Maximum":
		v = slices.Max(values)
	case "Minimum":
		v = slices.Min(values)
	default:
		for _, x := range values {
			v += x
		}
	}
	return &v
}
