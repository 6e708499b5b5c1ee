package gate

import (
	"cmp"
	"strconv"
)

// Metric is a measured quantity.
type Metric struct {
	Name    string  // "p", "avg", "min", "med", "max", "overhead_p", "rate", "count", "usd_per_million" or "usd_per_month"
	Percent float64 // of p and overhead_p: 95 for p(95); else 0
	Front   string  // "" is every front
}

// names lists the metrics. Those without a prefix mean what k6 means by them for
// http_req_duration and, for rate, http_req_failed:
// https://grafana.com/docs/k6/latest/using-k6/thresholds/ (read 2026-11)
func names() []string {
	return []string{"p", "avg", "min", "med", "max", "overhead_p", "rate", "count", "usd_per_million", "usd_per_month"}
}

func dimensionOf(name string) (Dimension, bool) {
	switch name {
	case "p", "avg", "min", "med", "max":
		return Time, true // response time
	case "overhead_p":
		return Time, true // response time without the function's own duration
	case "rate":
		return Share, true // failed requests
	case "count":
		return Count, true // requests
	case "usd_per_million", "usd_per_month":
		return Money, true
	}
	return "", false
}

// percentile says whether name takes a percent.
func percentile(name string) bool { return name == "p" || name == "overhead_p" }

// Dimension is what the metric measures; "" when it is none that is known.
func (m Metric) Dimension() Dimension {
	d, _ := dimensionOf(m.Name)
	return d
}

// String is the metric as gates have it: "p(99.9)[alb]".
func (m Metric) String() string {
	if m.Front == "" {
		return m.figure()
	}
	return m.figure() + "[" + m.Front + "]"
}

// of is the metric in words, for front when it names none: "p(95) of alb".
func (m Metric) of(front string) string {
	if of := cmp.Or(m.Front, front); of != "" {
		return m.figure() + " of " + of
	}
	return m.figure()
}

func (m Metric) figure() string {
	if percentile(m.Name) {
		return m.Name + "(" + strconv.FormatFloat(m.Percent, 'f', -1, 64) + ")"
	}
	return m.Name
}
