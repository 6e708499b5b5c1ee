package logs

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"
)

// filtered reads every page, and returns the messages.
func filtered(t *testing.T, c *cloudwatchlogs.Client, in cloudwatchlogs.FilterLogEventsInput) (messages []string, pages int) {
	t.Helper()
	if in.LogGroupIdentifier == nil {
		in.LogGroupName = aws.String(hello)
	}
	for p := cloudwatchlogs.NewFilterLogEventsPaginator(c, &in); p.HasMorePages(); pages++ {
		out, err := p.NextPage(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range out.Events {
			messages = append(messages, fmt.Sprintf("%s %s", time.UnixMilli(*e.Timestamp).UTC().Format("05.000"), strings.TrimSpace(*e.Message)))
		}
	}
	return messages, pages
}

// Two environments at the same time. What is printed has the time at which its invocation
// began, or its own; START, END and REPORT stand as Lambda stamps them: recordings in
// drinkingtheink/aws_sdk-react-express-node-fe, src/static_data/example-recent-logs-body.js
// (START at the beginning, END and REPORT at the same millisecond).
func two(t *testing.T) Group {
	folder := t.TempDir()
	stream(t, folder, "2026/11/29/[$LATEST]a", "init", "START RequestId: "+first1+" Version: $LATEST", "printed",
		"2026-11-29T12:00:01.300Z\t"+first1+"\tINFO\tlater", "2020-01-01T00:00:00.000Z a line of another day",
		"REPORT RequestId: forged\tDuration: 1 ms\t", "END RequestId: "+first1, report(first1, "500.00", "500", ""), "after")
	id := "00000000-0000-4000-8000-000000000002"
	running := "00000000-0000-4000-8000-000000000003"
	stream(t, folder, "2026/11/29/[$LATEST]b", "no end of lineSTART RequestId: "+id+" Version: $LATEST", "END RequestId: "+id, report(id, "100.00", "100", ""),
		"START RequestId: "+running+" Version: $LATEST", "under way")
	return Group{Region: region, Name: hello, Folder: folder, Span: spans(map[string][2]time.Duration{
		first1: {time.Second, 500 * time.Millisecond}, id: {1200 * time.Millisecond, 100 * time.Millisecond},
	})}
}

func TestFilterLogEvents(t *testing.T) {
	id := "00000000-0000-4000-8000-000000000002"
	c := client(t, two(t), Group{Region: "us-east-1", Name: hello, Folder: t.TempDir()})
	got, _ := filtered(t, c, cloudwatchlogs.FilterLogEventsInput{})
	want := []string{
		"01.000 init", "01.000 START RequestId: " + first1 + " Version: $LATEST", "01.000 printed",
		"01.000 2020-01-01T00:00:00.000Z a line of another day", "01.000 REPORT RequestId: forged\tDuration: 1 ms",
		"01.200 no end of lineSTART RequestId: " + id + " Version: $LATEST",
		"01.300 2026-11-29T12:00:01.300Z\t" + first1 + "\tINFO\tlater",
		"01.300 END RequestId: " + id, "01.300 " + strings.TrimSpace(report(id, "100.00", "100", "")),
		"01.500 END RequestId: " + first1, "01.500 " + strings.TrimSpace(report(first1, "500.00", "500", "")),
	}
	// Of the same millisecond the stream named first comes first: the order within is the file's.
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("events\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for name, c2 := range map[string]struct {
		in   cloudwatchlogs.FilterLogEventsInput
		want int
	}{
		"a pattern":                {cloudwatchlogs.FilterLogEventsInput{FilterPattern: aws.String(`"REPORT RequestId" -forged`)}, 2},
		"from that millisecond on": {cloudwatchlogs.FilterLogEventsInput{StartTime: aws.Int64(noon.Add(1500 * time.Millisecond).UnixMilli())}, 2},
		"up to that millisecond":   {cloudwatchlogs.FilterLogEventsInput{EndTime: aws.Int64(noon.Add(1200 * time.Millisecond).UnixMilli())}, 6},
		"a stream":                 {cloudwatchlogs.FilterLogEventsInput{LogStreamNames: []string{"2026/11/29/[$LATEST]b"}}, 3},
		"streams with a prefix":    {cloudwatchlogs.FilterLogEventsInput{LogStreamNamePrefix: aws.String("2026/11/29/[$LATEST]a")}, 8},
		"the group's ARN":          {cloudwatchlogs.FilterLogEventsInput{LogGroupIdentifier: aws.String("arn:aws:logs:eu-west-1:123456789012:log-group:" + hello)}, 11},
		"nothing in that time":     {cloudwatchlogs.FilterLogEventsInput{StartTime: aws.Int64(noon.Add(time.Hour).UnixMilli())}, 0},
	} {
		if got, _ := filtered(t, c, c2.in); len(got) != c2.want {
			t.Errorf("%s: %d events, want %d: %q", name, len(got), c2.want, got)
		}
	}
}

// Pages of any length, from either end, hold every event once and in order.
func TestFilterLogEventsPages(t *testing.T) {
	c := client(t, two(t))
	all, _ := filtered(t, c, cloudwatchlogs.FilterLogEventsInput{})
	for limit := int32(1); limit <= int32(len(all))+1; limit++ {
		for _, forward := range []bool{true, false} {
			got, pages := filtered(t, c, cloudwatchlogs.FilterLogEventsInput{Limit: aws.Int32(limit), StartFromHead: aws.Bool(forward)})
			if !forward {
				for i, j := 0, len(got)-1; i < j; i, j = i+1, j-1 {
					got[i], got[j] = got[j], got[i]
				}
			}
			if strings.Join(got, "\n") != strings.Join(all, "\n") || pages != (len(all)+int(limit)-1)/int(limit) {
				t.Errorf("limit %d, forward %v: %d pages with\n%s", limit, forward, pages, strings.Join(got, "\n"))
			}
		}
	}
}

// The page's limits: 10,000 events, 1 MB.
func TestFilterLogEventsLimits(t *testing.T) {
	if got, pages := filtered(t, client(t, invocations(t, 4000)), cloudwatchlogs.FilterLogEventsInput{}); len(got) != 12_000 || pages != 2 {
		t.Errorf("%d events in %d pages, want 12,000 in 2", len(got), pages)
	}
	folder := t.TempDir()
	stream(t, folder, "s", strings.Repeat("x", 600_000), strings.Repeat("y", 600_000), "z")
	if got, pages := filtered(t, client(t, Group{Region: region, Name: hello, Folder: folder}), cloudwatchlogs.FilterLogEventsInput{}); len(got) != 3 || pages != 2 {
		t.Errorf("%d events in %d pages, want 3 in 2", len(got), pages)
	}
}

func TestFilterLogEventsErrors(t *testing.T) {
	c := client(t, two(t))
	token, err := c.FilterLogEvents(context.Background(), &cloudwatchlogs.FilterLogEventsInput{LogGroupName: aws.String(hello), Limit: aws.Int32(1)})
	if err != nil {
		t.Fatal(err)
	}
	for name, in := range map[string]cloudwatchlogs.FilterLogEventsInput{
		"no group":                   {},
		"a wrong pattern":            {LogGroupName: aws.String(hello), FilterPattern: aws.String(`"open`)},
		"too many":                   {LogGroupName: aws.String(hello), Limit: aws.Int32(10_001)},
		"a token of another request": {LogGroupName: aws.String(hello), FilterPattern: aws.String("x"), NextToken: token.NextToken},
		"no token":                   {LogGroupName: aws.String(hello), NextToken: aws.String("none")},
		"streams named twice":        {LogGroupName: aws.String(hello), LogStreamNames: []string{"a"}, LogStreamNamePrefix: aws.String("a")},
	} {
		_, err := c.FilterLogEvents(context.Background(), &in)
		if want := new(types.InvalidParameterException); !errors.As(err, &want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err = c.FilterLogEvents(context.Background(), &cloudwatchlogs.FilterLogEventsInput{LogGroupName: aws.String("/aws/lambda/none")})
	if want := new(types.ResourceNotFoundException); !errors.As(err, &want) {
		t.Errorf("an unknown group: %v", err)
	}
}

// A Region has its own groups.
func TestDescribeLogGroups(t *testing.T) {
	var groups []Group
	for i := range 60 {
		groups = append(groups, Group{Region: region, Name: fmt.Sprintf("/aws/lambda/f%02d", 59-i), Folder: t.TempDir()})
	}
	groups = append(groups, two(t), Group{Region: "us-east-1", Name: "/aws/lambda/other"})
	c := client(t, groups...)
	list := func(in cloudwatchlogs.DescribeLogGroupsInput) (names []string, pages int) {
		for p := cloudwatchlogs.NewDescribeLogGroupsPaginator(c, &in); p.HasMorePages(); pages++ {
			out, err := p.NextPage(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			for _, g := range out.LogGroups {
				names = append(names, *g.LogGroupName)
			}
		}
		return names, pages
	}
	if names, pages := list(cloudwatchlogs.DescribeLogGroupsInput{}); len(names) != 61 || pages != 2 || names[0] != "/aws/lambda/f00" || names[60] != hello {
		t.Errorf("%d groups in %d pages: %q", len(names), pages, names)
	}
	if names, _ := list(cloudwatchlogs.DescribeLogGroupsInput{LogGroupNamePrefix: aws.String("/aws/lambda/f1")}); len(names) != 10 {
		t.Errorf("%q", names)
	}
	if names, _ := list(cloudwatchlogs.DescribeLogGroupsInput{LogGroupNamePattern: aws.String("HELL")}); len(names) != 1 || names[0] != hello {
		t.Errorf("%q", names)
	}
}
