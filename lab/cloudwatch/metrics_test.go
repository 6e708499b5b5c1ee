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
)

func TestSDKListMetrics(t *testing.T) {
	s := NewStore()
	for _, m := range []struct {
		region, namespace, name string
		dims                    []Dimension
	}{
		{"eu-west-1", "AWS/Lambda", "Duration", []Dimension{{"FunctionName", "f"}}},
		{"eu-west-1", "AWS/Lambda", "Duration", []Dimension{{"FunctionName", "g"}, {"Resource", "g"}}},
		{"eu-west-1", "AWS/Lambda", "Errors", []Dimension{{"FunctionName", "f"}}},
		{"eu-west-1", "AWS/ApiGateway", "Count", nil},
		{"us-east-1", "AWS/Lambda", "Duration", []Dimension{{"FunctionName", "f"}}},
	} {
		s.Series(m.region, m.namespace, m.name, "Count", m.dims)
	}
	c := client(serve(t, s), "eu-west-1")
	for name, row := range map[string]struct {
		in   cloudwatch.ListMetricsInput
		want []string
	}{
		"all":        {cloudwatch.ListMetricsInput{}, []string{"AWS/ApiGateway Count", "AWS/Lambda Duration FunctionName=f", "AWS/Lambda Duration FunctionName=g Resource=g", "AWS/Lambda Errors FunctionName=f"}},
		"namespace":  {cloudwatch.ListMetricsInput{Namespace: aws.String("AWS/ApiGateway")}, []string{"AWS/ApiGateway Count"}},
		"name":       {cloudwatch.ListMetricsInput{MetricName: aws.String("Errors")}, []string{"AWS/Lambda Errors FunctionName=f"}},
		"dimension":  {cloudwatch.ListMetricsInput{Dimensions: []types.DimensionFilter{{Name: aws.String("Resource")}}}, []string{"AWS/Lambda Duration FunctionName=g Resource=g"}},
		"value":      {cloudwatch.ListMetricsInput{MetricName: aws.String("Duration"), Dimensions: []types.DimensionFilter{{Name: aws.String("FunctionName"), Value: aws.String("f")}}}, []string{"AWS/Lambda Duration FunctionName=f"}},
		"not there":  {cloudwatch.ListMetricsInput{Namespace: aws.String("AWS/S3")}, nil},
		"wrong case": {cloudwatch.ListMetricsInput{MetricName: aws.String("errors")}, nil},
	} {
		out, err := c.ListMetrics(context.Background(), &row.in)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range out.Metrics {
			text := *m.Namespace + " " + *m.MetricName
			for _, d := range m.Dimensions {
				text += " " + *d.Name + "=" + *d.Value
			}
			got = append(got, text)
		}
		if !slices.Equal(got, row.want) {
			t.Errorf("%s: %q, want %q", name, got, row.want)
		}
	}
}

func TestSDKListMetricsPages(t *testing.T) {
	s := NewStore()
	for i := range 1234 {
		s.Series("eu-west-1", "N", fmt.Sprintf("m%04d", i), "", nil)
	}
	var sizes []int
	seen := map[string]bool{}
	p := cloudwatch.NewListMetricsPaginator(client(serve(t, s), "eu-west-1"), &cloudwatch.ListMetricsInput{})
	for p.HasMorePages() {
		out, err := p.NextPage(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		sizes = append(sizes, len(out.Metrics))
		for _, m := range out.Metrics {
			seen[*m.MetricName] = true
		}
	}
	if !slices.Equal(sizes, []int{500, 500, 234}) || len(seen) != 1234 {
		t.Errorf("pages of %v with %d metrics, want 500, 500, 234 with 1234", sizes, len(seen))
	}
}

// The body is large enough for the SDK to compress it (more than 10 KB).
func TestSDKPutMetricData(t *testing.T) {
	s := NewStore()
	c := client(serve(t, s), "eu-west-1")
	in := &cloudwatch.PutMetricDataInput{Namespace: aws.String("Custom")}
	for i := range 200 {
		in.MetricData = append(in.MetricData, types.MetricDatum{MetricName: aws.String("value"), Timestamp: aws.Time(noon),
			Value: aws.Float64(float64(i + 1)), Unit: types.StandardUnitCount,
			Dimensions: []types.Dimension{{Name: aws.String("Padding"), Value: aws.String(strings.Repeat("x", 100))}}})
	}
	in.MetricData = append(in.MetricData,
		types.MetricDatum{MetricName: aws.String("counted"), Timestamp: aws.Time(noon), Values: []float64{1, 4}, Counts: []float64{5, 3}},
		types.MetricDatum{MetricName: aws.String("set"), Timestamp: aws.Time(noon), StatisticValues: &types.StatisticSet{
			SampleCount: aws.Float64(4), Sum: aws.Float64(10), Minimum: aws.Float64(1), Maximum: aws.Float64(4)}},
		// One that does not add up: Sum is Minimum times SampleCount, but Maximum differs.
		types.MetricDatum{MetricName: aws.String("odd"), Timestamp: aws.Time(noon), StatisticValues: &types.StatisticSet{
			SampleCount: aws.Float64(2), Sum: aws.Float64(2), Minimum: aws.Float64(1), Maximum: aws.Float64(3)}},
		types.MetricDatum{MetricName: aws.String("equal"), Timestamp: aws.Time(noon), StatisticValues: &types.StatisticSet{
			SampleCount: aws.Float64(3), Sum: aws.Float64(21), Minimum: aws.Float64(7), Maximum: aws.Float64(7)}},
		types.MetricDatum{MetricName: aws.String("fast"), Timestamp: aws.Time(noon.Add(7 * time.Second)), Value: aws.Float64(1), StorageResolution: aws.Int32(1)})
	if _, err := c.PutMetricData(context.Background(), in); err != nil {
		t.Fatal(err)
	}
	ask := func(id, name, stat string, period int32) types.MetricDataQuery {
		q := query(id, stat, period)
		q.MetricStat.Metric = &types.Metric{Namespace: aws.String("Custom"), MetricName: aws.String(name)}
		return q
	}
	padded := ask("value", "value", "Sum", 60)
	padded.MetricStat.Metric.Dimensions = in.MetricData[0].Dimensions
	out, err := c.GetMetricData(context.Background(), input(noon, noon.Add(time.Minute), padded,
		ask("counted", "counted", "Sum", 60), ask("half", "counted", "p62.5", 60),
		ask("average", "set", "Average", 60), ask("refused", "set", "p50", 60),
		ask("equal", "equal", "p50", 60), ask("fast", "fast", "Sum", 1), ask("odd", "odd", "p50", 60)))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]float64{"value": {20100}, "counted": {17}, "half": {1}, "average": {2.5}, "refused": nil, "equal": {7}, "fast": {1}, "odd": nil}
	for _, r := range out.MetricDataResults {
		if !slices.Equal(r.Values, want[*r.Id]) {
			t.Errorf("%s = %v, want %v", *r.Id, r.Values, want[*r.Id])
		}
	}
	if r := out.MetricDataResults[6]; !r.Timestamps[0].Equal(noon.Add(7 * time.Second)) {
		t.Errorf("a 1 s metric is stamped %v, want 12:00:07", r.Timestamps[0])
	}
}

func TestSDKPutMetricDataRefuses(t *testing.T) {
	s := NewStore()
	c := client(serve(t, s), "eu-west-1")
	var value *types.InvalidParameterValueException
	var combination *types.InvalidParameterCombinationException
	var absent *types.MissingRequiredParameterException
	datum := types.MetricDatum{MetricName: aws.String("m"), Value: aws.Float64(1)}
	for name, row := range map[string]struct {
		namespace string
		datum     types.MetricDatum
		target    any
	}{
		"AWS namespace":  {"AWS/Lambda", datum, &value},
		"no value":       {"N", types.MetricDatum{MetricName: aws.String("m")}, &absent},
		"two values":     {"N", types.MetricDatum{MetricName: aws.String("m"), Value: aws.Float64(1), Values: []float64{1}}, &combination},
		"too large":      {"N", types.MetricDatum{MetricName: aws.String("m"), Value: aws.Float64(0x1p361)}, &value},
		"counts":         {"N", types.MetricDatum{MetricName: aws.String("m"), Values: []float64{1, 2}, Counts: []float64{1}}, &value},
		"half a count":   {"N", types.MetricDatum{MetricName: aws.String("m"), Values: []float64{1}, Counts: []float64{0.5}}, &value},
		"resolution":     {"N", types.MetricDatum{MetricName: aws.String("m"), Value: aws.Float64(1), StorageResolution: aws.Int32(30)}, &value},
		"before the age": {"N", types.MetricDatum{MetricName: aws.String("m"), Value: aws.Float64(1), Timestamp: aws.Time(time.Unix(-60, 0))}, &value},
	} {
		_, err := c.PutMetricData(context.Background(), &cloudwatch.PutMetricDataInput{Namespace: aws.String(row.namespace),
			MetricData: []types.MetricDatum{datum, row.datum}})
		if !errors.As(err, row.target) {
			t.Errorf("%s: %v, want %T", name, err, row.target)
		}
	}
	if kept := s.list("eu-west-1"); len(kept) != 0 {
		t.Errorf("a refused request left %v behind", kept)
	}
}
