package cloudwatch

import (
	"fmt"
	"slices"
	"time"
)

// Alarm watches one statistic of one metric.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
type Alarm struct {
	Name        string
	Description string
	Namespace   string
	MetricName  string
	Dimensions  []Dimension // all of the metric's: an alarm on fewer is on another metric
	Stat        string      // "Sum", "p99", as ParseStat reads it
	Unit        string      // "" takes any
	Period      int         // seconds: 10, 20, 30 or a multiple of 60
	Periods     int         // EvaluationPeriods, the N of "M out of N"
	ToAlarm     int         // DatapointsToAlarm, the M; 0 is N
	Threshold   float64
	Comparison  string // "GreaterThanOrEqualToThreshold", ...
	Missing     string // TreatMissingData: "missing", "ignore", "breaching" or "notBreaching"; "" is missing
	Actions     []string
}

// State is what an alarm has come to.
type State string

// The states.
const (
	OK               State = "OK"
	InAlarm          State = "ALARM"
	InsufficientData State = "INSUFFICIENT_DATA"
)

// watched is an alarm with its state.
type watched struct {
	Alarm
	region  string
	state   State
	reason  string
	changed time.Time
	made    time.Time
}

// comparisons are the operators of an alarm with one threshold.
func comparisons() map[string]func(v, threshold float64) bool {
	return map[string]func(v, threshold float64) bool{
		"GreaterThanOrEqualToThreshold": func(v, t float64) bool { return v >= t },
		"GreaterThanThreshold":          func(v, t float64) bool { return v > t },
		"LessThanThreshold":             func(v, t float64) bool { return v < t },
		"LessThanOrEqualToThreshold":    func(v, t float64) bool { return v <= t },
	}
}

// toAlarm is ToAlarm with its default.
func (a Alarm) toAlarm() int {
	if a.ToAlarm == 0 {
		return a.Periods
	}
	return a.ToAlarm
}

// check refuses what PutMetricAlarm does:
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
func (a Alarm) check() error {
	switch {
	case a.Name == "":
		return missing("AlarmName")
	case len(a.Name) > 255:
		return validation("The parameter AlarmName must not be longer than 255 characters.")
	case a.Namespace == "":
		return missing("Namespace")
	case a.MetricName == "":
		return missing("MetricName")
	case a.Stat == "":
		return missing("Statistic")
	case len(a.Dimensions) > maxDimensions:
		return validation("The collection Dimensions must not have a size greater than %d.", maxDimensions)
	case a.Unit != "" && !knownUnit(a.Unit):
		return validation("Value %q at 'unit' is no standard unit", a.Unit)
	case a.Periods < 1:
		return validation("The parameter EvaluationPeriods must be greater than or equal to 1.")
	case a.ToAlarm < 0 || a.ToAlarm > a.Periods:
		return validation("The parameter DatapointsToAlarm must be between 1 and EvaluationPeriods.")
	case comparisons()[a.Comparison] == nil:
		return validation("Value %q at 'comparisonOperator' is no comparison with one threshold, and the lab's CloudWatch serves no other", a.Comparison)
	case !slices.Contains([]string{"", "missing", "ignore", "breaching", "notBreaching"}, a.Missing):
		return validation("Value %q at 'treatMissingData' must be missing, ignore, breaching or notBreaching", a.Missing)
	}
	return a.checkPeriod()
}

// checkPeriod: the span that is evaluated may be a day, or 7 days where a period is
// an hour or more.
func (a Alarm) checkPeriod() error {
	if !slices.Contains([]int{10, 20, 30}, a.Period) && (a.Period < 60 || a.Period%60 != 0) {
		return validation("Period must be 10, 20, 30, or a multiple of 60, not %d.", a.Period)
	}
	most := 24 * 3600
	if a.Period >= 3600 {
		most *= 7
	}
	if a.Period*a.Periods > most {
		return validation("Metrics cannot be checked across more than %d seconds (EvaluationPeriods * Period).", most)
	}
	if _, err := ParseStat(a.Stat); err != nil {
		return invalidValue("The value %q for parameter Statistic is not supported: %v.", a.Stat, err)
	}
	return nil
}

// PutAlarm makes an alarm in a Region, or changes the one of its name. A new one is
// INSUFFICIENT_DATA until it is looked at.
func (s *Store) PutAlarm(region string, a Alarm) error {
	if err := a.check(); err != nil {
		return err
	}
	s.alarms.mu.Lock()
	defer s.alarms.mu.Unlock()
	now := s.now()
	w := &watched{Alarm: a, region: region, state: InsufficientData, reason: "Unchecked: Initial alarm creation", changed: now, made: now}
	key := region + separator + a.Name
	if old := s.alarms.byName[key]; old != nil {
		w.state, w.reason, w.changed = old.state, old.reason, old.changed
	}
	s.alarms.byName[key] = w
	return nil
}

// AlarmState is the state of a Region's alarm at a time; the error names one that is
// not there. AWS looks at an alarm by itself, once a minute; the lab does so when it
// is asked.
func (s *Store) AlarmState(region, name string, at time.Time) (State, error) {
	s.alarms.mu.Lock()
	defer s.alarms.mu.Unlock()
	w := s.alarms.byName[region+separator+name]
	if w == nil {
		return "", fmt.Errorf("no alarm %q in %s", name, region)
	}
	s.evaluate(w, at)
	return w.state, nil
}
