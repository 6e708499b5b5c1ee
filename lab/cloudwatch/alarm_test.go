package cloudwatch

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/schemas"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
	smithyhttp "github.com/aws/smithy-go/transport/http"
	"github.com/aws/smithy-go/transport/http/protocol/awsjson"
	"github.com/aws/smithy-go/transport/http/protocol/awsquery"
)

// The tables of AWS's page, in the state of its source of 2019 to 2023
// (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html#alarms-and-missing-data):
// of five datapoints 0 does not breach, X does and - is missing; the states are those
// for missing, ignore (R retains the state), breaching and notBreaching. The last row
// is of its later text, which says that the oldest breaching one decides.
func TestMissingDataAsAWSHasIt(t *testing.T) {
	states := map[byte]State{'O': OK, 'A': InAlarm, 'I': InsufficientData, 'R': "retained"}
	for m, rows := range map[int][][2]string{
		3: {{"0-X-X", "OOOO"}, {"0----", "OOOO"}, {"-----", "IRAO"}, {"0XX-X", "AAAA"}, {"----X", "IRAO"}, {"X----", "ARAO"}},
		2: {{"0-X-X", "AAAA"}, {"00X0X", "AAAA"}, {"0-X--", "OOAO"}, {"----0", "OOAO"}, {"----X", "IRAO"}, {"---X-", "ARAO"}},
	} {
		for _, row := range rows {
			for i, treat := range []string{"missing", "ignore", "breaching", "notBreaching"} {
				w := &watched{Alarm: Alarm{Periods: 3, ToAlarm: m, Threshold: 1, Comparison: "GreaterThanOrEqualToThreshold", Missing: treat}, state: "retained"}
				var points []*float64
				for _, c := range row[0] {
					points = append(points, map[rune]*float64{'0': aws.Float64(0), 'X': aws.Float64(1), '-': nil}[c])
				}
				if got, _ := w.judge(points); got != states[row[1][i]] {
					t.Errorf("%d of 3, %s, %s: %s, want %s", m, row[0], treat, got, states[row[1][i]])
				}
			}
		}
	}
}

// errorsAlarm is the first alarm of https://github.com/f0rk/meditations, tools/deploy.py.
func errorsAlarm() *cloudwatch.PutMetricAlarmInput {
	return &cloudwatch.PutMetricAlarmInput{
		AlarmName: aws.String("meditations-errors"), Namespace: aws.String("AWS/Lambda"), MetricName: aws.String("Errors"),
		Dimensions: []types.Dimension{{Name: aws.String("FunctionName"), Value: aws.String("meditations_meditate")}},
		Statistic:  types.StatisticSum, Period: aws.Int32(60), EvaluationPeriods: aws.Int32(1), Threshold: aws.Float64(1),
		ComparisonOperator: types.ComparisonOperatorGreaterThanOrEqualToThreshold, ActionsEnabled: aws.Bool(true),
		AlarmActions: []string{"arn:aws:sns:us-east-1:123456789012:meditations-errors"},
	}
}

// Through the SDK, in each of its protocols: no data, a minute without an error, one
// with, and the errors out of sight again.
func TestAlarmThroughSDK(t *testing.T) {
	for name, protocol := range map[string]smithyhttp.ClientProtocol{
		"default": nil, "awsJson1_0": awsjson.New10(schemas.GraniteServiceVersion20100801), "awsQuery": awsquery.New(schemas.GraniteServiceVersion20100801),
	} {
		t.Run(name, func(t *testing.T) {
			s := NewStore()
			now := noon
			s.now = func() time.Time { return now }
			c, elsewhere := client(serve(t, s), "us-east-1"), client(serve(t, s), "eu-west-1")
			with := func(o *cloudwatch.Options) {
				if protocol != nil {
					o.Protocol = protocol
				}
			}
			if _, err := c.PutMetricAlarm(context.Background(), errorsAlarm(), with); err != nil {
				t.Fatal(err)
			}
			is := func(want types.StateValue) {
				t.Helper()
				out, err := c.DescribeAlarms(context.Background(), &cloudwatch.DescribeAlarmsInput{AlarmNamePrefix: aws.String("meditations")}, with)
				if err != nil || len(out.MetricAlarms) != 1 {
					t.Fatalf("%+v, %v", out, err)
				}
				a := out.MetricAlarms[0]
				if a.StateValue != want || *a.AlarmName != "meditations-errors" || *a.Threshold != 1 || *a.Period != 60 || *a.EvaluationPeriods != 1 ||
					a.Statistic != types.StatisticSum || *a.Dimensions[0].Value != "meditations_meditate" || a.AlarmActions[0] != errorsAlarm().AlarmActions[0] || *a.StateReason == "" || a.StateUpdatedTimestamp == nil {
					t.Errorf("%s: %+v", want, a)
				}
			}
			put := func(v float64) {
				s.Put("us-east-1", Datum{"AWS/Lambda", "Errors", []Dimension{{"FunctionName", "meditations_meditate"}}, "Count", now, v})
			}
			is(types.StateValueInsufficientData)
			put(0)
			is(types.StateValueOk)
			now = now.Add(time.Minute)
			put(0)
			put(1)
			is(types.StateValueAlarm)
			now = now.Add(2 * time.Minute) // AWS looks a little further back than it needs
			is(types.StateValueAlarm)
			now = now.Add(time.Minute)
			is(types.StateValueInsufficientData)
			out, err := elsewhere.DescribeAlarms(context.Background(), &cloudwatch.DescribeAlarmsInput{}, with)
			if err != nil || len(out.MetricAlarms) != 0 {
				t.Errorf("in another Region: %+v, %v", out, err)
			}
			byState, err := c.DescribeAlarms(context.Background(), &cloudwatch.DescribeAlarmsInput{StateValue: types.StateValueOk}, with)
			if err != nil || len(byState.MetricAlarms) != 0 {
				t.Errorf("by state: %+v, %v", byState, err)
			}
		})
	}
}

func TestAlarmComparisons(t *testing.T) {
	for operator, want := range map[types.ComparisonOperator]string{
		types.ComparisonOperatorGreaterThanOrEqualToThreshold: "OK ALARM ALARM", types.ComparisonOperatorGreaterThanThreshold: "OK OK ALARM",
		types.ComparisonOperatorLessThanThreshold: "ALARM OK OK", types.ComparisonOperatorLessThanOrEqualToThreshold: "ALARM ALARM OK",
	} {
		var got []string
		for _, v := range []float64{0, 1, 2} {
			s := NewStore()
			a := Alarm{Name: "a", Namespace: "N", MetricName: "m", Stat: "Average", Period: 60, Periods: 1, Threshold: 1, Comparison: string(operator)}
			if err := s.PutAlarm("us-east-1", a); err != nil {
				t.Fatal(err)
			}
			s.Put("us-east-1", Datum{Namespace: "N", Name: "m", Time: noon, Value: v})
			state, err := s.AlarmState("us-east-1", "a", noon)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, string(state))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", operator, got, want)
		}
	}
	if state, err := NewStore().AlarmState("us-east-1", "none", noon); err == nil {
		t.Errorf("an alarm that is not there is %s", state)
	}
}

// An alarm keeps its state when it is changed, and retains it where it ignores
// missing data.
func TestAlarmRetains(t *testing.T) {
	s := NewStore()
	a := Alarm{Name: "a", Namespace: "N", MetricName: "m", Stat: "p99", Period: 60, Periods: 1, Threshold: 1, Comparison: "GreaterThanThreshold", Missing: "ignore"}
	for _, threshold := range []float64{1, 5} {
		a.Threshold = threshold
		if err := s.PutAlarm("us-east-1", a); err != nil {
			t.Fatal(err)
		}
		s.Put("us-east-1", Datum{Namespace: "N", Name: "m", Time: noon, Value: 2})
		at := noon
		if threshold == 5 {
			at = noon.Add(time.Hour) // no data, and so what it was
		}
		if state, err := s.AlarmState("us-east-1", "a", at); err != nil || state != InAlarm {
			t.Errorf("threshold %v: %s, %v", threshold, state, err)
		}
	}
}

func TestPutMetricAlarmRefuses(t *testing.T) {
	c := client(serve(t, NewStore()), "us-east-1")
	for name, change := range map[string]func(*cloudwatch.PutMetricAlarmInput){
		"no statistic":   func(in *cloudwatch.PutMetricAlarmInput) { in.Statistic = "" },
		"two statistics": func(in *cloudwatch.PutMetricAlarmInput) { in.ExtendedStatistic = aws.String("p99") },
		"no threshold":   func(in *cloudwatch.PutMetricAlarmInput) { in.Threshold = nil },
		"no period":      func(in *cloudwatch.PutMetricAlarmInput) { in.Period = nil },
		"period of 90":   func(in *cloudwatch.PutMetricAlarmInput) { in.Period = aws.Int32(90) },
		"more than a day": func(in *cloudwatch.PutMetricAlarmInput) {
			in.Period, in.EvaluationPeriods = aws.Int32(1800), aws.Int32(49)
		},
		"more than a week": func(in *cloudwatch.PutMetricAlarmInput) {
			in.Period, in.EvaluationPeriods = aws.Int32(86400), aws.Int32(8)
		},
		"4 of 3": func(in *cloudwatch.PutMetricAlarmInput) {
			in.EvaluationPeriods, in.DatapointsToAlarm = aws.Int32(3), aws.Int32(4)
		},
		"0 of 3": func(in *cloudwatch.PutMetricAlarmInput) {
			in.EvaluationPeriods, in.DatapointsToAlarm = aws.Int32(3), aws.Int32(0)
		},
		"unknown treatment": func(in *cloudwatch.PutMetricAlarmInput) { in.TreatMissingData = aws.String("zero") },
		"anomaly detection": func(in *cloudwatch.PutMetricAlarmInput) {
			in.ComparisonOperator = types.ComparisonOperatorGreaterThanUpperThreshold
		},
		"metric math":          func(in *cloudwatch.PutMetricAlarmInput) { in.Metrics = []types.MetricDataQuery{query("q", "Sum", 60)} },
		"unit that is none":    func(in *cloudwatch.PutMetricAlarmInput) { in.Unit = "Dollars" },
		"no evaluation at all": func(in *cloudwatch.PutMetricAlarmInput) { in.EvaluationPeriods = nil },
	} {
		in := errorsAlarm()
		change(in)
		_, err := c.PutMetricAlarm(context.Background(), in)
		var api interface{ ErrorCode() string }
		if !errors.As(err, &api) {
			t.Errorf("%s: %v", name, err)
		}
	}
	in := errorsAlarm()
	in.Period, in.EvaluationPeriods = aws.Int32(86400), aws.Int32(7)
	if _, err := c.PutMetricAlarm(context.Background(), in); err != nil {
		t.Errorf("a week: %v", err)
	}
}
