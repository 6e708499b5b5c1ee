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

// ask runs a query over the hour from noon on and returns its rows, "field=value" each.
func ask(t *testing.T, c *cloudwatchlogs.Client, text string, limit *int32) ([]string, *cloudwatchlogs.GetQueryResultsOutput) {
	t.Helper()
	started, err := c.StartQuery(context.Background(), &cloudwatchlogs.StartQueryInput{LogGroupNames: []string{hello}, QueryString: aws.String(text), Limit: limit,
		StartTime: aws.Int64(noon.Unix()), EndTime: aws.Int64(noon.Add(2 * time.Hour).Unix())})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	var rows []string
	var last *cloudwatchlogs.GetQueryResultsOutput
	for next := (*string)(nil); last == nil || next != nil; next = last.NextToken {
		if last, err = c.GetQueryResults(context.Background(), &cloudwatchlogs.GetQueryResultsInput{QueryId: started.QueryId, NextToken: next}); err != nil {
			t.Fatal(err)
		}
		if last.Status != types.QueryStatusComplete {
			t.Errorf("status %q", last.Status)
		}
		for _, r := range last.Results {
			var fields []string
			for _, f := range r {
				if *f.Field != "@ptr" {
					fields = append(fields, *f.Field+"="+strings.TrimSpace(*f.Value))
				}
			}
			rows = append(rows, strings.Join(fields, " "))
		}
	}
	return rows, last
}

// recorded is the invocation of a recording of 2023-12-05 (oslabs-beta/Embr,
// primary-app/src/app/retrievedData2.js) with one cold start before it, from
// 2023-03-05 (its values: 9.43 ms, 10 ms, 77 MB, 481.72 ms are recorded as 9.43, 10.0,
// 7.7E7 and 481.72), and two more by hand.
func recorded(t *testing.T) Group {
	cold := "a0219c6b-18ac-4639-985d-d10f4125524f"
	third, fourth := "00000000-0000-4000-8000-000000000003", "00000000-0000-4000-8000-000000000004"
	folder := t.TempDir()
	stream(t, folder, "2026/11/29/[$LATEST]e34",
		"START RequestId: "+cold+" Version: $LATEST", "END RequestId: "+cold,
		"REPORT RequestId: "+cold+"\tDuration: 9.43 ms\tBilled Duration: 10 ms\tMemory Size: 128 MB\tMax Memory Used: 77 MB\tInit Duration: 481.72 ms\t",
		"START RequestId: "+first1+" Version: $LATEST", "2026-11-29T12:01:00.001Z\t"+first1+"\tINFO\t a picture", "END RequestId: "+first1,
		report(first1, "14.97", "15", ""),
		"START RequestId: "+third+" Version: $LATEST", "END RequestId: "+third, report(third, "50.00", "50", ""),
		"START RequestId: "+fourth+" Version: $LATEST", "END RequestId: "+fourth, report(fourth, "50.01", "51", "Status: timeout\t"))
	return Group{Region: region, Name: hello, Folder: folder, Span: spans(map[string][2]time.Duration{
		cold: {0, 9 * time.Millisecond}, first1: {time.Minute, 15 * time.Millisecond}, third: {61 * time.Second, 50 * time.Millisecond}, fourth: {time.Hour, 50 * time.Millisecond},
	})}
}

func TestQuery(t *testing.T) {
	c := client(t, recorded(t))
	const times = "@timestamp=2026-11-29 "
	for text, want := range map[string][]string{
		// As recorded, field by field.
		`filter @requestId = "` + first1 + `" and @type = "REPORT" | fields @timestamp, @logStream, @type, @duration, @billedDuration, @memorySize, @maxMemoryUsed, @initDuration`: {
			times + "12:01:00.015 @logStream=2026/11/29/[$LATEST]e34 @type=REPORT @duration=14.97 @billedDuration=15.0 @memorySize=1.28E8 @maxMemoryUsed=6.7E7"},
		`fields @requestId, @initDuration, @billedDuration, @maxMemoryUsed | filter ispresent(@initDuration)`: {
			"@requestId=a0219c6b-18ac-4639-985d-d10f4125524f @initDuration=481.72 @billedDuration=10.0 @maxMemoryUsed=7.7E7"},
		// The newest first, unless it is sorted.
		`filter @type="REPORT" | display @billedDuration`:                                               {"@billedDuration=51.0", "@billedDuration=50.0", "@billedDuration=15.0", "@billedDuration=10.0"},
		`filter @type="REPORT" | sort @timestamp asc | limit 2 | display @billedDuration`:               {"@billedDuration=10.0", "@billedDuration=15.0"},
		`filter @type="REPORT" | sort @maxMemoryUsed desc, @duration | display @duration`:               {"@duration=9.43", "@duration=14.97", "@duration=50.0", "@duration=50.01"},
		`filter @message like /INFO.*picture/ | fields @timestamp, @requestId`:                          {times + "12:01:00.001 @requestId=" + first1},
		`filter @message like "a pict" # a comment`:                                                     {times + "12:01:00.001 @message=2026-11-29T12:01:00.001Z\t" + first1 + "\tINFO\t a picture"},
		`filter @type in ["REPORT"] and not @duration > 14.97 | fields @duration`:                       {"@duration=14.97", "@duration=9.43"},
		`filter @type="REPORT" and (@duration<10 or @message like 'timeout') | fields @duration/2 as h`: {"h=25.005", "h=4.715"},
		// By hand. p50 of four is the second, p99 the fourth; 481.72 is the one Init.
		`filter @type="REPORT" | stats count(*), sum(@billedDuration) as billed, max(@maxMemoryUsed)/1000/1000, min(@duration), pct(@duration,50), pct(@duration, 99), count(@initDuration), avg(@billedDuration)`: {
			"count(*)=4 billed=126 max(@maxMemoryUsed)/1000/1000=77 min(@duration)=9.43 pct(@duration,50)=14.97 pct(@duration, 99)=50.01 count(@initDuration)=1 avg(@billedDuration)=31.5"},
		`filter @type="REPORT" | stats count() as n by bin(1m) as minute | sort minute`:            {"minute=2026-11-29 12:00:00.000 n=1", "minute=2026-11-29 12:01:00.000 n=2", "minute=2026-11-29 13:00:00.000 n=1"},
		`filter @type="REPORT" | stats count(*) as n by ceil(@duration/50)*50 as step | sort step`: {"step=50 n=3", "step=100 n=1"},
		`filter @type = "NONE" | stats count(*), sum(@duration)`:                                   {"count(*)=0"},
		`filter @type = "NONE" | stats count(*) by @type`:                                          nil,
	} {
		if got, _ := ask(t, c, text, nil); strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s\n%s\nwant\n%s", text, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// Fields of JSON are found by their names, those within others by a dot, as AWS's page of
// discoverable fields has them; Lambda's own line in its JSON format is one.
func TestQueryJSON(t *testing.T) {
	folder := t.TempDir()
	stream(t, folder, "s", `{"level":"ERROR","user":{"id":7,"tags":["a","b"]}}`, `{"type":"platform.report","record":{"metrics":{"durationMs":12.5}}}`,
		`2026-11-29T12:00:00.000Z	x	INFO	{"level":"INFO"}`, "{not json")
	c := client(t, Group{Region: region, Name: hello, Folder: folder, Span: nil})
	for text, want := range map[string]string{
		`filter level = "ERROR" | display user.id, user.tags.1`:                                           "user.id=7 user.tags.1=b",
		`filter @type = "REPORT" or type = "platform.report" | stats max(record.metrics.durationMs) as m`: "m=12.5",
		`filter ispresent(level) | stats count(*) as n`:                                                   "n=2",
	} {
		started, err := c.StartQuery(context.Background(), &cloudwatchlogs.StartQueryInput{LogGroupName: aws.String(hello), QueryString: aws.String(text), StartTime: aws.Int64(0), EndTime: aws.Int64(noon.AddDate(99, 0, 0).Unix())})
		if err != nil {
			t.Fatal(err)
		}
		out, err := c.GetQueryResults(context.Background(), &cloudwatchlogs.GetQueryResultsInput{QueryId: started.QueryId})
		if err != nil || len(out.Results) != 1 {
			t.Fatalf("%s: %d rows, %v", text, len(out.Results), err)
		}
		var got []string
		for _, f := range out.Results[0] {
			if *f.Field != "@ptr" {
				got = append(got, *f.Field+"="+*f.Value)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %s", text, got, want)
		}
	}
}

func TestQueryStatistics(t *testing.T) {
	c := client(t, recorded(t))
	_, out := ask(t, c, `filter @type="REPORT" | stats count(*)`, nil)
	if s := out.Statistics; s.RecordsMatched != 4 || s.RecordsScanned != 13 || s.BytesScanned < 1000 {
		t.Errorf("%+v", *s)
	}
}

// 10,000 rows without a limit, up to 100,000 with one, in pages of 10,000:
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html
func TestQueryRows(t *testing.T) {
	c := client(t, invocations(t, 4000))
	for _, c2 := range []struct {
		text  string
		limit *int32
		want  int
	}{
		{"fields @timestamp", nil, 10_000}, {"fields @timestamp", aws.Int32(11_000), 11_000}, {"fields @timestamp | limit 11500", nil, 11_500},
		{"fields @timestamp | limit 7", aws.Int32(11_000), 7}, {"fields @timestamp", aws.Int32(5), 5},
	} {
		if rows, _ := ask(t, c, c2.text, c2.limit); len(rows) != c2.want {
			t.Errorf("%s, limit %v: %d rows, want %d", c2.text, c2.limit, len(rows), c2.want)
		}
	}
}

// A query that would have to be run otherwise is malformed, by name and place.
func TestQueryRefuses(t *testing.T) {
	c := client(t, recorded(t))
	for text, want := range map[string]string{
		`parse @message "* x *" as a, b`:             `command "parse"`,
		`filter @type = "REPORT" | dedup @requestId`: `command "dedup"`,
		`fields strlen(@message)`:                    "strlen with 1 arguments",
		`stats count_distinct(@requestId)`:           "count_distinct",
		`stats @duration by bin(1m)`:                 `"@duration" is no aggregate`,
		`stats ceil(sum(@duration))`:                 "no aggregate",
		`filter @type = `:                            "the end of the query at position 15",
		`fields @timestamp limit 5`:                  `unexpected symbol found limit at position 18, want "|"`,
		`filter @message like /(/`:                   "regular expression is wrong",
		`filter @message like "open`:                 "is not closed",
		`fields @a; @b`:                              "found ; at position 9",
		`limit 100001`:                               "from 1 to 100000",
		``:                                           "want a command",
		`stats pct(@duration, 101)`:                  "pct with 2 arguments",
		`stats count(*) by bin(5y)`:                  "a unit: ms, s, m, h or d",
		strings.Repeat("filter (", 1) + strings.Repeat("(", 200): "less depth",
	} {
		_, err := c.StartQuery(context.Background(), &cloudwatchlogs.StartQueryInput{LogGroupName: aws.String(hello), QueryString: aws.String(text), StartTime: aws.Int64(1), EndTime: aws.Int64(2)})
		var malformed *types.MalformedQueryException
		if !errors.As(err, &malformed) || !strings.Contains(malformed.ErrorMessage(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
			continue
		}
		if l := malformed.QueryCompileError.Location; *l.StartCharOffset > *l.EndCharOffset || int(*l.EndCharOffset) > len(text) {
			t.Errorf("%s: from %d to %d", text, *l.StartCharOffset, *l.EndCharOffset)
		}
	}
}

func TestQueryErrors(t *testing.T) {
	c := client(t, recorded(t))
	ctx := context.Background()
	missing := new(types.ResourceNotFoundException)
	if _, err := c.GetQueryResults(ctx, &cloudwatchlogs.GetQueryResultsInput{QueryId: aws.String("none")}); !errors.As(err, &missing) {
		t.Errorf("%v", err)
	}
	started, err := c.StartQuery(ctx, &cloudwatchlogs.StartQueryInput{LogGroupName: aws.String(hello), QueryString: aws.String("fields @message"), StartTime: aws.Int64(1), EndTime: aws.Int64(1)})
	if err != nil {
		t.Fatal(err)
	}
	invalid := new(types.InvalidParameterException)
	if _, err := c.StopQuery(ctx, &cloudwatchlogs.StopQueryInput{QueryId: started.QueryId}); !errors.As(err, &invalid) {
		t.Errorf("a query that has ended was stopped: %v", err)
	}
	for name, in := range map[string]*cloudwatchlogs.StartQueryInput{
		"the wrong way round": {LogGroupName: aws.String(hello), StartTime: aws.Int64(2), EndTime: aws.Int64(1)},
		"no group":            {StartTime: aws.Int64(1), EndTime: aws.Int64(1)},
		"another language":    {LogGroupName: aws.String(hello), QueryLanguage: types.QueryLanguageSql, StartTime: aws.Int64(1), EndTime: aws.Int64(1)},
	} {
		in.QueryString = aws.String("fields @message")
		if _, err := c.StartQuery(ctx, in); !errors.As(err, &invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// No query panics, and what is refused names a place within it.
func FuzzQuery(f *testing.F) {
	for _, seed := range []string{`fields @timestamp | filter @type="REPORT" and not (@a in [1,"b"]) | stats pct(@d, 9.5)/2 as x by bin(5m), ceil(@d/50)*50 | sort x desc | limit 3`,
		"fields ", "filter @m like /x\\/y/ # c", "stats count(", "fields -1, `a b`", "filter not not @a"} {
		f.Add(seed)
	}
	folder := f.TempDir()
	stream(f, folder, "s", report(first1, "1.00", "1", ""), "x")
	groups := []Group{{Region: region, Name: hello, Folder: folder}}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := parseQuery(text)
		var refused *apiError
		if err != nil {
			if !errors.As(err, &refused) || refused.compile.Location.StartCharOffset < 0 || refused.compile.Location.EndCharOffset > len(text)+1 {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		if _, err := run(p, groups, 0, 1<<60, 10); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	})
}

// A window of seconds includes its last one.
func TestQueryWindow(t *testing.T) {
	c := client(t, invocations(t, 10))
	for until, want := range map[int64]int{0: 3, 1: 6, 9: 30} {
		started, err := c.StartQuery(context.Background(), &cloudwatchlogs.StartQueryInput{LogGroupName: aws.String(hello), QueryString: aws.String("fields @message"),
			StartTime: aws.Int64(noon.Unix()), EndTime: aws.Int64(noon.Unix() + until)})
		if err != nil {
			t.Fatal(err)
		}
		out, err := c.GetQueryResults(context.Background(), &cloudwatchlogs.GetQueryResultsInput{QueryId: started.QueryId})
		if err != nil || len(out.Results) != want {
			t.Errorf("up to second %d: %s, want %d rows", until, fmt.Sprint(len(out.Results), err), want)
		}
	}
}
