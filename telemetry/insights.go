package telemetry

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"
	"github.com/aws/smithy-go"

	"frontdoor/record"
)

// reportQuery finds REPORT lines in either log format. Logs Insights discovers @type in
// text, and the fields of JSON by their own names:
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html
// The message is asked for and not the fields that it discovers: they are floats, and
// memory in bytes of a megabyte that is disputed.
const reportQuery = `fields @timestamp, @message | filter @type = "REPORT" or type = "platform.report"`

// maxRows is what a query is asked for. It may give ten times as many since 2025, page by
// page; splitting the window costs no more and works with either limit:
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html
const maxRows = 10_000

// insights reads the REPORT lines of a group in a window by Logs Insights, which bills
// the bytes that a query scans. A window with more rows than a query gives is read in
// halves; expected is about how many a window has, so that one that would overflow is not
// scanned.
func (r *Reader) insights(ctx context.Context, g *group, from, until time.Time, expected func(from, until time.Time) float64) error {
	from, until = from.Truncate(time.Second), until.Truncate(time.Second) // both are included
	divisible := until.After(from)
	if !divisible || expected(from, until) <= 0.9*maxRows {
		n, err := r.query(ctx, g, from, until)
		if err != nil || n < maxRows {
			return err
		}
		if !divisible {
			r.problem(g.region, "%s: more than %d REPORT lines at %s: the others are not read", g.name, maxRows, from.UTC().Format(time.TimeOnly))
			return nil
		}
	}
	middle := from.Add(until.Sub(from) / 2).Truncate(time.Second)
	if err := r.insights(ctx, g, from, middle, expected); err != nil {
		return err
	}
	return r.insights(ctx, g, middle.Add(time.Second), until, expected)
}

// query runs one query to its end and returns how many rows it gave.
func (r *Reader) query(ctx context.Context, g *group, from, until time.Time) (int, error) {
	client, err := r.logsOf(ctx, g.region)
	if err != nil {
		return 0, err
	}
	counts := r.in(g.region)
	counts.Queries++
	started, err := client.StartQuery(ctx, &cloudwatchlogs.StartQueryInput{LogGroupName: aws.String(g.name), QueryString: aws.String(reportQuery),
		StartTime: aws.Int64(from.Unix()), EndTime: aws.Int64(until.Unix()), Limit: aws.Int32(maxRows)})
	if err != nil {
		return 0, err
	}
	for {
		out, err := client.GetQueryResults(ctx, &cloudwatchlogs.GetQueryResultsInput{QueryId: started.QueryId})
		if err != nil {
			return 0, err
		}
		switch out.Status {
		case types.QueryStatusComplete:
			if out.Statistics != nil {
				counts.ScannedBytes += int64(out.Statistics.BytesScanned)
			}
			return r.pages(ctx, client, started.QueryId, out, g)
		case types.QueryStatusScheduled, types.QueryStatusRunning, types.QueryStatusUnknown:
		default:
			return 0, &smithy.GenericAPIError{Code: string(out.Status), Message: "the query did not get to its end"}
		}
		if err := r.config.sleep(ctx, queryPause); err != nil {
			return 0, err
		}
	}
}

// pages takes the rows of a query that is over, from its first page on, and returns how
// many there were. AWS says how many a page holds at most, and not how many at least.
func (r *Reader) pages(ctx context.Context, client *cloudwatchlogs.Client, id *string, out *cloudwatchlogs.GetQueryResultsOutput, g *group) (n int, err error) {
	for {
		if err := g.takeRows(out.Results); err != nil {
			return n, err
		}
		if n += len(out.Results); out.NextToken == nil {
			return n, nil
		}
		if out, err = client.GetQueryResults(ctx, &cloudwatchlogs.GetQueryResultsInput{QueryId: id, NextToken: out.NextToken}); err != nil {
			return n, err
		}
	}
}

// queryPause is the time between two looks at a query under way.
const queryPause = time.Second

// rowTime is how Logs Insights writes @timestamp, in UTC.
const rowTime = "2006-01-02 15:04:05.000"

// takeRows adds the invocations of a query's rows. A row whose message is no REPORT line
// was printed by a function.
func (g *group) takeRows(rows [][]types.ResultField) error {
	for _, row := range rows {
		fields := map[string]string{}
		for _, f := range row {
			fields[aws.ToString(f.Field)] = aws.ToString(f.Value)
		}
		l := lineOf(fields["@message"])
		if l.report == nil {
			continue
		}
		at, err := time.ParseInLocation(rowTime, fields["@timestamp"], time.UTC)
		if err != nil {
			return fmt.Errorf("row of %q: %w", g.name, err)
		}
		report := *l.report
		report.LogBytes, report.Region = record.NotKnown, g.region
		g.rows[report.RequestID] = reported{report, at}
	}
	return nil
}
