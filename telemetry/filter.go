package telemetry

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
)

// filter reads every line of a group in a window by FilterLogEvents, which is not billed
// (https://aws.amazon.com/cloudwatch/pricing/ has no row for it) and slow: a page holds
// 1 MB or 10,000 events, may be empty though more follow, and pages are throttled at a
// few a second
// (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html).
//
// No pattern is given: the bytes of what a function prints are billed too, and without
// them REPORT lines would not tell them.
func (r *Reader) filter(ctx context.Context, g *group, from, until time.Time) error {
	client, err := r.logsOf(ctx, g.region)
	if err != nil {
		return err
	}
	counts := r.in(g.region)
	pages := cloudwatchlogs.NewFilterLogEventsPaginator(client, &cloudwatchlogs.FilterLogEventsInput{LogGroupName: aws.String(g.name),
		StartTime: aws.Int64(from.UnixMilli()), EndTime: aws.Int64(until.UnixMilli())})
	for pages.HasMorePages() {
		counts.LogCalls++
		out, err := pages.NextPage(ctx)
		if err != nil {
			return err
		}
		counts.LogEvents += len(out.Events)
		for _, e := range out.Events {
			g.take(aws.ToString(e.EventId), aws.ToString(e.LogStreamName), aws.ToString(e.Message), aws.ToInt64(e.Timestamp))
		}
	}
	return nil
}
