package cloudwatch

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
	"github.com/aws/smithy-go"
)

// 1 to 11 give 66, 11, 1, 11 and 6 on AWS, recorded 2023-12-04: localstack/localstack,
// tests/aws/services/cloudwatch/test_cloudwatch.snapshot.json, test_get_metric_data_stats.
func TestSDKSimpleStatistics(t *testing.T) {
	s := NewStore()
	durations(s, "eu-west-1", time.Second, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
	c := client(serve(t, s), "eu-west-1")
	for stat, want := range map[string]float64{"Sum": 66, "SampleCount": 11, "Minimum": 1, "Maximum": 11, "Average": 6} {
		out, err := c.GetMetricData(context.Background(), input(noon, noon.Add(time.Hour), query("q", stat, 60)))
		if err != nil {
			t.Fatal(err)
		}
		r := out.MetricDataResults[0]
		if !slices.Equal(r.Values, []float64{want}) || !slices.EqualFunc(r.Timestamps, []time.Time{noon}, time.Time.Equal) {
			t.Errorf("%s = %v at %v, want %v at %v", stat, r.Values, r.Timestamps, want, noon)
		}
		if *r.Id != "q" || *r.Label != "Duration" || r.StatusCode != types.StatusCodeComplete || out.NextToken != nil {
			t.Errorf("%s: id %q, label %q, status %q, token %v", stat, *r.Id, *r.Label, r.StatusCode, out.NextToken)
		}
	}
}

// The histogram that the lab exists for: bins at multiples of 50, and a value
// on an edge belongs below it.
func TestSDKTrimmedCounts(t *testing.T) {
	s := NewStore()
	durations(s, "eu-west-1", time.Second, 0, 49.99, 50, 50.01, 100, 100.01, 151, 800)
	out, err := client(serve(t, s), "eu-west-1").GetMetricData(context.Background(), input(noon, noon.Add(time.Minute),
		query("a", "TC(:50)", 60), query("zero", "TC(0:50)", 60), query("b", "TC(50:100)", 60), query("c", "TC(100:150)", 60),
		query("tail", "TC(150:)", 60), query("sum", "TS(150:)", 60), query("pr", "PR(50:100)", 60)))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]float64{"a": 3, "zero": 2, "b": 2, "c": 1, "tail": 2, "sum": 951, "pr": 25}
	for _, r := range out.MetricDataResults {
		if !slices.Equal(r.Values, []float64{want[*r.Id]}) {
			t.Errorf("%s = %v, want %v", *r.Id, r.Values, want[*r.Id])
		}
	}
}

// One value a minute from 12:00 to 12:09.
func TestSDKTimes(t *testing.T) {
	s := NewStore()
	durations(s, "eu-west-1", time.Minute, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
	c := client(serve(t, s), "eu-west-1")
	at := func(minute, second int) time.Time {
		return noon.Add(time.Duration(minute)*time.Minute + time.Duration(second)*time.Second)
	}
	for _, row := range []struct {
		name        string
		from, until time.Time
		period      int32
		stamps      []time.Time
		sums        []float64
	}{
		{"start inclusive, end exclusive", at(2, 0), at(4, 0), 60, []time.Time{at(2, 0), at(3, 0)}, []float64{3, 4}},
		{"unaligned start is rounded down", at(2, 34), at(4, 0), 60, []time.Time{at(2, 0), at(3, 0)}, []float64{3, 4}},
		{"unaligned end takes the minute", at(2, 0), at(3, 1), 60, []time.Time{at(2, 0), at(3, 0)}, []float64{3, 4}},
		{"half a second is enough", at(2, 0), at(3, 0).Add(500 * time.Millisecond), 60, []time.Time{at(2, 0), at(3, 0)}, []float64{3, 4}},
		{"a start inside a period begins the period", at(7, 0), at(10, 0), 300, []time.Time{at(5, 0)}, []float64{6 + 7 + 8 + 9 + 10}},
		{"an end inside a period cuts it", at(0, 0), at(7, 0), 300, []time.Time{at(0, 0), at(5, 0)}, []float64{15, 6 + 7}},
		{"sub-minute periods see minutes", at(0, 0), at(1, 1), 10, []time.Time{at(0, 0), at(1, 0)}, []float64{1, 2}},
		{"nothing there", at(20, 0), at(30, 0), 60, nil, nil},
	} {
		out, err := c.GetMetricData(context.Background(), input(row.from, row.until, query("q", "Sum", row.period)))
		if err != nil {
			t.Fatalf("%s: %v", row.name, err)
		}
		r := out.MetricDataResults[0]
		if !slices.Equal(r.Values, row.sums) || !slices.EqualFunc(r.Timestamps, row.stamps, time.Time.Equal) {
			t.Errorf("%s: %v at %v, want %v at %v", row.name, r.Values, r.Timestamps, row.sums, row.stamps)
		}
	}
}

func TestSDKScansDescendingByDefault(t *testing.T) {
	s := NewStore()
	durations(s, "eu-west-1", time.Minute, 1, 2, 3)
	in := input(noon, noon.Add(time.Hour), query("q", "Sum", 60))
	in.ScanBy = ""
	out, err := client(serve(t, s), "eu-west-1").GetMetricData(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	if got := out.MetricDataResults[0].Values; !slices.Equal(got, []float64{3, 2, 1}) {
		t.Errorf("%v, want 3 2 1", got)
	}
}

func TestSDKPages(t *testing.T) {
	for _, order := range []types.ScanBy{types.ScanByTimestampAscending, types.ScanByTimestampDescending} {
		s := NewStore()
		durations(s, "eu-west-1", time.Minute, 1, 2, 3, 4, 5)
		in := input(noon, noon.Add(time.Hour), query("a", "Sum", 60), query("b", "Maximum", 60), query("none", "TM(10:)", 60))
		in.MaxDatapoints, in.ScanBy = aws.Int32(2), order
		got, statuses, pages := map[string][]float64{}, map[string][]types.StatusCode{}, 0
		p := cloudwatch.NewGetMetricDataPaginator(client(serve(t, s), "eu-west-1"), in)
		for p.HasMorePages() {
			out, err := p.NextPage(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			pages++
			points := 0
			for _, r := range out.MetricDataResults {
				got[*r.Id] = append(got[*r.Id], r.Values...)
				statuses[*r.Id] = append(statuses[*r.Id], r.StatusCode)
				points += len(r.Values)
			}
			if points > 2 {
				t.Errorf("%s: a page of %d datapoints, want 2 at most", order, points)
			}
		}
		want := []float64{1, 2, 3, 4, 5}
		if order == types.ScanByTimestampDescending {
			slices.Reverse(want)
		}
		if pages != 5 || !slices.Equal(got["a"], want) || !slices.Equal(got["b"], want) || len(got["none"]) != 0 {
			t.Errorf("%s: %d pages with %v, want 5 with %v twice", order, pages, got, want)
		}
		partial := []types.StatusCode{types.StatusCodePartialData, types.StatusCodePartialData, types.StatusCodeComplete}
		if !slices.Equal(statuses["a"], partial) || !slices.Equal(statuses["none"], []types.StatusCode{types.StatusCodeComplete}) {
			t.Errorf("%s: statuses %v", order, statuses)
		}
	}
}

// A value that arrives between two pages must not shift them.
func TestSDKPagesSurviveNewValues(t *testing.T) {
	s := NewStore()
	durations(s, "eu-west-1", time.Minute, 1, 2, 3)
	c := client(serve(t, s), "eu-west-1")
	in := input(noon.Add(-time.Hour), noon.Add(time.Hour), query("q", "Sum", 60))
	in.MaxDatapoints, in.ScanBy = aws.Int32(2), types.ScanByTimestampDescending
	first, err := c.GetMetricData(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	s.Put("eu-west-1", Datum{"AWS/Lambda", "Duration", []Dimension{{"FunctionName", "f"}}, "Milliseconds", noon.Add(9 * time.Minute), 99})
	in.NextToken = first.NextToken
	second, err := c.GetMetricData(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	if got := second.MetricDataResults[0].Values; !slices.Equal(got, []float64{1}) {
		t.Errorf("second page %v, want 1", got)
	}
}

// Rules of labels recorded from AWS: see labels.go.
func TestSDKLabels(t *testing.T) {
	c := client(serve(t, NewStore()), "eu-west-1")
	for _, row := range []struct {
		queries []types.MetricDataQuery
		want    []string
	}{
		{[]types.MetricDataQuery{query("a", "Sum", 60), query("b", "Minimum", 30)}, []string{"Duration Sum 60", "Duration Minimum 30"}},
		{[]types.MetricDataQuery{query("a", "Sum", 60), query("b", "Minimum", 60)}, []string{"Duration Sum", "Duration Minimum"}},
		{[]types.MetricDataQuery{query("a", "Sum", 60), query("b", "Sum", 30)}, []string{"Duration 60", "Duration 30"}},
		{[]types.MetricDataQuery{query("a", "Sum", 60), query("b", "Sum", 60)}, []string{"Duration", "Duration"}},
	} {
		out, err := c.GetMetricData(context.Background(), input(noon, noon.Add(time.Hour), row.queries...))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range out.MetricDataResults {
			got = append(got, *r.Label)
		}
		if !slices.Equal(got, row.want) {
			t.Errorf("labels %q, want %q", got, row.want)
		}
	}
}

// 60000 ms and 60 s of one metric give 60000 and this message on AWS, recorded
// 2023-12-15: test_get_metric_data_different_units_no_unit_in_query.
func TestSDKUnits(t *testing.T) {
	s := NewStore()
	for unit, value := range map[string]float64{"Milliseconds": 60000, "Seconds": 60} {
		s.Put("eu-west-1", Datum{"AWS/Lambda", "Duration", []Dimension{{"FunctionName", "f"}}, unit, noon, value})
	}
	c := client(serve(t, s), "eu-west-1")
	any, seconds, bytes := query("any", "Maximum", 60), query("s", "Maximum", 60), query("b", "Maximum", 60)
	seconds.MetricStat.Unit, bytes.MetricStat.Unit = types.StandardUnitSeconds, types.StandardUnitBytes
	out, err := c.GetMetricData(context.Background(), input(noon, noon.Add(time.Minute), any, seconds, bytes))
	if err != nil {
		t.Fatal(err)
	}
	r := out.MetricDataResults
	if !slices.Equal(r[0].Values, []float64{60000}) || len(r[0].Messages) != 1 ||
		*r[0].Messages[0].Code != "MultipleUnits" || *r[0].Messages[0].Value != "Multiple units returned: '[Milliseconds, Seconds]'" {
		t.Errorf("without unit: %+v", r[0])
	}
	if !slices.Equal(r[1].Values, []float64{60}) || len(r[1].Messages) != 0 {
		t.Errorf("in seconds: %+v", r[1])
	}
	if len(r[2].Values) != 0 || r[2].StatusCode != types.StatusCodeComplete {
		t.Errorf("in bytes: %+v", r[2])
	}
}

func TestSDKRegionsAreApart(t *testing.T) {
	s := NewStore()
	durations(s, "eu-west-1", time.Second, 1)
	url := serve(t, s)
	for region, want := range map[string]int{"eu-west-1": 1, "us-east-1": 0} {
		out, err := client(url, region).GetMetricData(context.Background(), input(noon, noon.Add(time.Minute), query("q", "Sum", 60)))
		if err != nil {
			t.Fatal(err)
		}
		if got := len(out.MetricDataResults[0].Values); got != want {
			t.Errorf("%s: %d datapoints, want %d", region, got, want)
		}
	}
}

func TestSDKQueryLimit(t *testing.T) {
	c := client(serve(t, NewStore()), "eu-west-1")
	many := make([]types.MetricDataQuery, 501)
	for i := range many {
		many[i] = query(fmt.Sprintf("q%d", i), "Sum", 60)
	}
	if _, err := c.GetMetricData(context.Background(), input(noon, noon.Add(time.Minute), many[:500]...)); err != nil {
		t.Errorf("500 queries: %v", err)
	}
	_, err := c.GetMetricData(context.Background(), input(noon, noon.Add(time.Minute), many...))
	var refused *types.ValidationException
	if !errors.As(err, &refused) {
		t.Errorf("501 queries: %v, want a ValidationException", err)
	}
}

func TestSDKErrors(t *testing.T) {
	c := client(serve(t, NewStore()), "eu-west-1")
	change := func(f func(*cloudwatch.GetMetricDataInput)) *cloudwatch.GetMetricDataInput {
		in := input(noon, noon.Add(time.Minute), query("q", "Sum", 60))
		f(in)
		return in
	}
	q := func(in *cloudwatch.GetMetricDataInput) *types.MetricDataQuery { return &in.MetricDataQueries[0] }
	var value *types.InvalidParameterValueException
	var combination *types.InvalidParameterCombinationException
	var absent *types.MissingRequiredParameterException
	var invalid *types.ValidationException
	var token *types.InvalidNextToken
	for name, row := range map[string]struct {
		in     *cloudwatch.GetMetricDataInput
		target any
		code   string
	}{
		"statistic": {change(func(in *cloudwatch.GetMetricDataInput) { q(in).MetricStat.Stat = aws.String("p200") }), &value, "InvalidParameterValue"},
		"expression": {change(func(in *cloudwatch.GetMetricDataInput) {
			*q(in) = types.MetricDataQuery{Id: aws.String("e"), Expression: aws.String("SUM(METRICS())")}
		}), &value, "InvalidParameterValue"},
		"both":        {change(func(in *cloudwatch.GetMetricDataInput) { q(in).Expression = aws.String("q*2") }), &combination, "InvalidParameterCombination"},
		"neither":     {change(func(in *cloudwatch.GetMetricDataInput) { q(in).MetricStat = nil }), &absent, "MissingParameter"},
		"period":      {change(func(in *cloudwatch.GetMetricDataInput) { q(in).MetricStat.Period = aws.Int32(90) }), &invalid, "ValidationError"},
		"period zero": {change(func(in *cloudwatch.GetMetricDataInput) { q(in).MetricStat.Period = aws.Int32(0) }), &invalid, "ValidationError"},
		"id":          {change(func(in *cloudwatch.GetMetricDataInput) { q(in).Id = aws.String("Upper") }), &invalid, "ValidationError"},
		"same id":     {change(func(in *cloudwatch.GetMetricDataInput) { in.MetricDataQueries = append(in.MetricDataQueries, *q(in)) }), &invalid, "ValidationError"},
		"times":       {change(func(in *cloudwatch.GetMetricDataInput) { in.EndTime = in.StartTime }), &invalid, "ValidationError"},
		"no data":     {change(func(in *cloudwatch.GetMetricDataInput) { q(in).ReturnData = aws.Bool(false) }), &invalid, "ValidationError"},
		"datapoints":  {change(func(in *cloudwatch.GetMetricDataInput) { in.MaxDatapoints = aws.Int32(100801) }), &invalid, "ValidationError"},
		"token":       {change(func(in *cloudwatch.GetMetricDataInput) { in.NextToken = aws.String("bm9uc2Vuc2U=") }), &token, "InvalidNextToken"},
	} {
		_, err := c.GetMetricData(context.Background(), row.in)
		var api smithy.APIError
		if !errors.As(err, row.target) || !errors.As(err, &api) || api.ErrorCode() != row.code || api.ErrorMessage() == "" {
			t.Errorf("%s: %v, want %T with code %s", name, err, row.target, row.code)
		}
	}
}

func TestSDKTokenOfAnotherRequest(t *testing.T) {
	s := NewStore()
	durations(s, "eu-west-1", time.Minute, 1, 2, 3)
	c := client(serve(t, s), "eu-west-1")
	in := input(noon, noon.Add(time.Hour), query("q", "Sum", 60))
	in.MaxDatapoints = aws.Int32(1)
	out, err := c.GetMetricData(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	other := input(noon, noon.Add(time.Hour), query("q", "Maximum", 60))
	other.NextToken = out.NextToken
	_, err = c.GetMetricData(context.Background(), other)
	var token *types.InvalidNextToken
	if !errors.As(err, &token) {
		t.Errorf("%v, want InvalidNextToken", err)
	}
}

func TestSDKUnknownOperation(t *testing.T) {
	_, err := client(serve(t, NewStore()), "eu-west-1").DescribeAnomalyDetectors(context.Background(), &cloudwatch.DescribeAnomalyDetectorsInput{})
	var api smithy.APIError
	if !errors.As(err, &api) || !strings.Contains(err.Error(), "DescribeAnomalyDetectors") || api.ErrorCode() != "InvalidAction" {
		t.Errorf("%v, want an API error that names the operation", err)
	}
}
