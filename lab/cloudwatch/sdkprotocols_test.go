package cloudwatch

import (
	"context"
	"errors"
	"slices"
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

// The SDK's own clients of the two older protocols must get what its default
// client gets, and the same typed errors.
func TestSDKOtherProtocols(t *testing.T) {
	for name, protocol := range map[string]smithyhttp.ClientProtocol{
		"awsJson1_0": awsjson.New10(schemas.GraniteServiceVersion20100801),
		"awsQuery":   awsquery.New(schemas.GraniteServiceVersion20100801),
	} {
		t.Run(name, func(t *testing.T) {
			s := NewStore()
			c := client(serve(t, s), "eu-west-1")
			with := func(o *cloudwatch.Options) { o.Protocol = protocol }
			datum := types.MetricDatum{MetricName: aws.String("m"), Timestamp: aws.Time(noon.Add(7 * time.Second)),
				Values: []float64{1, 2, 3}, Counts: []float64{1, 2, 1}, Unit: types.StandardUnitMilliseconds,
				Dimensions: []types.Dimension{{Name: aws.String("A"), Value: aws.String("1")}}}
			if _, err := c.PutMetricData(context.Background(), &cloudwatch.PutMetricDataInput{Namespace: aws.String("N"),
				MetricData: []types.MetricDatum{datum}}, with); err != nil {
				t.Fatal(err)
			}
			list, err := c.ListMetrics(context.Background(), &cloudwatch.ListMetricsInput{Namespace: aws.String("N")}, with)
			if err != nil || len(list.Metrics) != 1 || *list.Metrics[0].Dimensions[0].Value != "1" {
				t.Fatalf("ListMetrics = %+v, %v", list, err)
			}
			q := query("q", "TC(1:3)", 60)
			q.MetricStat.Metric, q.MetricStat.Unit = &list.Metrics[0], types.StandardUnitMilliseconds
			out, err := c.GetMetricData(context.Background(), input(noon, noon.Add(time.Minute), q), with)
			if err != nil {
				t.Fatal(err)
			}
			r := out.MetricDataResults[0]
			if !slices.Equal(r.Values, []float64{3}) || !r.Timestamps[0].Equal(noon) || r.StatusCode != types.StatusCodeComplete || *r.Label != "m" {
				t.Errorf("%+v", r)
			}
			q.MetricStat.Stat = aws.String("p200")
			_, err = c.GetMetricData(context.Background(), input(noon, noon.Add(time.Minute), q), with)
			var value *types.InvalidParameterValueException
			if !errors.As(err, &value) {
				t.Errorf("%v, want InvalidParameterValueException", err)
			}
		})
	}
}
