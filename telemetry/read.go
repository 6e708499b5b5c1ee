package telemetry

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"

	"frontdoor/awscall"
)

// maxQueries is GetMetricData's limit for one call:
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
const maxQueries = 500

// ask is one query: a statistic of a metric over a window, in periods.
type ask struct {
	Wanted
	window  window
	periodS int
}

// reply is what CloudWatch answered to one ask: a value per period that had
// data, and whatever it had to say about them.
type reply struct {
	values []float64
	notes  []string
}

// readEach answers asks in their order, each from its first Region. Those of one
// Region and window share calls, up to 500 in each.
func (r *Reader) readEach(ctx context.Context, asks []ask) ([]reply, error) {
	type call struct {
		region      string
		from, until int64
	}
	groups := map[call][]int{}
	for i, a := range asks {
		key := call{a.Region, a.window.from.Unix(), a.window.until.Unix()}
		groups[key] = append(groups[key], i)
	}
	order := slices.SortedFunc(maps.Keys(groups), func(a, b call) int {
		return cmp.Or(cmp.Compare(a.region, b.region), cmp.Compare(a.from, b.from), cmp.Compare(a.until, b.until))
	})
	replies := make([]reply, len(asks))
	for _, key := range order {
		for batch := range slices.Chunk(groups[key], maxQueries) {
			if err := r.call(ctx, asks, batch, replies); err != nil {
				return nil, fmt.Errorf("in Region %q at %q: %w", key.region, r.metricsAt(key.region), awscall.Explain(err))
			}
		}
	}
	return replies, nil
}

// call reads every page of one batch; batch holds positions in asks, all of
// one Region and window.
func (r *Reader) call(ctx context.Context, asks []ask, batch []int, replies []reply) error {
	first := asks[batch[0]]
	client, err := r.metricsOf(ctx, first.Region)
	if err != nil {
		return err
	}
	in := &cloudwatch.GetMetricDataInput{StartTime: aws.Time(first.window.from), EndTime: aws.Time(first.window.until),
		ScanBy: types.ScanByTimestampAscending}
	for _, i := range batch {
		in.MetricDataQueries = append(in.MetricDataQueries, asks[i].query(i))
	}
	complete := map[int]types.StatusCode{}
	counts := r.in(first.Region)
	for pages := cloudwatch.NewGetMetricDataPaginator(client, in); pages.HasMorePages(); {
		counts.MetricCalls++
		counts.MetricsRequested += len(batch) // of each page: the most that AWS may bill (unconfirmed)
		out, err := pages.NextPage(ctx)
		if err != nil {
			return err
		}
		for _, result := range out.MetricDataResults {
			i, err := position(result, batch)
			if err != nil {
				return err
			}
			replies[i].add(result)
			complete[i] = result.StatusCode
		}
	}
	for _, i := range batch {
		if complete[i] != types.StatusCodeComplete {
			replies[i].notes = append(replies[i].notes, fmt.Sprintf("answered with status %q", complete[i]))
		}
	}
	return nil
}

// query spells the ask. It names no unit: a unit that differs from the one
// published would silently give no data.
func (a ask) query(position int) types.MetricDataQuery {
	metric := &types.Metric{Namespace: aws.String(a.Namespace), MetricName: aws.String(a.Name)}
	for _, d := range a.Dimensions {
		metric.Dimensions = append(metric.Dimensions, types.Dimension{Name: aws.String(d.Name), Value: aws.String(d.Value)})
	}
	return types.MetricDataQuery{Id: aws.String("q" + strconv.Itoa(position)),
		MetricStat: &types.MetricStat{Metric: metric, Period: aws.Int32(int32(a.periodS)), Stat: aws.String(a.Stat)}}
}

func position(result types.MetricDataResult, batch []int) (int, error) {
	id := aws.ToString(result.Id)
	if len(id) > 1 && id[0] == 'q' {
		if i, err := strconv.Atoi(id[1:]); err == nil && slices.Contains(batch, i) {
			return i, nil
		}
	}
	return 0, fmt.Errorf("answer to a query %q that was not asked", id)
}

func (r *reply) add(result types.MetricDataResult) {
	r.values = append(r.values, result.Values...)
	for _, m := range result.Messages {
		note := aws.ToString(m.Code) + ": " + aws.ToString(m.Value)
		if !slices.Contains(r.notes, note) {
			r.notes = append(r.notes, note)
		}
	}
}
