package cloudwatch

import (
	"cmp"
	"encoding/xml"
	"maps"
	"slices"
	"strings"

	"github.com/aws/smithy-go/encoding/cbor"
)

// putMetricAlarmInput is PutMetricAlarm's for an alarm on one metric; what the lab
// does not serve is read to be refused.
type putMetricAlarmInput struct {
	AlarmName               string
	AlarmDescription        string
	Namespace               string
	MetricName              string
	Dimensions              []Dimension
	Statistic               string
	ExtendedStatistic       string
	Unit                    string
	Period                  *integer
	EvaluationPeriods       *integer
	DatapointsToAlarm       *integer
	Threshold               *decimal
	ComparisonOperator      string
	TreatMissingData        string
	AlarmActions            []string
	ActionsEnabled          *boolean
	OKActions               []string
	InsufficientDataActions []string
	Metrics                 []map[string]any
	ThresholdMetricID       string `json:"ThresholdMetricId"`
}

type putMetricAlarmOutput struct {
	XMLName xml.Name `json:"-" xml:"PutMetricAlarmResult"`
}

type describeAlarmsInput struct {
	AlarmNames      []string
	AlarmNamePrefix string
	StateValue      string
	NextToken       string
}

type describeAlarmsOutput struct {
	XMLName      xml.Name      `json:"-" xml:"DescribeAlarmsResult"`
	MetricAlarms []metricAlarm `json:"MetricAlarms" xml:"MetricAlarms>member"`
}

type metricAlarm struct {
	AlarmName          string      `json:"AlarmName" xml:"AlarmName"`
	AlarmArn           string      `json:"AlarmArn" xml:"AlarmArn"`
	AlarmDescription   string      `json:"AlarmDescription,omitempty" xml:"AlarmDescription,omitempty"`
	Updated            stamp       `json:"AlarmConfigurationUpdatedTimestamp" xml:"AlarmConfigurationUpdatedTimestamp"`
	StateValue         State       `json:"StateValue" xml:"StateValue"`
	StateReason        string      `json:"StateReason" xml:"StateReason"`
	StateUpdated       stamp       `json:"StateUpdatedTimestamp" xml:"StateUpdatedTimestamp"`
	Namespace          string      `json:"Namespace" xml:"Namespace"`
	MetricName         string      `json:"MetricName" xml:"MetricName"`
	Dimensions         []Dimension `json:"Dimensions" xml:"Dimensions>member"`
	Statistic          string      `json:"Statistic,omitempty" xml:"Statistic,omitempty"`
	ExtendedStatistic  string      `json:"ExtendedStatistic,omitempty" xml:"ExtendedStatistic,omitempty"`
	Unit               string      `json:"Unit,omitempty" xml:"Unit,omitempty"`
	Period             int         `json:"Period" xml:"Period"`
	EvaluationPeriods  int         `json:"EvaluationPeriods" xml:"EvaluationPeriods"`
	DatapointsToAlarm  int         `json:"DatapointsToAlarm" xml:"DatapointsToAlarm"`
	Threshold          float64     `json:"Threshold" xml:"Threshold"`
	ComparisonOperator string      `json:"ComparisonOperator" xml:"ComparisonOperator"`
	TreatMissingData   string      `json:"TreatMissingData,omitempty" xml:"TreatMissingData,omitempty"`
	AlarmActions       []string    `json:"AlarmActions" xml:"AlarmActions>member"`
}

var (
	_ encodable = putMetricAlarmOutput{}
	_ encodable = describeAlarmsOutput{}
)

func putMetricAlarm(store *Store, region string, in putMetricAlarmInput) (putMetricAlarmOutput, error) {
	var none putMetricAlarmOutput
	switch {
	case len(in.Metrics) > 0 || in.ThresholdMetricID != "":
		return none, invalidValue("The lab's CloudWatch serves alarms on one metric, and neither math nor anomaly detection.")
	case in.Statistic != "" && in.ExtendedStatistic != "":
		return none, invalidCombination("Only one of Statistic and ExtendedStatistic can be given.")
	case in.Period == nil:
		return none, missing("Period")
	case in.EvaluationPeriods == nil:
		return none, missing("EvaluationPeriods")
	case in.Threshold == nil:
		return none, missing("Threshold")
	case in.ComparisonOperator == "":
		return none, missing("ComparisonOperator")
	}
	a := Alarm{
		Name: in.AlarmName, Description: in.AlarmDescription, Namespace: in.Namespace, MetricName: in.MetricName,
		Dimensions: in.Dimensions, Stat: cmp.Or(in.Statistic, in.ExtendedStatistic), Unit: in.Unit, Period: int(*in.Period),
		Periods: int(*in.EvaluationPeriods), Threshold: float64(*in.Threshold), Comparison: in.ComparisonOperator,
		Missing: in.TreatMissingData, Actions: in.AlarmActions,
	}
	if in.DatapointsToAlarm != nil {
		if a.ToAlarm = int(*in.DatapointsToAlarm); a.ToAlarm == 0 {
			a.ToAlarm = -1 // given, and not a number of datapoints
		}
	}
	return none, store.PutAlarm(region, a)
}

// describeAlarms looks at the Region's alarms, in order of name. There are no pages:
// a lab has a handful.
func describeAlarms(store *Store, region string, in describeAlarmsInput) (describeAlarmsOutput, error) {
	out := describeAlarmsOutput{MetricAlarms: []metricAlarm{}}
	if in.NextToken != "" {
		return out, invalidToken()
	}
	store.alarms.mu.Lock()
	defer store.alarms.mu.Unlock()
	for _, key := range slices.Sorted(maps.Keys(store.alarms.byName)) {
		w := store.alarms.byName[key]
		if w.region != region || len(in.AlarmNames) > 0 && !slices.Contains(in.AlarmNames, w.Name) || !strings.HasPrefix(w.Name, in.AlarmNamePrefix) {
			continue
		}
		store.evaluate(w, store.now())
		if in.StateValue == "" || in.StateValue == string(w.state) {
			out.MetricAlarms = append(out.MetricAlarms, w.described())
		}
	}
	return out, nil
}

func (w *watched) described() metricAlarm {
	m := metricAlarm{
		AlarmName: w.Name, AlarmArn: "arn:aws:cloudwatch:" + w.region + ":123456789012:alarm:" + w.Name, AlarmDescription: w.Description,
		Updated: stamp(w.made.Unix()), StateValue: w.state, StateReason: w.reason, StateUpdated: stamp(w.changed.Unix()),
		Namespace: w.Namespace, MetricName: w.MetricName, Dimensions: w.Dimensions, Unit: w.Unit,
		Period: w.Period, EvaluationPeriods: w.Periods, DatapointsToAlarm: w.toAlarm(), Threshold: w.Threshold,
		ComparisonOperator: w.Comparison, TreatMissingData: w.Missing, AlarmActions: w.Actions,
	}
	if stat, err := ParseStat(w.Stat); err == nil && !stat.extended() {
		m.Statistic = w.Stat
	} else {
		m.ExtendedStatistic = w.Stat
	}
	return m
}

func (putMetricAlarmOutput) cbor() cborMap { return cborMap{} }

func (o describeAlarmsOutput) cbor() cborMap {
	alarms := make(cbor.List, len(o.MetricAlarms))
	for i, m := range o.MetricAlarms {
		alarms[i] = m.cbor()
	}
	return cborMap{"MetricAlarms": alarms, "CompositeAlarms": cbor.List{}}
}

func (m metricAlarm) cbor() cborMap {
	out := cborMap{
		"AlarmConfigurationUpdatedTimestamp": &cbor.Tag{ID: 1, Value: cbor.Float64(m.Updated)},
		"StateUpdatedTimestamp":              &cbor.Tag{ID: 1, Value: cbor.Float64(m.StateUpdated)},
		"Period":                             cbor.Uint(m.Period), "EvaluationPeriods": cbor.Uint(m.EvaluationPeriods),
		"DatapointsToAlarm": cbor.Uint(m.DatapointsToAlarm), "Threshold": cbor.Float64(m.Threshold), "Dimensions": cborDimensions(m.Dimensions),
	}
	for name, text := range map[string]string{
		"AlarmName": m.AlarmName, "AlarmArn": m.AlarmArn, "AlarmDescription": m.AlarmDescription, "StateValue": string(m.StateValue),
		"StateReason": m.StateReason, "Namespace": m.Namespace, "MetricName": m.MetricName, "Statistic": m.Statistic,
		"ExtendedStatistic": m.ExtendedStatistic, "Unit": m.Unit, "ComparisonOperator": m.ComparisonOperator, "TreatMissingData": m.TreatMissingData,
	} {
		if text != "" {
			out[name] = cbor.String(text)
		}
	}
	actions := make(cbor.List, len(m.AlarmActions))
	for i, a := range m.AlarmActions {
		actions[i] = cbor.String(a)
	}
	out["AlarmActions"] = actions
	return out
}
