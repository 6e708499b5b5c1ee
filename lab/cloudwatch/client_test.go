package cloudwatch

import (
	"net/http/httptest"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func serve(t *testing.T, s *Store) string {
	t.Helper()
	server := httptest.NewServer(NewHandler(s))
	t.Cleanup(server.Close)
	return server.URL
}

func client(url, region string) *cloudwatch.Client {
	return cloudwatch.NewFromConfig(aws.Config{
		Region:       region,
		BaseEndpoint: aws.String(url),
		Credentials:  credentials.NewStaticCredentialsProvider("lab", "lab", ""),
	})
}

// query asks for a statistic of AWS/Lambda's Duration of the function f.
func query(id, stat string, period int32) types.MetricDataQuery {
	return types.MetricDataQuery{Id: aws.String(id), MetricStat: &types.MetricStat{
		Metric: &types.Metric{Namespace: aws.String("AWS/Lambda"), MetricName: aws.String("Duration"),
			Dimensions: []types.Dimension{{Name: aws.String("FunctionName"), Value: aws.String("f")}}},
		Period: aws.Int32(period), Stat: aws.String(stat)}}
}

func input(from, until time.Time, queries ...types.MetricDataQuery) *cloudwatch.GetMetricDataInput {
	return &cloudwatch.GetMetricDataInput{StartTime: aws.Time(from), EndTime: aws.Time(until), MetricDataQueries: queries,
		ScanBy: types.ScanByTimestampAscending}
}

// durations fills the function f with the values, the i-th at noon + i*step.
func durations(s *Store, region string, step time.Duration, values ...float64) {
	series := s.Series(region, "AWS/Lambda", "Duration", "Milliseconds", []Dimension{{"FunctionName", "f"}})
	for i, v := range values {
		series.Add(noon.Add(time.Duration(i)*step), v)
	}
}
